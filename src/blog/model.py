"""Every noun of the program. Read this first.

Three words are kept apart: a **Post** is what the author wrote, a **Page** what we plan
to write, an **Artifact** the bytes. Everything is frozen. Paths are site-relative POSIX
paths; addresses are decoded, start with `/` and leave out the path of `base_url`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType

from blog.diagnostics import Diagnostic, Span


def no_fields() -> Mapping[str, object]:
    """An empty read-only mapping, the default of many fields."""
    return MappingProxyType({})


# What lies on the disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """The content of a file: in memory, or where to read it."""

    digest: str
    """Hexadecimal, of the bytes."""
    size: int
    """In bytes."""
    data: bytes | None = field(default=None, repr=False)
    """The bytes, unless the file is only referred to."""
    source: Path | None = field(default=None, repr=False)
    """Where the file lies, if `data` is None."""

    @classmethod
    def of(cls, data: bytes) -> "Blob":
        """A blob of bytes in memory."""
        digest = blake2b(data, digest_size=16).hexdigest()
        return cls(digest=digest, size=len(data), data=data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The whole input of a build, as it was at one moment."""

    files: Mapping[str, Blob]
    """The site's own files by path, sorted: content, `templates/`, `static/`, …"""
    theme: Mapping[str, Blob] = field(default_factory=lambda: MappingProxyType({}))
    """The packaged `templates/` and `static/`, under the same names."""
    now: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    """The instant that decides what lies in the future; aware."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What could not be read."""

    @classmethod
    def of(
        cls,
        files: Mapping[str, str | bytes],
        *,
        theme: Mapping[str, Blob] | None = None,
        now: datetime = datetime(2030, 1, 1, tzinfo=UTC),
    ) -> "Snapshot":
        """A site out of a mapping of path to text, so that no disk is needed."""
        blobs = {
            path: Blob.of(text.encode() if isinstance(text, str) else text)
            for path, text in sorted(files.items())
        }
        return cls(files=MappingProxyType(blobs), theme=theme or {}, now=now)


# What the author wrote


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
    """Always aware: with the offset its author wrote, else the zone's."""
    origin: str
    """Where it came from: `front matter` or `file name`."""
    span: Span = field(repr=False)

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
class Post:
    """One source file as its author wrote it, whatever the other files say.

    Pages outside the posts (`content/about.md`) are posts without a date and lists.
    """

    path: str
    """Site-relative POSIX path, e.g. `content/posts/hello.md`; its identity."""
    section: str
    """The content folder it belongs to, e.g. `content/posts`."""
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
    tags: tuple[str, ...] = ()
    """Labels as written, categories among them, without repeats."""
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
    redirects: tuple[str, ...] = ()
    """Further addresses that lead to it."""
    faulty: bool = False
    """Whether its fields have errors: then only its text is looked at, for more."""
    fields: Mapping[str, object] = field(default_factory=no_fields)
    """All of the front matter, for templates."""
    spans: Mapping[str, Span] = field(
        default_factory=lambda: MappingProxyType({}), repr=False
    )
    source: "Source"


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
    markdown: bool = True
    """False: the text is HTML already and passes as it is."""
    drops_heading: bool = False
    """Whether the heading at the top repeats the title."""
    excerpt: str = ""
    """A summary in Markdown that replaces the one in the text."""
    image: str = ""
    """The post's picture, as written."""
    image_span: Span | None = None
    separator: str | None = None
    """Text that ends the summary; None: the marks of the dialect."""
    roots: tuple[str, ...] = ()
    """Folders in which `/img/x.png` may lie, besides `static/`."""


# What we make of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One entry of a contents list."""

    level: int
    """2 to 6."""
    id: str
    html: str
    """The heading's text with its inline markup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of a body, to be checked when all pages are known."""

    address: str
    """Of this site: decoded, without the path of `base_url`. Outside: as written."""
    fragment: str
    """Decoded, without `#`; may be empty."""
    written: str
    """As the author wrote it."""
    span: Span
    picture: bool = False
    hint: str = ""
    """The nearest file, for a file path that leads to none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A post's text as HTML."""

    html: str
    summary: str
    """HTML for lists: no ids, no footnote marks, headings as paragraphs."""
    text: str
    """The summary as plain text on one line."""
    is_cut: bool = False
    """Whether the author marked where the summary ends, or wrote one."""
    toc: tuple[Heading, ...] = ()
    words: int = 0
    """Words of prose; a CJK character counts as half a word."""
    image: str = ""
    """The post's picture: an address outside, or one of this site as written."""
    links: tuple[Link, ...] = ()
    outside: tuple[Link, ...] = ()
    """Links to other sites, by http or https."""
    ids: tuple[str, ...] = ()
    """Every id on which a link may land."""
    assets: tuple[tuple[str, str], ...] = ()
    """Files the text refers to: source path and output path."""


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
    """As in `Body`; may be empty."""
    preview: str = ""
    """Why readers cannot see it yet; empty for what is published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """The next older or newer post, as far as its neighbour shows it."""

    title: str
    address: str
    language: str


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
    authors: Mapping[str, tuple[Author, ...]]
    """A post's authors by its path."""

    @property
    def built(self) -> tuple[Post, ...]:
        """Every source that becomes a page of its own."""
        return (*self.posts, *self.unlisted, *self.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file we plan to write, and what is needed to write it."""

    kind: str
    """A key of `PAGE_KINDS`."""
    output: str
    """Path in the output folder; its identity."""
    address: str
    title: str = ""
    description: str = ""
    canonical: str = ""
    """Address of the page that should be cited instead; empty: this one."""
    source: str = ""
    """Path of the post whose body it shows."""
    data: Mapping[str, object] = field(default_factory=no_fields)
    """What its template is given besides the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A file of the finished site."""

    path: str
    blob: Blob


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What came of a build; `artifacts` is empty if the site has errors."""

    artifacts: Mapping[str, Artifact]
    """By path, sorted."""
    diagnostics: tuple[Diagnostic, ...]
    """In order of place."""
    site: Site
    pages: int
    """HTML pages, redirects not counted."""
    outside: tuple[Link, ...] = ()
    """Links of posts and pages to other sites."""

    @property
    def ok(self) -> bool:
        """Whether the site may be published."""
        return all(d.severity != "error" for d in self.diagnostics)
