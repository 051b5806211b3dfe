"""Every key of `site.toml`, its default, and what it does.

A key that is new begins here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal
from urllib.parse import unquote, urlsplit

Level = Literal["error", "warning", "off"]
DialectName = Literal["native", "docusaurus", "jekyll"]

_STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorLink:
    """A profile of the author elsewhere."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    name: str
    url: str
    me: bool = False
    """Whether the page there is the same person (`rel="me"`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The author of the site, entered once."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    name: str = ""
    role: str = ""
    location: str = ""
    email: str = ""
    photo: str = ""
    """Path in `static/`."""
    links: tuple[AuthorLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """A link of the header."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Something the author made."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    title: str
    text: str = ""
    url: str = ""
    picture: str = ""
    note: str = ""
    """E.g. `Go, PostgreSQL · 2023–now`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A folder of posts and the rules it was written by."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    path: str = "content/posts"
    dialect: DialectName = "native"
    base: str = "/blog/"
    """Where its list lives."""
    permalink: str = ""
    """Empty: the dialect's own, `/blog/{slug}/` for native."""
    trailing_slash: bool | None = None
    """Docusaurus: as that site has it; None where it does not say."""
    timezone: str = ""
    excerpt_separator: str | None = None
    """Jekyll: the text that ends a summary; None: what `_config.yml` says."""
    per_page: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TagEntry:
    """What the tag registry says of one tag."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    slug: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """What the feeds hold."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    formats: tuple[Literal["rss", "atom", "json"], ...] = ("rss", "atom", "json")
    items: int = 20
    content: Literal["full", "summary"] = "full"
    per_tag: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """How much a finding weighs."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    links: Level = "error"
    anchors: Level = "error"
    images: Level = "error"
    alt: Level = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Markdown:
    """What is done with the text of posts."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    smart: bool = True
    """Quotes and dashes as print has them; but in posts of Docusaurus."""
    emoji: bool = False
    """`:tada:`"""
    math: bool = True
    diagrams: Mapping[str, str] = field(default_factory=dict)
    """A program by the language of the fences whose code it draws."""
    embeds: Literal["direct", "link"] = "direct"
    """Whether frames of other sites are loaded at once, or only linked to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Images:
    """Sizes and formats that pictures are offered in."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    widths: tuple[int, ...] = (480, 960, 1440)
    formats: tuple[Literal["avif", "webp"], ...] = ("avif", "webp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Pictures for sharing."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    enabled: bool = True
    font: str = ""
    """A file in `static/`, or the name of a family that is installed as a package."""

    @property
    def font_file(self) -> str:
        """The file in `static/`; empty if it names a family, or nothing."""
        return self.font if "." in self.font else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Looks and scripts of the default theme."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    hue: int = 262
    text: Literal["serif", "sans"] = "serif"
    font: str = ""
    contents: int = 3
    """Headings from which a contents list appears; 0: never."""
    progress: bool = True
    search: Literal["titles", "full", "off"] = "titles"
    prefetch: Literal["moderate", "off"] = "moderate"
    copy_button: bool = True
    switch: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe:
    """How readers can follow besides the feeds."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """Off unless a kind is named."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    kind: Literal["", "giscus", "utterances", "custom"] = ""
    """`custom`: `templates/comments.html` of the site."""
    repo: str = ""
    """Of GitHub, e.g. `ada/blog`; for both of the first."""
    repo_id: str = ""
    """Giscus, like the next two."""
    category: str = ""
    category_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Bytes over the wire (gzip) that a page may cost; 0: no limit."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    page: int = 0
    script: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Serve:
    """The preview server."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    port: int = 8000
    editor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensions:
    """Import strings: the only way in."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    markdown: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole of `site.toml`."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    title: str
    base_url: str
    """Absolute; its path prefixes every written link."""
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    """What a bare date means."""
    author: Person = field(default_factory=Person)
    nav: tuple[NavItem, ...] = ()
    projects: tuple[Project, ...] = ()
    content: tuple[Content, ...] = (Content(),)
    tags: Mapping[str, TagEntry] = field(default_factory=dict)
    feeds: Feeds = field(default_factory=Feeds)
    checks: Checks = field(default_factory=Checks)
    markdown: Markdown = field(default_factory=Markdown)
    images: Images = field(default_factory=Images)
    cards: Cards = field(default_factory=Cards)
    theme: Theme = field(default_factory=Theme)
    subscribe: Subscribe = field(default_factory=Subscribe)
    comments: Comments = field(default_factory=Comments)
    budget: Budget = field(default_factory=Budget)
    serve: Serve = field(default_factory=Serve)
    deploy: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    extensions: Extensions = field(default_factory=Extensions)

    @property
    def base_path(self) -> str:
        """The path of `base_url`, decoded, without a slash at its end; often empty."""
        return unquote(urlsplit(self.base_url).path).rstrip("/")

    @property
    def origin(self) -> str:
        """`base_url` without its path, e.g. `https://example.org`."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"


SCHEMA = tuple(
    found
    for found in list(globals().values())
    if isinstance(found, type) and hasattr(found, "__pydantic_config__")
)
"""Every table of the configuration as a class."""
