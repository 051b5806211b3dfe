"""Pages with a text of their own: home, posts, pages, the one for lost readers."""

from collections.abc import Iterator

from blog.config import NavItem
from blog.dialects import file_of
from blog.model import Page, Post
from blog.pages.views import View, neighbour, page, paginated, place, places

LATEST = 4
"""Posts on the home page."""


def home(view: View) -> Iterator[Page]:
    """`/`: the person, their own text, the latest posts, projects and topics."""
    own = next((p for p in view.site.pages if p.address == "/"), None)
    at_root = next((s for s in view.site.sections if place(s)[0] == "/"), None)
    cards = view.cards_of(view.site.posts)
    data: dict[str, object] = {"entries": cards[:LATEST], "older": ""}
    if at_root is not None:
        posts = view.cards_of(at_root.posts)
        spots = places(at_root, "", len(posts), at_root.per_page)
        _, _, first = next(paginated(posts, at_root.per_page, spots))
        data = {"entries": first["entries"], "older": first["older"]}
    yield page(
        "home",
        "/",
        "index.html",
        own.title if own and own.fields.get("title") else view.config.title,
        description=(own and own.description) or view.config.description,
        source=own.path if own else "",
        data={
            **data,
            "projects": view.config.projects,
            "tags": view.site.tags,
            "writing": writing(view),
        },
    )


def writing(view: View) -> str:
    """Address of the main list; empty if the home page is that list."""
    address = place(view.site.sections[0])[0] if view.site.sections else ""
    return "" if address == "/" else address


def posts(view: View) -> Iterator[Page]:
    """A page for every post, with its neighbours in time."""
    listed = view.site.posts
    newer = (None, *listed)[:-1]
    older = (*listed, None)[1:]
    for post, n, o in zip(listed, newer, older, strict=True):
        yield _post(view, post, older=o, newer=n)
    for post in view.site.unlisted:
        yield _post(view, post)


def _post(
    view: View, post: Post, *, older: Post | None = None, newer: Post | None = None
) -> Page:
    card = view.cards[post.path]
    return page(
        "post",
        post.address,
        post.output,
        post.title,
        description=card.summary_text,
        source=post.path,
        data={
            "card": card,
            "listed": post.listed,
            "older": neighbour(older),
            "newer": neighbour(newer),
            "lede": post.description,
            "fields": post.fields,
            "back": _list_of(view, post),
            "contents": view.config.theme.contents if _has_toc(post) else 0,
        },
    )


def _has_toc(post: Post) -> bool:
    hidden = post.fields.get("hide_table_of_contents") == "true"
    return not hidden and post.fields.get("toc") != "false"


def _list_of(view: View, post: Post) -> str:
    """Address of the list that the post is in."""
    section = view.sections.get(post.path)
    return place(section)[0] if section else writing(view) or "/"


def pages(view: View) -> Iterator[Page]:
    """A page for every Markdown file outside the posts, but the home page's text."""
    for source in view.site.pages:
        if source.address == "/":
            continue
        card = view.cards[source.path]
        yield page(
            "page",
            source.address,
            source.output,
            source.title,
            description=card.summary_text,
            source=source.path,
            data={"card": card, "listed": source.listed, "fields": source.fields},
        )


def not_found(view: View) -> Iterator[Page]:
    """`404.html`, which hosts show for addresses that do not exist."""
    yield page(
        "404",
        "/404.html",
        "404.html",
        "Nothing here",
        data={"entries": view.cards_of(view.site.posts)[:3]},
    )


def redirects(view: View) -> Iterator[Page]:
    """A page at every old address, which leads to the new one."""
    for post in view.site.built:
        for address in post.redirects:
            output = file_of(address)
            if output != post.output:
                yield page(
                    "redirect",
                    address,
                    output,
                    post.title,
                    canonical=post.address,
                    data={"path": post.path},
                )


def nav(view: View) -> tuple[NavItem, ...]:
    """The links of the header: those of `site.toml`, else the pages that exist."""
    if view.config.nav:
        return view.config.nav
    items = []
    if view.site.posts and (address := writing(view)):
        items.append(NavItem(name="Writing", url=address))
    if view.site.tags:
        items.append(NavItem(name="Tags", url="/tags/"))
    if view.site.posts:
        items.append(NavItem(name="Archive", url="/archive/"))
    about = (p for p in view.site.pages if p.address == "/about/")
    items += [NavItem(name=p.title, url=p.address) for p in about]
    return tuple(items)
