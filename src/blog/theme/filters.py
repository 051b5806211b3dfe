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


@pass_environment
def short_date(environment: Any, value: date) -> str:
    """A day as people read it, e.g. `14 Mar 2026`."""
    return Wording(environment.reader).day(value)


@pass_environment
def day_month(environment: Any, value: date) -> str:
    """A day within a known year, e.g. `14 Mar`."""
    return Wording(environment.reader).day_of_year(value)


@pass_environment
def month_year(environment: Any, value: date) -> str:
    """A month, e.g. `March 2026`."""
    return Wording(environment.reader).month(value)


@pass_environment
def year(environment: Any, value: int) -> str:
    """A year as the site's language writes it."""
    return Wording(environment.reader).year(value)


@pass_environment
def number(environment: Any, value: int) -> str:
    """A number in the digits of the site's language."""
    return Wording(environment.reader).number(value)


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


_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv"})


def direction(language: str) -> str:
    """`rtl` or `ltr`, by the language's script."""
    return "rtl" if language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "iso": iso,
        "short_date": short_date,
        "day_month": day_month,
        "month_year": month_year,
        "year": year,
        "number": number,
        "counted": counted,
        "encoded": encoded,
        "direction": direction,
        "outline": outline,
        "safe_html": Markup,
    }
)
"""What templates may apply to a value; a newcomer adds a row."""
