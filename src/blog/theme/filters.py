"""What templates may apply to a value."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from blog.model import Heading
from blog.slugs import encoded


def iso(value: datetime | date) -> str:
    """A date as machines read it, e.g. `2024-01-31T18:30:00+02:00`."""
    return value.isoformat()


def short_date(value: date) -> str:
    """A day as people read it, e.g. `14 Mar 2026`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def day_month(value: date) -> str:
    """A day within a known year, e.g. `14 Mar`."""
    return f"{value.day} {_MONTHS[value.month - 1]}"


def month_year(value: date) -> str:
    """A month, e.g. `March 2026`."""
    return f"{_LONG[value.month - 1]} {value.year}"


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

_LONG = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
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
        "month_year": month_year,
        "counted": counted,
        "encoded": encoded,
        "direction": direction,
        "outline": outline,
        "safe_html": Markup,
    }
)
"""What templates may apply to a value; a newcomer adds a row."""
