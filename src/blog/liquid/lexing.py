"""A text to the tokens of Liquid, where Ruby's Liquid sees them, in one walk.

What is opened and never closed stays text: a brace is no reason to lose a paragraph.
"""

import re
from collections.abc import Callable, Iterator

from liquid.token import TOKEN_CONTENT, TOKEN_EXPRESSION, TOKEN_OUTPUT, TOKEN_TAG, Token

Tell = Callable[[int, str], None]
"""Takes a mistake: where in the text, and what is wrong."""

_MARK = re.compile(r"\{[{%]")
_TAG = re.compile(r"\s*(#|\w+)\s*")
_ENDRAW = re.compile(r"\{%-?\s*endraw\s*(-?)%\}")
_COMMENT = re.compile(r"\{%-?\s*(end)?comment\b[^%]*%\}")
_LONGEST = 2_000
"""Characters of one tag; expressions are read by patterns that look far ahead."""


def tokens(source: str, tell: Tell) -> Iterator[Token]:
    """The tokens of a template, in order; mistakes are told."""
    lexer = _Lexer(source, tell)
    while mark := lexer.next_mark():
        yield from lexer.piece(*mark)
    yield from lexer.text(len(source))


_PATIENCE = 20


class _Lexer:
    def __init__(self, source: str, tell: Tell) -> None:
        self.source = source
        self.tell = tell
        self.begin = 0
        """Where the text begins that was not given so far."""
        self.place = 0
        """Where to look for the next mark."""
        self.trims = False
        """Whether the mark before takes the space behind it."""
        self.open_comments = 0
        """Comments that were looked through to the end, and never closed."""
        self.unclosed: set[str] = set()
        """Ends that do not come any more."""

    def next_mark(self) -> tuple[int, int] | None:
        """Where the next tag or output begins and ends."""
        while found := _MARK.search(self.source, self.place):
            start, is_tag = found.start(), found[0] == "{%"
            end = self._end(start, "%}" if is_tag else "}")
            if end > 0:
                return start, end
            if end == 0:
                self.tell(start, f"{found[0]!r} is never closed, so it is shown")
            self.place = start + 2
        return None

    def _end(self, start: int, sign: str) -> int:
        """Where the mark ends; 0 if it does not, -1 if that is told already."""
        if sign in self.unclosed:
            return -1
        end = self.source.find(sign, start + 2)
        if end < 0:
            self.unclosed.add(sign)
            return 0
        if sign == "%}":
            return end + 2
        return end + 2 if self.source.startswith("}}", end) else 0

    def piece(self, start: int, end: int) -> Iterator[Token]:
        """The text up to a mark, and what the mark holds."""
        inner_start, inner_end = start + 2, end - 2
        takes_before = self.source.startswith("-", inner_start)
        takes_behind = inner_end > inner_start and self.source[inner_end - 1] == "-"
        yield from self.text(start, trimmed=takes_before)
        self.begin = self.place = end
        self.trims = takes_behind
        inner_start += takes_before
        inner = self.source[inner_start : max(inner_start, inner_end - takes_behind)]
        if len(inner) > _LONGEST:
            self.tell(start, "the tag is longer than any real one, and left out")
        elif self.source[start + 1] == "{" and inner.strip() in ('"', "'"):
            return  # `{{"}}}}` is how Jekyll's authors write two braces.
        elif self.source[start + 1] == "{":
            yield Token(TOKEN_OUTPUT, self.source[start:end], start, self.source)
            yield Token(TOKEN_EXPRESSION, inner.strip(), start, self.source)
        else:
            yield from self._tag(start, inner)

    def _tag(self, start: int, inner: str) -> Iterator[Token]:
        found = _TAG.match(inner)
        if found is None:
            self.tell(start, "a tag has no name, and is left out")
            return
        name, rest = found[1], inner[found.end() :].rstrip()
        if name == "raw":
            yield from self._raw(start)
        elif name == "comment":
            self._skip_comment(start)
        else:
            yield Token(TOKEN_TAG, name, start, self.source)
            if rest:
                yield Token(TOKEN_EXPRESSION, rest, start, self.source)

    def _raw(self, start: int) -> Iterator[Token]:
        found = _ENDRAW.search(self.source, self.begin)
        end = found.start() if found else len(self.source)
        if found is None:
            self.tell(start, "'raw' is never closed")
        yield from self.text(end)
        self.begin = self.place = found.end() if found else end
        self.trims = bool(found and found[1])

    def _skip_comment(self, start: int) -> None:
        depth, place = 1, self.begin
        while (
            depth
            and self.open_comments < _PATIENCE
            and (found := _COMMENT.search(self.source, place))
        ):
            depth += -1 if found[1] else 1
            place = found.end()
        if depth:
            self.open_comments += 1
            self.tell(start, "'comment' is never closed, so the text is shown")
            return
        self.begin = self.place = place
        self.trims = self.source.endswith("-%}", 0, place)

    def text(self, end: int, *, trimmed: bool = False) -> Iterator[Token]:
        """The text up to `end`, without the space that marks beside it take."""
        begin = self.begin
        if self.trims:
            while begin < end and self.source[begin].isspace():
                begin += 1
        text = self.source[begin:end]
        text = text.rstrip() if trimmed else text
        self.trims = False
        if text:
            yield Token(TOKEN_CONTENT, text, begin, self.source)
