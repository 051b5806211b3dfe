"""Marks that authors put on lines of code, taken out of the code.

Docusaurus' comments stand alone on their line: `# highlight-next-line`,
`# highlight-start`, `# highlight-end`. A block with a range of lines keeps them as
text. Others stand behind the code, `# [!code ++]`, and may go with a range.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from types import MappingProxyType

from blog.markdown.code.comments import alone, last_comment
from blog.markdown.code.meta import Ranges

KINDS = MappingProxyType(
    {
        "highlight": "mark",
        "hl": "mark",
        "++": "ins",
        "--": "del",
        "focus": "focus",
        "error": "error",
        "warning": "warning",
    }
)
"""How a line is shown, by what its author writes in `[!code …]`."""

_WORDS = ("highlight-next-line", "highlight-start", "highlight-end")
_MARK = re.compile(
    rf"\[!code\s+({'|'.join(map(re.escape, KINDS))})(?::([0-9]{{1,6}}))?\]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Useless:
    """A mark that has no effect."""

    line: int
    """Index of its line as it was written; -1 is that of the fence."""
    message: str
    hint: str


@dataclass(slots=True, kw_only=True)
class Marked:
    """Code without the marks in it, and what they said."""

    lines: list[str]
    kinds: dict[int, set[str]] = field(default_factory=dict)
    """Values of `KINDS` by the index of the line in `lines`."""
    useless: list[Useless] = field(default_factory=list)

    def add(self, kind: str, first: int, last: int) -> None:
        """Marks the lines from `first` to `last`, by index, as far as there are any."""
        for index in range(first, min(last + 1, len(self.lines))):
            self.kinds.setdefault(index, set()).add(kind)


def marked(code: str, language: str, ranges: Ranges) -> Marked:
    """The lines of `code`, with their marks taken out."""
    lines = code.removesuffix("\n").split("\n")
    if ranges:
        result = _highlighted(lines, ranges)
    elif language and "highlight-" in code:
        result = _without_comments(lines, language)
    else:
        result = Marked(lines=lines)
    return _without_codes(result) if "[!code" in code else result


def _highlighted(lines: list[str], ranges: Ranges) -> Marked:
    result, reached = Marked(lines=lines), 0
    for first, last in sorted(ranges):
        result.add("mark", max(first - 1, reached), last - 1)
        reached = max(reached, last)
    if not result.kinds:
        what = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
        message = f"the code has {what}, so none of these is highlighted"
        hint = "count from 1 at the line below the fence"
        result.useless.append(Useless(line=-1, message=message, hint=hint))
    return result


def _without_comments(lines: list[str], language: str) -> Marked:
    """Follows the comments from top to bottom, as Docusaurus does."""
    comment = alone(language, _WORDS)
    result = Marked(lines=[])
    spans: list[tuple[int, int]] = []
    opened: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        found = comment.fullmatch(line.strip()) if "highlight-" in line else None
        if found:
            spans += _spans(found[found.lastindex or 0], number, result, opened)
        else:
            result.lines.append(line)
    for _, number in opened:
        result.useless.append(_lone(number, "highlight-start", "highlight-end below"))
    if any(first == len(result.lines) for first, _ in spans):
        last = len(lines) - 1
        result.useless.append(_lone(last, "highlight-next-line", "line below"))
    for first, last in _apart(spans):
        result.add("mark", first, last)
    return result


def _spans(
    word: str, number: int, result: Marked, opened: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The lines, by first and last index, that the comment on line `number` marks."""
    place = len(result.lines)
    if word == "highlight-next-line":
        return [(place, place)]
    if word == "highlight-start":
        opened[:] = [(place, number)]
        return []
    if not opened:
        result.useless.append(_lone(number, word, "highlight-start above"))
        return []
    return [(opened.pop()[0], place - 1)]


def _lone(line: int, word: str, missing: str) -> Useless:
    return Useless(
        line=line,
        message=f"{word!r} highlights nothing: there is no {missing}",
        hint="put the comments around the lines, each alone on its line",
    )


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans without what they share, so that no line is marked many times."""
    reached = 0
    for first, last in sorted(spans):
        yield max(first, reached), last
        reached = max(reached, last + 1)


def _without_codes(marked: Marked) -> Marked:
    """Takes `[!code …]` out; alone on its line it is about the next one."""
    result = Marked(lines=[], useless=marked.useless)
    wanted: list[tuple[str, int, int]] = []
    for index, line in enumerate(marked.lines):
        place = len(result.lines)
        kept, found = _taken(line) if "[!code" in line else (line, [])
        wanted += [(kind, place, place + count - 1) for kind, count in found]
        if kept.strip() or not found:
            result.lines.append(kept)
            if index in marked.kinds:
                result.kinds[place] = set(marked.kinds[index])
    for kind in sorted({kind for kind, _, _ in wanted}):
        for first, last in _apart((a, b) for k, a, b in wanted if k == kind):
            result.add(kind, first, last)
    return result


def _taken(line: str) -> tuple[str, list[tuple[str, int]]]:
    """The line without the marks at its end, and each with its number of lines."""
    found: list[tuple[str, int]] = []
    while comment := last_comment(line, "[!code"):
        mark = _MARK.fullmatch(comment[1])
        if mark is None:
            break
        found.append((KINDS[mark[1]], int(mark[2] or 1)))
        line = comment[0]
    return line, found
