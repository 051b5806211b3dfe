"""Dates as people write them, read from the text and never guessed.

YAML's own timestamps are not used: they lose offsets, and text with them. What a date
without a clock or a zone means differs by dialect and is decided there.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_DATE = re.compile(
    r"""(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})
        (?: (?P<gap>[Tt]|[ \t]+)
            (?P<hour>\d{1,2}):(?P<minute>\d{2})
            (?: :(?P<second>\d{2}) (?P<fraction>[.,]\d*)? )?
            [ \t]*
            (?P<zone>[Zz]|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?
        )?""",
    re.VERBOSE,
)

_YAML_OFFSET = re.compile(r"[Zz]|[+-]\d{1,2}(:\d{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A date as written, before any rule is applied to it."""

    day: date
    clock: time | None = None
    """None where only the day is written."""
    seconds: bool = False
    offset: timezone | None = None
    gap: str = ""
    """What stands between day and clock, e.g. `T`."""
    yaml_offset: bool = False
    """Whether YAML takes the offset for one: `Z`, `+2` or `+02:00`, not `+0200`."""

    def at(self, zone: tzinfo) -> datetime:
        """The instant, with its offset; one without its own belongs to `zone`."""
        clock = self.clock or time()
        instant = datetime.combine(self.day, clock, self.offset or zone)
        # A zone says more than an instant needs, and other things on other machines.
        return instant.replace(tzinfo=timezone(instant.utcoffset() or timedelta()))


def read_date(text: str) -> Written:
    """The date written in `text`.

    Raises ValueError, with a phrase that continues "… ", for what is no date at all and
    for days and times that do not exist.
    """
    found = _DATE.fullmatch(text.strip())
    if not found:
        raise ValueError("is not a date")
    part = found.groupdict()
    try:
        day = date(int(part["year"]), int(part["month"]), int(part["day"]))
    except ValueError:
        raise ValueError("is a day that does not exist") from None
    if day.year < 1000:
        raise ValueError("is a year before blogs, and before calendars")
    if part["hour"] is None:
        return Written(day=day)
    return Written(
        day=day,
        clock=_clock(part),
        seconds=part["second"] is not None,
        offset=_offset(part["zone"]),
        gap=part["gap"],
        yaml_offset=_YAML_OFFSET.fullmatch(part["zone"] or "") is not None,
    )


def _clock(part: dict[str, str | None]) -> time:
    micro = (part["fraction"] or "")[1:7].ljust(6, "0")
    try:
        return time(
            int(part["hour"] or 0),
            int(part["minute"] or 0),
            int(part["second"] or 0),
            int(micro),
        )
    except ValueError:
        raise ValueError("is a time that does not exist") from None


def _offset(zone: str | None) -> timezone | None:
    if zone is None:
        return None
    if zone in ("Z", "z", "UTC", "GMT"):
        return UTC
    digits = zone[1:].replace(":", "")
    hours, minutes = (
        (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    )
    if hours > 14 or minutes > 59:
        raise ValueError("has an offset that no place has")
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if zone[0] == "-" else delta)
