"""One post while it is rendered: its tokens, and where they stand in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token

from blog.diagnostics import Span
from blog.engine import Reader
from blog.model import Source


@dataclass(slots=True, kw_only=True)
class Text:
    """A post being rendered; the passes change its tokens one after another."""

    source: Source
    facts: Reader
    tokens: list[Token]
    env: dict[str, Any]
    lines: list[str]
    """Of `source.text`."""
    seen: dict[tuple[int, str], int] = field(default_factory=dict)
    """How often a piece of text was looked for, by line and text."""

    def inlines(self) -> Iterator[Token]:
        """The tokens that hold running text, in order."""
        return (t for t in self.tokens if t.type == "inline")

    def line_of(self, token: Token) -> int:
        """Line of the file on which a block begins, 1-based; 0 if that is unknown."""
        return token.map[0] + self.source.first_line if token.map else 0

    def span(self, token: Token, *needles: str) -> Span:
        """The place of the first of `needles` that stands in the block of `token`.

        A text that is looked for again is found at its next place. Without a find
        the span is the block's first line.
        """
        first, last = token.map or (0, 0)
        for needle in filter(None, needles):
            wanted = self.seen.get((first, needle), 0)
            for number in range(first, min(last, len(self.lines))):
                column = self._nth(self.lines[number], needle, wanted)
                if column >= 0:
                    self.seen[first, needle] = self.seen.get((first, needle), 0) + 1
                    return self.at(number, column + 1, len(needle))
                wanted -= self.lines[number].count(needle)
        return self.at(first)

    @staticmethod
    def _nth(line: str, needle: str, skip: int) -> int:
        """Where `needle` stands in `line` after `skip` other places; -1 if nowhere."""
        column = line.find(needle)
        while skip > 0 and column >= 0:
            column = line.find(needle, column + len(needle))
            skip -= 1
        return column

    def at(self, number: int, column: int = 0, length: int = 0) -> Span:
        """The place in the line of index `number`, 0-based in the text."""
        return Span(
            path=self.source.path,
            line=number + self.source.first_line,
            column=column,
            length=length,
            source=self.lines[number] if number < len(self.lines) else "",
        )
