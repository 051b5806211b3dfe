"""Pages for programs: feeds, the sitemap, rules for robots."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree

from blog.engine import Reader
from blog.feeds import FORMATS, Feed, Item, clean, portable
from blog.model import Author, Card, Page
from blog.pages.views import View, page
from blog.theme import absolute, link_to


def feeds(view: View) -> Iterator[Page]:
    """Feeds of the whole site, of each topic, and where other systems have them."""
    dated = [p for p in view.site.posts if p.date]
    whole = view.cards_of(dated)
    title = view.config.title
    formats = view.config.feeds.formats
    for name in formats:
        yield _feed(view, name, f"/{FORMATS[name].file}", title, "/", whole)
    for tag in view.site.tags if view.config.feeds.per_tag else ():
        cards = [card for card in view.topics[tag.slug] if card.date]
        for name in formats:
            address = f"{tag.address}{FORMATS[name].file}"
            yield _feed(
                view, name, address, f"{title}: {tag.label}", tag.address, cards
            )


def old_feeds(view: View) -> Iterator[Page]:
    """The feeds that Docusaurus and jekyll-feed write, at their addresses."""
    title = view.config.title
    for section in view.site.sections:
        dated = [p for p in section.posts if p.date]
        if any(p.source.dialect == "docusaurus" for p in section.posts):
            for name in FORMATS:
                address = f"{section.base}{FORMATS[name].file}"
                yield _feed(view, name, address, title, "/", view.cards_of(dated))
    own = [p for p in view.site.posts if p.date and p.source.dialect == "jekyll"]
    if own:
        yield _feed(view, "atom", "/feed.xml", title, "/", view.cards_of(own))


def _feed(
    view: View, name: str, address: str, title: str, home: str, cards: Iterable[Card]
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
            "entries": tuple(cards)[: view.config.feeds.items],
            "content": view.config.feeds.content,
        },
    )


def render_feed(planned: Page, facts: Reader) -> bytes:
    """The bytes of a feed."""
    data: Mapping[str, object] = planned.data
    full = absolute(facts)
    person = facts["site:author"]
    author = Author(name=clean(person.name or facts["site:title"]), url=full("/"))
    entries: tuple[Card, ...] = data["entries"]  # type: ignore[assignment]
    feed = Feed(
        title=clean(planned.title),
        description=clean(planned.description),
        home=full(str(data["home"])),
        url=full(planned.address),
        language=facts["site:language"],
        author=author,
        items=tuple(_item(card, data["content"] == "full", facts) for card in entries),
    )
    return FORMATS[str(data["format"])].write(feed)


def _item(card: Card, is_full: bool, facts: Reader) -> Item:
    full = absolute(facts)
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
    return portable(facts[f"body:{path}"].html, url)


def feed_sources(planned: Iterable[Page]) -> set[str]:
    """The posts whose whole text stands in some feed."""
    return {
        card.path
        for feed in planned
        if feed.kind == "feed" and feed.data["content"] == "full"
        for card in feed.data["entries"]  # type: ignore[attr-defined]
    }


_IN_SITEMAP = frozenset(
    {"home", "post", "page", "list", "tags", "tag", "archive", "projects", "subscribe"}
)


def sitemap(view: View, planned: Iterable[Page]) -> Page:
    """Every page that readers may find, with the day of its last change if known."""
    rows = []
    for each in planned:
        if each.kind not in _IN_SITEMAP or each.canonical:
            continue
        if each.data.get("listed") is False:
            continue
        card = view.cards.get(each.source)
        moment = card and (card.updated or card.date)
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


def search(view: View) -> Iterator[Page]:
    """The index that the search of the theme fetches on its first use."""
    if view.config.theme.search != "off" and view.site.posts:
        rows = tuple(
            (c.address, c.title, _searched(c)) for c in view.cards_of(view.site.posts)
        )
        yield page("search", "/search.json", "search.json", "", data={"rows": rows})


def _searched(card: Card) -> str:
    """What is searched: title, topics and summary, without case and accents."""
    text = " ".join([card.title, *(t.label for t in card.tags), card.summary_text])
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if unicodedata.category(c)[0] != "M").lower()


def render_search(planned: Page, facts: Reader) -> bytes:
    """The bytes of the search index: one post a line, newest first."""
    url = link_to(facts)
    rows: tuple[tuple[str, str, str], ...] = planned.data["rows"]  # type: ignore[assignment]
    posts = (
        {"url": url(address), "title": title, "text": text}
        for address, title, text in rows
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
