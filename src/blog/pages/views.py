"""What planning starts from: the site, cards instead of posts, and common addresses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from types import MappingProxyType

from blog.config import Config
from blog.diagnostics import Span
from blog.dialects import file_of
from blog.model import Body, Card, Neighbour, Page, Post, Section, Site

WORDS_A_MINUTE = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The whole site as far as pages may know of it."""

    config: Config
    site: Site
    cards: Mapping[str, Card]
    """By the path of the source."""
    spans: Mapping[str, Mapping[str, Span]]
    """Where fields of the front matter stand, by the path of the source."""
    sections: Mapping[str, Section]
    """The section of a listed post, by the path of the source."""
    topics: Mapping[str, tuple[Card, ...]]
    """Cards by the slug of a tag, newest first."""
    static: Sequence[str]
    """Files of `static/`, by the path they are written to."""

    def place_of(self, source: str, *fields: str) -> Span:
        """Where one of the fields of a source stands, or the top of its file."""
        spans = self.spans.get(source, {})
        found = next((spans[name] for name in fields if name in spans), None)
        return found or Span(path=source, line=1 if source else 0)

    def text_at(self, address: str) -> Post | None:
        """The page of content that lies at `address`."""
        return next((p for p in self.site.pages if p.address == address), None)

    def cards_of(self, posts: Sequence[Post]) -> tuple[Card, ...]:
        """The cards of the posts, in their order."""
        return tuple(self.cards[post.path] for post in posts)

    @property
    def per_page(self) -> int:
        """Entries of a page in lists that span the whole site."""
        return self.config.content[0].per_page if self.config.content else 10


def make_view(
    config: Config, site: Site, bodies: Mapping[str, Body], static: Sequence[str]
) -> View:
    """The view of a site whose bodies are rendered."""
    cards = {post.path: _card(post, bodies[post.path], site) for post in site.built}
    topics: dict[str, list[Card]] = {tag.slug: [] for tag in site.tags}
    for post in site.posts:
        for tag in site.topics[post.path]:
            topics[tag.slug].append(cards[post.path])
    return View(
        config=config,
        site=site,
        cards=MappingProxyType(cards),
        spans=MappingProxyType({post.path: post.spans for post in site.built}),
        sections=MappingProxyType({p.path: s for s in site.sections for p in s.posts}),
        topics=MappingProxyType({slug: tuple(c) for slug, c in topics.items()}),
        static=static,
    )


def _card(post: Post, body: Body, site: Site) -> Card:
    summary = post.description and f"<p>{escape(post.description)}</p>"
    is_own = body.is_cut or post.source.dialect in ("docusaurus", "jekyll")
    return Card(
        path=post.path,
        address=post.address,
        id=post.id,
        title=post.title,
        date=post.date,
        updated=post.updated,
        summary_html=body.summary if is_own else summary or body.summary,
        summary_text=post.description or body.text,
        tags=site.topics[post.path],
        authors=site.authors[post.path],
        minutes=max(1, ceil(body.words / WORDS_A_MINUTE)),
        language=post.language,
        image=body.image,
        preview=site.previews.get(post.path, ""),
    )


def neighbour(post: Post | None) -> Neighbour | None:
    """What a post shows of the one beside it."""
    if post is None:
        return None
    return Neighbour(
        title=post.title,
        address=post.address,
        date=post.date,
        language=post.language,
    )


def place(section: Section, rest: str = "") -> tuple[str, str]:
    """Address and file of a page below the base of a section, as its dialect has it."""
    bare = f"{section.base}{rest}".rstrip("/")
    if section.dialect != "docusaurus" or section.trailing_slash or not bare:
        return f"{bare}/", file_of(f"{bare}/")
    suffix = ".html" if section.trailing_slash is False else "/index.html"
    return bare, f"{bare.lstrip('/')}{suffix}"


def places(
    section: Section, rest: str, count: int, per_page: int
) -> dict[int, tuple[str, str]]:
    """Address and file of each page of a list of `count` entries, by its number."""
    inner = f"{rest}/" if rest else ""
    later = range(2, max(1, ceil(count / per_page)) + 1)
    return {1: place(section, rest)} | {
        number: place(section, f"{inner}page/{number}") for number in later
    }


def paginated(
    cards: Sequence[Card],
    per_page: int,
    where: Mapping[int, tuple[str, str]] | None = None,
    base: str = "/",
) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Address, file and data of every page of a list; at least one page.

    Pages lie at `{base}`, `{base}page/2/` …; `where` places some of them elsewhere.
    """
    given = where or {}
    total = max(1, ceil(len(cards) / per_page))

    def spot(number: int) -> tuple[str, str]:
        address = base if number == 1 else f"{base}page/{number}/"
        return given.get(number) or (address, file_of(address))

    for number in range(1, total + 1):
        address, output = spot(number)
        yield (
            address,
            output,
            {
                "entries": tuple(cards[(number - 1) * per_page : number * per_page]),
                "number": number,
                "newer": spot(number - 1)[0] if number > 1 else "",
                "older": spot(number + 1)[0] if number < total else "",
            },
        )


def page(kind: str, address: str, output: str, title: str, **rest: object) -> Page:
    """A page of the site; `data` is made read-only."""
    data = rest.pop("data", {})
    return Page(
        kind=kind,
        output=output,
        address=address,
        title=title,
        data=MappingProxyType(data),  # type: ignore[arg-type]
        **rest,  # type: ignore[arg-type]
    )
