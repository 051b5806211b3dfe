"""A text on its way from MDX to Markdown: what is known of it, and what is written."""

import re
from dataclasses import dataclass, field

from blog.diagnostics import Span
from blog.mdx.javascript import closing
from blog.mdx.modules import Modules
from blog.mdx.parts import Parts
from blog.mdx.sheet import Sheet
from blog.mdx.tags import Tag
from blog.model import Source

PREFIX = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t>]+)*")
"""What stands in a line before its text: quotes, list items and space."""
_BLOCK = re.compile(
    r"\n[ \t>]*(?:\n|\Z|(?:[-*+]|\d{1,9}[.)])[ \t]|#{1,6}[ \t]|```|~~~|:::|</?[A-Za-z])"
)
_LONGEST = 20_000
"""Characters between two braces that belong together."""
_FEWEST = 100_000
"""Characters that may be read in vain, besides ten times the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A block between marks that is open."""

    name: str
    """Of the component."""
    marks: str
    labels: dict[str, str] = field(default_factory=dict)
    """Of the tabs in it, by their values, where the tabs have none themselves."""
    chosen: str = ""
    """The value of the tab that is shown first."""


class Document:
    """The text of one source while it is rewritten, from its beginning to its end."""

    def __init__(self, source: Source, parts: Parts) -> None:
        self.text = source.text
        self.sheet = Sheet(source.text)
        self.modules = Modules()
        self.open: list[Container] = []
        self.raw_until = 0
        """Up to here nothing is Markdown: the end of a `<pre>`."""
        self.module_end = 0
        """Where the last block of imports and exports ended."""
        self._block_end = 0
        self._source = source
        self._parts = parts
        self._told: set[tuple[str, str]] = set()
        self._left = 10 * len(self.text) + _FEWEST
        self._broken = 0
        self._ends: dict[str, int] = {}

    @property
    def depth(self) -> int:
        """How many containers are open, those around a part among them."""
        return self._parts.depth + len(self.open)

    def part(self, file: str) -> str | None:
        """The text of a file of Markdown that is put in; None if there is none."""
        return self._parts.text(self._source, file, len(self.open))

    def closing(self, start: int) -> int:
        """The place behind the brace that closes the one at `start`; 0 if none does.

        Where a text makes this read too much in vain, nothing is found any more.
        """
        limit = min(_LONGEST, self._left)
        end = closing(self.text, start, limit)
        self._left -= (end - start if end else limit) // 2 + 1
        return end

    def is_closed(self, tag: Tag) -> bool:
        """Whether an end tag of this name follows somewhere."""
        if tag.name not in self._ends:
            end = f"</{tag.name}" if tag.name else "</>"
            self._ends[tag.name] = self.text.rfind(end)
        return self._ends[tag.name] >= tag.end

    def end_of(self, tag: Tag) -> tuple[int, int]:
        """Where the next end tag of this name begins and ends; 0 and 0 without one."""
        start = self.text.find(f"</{tag.name}", tag.end) if self.is_closed(tag) else -1
        end = self.text.find(">", start) + 1 if start >= 0 else 0
        return (start, end) if end else (0, 0)

    def own_line(self, start: int, end: int, new: str) -> int:
        """Writes `new` on a line of its own for what stands from `start` to `end`."""
        begin, last = self.sheet.start_of_line(start), self.sheet.end_of_line(end)
        found = PREFIX.match(self.text, begin, last)
        prefix = found[0] if found else ""
        below = re.sub(r"[^\s>]", " ", prefix)
        is_first = start <= begin + len(prefix)
        if self._broken > begin:
            is_first = not self.text[self._broken : start].strip()
        lines = new.replace("\n", f"\n{below}")
        has_more = bool(self.text[end:last].strip())
        lead = "" if is_first else f"\n{below}"
        self.sheet.replace(start, end, f"{lead}{lines}" + has_more * f"\n{below}")
        if has_more:
            self._broken = end
        return end

    def block_end(self, place: int) -> int:
        """The end of the paragraph that holds the place."""
        if self._block_end < place:
            found = _BLOCK.search(self.text, place)
            self._block_end = found.start() if found else len(self.text)
        return self._block_end

    def tell(
        self, code: str, name: str, start: int, length: int, message: str, hint: str
    ) -> None:
        """Warns of something at a place, once for each name."""
        if (code, name) in self._told:
            return
        self._told.add((code, name))
        line, begin = self.sheet.line(start), self.sheet.start_of_line(start)
        written = self.text[begin : self.sheet.end_of_line(start)]
        span = Span(
            path=self._source.path,
            line=line + self._source.first_line,
            column=start - begin + 1,
            length=min(length, len(written) - (start - begin)),
            source=written,
        )
        self._parts.facts.report.warning(code, span, message, hint=hint)
