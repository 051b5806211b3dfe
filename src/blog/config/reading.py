"""`site.toml` to `Config`, or to all of its mistakes, each at its line.

pydantic checks values against the schema; what types cannot say is checked here.
"""

import re
import tomllib
from dataclasses import fields, replace
from functools import cache
from posixpath import normpath
from types import MappingProxyType
from typing import Any, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from blog.config.checks import check_budget, check_comments
from blog.config.places import FILE, locate, toml_fault
from blog.config.schema import Config, Content, Extensions
from blog.config.targets import check_targets
from blog.diagnostics import Report, Span, span_at, suggest
from blog.frontmatter import decode
from blog.slugs import fault_of


def read_settings(
    data: bytes, report: Report, *, base_url: str = ""
) -> tuple[Config | None, str]:
    """The configuration in the bytes of `site.toml`, and its text.

    None, with all mistakes told, if it cannot be used.
    """
    text = decode(FILE, data, report)
    if text is None:
        return None, ""
    return read_config(text, report, base_url=base_url), text


def read_config(text: str, report: Report, *, base_url: str = "") -> Config | None:
    """The configuration in `text`, or None if it cannot be used.

    Every mistake is reported at its line. `base_url`, if given, replaces the file's.
    """
    before = len(report.found)
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        _report_syntax(text, error, report)
        return None
    if base_url:
        raw["base_url"] = base_url
    config = _validated(raw, text, report)
    if config is not None:
        _check(config, text, report)
    is_wrong = any(d.severity == "error" for d in report.found[before:])
    return None if is_wrong else config


def _report_syntax(text: str, error: Exception, report: Report) -> None:
    line, column, message = toml_fault(text, error)
    span = span_at(FILE, text, line, column)
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
        return replace(
            config,
            tags=MappingProxyType(dict(config.tags)),
            deploy=MappingProxyType(dict(config.deploy)),
        )
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            _report_problem(problem, text, report)
        return None


def _report_problem(problem: Any, text: str, report: Report) -> None:
    where = tuple(problem["loc"])
    while where and isinstance(where[-1], int):
        where = where[:-1]
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
    _check_frame(config, text, report)
    _check_zone(config.timezone, ("timezone",), text, report)
    seen: dict[str, int] = {}
    for number, content in enumerate(config.content):
        where = ("content", number)
        _check_zone(content.timezone, (*where, "timezone"), text, report)
        _check_content(content, where, text, report)
        if seen.setdefault(normpath(content.path), number) != number:
            report.error(
                "config-value",
                locate(text, (*where, "path")),
                f"two [[content]] entries have the path {content.path!r}",
                hint="give every folder one entry",
            )
    _check_tags(config, text, report)
    _check_images(config, text, report)
    check_budget(config, text, report)
    check_comments(config, text, report)
    check_targets(config.deploy, bool(config.extensions.targets), text, report)
    # Targets are the extensions that work already.
    waiting = replace(
        config, extensions=replace(config.extensions, targets=Extensions().targets)
    )
    for key in _LATER:
        if getattr(waiting, key) != getattr(_DEFAULT, key):
            report.warning(
                "config-unused",
                locate(text, (key,)),
                f"[{key}] has no effect in this version",
            )


def _check_frame(config: Config, text: str, report: Report) -> None:
    if not config.title.strip():
        report.error(
            "config-value",
            locate(text, ("title",)),
            "'title' is empty",
            hint=_MISSING["title"],
        )
    if not _is_base(config.base_url):
        report.error(
            "config-value",
            locate(text, ("base_url",)),
            f"'base_url' is not an absolute address: {config.base_url!r}",
            hint='write it like "https://example.org"',
        )
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", config.language):
        report.error(
            "config-value",
            locate(text, ("language",)),
            f"'language' is not the code of a language: {config.language!r}",
            hint='write it like "en" or "pt-BR"',
        )
    if config.feeds.items < 1:
        report.error(
            "config-value",
            locate(text, ("feeds", "items")),
            "'feeds.items' must be at least 1",
        )
    _check_theme(config, text, report)


def _check_theme(config: Config, text: str, report: Report) -> None:
    """The looks of the default theme, and what it leads to."""
    if not 0 <= config.theme.hue <= 360:
        report.error(
            "config-value",
            locate(text, ("theme", "hue")),
            f"'theme.hue' is an angle from 0 to 360, not {config.theme.hue}",
            hint="262 is blue, 155 green, 75 amber, 25 red",
        )
    if config.theme.font and not config.theme.font.endswith(".woff2"):
        report.error(
            "config-value",
            locate(text, ("theme", "font")),
            f"'theme.font' is no .woff2 file: {config.theme.font!r}",
            hint="other formats are larger; most font tools can write this one",
        )
    email = config.subscribe.email
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+|https?://\S+", email):
        report.error(
            "config-value",
            locate(text, ("subscribe", "email")),
            f"'subscribe.email' is neither an e-mail address nor a link: {email!r}",
            hint="write the address of your list, or that of its form",
        )


def _check_tags(config: Config, text: str, report: Report) -> None:
    for label, entry in config.tags.items():
        if entry.slug and (fault := fault_of(entry.slug)):
            report.error(
                "bad-slug",
                locate(text, ("tags", label, "slug")),
                f"slug {entry.slug!r} of the tag {label!r} {fault}",
                hint="give it a slug of letters, digits and hyphens",
            )


def _check_images(config: Config, text: str, report: Report) -> None:
    for width in config.images.widths:
        if not 16 <= width <= _WIDEST:
            report.error(
                "config-value",
                locate(text, ("images", "widths")),
                f"'images.widths' are pixels from 16 to {_WIDEST}, not {width}",
                hint="[480, 960, 1440] suits most pages; [] makes no sizes at all",
            )


_WIDEST = 8000


def _is_base(address: str) -> bool:
    """Whether an address can stand before those of all pages."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0
    return is_whole and not re.search(r"[\s<>\"?#]", address)


def _check_zone(
    name: str, where: tuple[str | int, ...], text: str, report: Report
) -> None:
    if not name and where[0] == "content":
        return
    try:
        ZoneInfo(name or "/")
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
        for name in sorted(names - _PLACEHOLDERS):
            report.error(
                "config-value",
                locate(text, (*where, "permalink")),
                f"there is no placeholder '{{{name}}}' in a permalink",
                hint=suggest(name, _PLACEHOLDERS)
                or "use {slug} {path} {year} {month} {day}",
            )
        if not names & {"slug", "path"} and names <= _PLACEHOLDERS:
            report.error(
                "config-value",
                locate(text, (*where, "permalink")),
                f"'permalink' cannot tell posts apart: {content.permalink!r}",
                hint="use {slug} or {path}, and {year} {month} {day} if you like",
            )


_PLACEHOLDERS = {"slug", "path", "year", "month", "day"}


_DEFAULT = Config(title="", base_url="")
_LATER = (
    "extensions",
)  # fmt: skip
"""Tables whose work is not done yet; setting them is told, never swallowed."""
