"""What the author wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from blog.diagnostics import Span


def no_fields() -> Mapping[str, object]:
    """An empty read-only mapping, the default of many fields."""
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The fields at the head of a file, and the text below them."""

    fields: Mapping[str, object]
    """Text, None, list or mapping by name; scalars are text as written."""
    spans: Mapping[str, Span]
    """Where each field stands, by name."""
    body: str
    """Everything below the block; line breaks are `\\n`."""
    first_line: int
    """Line of the file on which `body` starts, 1-based."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date with all that its author said about it."""

    instant: datetime
    """With the offset its author wrote, else with that of the zone at the time."""
    origin: str
    """Where it came from: `front matter` or `file name`."""

    @property
    def day(self) -> date:
        """The author's own day, the same on every machine."""
        return self.instant.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Someone who wrote a post."""

    key: str = ""
    """Of the entry in `authors.yml`, where there is one."""
    name: str
    title: str = ""
    url: str = ""
    image: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """Something that was changed in a post after its publication."""

    date: Moment
    note: str
    """What was changed, as plain text on one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One source file as its author wrote it, whatever the other files say.

    Pages outside the posts (`content/about.md`) are posts without a date and lists.
    """

    path: str
    """Site-relative POSIX path, e.g. `content/posts/hello.md`; its identity."""
    section: str
    """The content folder it belongs to, e.g. `content/posts`."""
    dialect: str
    """A key of `DIALECTS`, or `page`."""
    title: str
    slug: str
    address: str
    """Where it is read, e.g. `/blog/hello/`."""
    output: str
    """The file it is written to, e.g. `blog/hello/index.html`."""
    id: str
    """What feeds know it by: an address of the site, or an absolute one."""
    date: Moment | None = None
    """Time of publication; None only where the dialect allows it."""
    updated: Moment | None = None
    """When it last changed, be it by the last of `updates`."""
    updates: tuple[Update, ...] = ()
    """Newest first."""
    tags: tuple[str, ...] = ()
    """Labels as written, categories among them, without repeats."""
    tag_paths: Mapping[str, str] = field(default_factory=dict)
    """Addresses below the tags of its blog, by the labels for which it gives one."""
    authors: tuple[str | Author, ...] = ()
    """Keys of `authors.yml` or names as text, else what the post itself says."""
    description: str = ""
    language: str = ""
    """Of the text, where it differs from the site's."""
    draft: bool = False
    withheld: str = ""
    """A reason to hold the post back whatever the date, e.g. `published: false`."""
    listed: bool = True
    """False: built, but in no list, feed or sitemap."""
    series: str = ""
    """Name of the series it belongs to; may be empty."""
    part: int = 0
    """Its number in the series, 1-based; 0: by its date."""
    planned: tuple[str, ...] = ()
    """Titles of parts of the series that are still to come."""
    redirects: tuple[str, ...] = ()
    """Further addresses that lead to it."""
    faulty: bool = False
    """Whether its fields have errors: then only its text is looked at, for more."""
    fields: Mapping[str, object] = field(default_factory=no_fields)
    """All of the front matter, for templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The text of a post and what is needed to render it, and nothing else."""

    path: str
    dialect: str
    text: str
    """The body, below the front matter."""
    first_line: int
    """Line of the file on which `text` starts, 1-based; added to positions in it."""
    address: str
    """Where the post is read; relative addresses start there."""
    language: str = ""
    """Of the text, where it differs from the site's."""
    markdown: bool = True
    """False: the text is HTML already and passes as it is."""
    liquid: bool = True
    """False: the author of a Jekyll post wants its braces as they are."""
    drops_heading: bool = False
    """Whether the heading at the top repeats the title."""
    excerpt: str = ""
    """A summary in Markdown that replaces the one in the text."""
    excerpt_span: Span | None = None
    """Where it stands; None without one."""
    image: str = ""
    """The post's picture, as written."""
    image_span: Span | None = None
    separator: str | None = None
    """Text that ends the summary; None: the marks of the dialect."""
    roots: tuple[str, ...] = ()
    """Folders in which `/img/x.png` may lie, besides `static/`."""

    @property
    def is_mdx(self) -> bool:
        """Whether the text is MDX: all of Docusaurus's is, and that of `.mdx` files."""
        return self.dialect == "docusaurus" or self.path.lower().endswith(".mdx")

    def with_line(self, span: Span) -> Span:
        """A place in the text, with the line that stands there."""
        number = span.line - self.first_line
        lines = self.text.split("\n")
        if span.source or not 0 <= number < len(lines):
            return span
        return replace(span, source=lines[number])

    def without_line(self, span: Span) -> Span:
        """A place in the text, without its line, which is kept in the text anyway."""
        return replace(span, source="") if span.line >= self.first_line else span


MARK = "\ue2a6"
"""What blocks that preparation makes begin with, in the place of an author's colons: so
both may hold each other. A sign for private use, which no keyboard has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A text as the Markdown parser takes it."""

    text: str
    origin: tuple[int, ...] | None = None
    """For each line of `text`, the 0-based line of the source that it came from; None:
    line for line."""
