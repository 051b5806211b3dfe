"""`site.toml` to `Config`: every key of it, its default, and what it does.

The dataclasses are the schema. pydantic checks them, so that all mistakes are named at
once; each is put back to its line. An unknown key is an error with a suggestion.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, ClassVar, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from blog.diagnostics import Report, Span, span_at, suggest

FILE = "site.toml"

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
    emoji: bool = False
    math: bool = True
    diagrams: Mapping[str, str] = field(default_factory=dict)


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

    __pydantic_config__: ClassVar[Any] = {"extra": "allow"}
    kind: Literal["", "giscus", "utterances", "custom"] = ""


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
        """The path part of `base_url` without a slash at its end; often empty."""
        return urlsplit(self.base_url).path.rstrip("/")

    @property
    def origin(self) -> str:
        """`base_url` without its path, e.g. `https://example.org`."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"


def read_config(text: str, report: Report, *, base_url: str = "") -> Config | None:
    """The configuration in `text`, or None if it cannot be used.

    Every mistake is reported at its line. `base_url`, if given, replaces the file's.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _report_syntax(text, error, report)
        return None
    if base_url:
        raw["base_url"] = base_url
    config = _validated(raw, text, report)
    if config is not None:
        _check(config, text, report)
    return None if report.found and _has_errors(report) else config


def _has_errors(report: Report) -> bool:
    return any(d.severity == "error" for d in report.found)


def _report_syntax(text: str, error: tomllib.TOMLDecodeError, report: Report) -> None:
    found = re.search(
        r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)", str(error)
    )
    message = str(error)[: found.start()] if found else str(error)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    column = int(found[2]) if found and found[2] else 0
    span = span_at(FILE, text, line, column)
    message = message[:1].lower() + message[1:]
    report.error(
        "config-syntax", span, f"not valid TOML: {message}", hint=_syntax_hint(span)
    )


def _syntax_hint(span: Span) -> str:
    """A way out for the slip that nearly everyone makes: text without quotes."""
    if re.match(r"\s*[\w-]+\s*=\s*[^\s\"'\[{\d]", span.source):
        return 'text needs quotes: key = "value"'
    return "see https://toml.io for how values are written"


@cache
def _adapter() -> Any:
    # pydantic costs 30 ms to import, so only those pay for it who read site.toml.
    from pydantic import TypeAdapter

    return TypeAdapter(Config)


def _validated(raw: dict[str, Any], text: str, report: Report) -> Config | None:
    from pydantic import ValidationError

    try:
        config: Config = _adapter().validate_python(raw)
        return config
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            _report_problem(problem, text, report)
        return None


def _report_problem(problem: Any, text: str, report: Report) -> None:
    where = tuple(problem["loc"])
    name = ".".join(str(part) for part in where if isinstance(part, str))
    span = locate(text, where)
    match problem["type"]:
        case "missing":
            report.error(
                "config-key",
                span,
                f"{name!r} is missing",
                hint=_MISSING.get(name, f"add {where[-1]} = …"),
            )
        case "unexpected_keyword_argument" | "extra_forbidden":
            report.error(
                "config-key",
                span,
                f"unknown key {name!r}",
                hint=suggest(str(where[-1]), _known(where[:-1])),
            )
        case _:
            message = problem["msg"][:1].lower() + problem["msg"][1:]
            report.error("config-value", span, f"{name!r} is not usable: {message}")


_MISSING = {
    "title": 'add title = "The name of your site"',
    "base_url": 'add base_url = "https://example.org", the address readers will use',
}


def _known(where: tuple[str | int, ...]) -> list[str]:
    """The keys that are allowed in the table `where`."""
    table: Any = Config
    for part in where:
        if isinstance(part, str):
            types = {f.name: f.type for f in fields(table)}
            inner = [t for t in (types.get(part), *get_args(types.get(part))) if t]
            table = next((t for t in inner if hasattr(t, "__dataclass_fields__")), None)
        if table is None:
            return []
    return [f.name for f in fields(table)]


def _check(config: Config, text: str, report: Report) -> None:
    """What types cannot say: addresses, zones, folders, settings without effect."""
    parts = urlsplit(config.base_url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        report.error(
            "config-value",
            locate(text, ("base_url",)),
            f"'base_url' is not an absolute address: {config.base_url!r}",
            hint='write it like "https://example.org"',
        )
    _check_zone(config.timezone, ("timezone",), text, report)
    seen: dict[str, int] = {}
    for number, content in enumerate(config.content):
        where = ("content", number)
        _check_zone(content.timezone, (*where, "timezone"), text, report)
        _check_content(content, where, text, report)
        if seen.setdefault(content.path.strip("/"), number) != number:
            report.error(
                "config-value",
                locate(text, (*where, "path")),
                f"two [[content]] entries have the path {content.path!r}",
                hint="give every folder one entry",
            )
    for key in _LATER:
        if getattr(config, key) != getattr(_DEFAULT, key):
            report.warning(
                "config-unused",
                locate(text, (key,)),
                f"[{key}] has no effect in this version",
            )


def _check_zone(
    name: str, where: tuple[str | int, ...], text: str, report: Report
) -> None:
    if not name:
        return
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        report.error(
            "config-value",
            locate(text, where),
            f"there is no time zone {name!r}",
            hint='write it like "Europe/Oslo" or "UTC"',
        )


def _check_content(
    content: Content, where: tuple[str | int, ...], text: str, report: Report
) -> None:
    if ".." in content.path.split("/") or content.path.startswith("/"):
        report.error(
            "config-value",
            locate(text, (*where, "path")),
            f"{content.path!r} is not a folder of the site",
            hint="give the path from the folder of site.toml",
        )
    if content.per_page < 1:
        report.error(
            "config-value",
            locate(text, (*where, "per_page")),
            "'per_page' must be at least 1",
        )
    if content.dialect == "native" and content.permalink:
        names = set(re.findall(r"\{([^}]*)\}", content.permalink))
        if names - _PLACEHOLDERS or not names & {"slug", "path"}:
            report.error(
                "config-value",
                locate(text, (*where, "permalink")),
                f"'permalink' cannot tell posts apart: {content.permalink!r}",
                hint="use {slug} or {path}, and {year} {month} {day} if you like",
            )


_PLACEHOLDERS = {"slug", "path", "year", "month", "day"}


def locate(text: str, where: tuple[str | int, ...]) -> Span:
    """The line of the key `where` in the TOML `text`; at least the nearest table.

    tomllib tells no positions, so headers and keys are looked for in the text.
    """
    line, column = _table_line(text, where)
    key = str(where[-1])
    for number, source in enumerate(text.split("\n")[line:], line + 1):
        if source.lstrip().startswith("[") and number > line:
            break
        if found := re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", source):
            column = found.end() - len(found[0].lstrip()) + 1
            return span_at(FILE, text, number, column, length=len(key))
    return span_at(FILE, text, max(line, 1), column)


def _table_line(text: str, where: tuple[str | int, ...]) -> tuple[int, int]:
    """Line number of the header of the table that holds `where`; 0 for the top."""
    tables = [p for p in where if isinstance(p, str)]
    index = next((p for p in where if isinstance(p, int)), 0)
    for depth in range(len(tables), 0, -1):
        name = r"\s*\.\s*".join(rf"[\"']?{re.escape(t)}[\"']?" for t in tables[:depth])
        header = re.compile(rf"^\s*\[\[?\s*{name}\s*\]\]?", re.MULTILINE)
        found = list(header.finditer(text))
        if len(found) > index:
            start = found[index].start()
            return text.count("\n", 0, start) + 1, 1
    return 0, 0


_DEFAULT = Config(title="", base_url="")
_LATER = ("markdown", "images", "cards", "comments", "budget", "extensions")
"""Tables whose work is not done yet; setting them is told, never swallowed."""
