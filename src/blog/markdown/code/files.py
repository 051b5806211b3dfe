"""Code out of a file of the site, whole or a part: `file=./app.py#L3-L9`, `#region`.

An edit of that file makes the post stale: it is read as a fact.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from textwrap import dedent

from blog.diagnostics import suggest
from blog.markdown.links import is_private
from blog.markdown.text import Text
from blog.model import Blob
from blog.snapshot import content_of

MAX_SIZE = 1_000_000
"""Bytes of a file of which a part can be shown."""
MAX_SHOWN = 1_000_000
"""Characters out of files in one post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A part of a file as it is shown."""

    code: str
    first: int
    """Line of the file on which it begins, 1-based."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why there is nothing to show."""

    message: str
    hint: str = ""


@dataclass(slots=True, kw_only=True)
class Files:
    """Takes code out of files for the blocks of one text, each file read once."""

    text: Text
    read: dict[str, "_Lines | Fault"] = field(default_factory=dict)
    """By the path as it is written, without detours."""
    left: int = MAX_SHOWN
    """Characters that may still be shown."""

    def excerpt(self, wanted: str) -> Excerpt | Fault:
        """The part of a file that a block names: a path, and a part of it after `#`."""
        found = self._found(wanted)
        if isinstance(found, Excerpt):
            if len(found.code) > self.left:
                return Fault(
                    message="the post shows more code out of files than a page holds",
                    hint="show a part of each file, '#L3-L9', or link to it",
                )
            self.left -= len(found.code)
        return found

    def _found(self, wanted: str) -> Excerpt | Fault:
        path, _, part = wanted.partition("#")
        key = posixpath.normpath(path)
        if key not in self.read:
            content = _content(path, self.text)
            self.read[key] = content if isinstance(content, Fault) else _lines(content)
        found = self.read[key]
        if isinstance(found, Fault):
            return found
        if not part:
            return Excerpt(code="\n".join(found.lines) + "\n", first=1)
        if numbers := _NUMBERS.fullmatch(part):
            return _range(found.lines, int(numbers[1]), numbers[2], path)
        return _region(found, part, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """A line at which a region begins or ends."""

    name: str
    is_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """A file by its lines."""

    lines: Sequence[str]
    marks: Mapping[int, _Mark]
    """Where regions begin and end, by the index of the line, in order."""
    regions: Mapping[str, tuple[int, int]]
    """The indexes of the marks around each region; the first of a name counts."""


def _lines(content: str) -> _Lines:
    lines = content.removesuffix("\n").split("\n")
    found = ((index, _mark(line)) for index, line in enumerate(lines))
    marks = {index: mark for index, mark in found if mark}
    regions: dict[str, tuple[int, int]] = {}
    open_: list[tuple[int, str]] = []
    for index, mark in marks.items():
        if not mark.is_end:
            regions.setdefault(mark.name, (index, len(lines)))
            open_.append((index, mark.name))
        elif open_:
            begin, name = open_.pop()
            if regions[name][0] == begin:
                regions[name] = (begin, index)
    return _Lines(lines=lines, marks=marks, regions=regions)


_NUMBERS = re.compile(r"L?([0-9]{1,9})(-(?:L?[0-9]{1,9})?)?", re.IGNORECASE)


def _content(path: str, text: Text) -> str | Fault:
    places = [place for place in _places(path, text) if not place.startswith("..")]
    if not places:
        return Fault(
            message=f"{path!r} lies outside the site",
            hint="copy what is to be shown beside the post",
        )
    if any(_is_hidden(place) for place in places):
        return Fault(
            message=f"{path!r} is not for readers",
            hint="copy what they may see into a file of its own",
        )
    blobs = (text.facts.get(f"file:{place}") for place in places)
    blob: Blob | None = next((blob for blob in blobs if blob), None)
    if blob is None:
        return Fault(
            message=f"there is no file {path!r} to take the code from",
            hint=suggest(posixpath.basename(path), _beside(places, text))
            or "files are looked for beside the post, and from the root of the site"
            " in 'content' and 'static'",
        )
    return _decoded(blob, path)


def _decoded(blob: Blob, path: str) -> str | Fault:
    if blob.size > MAX_SIZE:
        return Fault(message=f"{path!r} is too large to be shown")
    try:
        content = content_of(blob).decode("utf-8-sig")
    except UnicodeDecodeError:
        content = "\0"
    if "\0" in content:
        return Fault(message=f"{path!r} is not a text in UTF-8")
    return content.replace("\r\n", "\n").replace("\r", "\n")


def _places(path: str, text: Text) -> Iterator[str]:
    """Files that `path` may mean: beside the post, or from the root of the site."""
    source = text.source
    if not path.startswith("/"):
        folder = posixpath.dirname(source.path)
        yield posixpath.normpath(posixpath.join(folder, path))
        return
    bare = posixpath.normpath(path.lstrip("/"))
    yield bare
    if not bare.startswith(".."):
        yield from (f"{root}{bare}" for root in ("static/", *source.roots))


def _is_hidden(path: str) -> bool:
    return is_private(path) or any(part.startswith(".") for part in path.split("/"))


def _beside(places: Iterable[str], text: Text) -> Iterator[str]:
    for place in places:
        names = text.facts.get(f"listing:{posixpath.dirname(place)}") or ()
        yield from (name for name in names if not _is_hidden(name))


def _range(lines: Sequence[str], first: int, rest: str, path: str) -> Excerpt | Fault:
    """The lines from `first` to the one in `rest`, which may be left open: `-L9`."""
    digits = (rest or "").lstrip("-").lstrip("Ll")
    last = int(digits) if digits else len(lines) if rest else first
    if not 0 < first <= last <= len(lines):
        count = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
        return Fault(
            message=f"{path!r} has no lines {first} to {last}"
            if first != last
            else f"{path!r} has no line {first}",
            hint=f"it has {count}",
        )
    return Excerpt(code=_level(lines[first - 1 : last]), first=first)


_REGION = re.compile(
    r"(?://+|/\*+|\{/\*|<!--|--|;+|%+|\(\*|rem\b)?\s*"
    r"(#)?\s*(?:pragma\s+)?(end\s?)?region(?:\s+(.*))?",
    re.IGNORECASE,
)
_CLOSING = "*/}->)\"'"


def _region(file: _Lines, name: str, path: str) -> Excerpt | Fault:
    """The lines between `#region name` and its end, without marks of other regions."""
    if name not in file.regions:
        near = islice(file.regions, _MANY)
        return Fault(
            message=f"{path!r} has no region {name!r}",
            hint=suggest(name, near) or "mark it with '#region' and '#endregion'",
        )
    begin, end = file.regions[name]
    inside = range(begin + 1, end)
    kept = [file.lines[index] for index in inside if index not in file.marks]
    return Excerpt(code=_level(kept), first=begin + 2)


_MANY = 100
"""Names of regions among which one is looked for that is alike."""


def _mark(line: str) -> _Mark | None:
    """The beginning or end of a region, if the line is one.

    `# region of interest` is a remark; editors know it by one word, or by `#region`.
    """
    text = line.strip()
    found = _REGION.fullmatch(text) if "region" in text.lower() else None
    if found is None or (text[0].isalpha() and not text.lower().startswith("rem")):
        return None
    words = (found[3] or "").rstrip(_CLOSING).split()
    is_one = len(words) <= 1 or "#region" in text.lower()
    name = words[0].strip(_CLOSING) if words else ""
    return _Mark(name=name, is_end=bool(found[2])) if is_one or found[2] else None


def _level(lines: Sequence[str]) -> str:
    """The lines without the indent that all of them have."""
    return dedent("\n".join(lines)) + "\n"
