"""What planning starts from: the site, and common addresses.

A plan names posts by their paths; what a page shows of them it asks for when it is
written, so that a changed summary changes no plan.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

from blog.config import Config
from blog.diagnostics import PlaceOf
from blog.dialects import file_of
from blog.model import Neighbour, Page, Post, Section, Site

Say = Callable[..., str]
"""`(name, **values)` to words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The whole site as far as pages may know of it."""

    config: Config
    site: Site
    place_of: PlaceOf
    sections: Mapping[str, Section]
    """The section of a listed post, by the path of the source."""
    topics: Mapping[str, tuple[Post, ...]]
    """Posts by the slug of a tag, newest first."""
    static: Sequence[str]
    """Files of `static/`, by the path they are written to."""
    say: Say
    """Words in the language of the site, by their name."""
    full_search: bool = False
    """Whether whole texts are searched, not only titles and summaries."""

    def text_at(self, address: str) -> Post | None:
        """The page of content that lies at `address`."""
        return next((p for p in self.site.pages if p.address == address), None)

    @property
    def per_page(self) -> int:
        """Entries of a page in lists that span the whole site."""
        return self.config.content[0].per_page if self.config.content else 10


def make_view(
    config: Config,
    site: Site,
    static: Sequence[str],
    place_of: PlaceOf,
    say: Say,
    *,
    full_search: bool = False,
) -> View:
    """The view of an arranged site."""
    topics: dict[str, list[Post]] = {tag.slug: [] for tag in site.tags}
    for post in site.posts:
        for tag in site.topics[post.path]:
            topics[tag.slug].append(post)
    return View(
        config=config,
        site=site,
        place_of=place_of,
        sections=MappingProxyType({p.path: s for s in site.sections for p in s.posts}),
        topics=MappingProxyType({slug: tuple(p) for slug, p in topics.items()}),
        static=static,
        say=say,
        full_search=full_search and bool(site.posts),
    )


def paths(posts: Iterable[Post]) -> tuple[str, ...]:
    """The paths of the posts, in their order."""
    return tuple(post.path for post in posts)


def neighbour(post: Post) -> Neighbour:
    """What others show of a post that they only name."""
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
    posts: Sequence[Post],
    per_page: int,
    where: Mapping[int, tuple[str, str]] | None = None,
    base: str = "/",
) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Address, file and data of every page of a list; at least one page.

    Pages lie at `{base}`, `{base}page/2/` …; `where` places some of them elsewhere.
    """
    given = where or {}
    total = max(1, ceil(len(posts) / per_page))

    def spot(number: int) -> tuple[str, str]:
        address = base if number == 1 else f"{base}page/{number}/"
        return given.get(number) or (address, file_of(address))

    for number in range(1, total + 1):
        address, output = spot(number)
        yield (
            address,
            output,
            {
                "entries": paths(posts[(number - 1) * per_page : number * per_page]),
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
