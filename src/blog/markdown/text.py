"""One post while it is rendered: its tokens, and where they stand in the file."""

from collections.abc import Iterator, Sequence
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
    """Of the prepared text, which the tokens count."""
    origin: Sequence[int] | None
    """The index in `written` that each of `lines` came from; None: the same."""
    written: list[str]
    """The lines of `source.text`, as the author knows them."""
    seen: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)
    """Where to go on looking for a piece of text, by its block and itself."""

    def inlines(self) -> Iterator[Token]:
        """The tokens that hold running text, in order."""
        return (t for t in self.tokens if t.type == "inline")

    def html(self) -> Iterator[Token]:
        """The tokens that hold HTML of the author, in order."""
        for token in self.tokens:
            if token.type == "html_block":
                yield token
            elif token.type == "inline" and "<" in token.content:
                yield from (t for t in token.children or () if t.type == "html_inline")

    def origin_of(self, token: Token) -> int:
        """The index in `written` of the line on which a block begins."""
        number = token.map[0] if token.map else 0
        if self.origin is None:
            return number
        return self.origin[min(number, len(self.origin) - 1)]

    def line_of(self, token: Token) -> int:
        """Line of the file on which a block begins, 1-based; 0 if that is unknown."""
        return self.at(token.map[0]).line if token.map else 0

    def span(self, token: Token, *needles: str) -> Span:
        """The place of the first of `needles` that stands in the block of `token`.

        A text that is looked for again is found at its next place. Without a find
        the span is the block's first line.
        """
        first, last = token.map or (0, 0)
        for needle in needles:
            if not needle:
                continue
            number, column = self.seen.get((first, needle), (first, 0))
            while number < min(last, len(self.lines)):
                found = self.lines[number].find(needle, column)
                if found >= 0:
                    self.seen[first, needle] = (number, found + len(needle))
                    return self.at(number, found + 1, len(needle))
                number, column = number + 1, 0
        return self.at(first)

    def at(self, number: int, column: int = 0, length: int = 0) -> Span:
        """The place in the line of index `number`, 0-based, as the author wrote it.

        The column is 0 where the line was written in another way.
        """
        line = self.lines[number] if number < len(self.lines) else ""
        if self.origin is not None:
            number = self.origin[min(number, len(self.origin) - 1)]
        written = self.written[number] if number < len(self.written) else ""
        if column and written != line:
            wanted = line[column - 1 : column - 1 + length]
            column = written.find(wanted) + 1 if wanted else 0
        return Span(
            path=self.source.path,
            line=number + self.source.first_line,
            column=column,
            length=length if column else 0,
            source=written,
        )
