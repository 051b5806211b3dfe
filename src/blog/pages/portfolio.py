"""Pages about the person: home, how to subscribe, and the links to all.

Each may be introduced by a text of its own: `content/index.md`, `content/projects.md`,
`content/subscribe.md`.
"""

from collections.abc import Iterator

from blog.config import NavItem
from blog.model import Page
from blog.pages.projects import ADDRESS, all_projects, introduced_page
from blog.pages.views import View, paginated, paths, place, places

LATEST = 4
"""Posts on the home page."""
SELECTED = 6
"""Projects on the home page."""


def home(view: View) -> Iterator[Page]:
    """`/`: the person, their own text, the latest posts, projects and topics."""
    at_root = next((s for s in view.site.sections if place(s)[0] == "/"), None)
    latest = paths(view.site.posts[:LATEST])
    data: dict[str, object] = {"entries": latest, "older": ""}
    if at_root is not None:
        posts = at_root.posts
        spots = places(at_root, "", len(posts), at_root.per_page)
        _, _, first = next(paginated(posts, at_root.per_page, spots))
        data = {"entries": first["entries"], "older": first["older"]}
    yield introduced_page(
        view,
        "home",
        "/",
        view.config.title,
        view.config.description,
        **data,
        projects=all_projects(view)[:SELECTED],
        tags=view.site.tags,
        writing=writing(view),
    )


def subscribe(view: View) -> Iterator[Page]:
    """`/subscribe/`: how new posts reach their readers."""
    if address := subscribing(view):
        about = view.say("about_subscribe", site=view.config.title)
        yield introduced_page(
            view,
            "subscribe",
            address,
            view.say("subscribe"),
            about,
            email=view.config.subscribe.email,
            content=view.config.feeds.content,
            topics=bool(view.config.feeds.per_tag and view.site.tags),
        )


def introduced(view: View) -> tuple[str, ...]:
    """Addresses at which a text of the site only introduces a page of ours."""
    projects = ADDRESS if all_projects(view) else ""
    return ("/", projects, subscribing(view))


def subscribing(view: View) -> str:
    """Address of the page that says how to subscribe; empty if there is no way."""
    return (
        "/subscribe/"
        if view.config.feeds.formats or view.config.subscribe.email
        else ""
    )


def writing(view: View) -> str:
    """Address of the main list; empty if the home page is that list."""
    address = place(view.site.sections[0])[0] if view.site.sections else ""
    return "" if address == "/" else address


def nav(view: View) -> tuple[NavItem, ...]:
    """The links of the header: those of `site.toml`, else the pages that exist."""
    if view.config.nav:
        return view.config.nav
    items = []
    if view.site.posts and (address := writing(view)):
        items.append(NavItem(name=view.say("writing"), url=address))
    if view.site.tags:
        items.append(NavItem(name=view.say("tags"), url="/tags/"))
    if view.site.posts:
        items.append(NavItem(name=view.say("archive"), url="/archive/"))
    about = (p for p in view.site.pages if p.address == "/about/")
    items += [NavItem(name=p.title, url=p.address) for p in about]
    return tuple(items)
