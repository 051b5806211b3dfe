"""Pages for programs: feeds, the sitemap, rules for robots."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from blog.engine import Reader
from blog.feeds import FORMATS, Feed, Item, clean, portable
from blog.model import Author, Body, Card, Page, Post
from blog.pages.portfolio import introduced
from blog.pages.projects import is_elsewhere
from blog.pages.views import View, page, paths
from blog.theme import absolute, link_to


def feeds(view: View) -> Iterator[Page]:
    """Feeds of the whole site, of each topic, and where other systems have them."""
    dated = [p for p in view.site.posts if p.date]
    title = view.config.title
    formats = view.config.feeds.formats
    for name in formats:
        yield _feed(view, name, f"/{FORMATS[name].file}", title, "/", dated)
    for tag in view.site.tags if view.config.feeds.per_tag else ():
        posts = [post for post in view.topics[tag.slug] if post.date]
        for name in formats:
            address = f"{tag.address}{FORMATS[name].file}"
            yield _feed(
                view, name, address, f"{title}: {tag.label}", tag.address, posts
            )


def old_feeds(view: View) -> Iterator[Page]:
    """The feeds that Docusaurus and jekyll-feed write, at their addresses."""
    title = view.config.title
    for section in view.site.sections:
        dated = [p for p in section.posts if p.date]
        if any(p.dialect == "docusaurus" for p in section.posts):
            for name in FORMATS:
                address = f"{section.base}{FORMATS[name].file}"
                yield _feed(view, name, address, title, "/", dated)
    own = [p for p in view.site.posts if p.date and p.dialect == "jekyll"]
    if own:
        yield _feed(view, "atom", "/feed.xml", title, "/", own)


def _feed(
    view: View, name: str, address: str, title: str, home: str, posts: Sequence[Post]
) -> Page:
    return page(
        "feed",
        address,
        address.lstrip("/"),
        title,
        description=view.config.description,
        data={
            "format": name,
            "home": home,
            "entries": paths(posts[: view.config.feeds.items]),
            "content": view.config.feeds.content,
        },
    )


def render_feed(planned: Page, facts: Reader) -> bytes:
    """The bytes of a feed."""
    data: Mapping[str, object] = planned.data
    full = absolute(facts)
    person = facts["site:author"]
    author = Author(name=clean(person.name or facts["site:title"]), url=full("/"))
    entries: tuple[str, ...] = data["entries"]  # type: ignore[assignment]
    feed = Feed(
        title=clean(planned.title),
        description=clean(planned.description),
        home=full(str(data["home"])),
        url=full(planned.address),
        language=facts["site:language"],
        author=author,
        items=tuple(_item(path, data["content"] == "full", facts) for path in entries),
    )
    return FORMATS[str(data["format"])].write(feed)


def _item(path: str, is_full: bool, facts: Reader) -> Item:
    full = absolute(facts)
    card: Card = facts[f"card:{path}"]
    assert card.date is not None
    html = facts[f"portable:{card.path}"] if is_full else None
    return Item(
        id=full(card.id),
        url=full(card.address),
        title=card.title,
        summary=card.summary_text,
        html=html or portable(card.summary_html, full(card.address)),
        published=card.date.instant,
        updated=(card.updated or card.date).instant,
        tags=tuple(tag.label for tag in card.tags),
        authors=card.authors,
        language=card.language,
        image=full(card.image) if card.image else "",
    )


def portable_body(path: str, facts: Reader) -> str:
    """A step: the whole body of a post as feeds hold it."""
    url = absolute(facts)(facts[f"url:{path}"])
    body: Body = facts[f"body:{path}"]
    return portable(body.html, url)


def feed_sources(planned: Iterable[Page]) -> set[str]:
    """The posts whose whole text stands in some feed."""
    return {
        path
        for feed in planned
        if feed.kind == "feed" and feed.data["content"] == "full"
        for path in feed.data["entries"]  # type: ignore[attr-defined]
    }


def shows(page: Page, post: Post) -> bool:
    """Whether a page lists a post: as a card, or by its name in the archive."""
    entries: Sequence[str] = page.data.get("entries", ())  # type: ignore[assignment]
    if post.path in entries:
        return True
    years: Sequence[Any] = page.data.get("years", ())  # type: ignore[assignment]
    return any(post.path in inside for _, inside in years)


_IN_SITEMAP = frozenset(
    {"home", "post", "page", "list", "tags", "tag", "archive", "projects", "subscribe"}
)


def sitemap(view: View, planned: Iterable[Page]) -> Page:
    """Every page that readers may find, with the day of its last change if known."""
    rows = []
    posts = {post.path: post for post in view.site.built}
    for each in planned:
        if each.kind not in _IN_SITEMAP or each.canonical:
            continue
        if each.data.get("listed") is False:
            continue
        post = posts.get(each.source)
        moment = post and (post.updated or post.date)
        rows.append((each.address, moment.day.isoformat() if moment else ""))
    data = {"rows": tuple(sorted(rows))}
    return page("sitemap", "/sitemap.xml", "sitemap.xml", "", data=data)


def render_sitemap(planned: Page, facts: Reader) -> bytes:
    """The bytes of the sitemap."""
    full = absolute(facts)
    root = ElementTree.Element("urlset", xmlns=_SITEMAPS)
    rows: tuple[tuple[str, str], ...] = planned.data["rows"]  # type: ignore[assignment]
    for address, day in rows:
        row = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(row, "loc").text = full(address)
        if day:
            ElementTree.SubElement(row, "lastmod").text = day
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def searched(view: View) -> tuple[str, ...]:
    """The sources of all whose whole text can be searched."""
    if not view.full_search:
        return ()
    ours = introduced(view)
    pages = (p for p in view.site.pages if p.listed and p.address not in ours)
    return paths((*view.site.posts, *(p for p in pages if not is_elsewhere(p))))


def search(view: View) -> Iterator[Page]:
    """The index that the search of the theme fetches on its first use."""
    mode = view.config.theme.search
    if mode != "off" and not view.full_search and view.site.posts:
        data = {"entries": paths(view.site.posts)}
        yield page("search", "/search.json", "search.json", "", data=data)


def _searched(card: Card) -> str:
    """What is searched: title, topics and summary, without case, accents and quotes."""
    text = " ".join([card.title, *(t.label for t in card.tags), card.summary_text])
    apart = unicodedata.normalize("NFKD", text).translate(_NO_QUOTES)
    return "".join(c for c in apart if unicodedata.category(c)[0] != "M").lower()


_NO_QUOTES = str.maketrans("", "", "'\"‘’“”")
"""Nobody types those that print has; `search.js` leaves out the same."""


def render_search(planned: Page, facts: Reader) -> bytes:
    """The bytes of the search index: one post a line, newest first."""
    url = link_to(facts)
    entries: tuple[str, ...] = planned.data["entries"]  # type: ignore[assignment]
    cards: Iterable[Card] = (facts[f"card:{path}"] for path in entries)
    posts = (
        {"url": url(card.address), "title": card.title, "text": _searched(card)}
        for card in cards
    )
    lines = (json.dumps(p, ensure_ascii=False, separators=(",", ":")) for p in posts)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode(errors="replace")


def robots(view: View) -> Iterator[Page]:
    """`robots.txt`, unless `static/` has one."""
    if "robots.txt" not in view.static:
        yield page("robots", "/robots.txt", "robots.txt", "")


def render_robots(_: Page, facts: Reader) -> bytes:
    """The bytes of `robots.txt`."""
    address = absolute(facts)("/sitemap.xml")
    return f"User-agent: *\nAllow: /\nSitemap: {address}\n".encode()
