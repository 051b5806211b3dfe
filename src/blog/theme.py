"""Templates: the Jinja environment, its filters, and what can go wrong in a template.

Templates come from the site's `templates/`, laid over the packaged ones, which also
answer as `default/…`. Each template that a page loads is recorded as a read, present or
absent, so that a page is stale exactly when one of them changes.
"""

import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from markupsafe import Markup

from blog.diagnostics import Report, Span, suggest
from blog.engine import Reader
from blog.frontmatter import decode
from blog.model import Blob, Heading, Snapshot
from blog.slugs import encoded

FOLDER = "templates/"


class _Undefined(StrictUndefined):
    """Absent names may be asked for in `{% if %}`, but never printed."""

    def __bool__(self) -> bool:  # type: ignore[override]
        return False


class _Loader(BaseLoader):
    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = templates

    def get_source(
        self, _environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        if template not in self.templates:
            raise TemplateNotFound(template)
        return self.templates[template], f"{FOLDER}{template}", lambda: True


class _Template(Template):
    """Runs anew each time it is imported, so that what it imports is recorded too."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        self._module = None
        return super()._get_default_module(ctx)


class _Environment(Environment):
    """Records every template that a page asks for."""

    template_class = _Template
    reader: Reader | None = None

    def get_template(
        self, name: Any, parent: Any = None, globals: Any = None
    ) -> Template:
        self._record(name)
        return super().get_template(name, parent, globals)

    def select_template(
        self, names: Any, parent: Any = None, globals: Any = None
    ) -> Template:
        for name in names:
            self._record(name)
            if isinstance(name, Template) or name in self.loader.templates:  # type: ignore[union-attr]
                break
        return super().select_template(names, parent, globals)

    def _record(self, name: Any) -> None:
        if self.reader is not None and isinstance(name, str):
            self.reader.get(f"template:{name}")


def templates_of(snapshot: Snapshot, report: Report) -> dict[str, str]:
    """The text of every template by name: the site's, else the packaged one."""
    packaged = _texts(snapshot.theme, report)
    default = {f"default/{name}": text for name, text in packaged.items()}
    return {**default, **packaged, **_texts(snapshot.files, report)}


def _texts(files: Mapping[str, Blob], report: Report) -> dict[str, str]:
    return {
        path.removeprefix(FOLDER): decode(path, blob.data, report) or ""
        for path, blob in files.items()
        if path.startswith(FOLDER) and blob.data is not None
    }


class Theme:
    """Renders pages from one set of templates."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates
        self._env = _Environment(
            loader=_Loader(templates),
            undefined=_Undefined,
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.filters.update(FILTERS)

    def render(self, name: str, context: Mapping[str, Any], facts: Reader) -> str:
        """The page as text; empty, with an error told, if the template fails."""
        self._env.reader = facts
        try:
            return self._env.get_template(name).render(context)
        except TemplateSyntaxError as error:
            template = error.filename or f"{FOLDER}{error.name}"
            span = self._span(template, error.lineno)
            facts.report.error(
                "template-syntax", span, f"not valid Jinja: {error.message}"
            )
        except TemplateNotFound as error:
            near = suggest(str(error.name), self._templates)
            span = self._span(*_place(error, f"{FOLDER}{name}"))
            facts.report.error(
                "template-missing",
                span,
                f"there is no template {error.name!r}",
                hint=near,
            )
        except UndefinedError as error:
            span = self._span(*_place(error, f"{FOLDER}{name}"))
            facts.report.error(
                "template-undefined",
                span,
                _undefined(str(error)),
                hint="check its spelling; `| default('')` allows it to be absent",
            )
        except RecursionError:
            facts.report.error(
                "template-failed",
                Span(path=f"{FOLDER}{name}"),
                "a template takes in itself without end",
                hint="look for an include or extends that leads back to its own file",
            )
        except AssetMissing as error:
            span = self._span(*_place(error, f"{FOLDER}{name}"))
            facts.report.error(
                "template-missing", span, f"there is no file 'static/{error}'"
            )
        except (
            TemplateRuntimeError,
            TypeError,
            ValueError,
            ArithmeticError,
            LookupError,
            AttributeError,
        ) as error:
            if not _place(error, "")[0]:
                raise
            span = self._span(*_place(error, f"{FOLDER}{name}"))
            message = f"{type(error).__name__}: {error}"
            facts.report.error("template-failed", span, message)
        finally:
            self._env.reader = None
        return ""

    def _span(self, path: str, line: int) -> Span:
        text = self._templates.get(path.removeprefix(FOLDER), "")
        lines = text.split("\n")
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        return Span(path=path, line=line, source=source)


class AssetMissing(LookupError):
    """A template asked for a static file that does not exist."""


def _place(error: BaseException, default: str) -> tuple[str, int]:
    """Template and line of the last frame that lies in a template."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [f for f in frames if f.filename.startswith(FOLDER)]
    return (inside[-1].filename, inside[-1].lineno or 0) if inside else (default, 0)


def _undefined(message: str) -> str:
    found = re.fullmatch(r"'(?:.* object)'? has no attribute '(.*)'", message)
    name = found[1] if found else ""
    return f"there is no attribute {name!r} here" if name else message


# Filters


def iso(value: datetime | date) -> str:
    """A date as machines read it, e.g. `2024-01-31T18:30:00+02:00`."""
    return value.isoformat()


def short_date(value: date) -> str:
    """A day as people read it, e.g. `14 Mar 2026`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def day_month(value: date) -> str:
    """A day within a known year, e.g. `14 Mar`."""
    return f"{value.day} {_MONTHS[value.month - 1]}"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun, e.g. `1 post` or `12 posts`."""
    return f"{number} {one if number == 1 else many}"


def outline(toc: Sequence[Heading]) -> list[tuple[Heading, list[Heading]]]:
    """The headings of the second level, each with those of the third below it.

    A third-level heading without one of the second above it stands by itself.
    """
    found: list[tuple[Heading, list[Heading]]] = []
    for heading in toc:
        if heading.level == 3 and found and found[-1][0].level == 2:
            found[-1][1].append(heading)
        elif heading.level in (2, 3):
            found.append((heading, []))
    return found


_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv"})


def direction(language: str) -> str:
    """`rtl` or `ltr`, by the language's script."""
    return "rtl" if language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "iso": iso,
        "short_date": short_date,
        "day_month": day_month,
        "counted": counted,
        "encoded": encoded,
        "direction": direction,
        "outline": outline,
        "safe_html": Markup,
    }
)
"""What templates may apply to a value; a newcomer adds a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """`site` in templates: each name is a fact of its own, so a page reads narrowly."""

    facts: Reader

    def __getattr__(self, name: str) -> Any:
        value = self.facts.get(f"site:{name}")
        if value is None:
            raise AttributeError(name)
        return value


def link_to(facts: Reader) -> Callable[[str], str]:
    """`url(address)`: an address of the site as it is written in a page."""

    def url(address: str) -> str:
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", address):
            return address
        base: str = facts["config:base_path"]
        return encoded(f"{base}{address}")

    return url


def link_in(facts: Reader) -> Callable[[str], str]:
    """`link(address)`: like `url`, for what a person wrote: `?` and `#` are meant."""
    url = link_to(facts)

    def link(address: str) -> str:
        found = re.search(r"[?#]", address)
        end = found.start() if found else len(address)
        return f"{url(address[:end])}{address[end:]}" if end else address

    return link


def absolute(facts: Reader) -> Callable[[str], str]:
    """`full(address)`: an address of the site with its host."""
    url = link_to(facts)

    def full(address: str) -> str:
        written = url(address)
        return (
            f"{facts['config:origin']}{written}" if written.startswith("/") else written
        )

    return full


def asset_in(facts: Reader) -> Callable[[str], str]:
    """`asset(name)`: a file of `static/`, with its digest in the name."""
    url = link_to(facts)

    def asset(name: str) -> str:
        address = facts.get(f"asset:{name}")
        if address is None:
            raise AssetMissing(name)
        return url(address)

    return asset
