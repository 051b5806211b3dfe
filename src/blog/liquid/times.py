"""Dates as Liquid's filters write them: Ruby's formats, in English, from text alone.

Nothing here knows what time it is, or where: the same text gives the same words.
"""

import re
from datetime import UTC, datetime, timedelta

from dateutil.parser import parse

from blog.dates import read_date
from blog.liquid.running import Refused

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
_DAYS = (
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
)  # fmt: skip


def instant_of(value: object) -> datetime | None:
    """The instant that a value names; None if it names none.

    Raises `Refused` for what only a clock could answer.
    """
    text = str(value).strip()
    if text.lower() in ("now", "today"):
        raise Refused(
            f"{text!r} reads the clock, which a build must not",
            "write the date that you mean",
        )
    if re.fullmatch(r"-?\d{5,11}", text):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(text))
    try:
        return read_date(text).at(UTC)
    except (ValueError, OverflowError):
        return _spelled(text)


def _spelled(text: str) -> datetime | None:
    """A date in words, e.g. `5 May 2015`; it must name the year."""
    if not re.search(r"\d{4}", text) or len(text) > 60:
        return None
    try:
        found = parse(text, default=datetime(2000, 1, 1), ignoretz=True)  # noqa: DTZ001
    except (ValueError, OverflowError, TypeError):
        return None
    return datetime.combine(found.date(), found.time(), UTC)


def formatted(at: datetime, pattern: str) -> str:
    """`at` in Ruby's format; a directive that is not known stays as it is."""
    return _DIRECTIVE.sub(lambda found: _directive(at, found), pattern)


_DIRECTIVE = re.compile(r"%([-0^#_:]*)(\d{0,2})([A-Za-z%+])")
_COMPOUND = {
    "D": "%m/%d/%y", "F": "%Y-%m-%d", "T": "%H:%M:%S", "R": "%H:%M", "r": "%I:%M:%S %p",
    "c": "%a %b %e %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "v": "%e-%^b-%Y",
    "+": "%a %b %e %H:%M:%S %Z %Y",
}  # fmt: skip


def _directive(at: datetime, found: re.Match[str]) -> str:
    flags, width, sign = found[1], found[2], found[3]
    if sign in _COMPOUND:
        return formatted(at, _COMPOUND[sign])
    if sign in "zZ":
        return _zone(at, "" if sign == "Z" else flags, is_name=sign == "Z")
    if number := _number(at, sign):
        value, digits, filler = number
        if "-" in flags:
            return str(value)
        filler = "0" if "0" in flags else " " if "_" in flags else filler
        return str(value).rjust(int(width or digits), filler)
    word = _word(at, sign)
    if word is None:
        return found[0]
    return word.upper() if "^" in flags or ("#" in flags and sign != "p") else word


def _number(at: datetime, sign: str) -> tuple[int, int, str] | None:
    """A number with its digits and what fills them up."""
    year, week, day = at.isocalendar()
    first = at.timetuple().tm_yday
    sunday = (at.weekday() + 1) % 7
    hour = at.hour % 12 or 12
    table = {
        "Y": (at.year, 4, "0"), "C": (at.year // 100, 2, "0"),
        "y": (at.year % 100, 2, "0"),
        "m": (at.month, 2, "0"), "d": (at.day, 2, "0"), "e": (at.day, 2, " "),
        "j": (first, 3, "0"), "H": (at.hour, 2, "0"), "k": (at.hour, 2, " "),
        "I": (hour, 2, "0"), "l": (hour, 2, " "), "M": (at.minute, 2, "0"),
        "S": (at.second, 2, "0"), "L": (at.microsecond // 1000, 3, "0"),
        "N": (at.microsecond * 1000, 9, "0"), "u": (day, 1, "0"), "w": (sunday, 1, "0"),
        "s": (int(at.timestamp()), 1, "0"), "G": (year, 4, "0"),
        "g": (year % 100, 2, "0"),
        "V": (week, 2, "0"), "U": ((first + 6 - sunday) // 7, 2, "0"),
        "W": ((first + 6 - at.weekday()) // 7, 2, "0"),
    }  # fmt: skip
    return table.get(sign)


def _word(at: datetime, sign: str) -> str | None:
    month, day = _MONTHS[at.month - 1], _DAYS[(at.weekday() + 1) % 7]
    half = "PM" if at.hour >= 12 else "AM"
    table = {
        "B": month, "b": month[:3], "h": month[:3], "A": day, "a": day[:3],
        "p": half, "P": half.lower(), "n": "\n", "t": "\t", "%": "%",
    }  # fmt: skip
    return table.get(sign)


def _zone(at: datetime, flags: str, *, is_name: bool) -> str:
    seconds = int((at.utcoffset() or timedelta()).total_seconds())
    if is_name and not seconds:
        return "UTC"
    sign, minutes = "-" if seconds < 0 else "+", abs(seconds) // 60
    colon = ":" if ":" in flags or is_name else ""
    return f"{sign}{minutes // 60:02}{colon}{minutes % 60:02}"


def date(value: object, pattern: object = "") -> object:
    """Liquid's own filter; what is no date stays as it is."""
    at = instant_of(value)
    return formatted(at, str(pattern)) if at and pattern else value


def to_xmlschema(value: object) -> object:
    """`2024-01-31T00:00:00+00:00`."""
    return date(value, "%Y-%m-%dT%H:%M:%S%:z")


def to_rfc822(value: object) -> object:
    """`Wed, 31 Jan 2024 00:00:00 +0000`."""
    return date(value, "%a, %d %b %Y %H:%M:%S %z")


def to_string(value: object, kind: object = "", style: object = "") -> object:
    """`31 Jan 2024`; `31st Jan 2024` as `"ordinal"`; in US style `Jan 31st, 2024`."""
    return _day(value, "%b", str(kind), str(style))


def to_long_string(value: object, kind: object = "", style: object = "") -> object:
    """As `to_string`, the month in full."""
    return _day(value, "%B", str(kind), str(style))


def _day(value: object, month: str, kind: str, style: str) -> object:
    if kind != "ordinal":
        return date(value, f"%d {month} %Y")
    at = instant_of(value)
    if at is None:
        return value
    teen = 11 <= at.day <= 13
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(at.day % 10, "th")
    ordinal = f"{at.day}{ending}"
    if style == "US":
        return formatted(at, f"{month} {ordinal}, %Y")
    return formatted(at, f"{ordinal} {month} %Y")
