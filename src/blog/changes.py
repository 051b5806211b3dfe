"""The field `updates`: what was changed in a post, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from blog.dialects import Head
from blog.model import Moment, Update

_EXAMPLE = "updates: [{date: 2024-02-01, note: Corrected the figures}]"


def changes(head: Head, published: Moment | None) -> tuple[Update, ...]:
    """All changes that can be read, newest first; mistakes are told.

    One before the publication is told, too, and left out.
    """
    value = head.fields.get("updates")
    if value in (None, "", ()):
        return ()
    if not isinstance(value, tuple):
        head.wrong_type("updates", "a list of dates and notes", _EXAMPLE)
        return ()
    found = [u for u in _read(head, value) if not _is_early(head, u, published)]
    return tuple(sorted(found, key=lambda u: u.date.instant, reverse=True))


def _read(head: Head, entries: tuple[object, ...]) -> Iterator[Update]:
    for entry in entries:
        if not isinstance(entry, Mapping) or not {"date", "note"} <= set(entry):
            head.wrong_type("updates", "a list of dates and notes", _EXAMPLE)
            return
        date = _alone(head, entry["date"]).moment("date", head.folder.zone)
        note = entry["note"]
        if not isinstance(note, str) or not note.strip():
            head.wrong_type("updates", "a list of dates, each with a note", _EXAMPLE)
        elif date:
            yield Update(date=date, note=" ".join(note.split()))


def _alone(head: Head, date: object) -> Head:
    """A front matter with nothing but the date of a change, where it stands."""
    spans = {"date": head.span("updates")}
    return replace(head, fields={"date": date}, front=replace(head.front, spans=spans))


def _is_early(head: Head, update: Update, published: Moment | None) -> bool:
    """Whether the change lies before the post was there; told."""
    is_early = published is not None and update.date.day < published.day
    if is_early:
        head.report.warning(
            "bad-date",
            head.span("updates"),
            f"the change of {update.date.day} lies before the publication",
            hint="it is not shown; check both dates",
        )
    return is_early
