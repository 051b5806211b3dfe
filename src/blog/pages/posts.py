"""Pages with a text of their own: posts, pages, the one for lost readers."""

from collections.abc import Iterator

from blog.dialects import file_of
from blog.model import Page, Post
from blog.pages.portfolio import introduced, writing
from blog.pages.projects import is_elsewhere
from blog.pages.views import View, page, paths, place


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
    return page(
        "post",
        post.address,
        post.output,
        post.title,
        source=post.path,
        data={
            "card": post.path,
            "listed": post.listed,
            "beside": (older.path if older else "", newer.path if newer else ""),
            "series": view.site.series.get(post.path),
            "lede": post.description,
            "updates": post.updates,
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
    """A page for every Markdown file outside the posts, but for introductions."""
    ours = introduced(view)
    for source in view.site.pages:
        if source.address in ours or is_elsewhere(source):
            continue
        yield page(
            "page",
            source.address,
            source.output,
            source.title,
            source=source.path,
            data={
                "card": source.path,
                "listed": source.listed,
                "updates": source.updates,
                "fields": source.fields,
            },
        )


def not_found(view: View) -> Iterator[Page]:
    """`404.html`, which hosts show for addresses that do not exist."""
    yield page(
        "404",
        "/404.html",
        "404.html",
        view.say("lost"),
        data={"entries": paths(view.site.posts[:3])},
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
