"""What templates may apply to a value."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from jinja2 import pass_environment
from markupsafe import Markup

from blog.model import Heading
from blog.slugs import encoded
from blog.wording import Wording


def iso(value: datetime | date) -> str:
    """A date as machines read it, e.g. `2024-01-31T18:30:00+02:00`."""
    return value.isoformat()


def worded(say: Callable[[Wording, Any], str]) -> Callable[[Any, Any], str]:
    """A filter that writes a value as the site's language has it."""

    @pass_environment
    def written(environment: Any, value: Any) -> str:
        return say(environment.wording, value)

    return written


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


_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv"})


def direction(language: str) -> str:
    """`rtl` or `ltr`, by the language's script."""
    return "rtl" if language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "iso": iso,
        "short_date": worded(Wording.day),  # 14 Mar 2026
        "day_month": worded(Wording.day_of_year),  # 14 Mar
        "month_year": worded(Wording.month),  # March 2026
        "year": worded(Wording.year),
        "number": worded(Wording.number),
        "encoded": encoded,
        "direction": direction,
        "outline": outline,
        "safe_html": Markup,
    }
)
"""What templates may apply to a value; a newcomer adds a row."""
