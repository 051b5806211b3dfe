"""What went wrong in a template: which one, on which line, and a way out."""

import re
import traceback
from collections.abc import Mapping

from jinja2 import (
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)

from blog.diagnostics import Report, Span, suggest
from blog.wording import WordMissing

FOLDER = "templates/"


class AssetMissing(LookupError):
    """A template asked for a static file that does not exist."""


FAULTS = (
    TemplateSyntaxError,
    TemplateNotFound,
    TemplateRuntimeError,
    RecursionError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
)
"""What a template can raise."""


def tell(
    error: Exception, name: str, templates: Mapping[str, str], report: Report
) -> None:
    """Reports a fault of the template `name`, or raises it if it is not one's.

    jinja2 gives lines for syntax errors only; else the last frame of the traceback
    that lies in a template has it.
    """
    place = _place(error)
    code, message, hint = _words(error, templates)
    if place is None and code == "template-failed" and not _is_jinjas(error):
        raise error
    path, line = place or (f"{FOLDER}{name}", 0)
    text = templates.get(path.removeprefix(FOLDER), "")
    source = [*text.split("\n"), ""][line - 1] if line else ""
    report.error(code, Span(path=path, line=line, source=source), message, hint=hint)


def _is_jinjas(error: Exception) -> bool:
    return isinstance(error, (TemplateRuntimeError, RecursionError))


def _place(error: Exception) -> tuple[str, int] | None:
    """Template and line of a fault; None if it lies in none."""
    if isinstance(error, TemplateSyntaxError):
        return error.filename or f"{FOLDER}{error.name}", error.lineno
    if isinstance(error, RecursionError):
        return None
    frames = traceback.extract_tb(error.__traceback__)
    inside = [f for f in frames if f.filename.startswith(FOLDER)]
    return (inside[-1].filename, inside[-1].lineno or 0) if inside else None


def _words(error: Exception, templates: Mapping[str, str]) -> tuple[str, str, str]:
    """Code, message and hint."""
    match error:
        case TemplateSyntaxError():
            return "template-syntax", f"not valid Jinja: {error.message}", ""
        case TemplateNotFound():
            near = suggest(str(error.name), templates)
            return "template-missing", f"there is no template {error.name!r}", near
        case UndefinedError():
            hint = "check its spelling; `| default('')` allows it to be absent"
            return "template-undefined", _undefined(str(error)), hint
        case AssetMissing():
            return "template-missing", f"there is no file 'static/{error}'", ""
        case WordMissing():
            message = f"there are no words called {str(error)!r}"
            return "template-undefined", message, error.hint
        case RecursionError():
            hint = "look for an include or extends that leads back to its own file"
            return "template-failed", "a template takes in itself without end", hint
        case _:
            return "template-failed", f"{type(error).__name__}: {error}", ""


def _undefined(message: str) -> str:
    found = re.fullmatch(r"'(?:.* object)'? has no attribute '(.*)'", message)
    name = found[1] if found else ""
    return f"there is no attribute {name!r} here" if name else message
