"""One post while its Liquid runs: its lines, its limits, and what is told of it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from liquid import RenderContext
from liquid.exceptions import LiquidError
from liquid.token import Token

from blog.diagnostics import Span
from blog.engine import Reader
from blog.model import Source

STEPS = 100_000
"""Pieces of Liquid that one post may run; real ones need some hundred."""
LONGEST = 2_000_000
"""Characters that one post may make, hold in variables, or hand to a filter."""


_MARK = re.compile(r"\{[{%][^\n{}]{0,200}\}{0,2}")
"""As much of a tag as is marked."""


_ENOUGH = 100
"""Mistakes that are told of one post."""
_ITEM = 20
"""What an item of a list weighs, in characters."""


class Exhausted(Exception):
    """A limit is reached, and the rest of the post is not run."""


class Refused(LiquidError):
    """Something that Jekyll knows and a step must not; with a way out."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, token=None)
        self.hint = hint


class Lines(StringIO):
    """The text that comes out, and for each line the one it came from."""

    def __init__(self) -> None:
        super().__init__()
        self.origin = [0]
        """0-based line of the source for each line that was begun."""
        self.line = 0
        """The line of the source that is written next."""
        self.follows = False
        """Whether line breaks of the text are those of the source."""
        self.tail = ""
        """The end of what was written, some lines of it."""
        self._is_fresh = True
        self._size = 0

    def write(self, text: str) -> int:
        """Takes a piece of text; raises `Exhausted` if it becomes too much."""
        if not text:
            return 0
        self._size += len(text)
        if self._size > LONGEST:
            raise Exhausted
        if self._is_fresh:
            self.origin[-1] = self.line
        if breaks := text.count("\n"):
            step = int(self.follows)
            self.origin += [self.line + step * n for n in range(1, breaks + 1)]
            self.line += step * breaks
        self._is_fresh = text.endswith("\n")
        self.tail = (self.tail + text)[-400:]
        return super().write(text)


@dataclass(slots=True, kw_only=True)
class Run:
    """What the Liquid of one post may know, and how much of everything is left."""

    source: Source
    facts: Reader
    to_html: Callable[[str], str]
    """Markdown to HTML, for the filter `markdownify`."""
    steps: int = STEPS
    held: int = LONGEST
    told: set[str] = field(default_factory=set)
    open: list[str] = field(default_factory=list)
    """Paths of the includes that are being run, the outermost first."""

    @property
    def prefix(self) -> str:
        """What the paths of the Jekyll site begin with."""
        return self.source.roots[0] if self.source.roots else ""

    @property
    def home(self) -> str:
        """Where the site is read, with its base path, without a slash at the end."""
        origin, base = self.facts["config:origin"], self.facts["config:base_path"]
        return f"{origin}{base}".rstrip("/")

    @property
    def is_weary(self) -> bool:
        """Whether enough was told of this post."""
        return len(self.told) > _ENOUGH

    def spend(self, steps: int) -> None:
        """Raises `Exhausted` if that was too much."""
        self.steps -= steps
        if self.steps < 0:
            raise Exhausted

    def hold(self, value: object) -> None:
        """A variable gets a value; raises `Exhausted` if that is too much."""
        size = weight(value)
        self.held -= size
        self.spend(size // 1000)
        if self.held < 0:
            raise Exhausted

    def span(self, path: str, text: str, index: int) -> Span:
        """The place of a tag in the post or an include; `index` is that in `text`."""
        line, begin = text.count("\n", 0, index), text.rfind("\n", 0, index) + 1
        found = _MARK.match(text, index)
        end = text.find("\n", begin)
        return Span(
            path=path,
            line=line + (self.source.first_line if path == self.source.path else 1),
            column=index - begin + 1,
            length=len(found[0]) if found else 0,
            source=text[begin:] if end < 0 else text[begin:end],
        )

    def place(self, token: Token) -> Span:
        """Where a token of the file that is being run stands."""
        path = self.open[-1] if self.open else self.source.path
        return self.span(path, token.source, max(token.start_index, 0))

    def warn(self, place: Span, message: str, hint: str = "") -> None:
        """Tells a mistake, each once, and not more than an author would read."""
        if message not in self.told and not self.is_weary:
            self.told.add(message)
            self.facts.report.warning("liquid", place, message, hint=hint)

    def broken(self, place: Span, message: str, hint: str = "") -> None:
        """Tells a link that leads nowhere, as heavy as the site wants it."""
        level = self.facts["config:checks"].links
        if level != "off" and message not in self.told:
            self.told.add(message)
            tell = getattr(self.facts.report, level)
            tell("broken-link", place, message, hint=hint)


class Context(RenderContext):
    """The variables of one post, and the run they belong to."""

    __slots__ = ("run",)
    run: Run

    def assign(self, key: str, val: Any) -> None:
        """Sets a variable within the limits."""
        self.run.hold(val)
        self.locals[key] = val


def weight(value: object, limit: int = LONGEST) -> int:
    """About how many characters a value is, however it holds itself; at most a little
    more than `limit`.
    """
    total, rest = 0, [iter((value,))]
    while rest and total <= limit:
        for each in rest[-1]:
            total += len(each) if isinstance(each, str) else _ITEM
            if isinstance(each, range):
                total += _ITEM * len(each)
            elif inner := _inner(each):
                rest.append(iter(inner))
                break
        else:
            rest.pop()
    return total


def _inner(value: object) -> Iterable[object]:
    if isinstance(value, (list, tuple)):
        return value
    return tuple(value.values()) if isinstance(value, dict) else ()
