"""The front matter of one file, while a dialect reads it.

Every reader gives a value of one type and reports what cannot be it, so that the tables
of the dialects need no checks of their own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo

from blog.dates import read_date
from blog.diagnostics import Report, Span
from blog.folders import Folder, author_from
from blog.frontmatter import Scalar
from blog.model import Author, FrontMatter, Moment

_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0", ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The fields of one file and what is known about it."""

    path: str
    """Site-relative."""
    folder: Folder
    front: FrontMatter
    fields: Mapping[str, object]
    """Of `front`, with the defaults that the folder gives."""
    report: Report

    @property
    def name(self) -> str:
        """The path below the folder."""
        return self.folder.name(self.path)

    def span(self, field: str = "") -> Span:
        """Where `field` stands, or the top of the file."""
        return self.front.spans.get(field) or Span(path=self.path, line=1)

    def given(self, *names: str) -> str:
        """The first of the names that has a value; empty if none has."""
        return next((n for n in names if self.fields.get(n) not in (None, "", ())), "")

    def text(self, *names: str) -> str:
        """The text of the first name that has a value, without space around it."""
        name = self.given(*names)
        value = self.fields.get(name)
        if isinstance(value, str):
            return value.strip()
        if name:
            self.wrong_type(name, "text", f"{name}: …")
        return ""

    def flag(self, name: str) -> bool:
        """A yes or no; a field that is absent or empty means no."""
        value = self.fields.get(name)
        if value is None:
            return False
        written = value.strip().lower() if isinstance(value, str) else None
        if written in _TRUE or written in _FALSE:
            return written in _TRUE
        self.wrong_type(name, "true or false", f"{name}: true")
        return False

    def number(self, name: str) -> int:
        """A whole number from 1 on; 0 if the field is absent or empty."""
        value = self.fields.get(name)
        if value in (None, ""):
            return 0
        written = value.strip() if isinstance(value, str) else ""
        if written.isascii() and written.isdigit() and int(written[:9]):
            return int(written[:9])
        self.wrong_type(name, "a whole number from 1 on", f"{name}: 2")
        return 0

    def texts(self, name: str) -> tuple[str, ...]:
        """The values of a list of text, empty ones left out; text is a list of one."""
        value = self.fields.get(name)
        values = value if isinstance(value, tuple) else (value,)
        if any(isinstance(v, (Mapping, tuple)) for v in values):
            self.wrong_type(name, "a list of words", f"{name}: [one, two]")
            return ()
        return tuple(v.strip() for v in values if isinstance(v, str) and v.strip())

    def moment(self, name: str, zone: tzinfo) -> Moment | None:
        """The date in `name`, which belongs to `zone` if it says none; None if absent.

        What is no date, or none that exists, is an error that shows it as written.
        """
        value = self.fields.get(name)
        if value in (None, ""):
            return None
        if not isinstance(value, str):
            self.wrong_type(name, "a date", f"{name}: 2024-01-31")
            return None
        try:
            instant = read_date(value).at(zone)
            instant.astimezone(UTC)
        except OverflowError:
            self.bad_date(name, value, "lies at the end of time")
            return None
        except ValueError as error:
            self.bad_date(name, value, str(error))
            return None
        return Moment(instant=instant, origin="front matter")

    def bad_date(self, name: str, value: str, fault: str) -> None:
        """Reports a date that cannot be read, as written."""
        self.report.error(
            "bad-date",
            self.span(name),
            f"{str(value)!r} {fault}",
            hint=f"write it as {name}: 2024-01-31 or 2024-01-31 18:30:00 +02:00",
        )

    def wrong_type(self, name: str, wanted: str, example: str) -> None:
        """Reports a field that holds the wrong kind of value."""
        self.report.error(
            "field-type",
            self.span(name),
            f"field {name!r} must be {wanted}",
            hint=f"write it like {example}",
        )

    def authors(self, *names: str) -> tuple[str | Author, ...]:
        """Keys or names as text, and authors the post describes itself."""
        value = self.fields.get(self.given(*names))
        return tuple(self._authors(value if isinstance(value, tuple) else (value,)))

    def _authors(self, values: tuple[object, ...]) -> Iterator[str | Author]:
        for value in values:
            if isinstance(value, str) and value.strip():
                yield value.strip()
            elif isinstance(value, Mapping):
                key = str(value.get("key") or "")
                author = author_from(value, key)
                if author.name:
                    yield key if set(value) == {"key"} else author

    def image(self, *names: str) -> str:
        """The picture of a post: an address, or a mapping that holds one."""
        value = self.fields.get(self.given(*names))
        if isinstance(value, Mapping):
            found = (value.get(k) for k in ("path", "src", "url", "image"))
            value = next((v for v in found if v), None)
        if isinstance(value, tuple):
            value = next(iter(value), None)
        return value.strip() if isinstance(value, str) else ""

    def is_plain(self, name: str) -> bool:
        """Whether the value of `name` stands without quotes."""
        value = self.fields.get(name)
        return isinstance(value, Scalar) and value.plain
