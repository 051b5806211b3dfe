"""Feeds: RSS 2.0, Atom and JSON Feed out of the same items.

feedgen fills in the present time, the site's links in its own order and no author's
name unless told otherwise; each is set here, so that equal posts give equal bytes.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from blog.frontmatter import CONTROL
from blog.images import candidates
from blog.markdown.additions.embeds import linked
from blog.markdown.flat import flatten
from blog.model import Author

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A post in a feed; all addresses are absolute."""

    id: str
    url: str
    title: str
    summary: str
    """Plain text."""
    html: str
    """The whole post, or its summary."""
    published: datetime
    updated: datetime
    tags: tuple[str, ...]
    authors: tuple[Author, ...]
    language: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says of itself, and its items, newest first."""

    title: str
    description: str
    home: str
    """Absolute address of the page it belongs to."""
    url: str
    """Its own absolute address."""
    language: str
    author: Author
    """For items that name none; Atom asks for one."""
    items: tuple[Item, ...]

    @property
    def updated(self) -> datetime:
        """The latest change of an item."""
        return max((item.updated for item in self.items), default=_EPOCH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way to write a feed."""

    file: str
    """Name of its file."""
    type: str
    """Media type."""
    name: str
    """As readers know it."""
    write: Callable[[Feed], bytes]


def rss(feed: Feed) -> bytes:
    """RSS 2.0, with names by Dublin Core: RSS itself only knows mail addresses."""
    made = _generator(feed)
    made.load_extension("dc")
    # The last link becomes the channel's <link>, so the page comes last.
    made.link(href=feed.url, rel="self", type="application/rss+xml")
    made.link(href=feed.home, rel="alternate")
    made.description(feed.description or feed.title)
    made.lastBuildDate(feed.updated)
    for item in feed.items:
        entry = _entry(made, item)
        entry.guid(item.id, permalink=item.id == item.url)
        entry.description(item.summary or item.title)
        entry.content(item.html, type="CDATA")
        entry.dc.dc_creator([a.name for a in item.authors] or [feed.author.name])
    text: bytes = made.rss_str(pretty=True)
    return text


def atom(feed: Feed) -> bytes:
    """Atom 1.0."""
    made = _generator(feed)
    made.id(feed.url)
    made.link(href=feed.url, rel="self", type="application/atom+xml")
    made.link(href=feed.home, rel="alternate", type="text/html")
    made.author(_person(feed.author))
    if feed.description:
        made.subtitle(feed.description)
    for item in feed.items:
        entry = _entry(made, item)
        entry.id(item.id)
        entry.summary(item.summary or item.title)
        entry.content(item.html, type="html")
        if item.authors:
            entry.author([_person(author) for author in item.authors])
    text: bytes = made.atom_str(pretty=True)
    return text


def json_feed(feed: Feed) -> bytes:
    """JSON Feed 1.1."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "description": feed.description or None,
        "language": feed.language,
        "authors": [_person_json(feed.author)],
        "items": [_item_json(item) for item in feed.items],
    }
    return json.dumps(_present(document), ensure_ascii=False, indent=1).encode() + b"\n"


def _generator(feed: Feed) -> Any:
    # feedgen brings lxml, 40 ms; only those pay for it who write a feed.
    from feedgen.feed import FeedGenerator

    made = FeedGenerator()
    made.title(feed.title)
    made.language(feed.language)
    made.updated(feed.updated)
    made.generator("blog")
    return made


def _entry(made: Any, item: Item) -> Any:
    entry = made.add_entry(order="append")
    entry.title(item.title)
    entry.link(href=item.url)
    entry.published(item.published)
    entry.updated(item.updated)
    for tag in item.tags:
        entry.category(term=tag)
    return entry


def _person(author: Author) -> dict[str, str]:
    found = {"name": author.name, "uri": author.url, "email": author.email}
    return {key: value for key, value in found.items() if value}


def _person_json(author: Author) -> dict[str, str]:
    found = {"name": author.name, "url": author.url, "avatar": _http(author.image)}
    return {key: value for key, value in found.items() if value}


def _http(address: str) -> str:
    return address if address.startswith(("http://", "https://")) else ""


def _item_json(item: Item) -> dict[str, Any]:
    return _present(
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "content_html": item.html or item.title,
            "image": item.image,
            "date_published": item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
            "tags": list(item.tags),
            "authors": [_person_json(author) for author in item.authors],
            "language": item.language,
        }
    )


def _present(document: dict[str, Any]) -> dict[str, Any]:
    """Without keys that have no value, but for the list of items."""
    return {k: v for k, v in document.items() if v or k == "items"}


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "atom": Format(
            file="atom.xml", type="application/atom+xml", name="Atom", write=atom
        ),
        "rss": Format(
            file="rss.xml", type="application/rss+xml", name="RSS", write=rss
        ),
        "json": Format(
            file="feed.json", type="application/feed+json", name="JSON", write=json_feed
        ),
    }
)
"""Every format by its name in `site.toml`; a newcomer adds a row."""


def clean(text: str) -> str:
    """`text` without characters that XML forbids."""
    return CONTROL.sub("", text)


_PAGES_OWN = frozenset({"tabindex", "loading", "decoding", "fetchpriority"})
"""Attributes that say how a page is to be used, and mean nothing in a reader."""


def portable(html: str, url: str) -> str:
    """A body as a feed holds it: absolute addresses, no anchors to click, no scripts.

    Of tabs all are shown, and lines have no numbers: both need a style sheet. Frames,
    which readers drop, are links.

    `url` is the absolute address of the post.
    """
    if "<iframe" in html:
        html = linked(html)
    tree = LexborHTMLParser(html, is_fragment=True)
    for node in tree.css(".anchor, script, style"):
        node.decompose()
    if _HANDLER.search(html):
        _drop_handlers(tree)
    flatten(tree, html)
    _make_absolute(tree, url)
    return clean(tree.html or "").strip()


def _make_absolute(tree: LexborHTMLParser, url: str) -> None:
    """Writes addresses as they are read anywhere; what is for pages alone goes."""
    for node in tree.css("[href], [src], [poster], [srcset], [tabindex]"):
        for name in _PAGES_OWN & set(node.attrs.keys()):
            del node.attrs[name]
        for name in ("href", "src", "poster"):
            if value := node.attrs.get(name):
                node.attrs[name] = urljoin(url, value)
        if sources := node.attrs.get("srcset"):
            node.attrs["srcset"] = ", ".join(
                f"{urljoin(url, address)} {rest}".rstrip()
                for address, rest in candidates(sources)
            )


_HANDLER = re.compile(r"\son[a-z]+\s*=|javascript:", re.IGNORECASE)


def _drop_handlers(tree: LexborHTMLParser) -> None:
    """Takes away the attributes that would run something."""
    for node in tree.css("*"):
        for name, value in node.attrs.items():
            is_code = (value or "").strip().lower().startswith("javascript:")
            if name.startswith("on") or is_code:
                del node.attrs[name]
