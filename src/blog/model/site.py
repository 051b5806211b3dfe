"""All posts in order, and what they know of each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from blog.model.written import Author, Moment, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A topic, under which posts are gathered."""

    label: str
    """As first written."""
    slug: str
    address: str
    description: str = ""
    path: str = ""
    """Its address below the tags of a Docusaurus site."""
    count: int = 0
    """Listed posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the site makes of a post, as far as its card shows it."""

    tags: tuple[Tag, ...] = ()
    authors: tuple[Author, ...] = ()
    preview: str = ""
    """Why readers cannot see it yet; empty for what is published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that other pages may know about a post; an edit of its text is not in it."""

    path: str
    address: str
    id: str
    """As in `Post`."""
    title: str
    date: Moment | None
    updated: Moment | None
    summary_html: str
    summary_text: str
    tags: tuple[Tag, ...]
    authors: tuple[Author, ...]
    minutes: int
    """To read it, at least 1."""
    language: str
    image: str
    """As in `Brief`; may be empty."""
    preview: str = ""
    """Why readers cannot see it yet; empty for what is published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A post as far as others only name it: beside theirs, or in the archive."""

    title: str
    address: str
    date: Moment | None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a series."""

    number: int
    """1-based."""
    title: str
    address: str = ""
    """Empty for what is still to come."""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Posts that are to be read one after the other."""

    name: str
    parts: tuple[Part, ...]
    """By number; at least two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A post that is not published."""

    post: Post
    reason: str
    """A sentence, e.g. `draft` or `dated 2031-01-01, in the future`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A content folder whose posts share a list."""

    path: str
    base: str
    """Address of the list."""
    dialect: str
    """Of the first folder; decides how addresses are written."""
    trailing_slash: bool | None
    per_page: int
    posts: tuple[Post, ...] = ()
    """Listed ones, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """All posts in order, with what each has to know of the others."""

    posts: tuple[Post, ...]
    """Listed ones of all sections, newest first, undated ones last."""
    unlisted: tuple[Post, ...]
    pages: tuple[Post, ...]
    """Sources outside the posts, by path."""
    held: tuple[Held, ...]
    previews: Mapping[str, str]
    """Reason by path, of posts shown although they should be held back."""
    sections: tuple[Section, ...]
    tags: tuple[Tag, ...]
    """By label, letter case aside."""
    topics: Mapping[str, tuple[Tag, ...]]
    """A post's tags by its path."""
    series: Mapping[str, Series]
    """The series of a listed post by its path, where it is in one."""
    authors: Mapping[str, tuple[Author, ...]]
    """A post's authors by its path."""

    @property
    def built(self) -> tuple[Post, ...]:
        """Every source that becomes a page of its own."""
        return (*self.posts, *self.unlisted, *self.pages)
