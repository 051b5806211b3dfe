"""HTML as MDX reads it: Markdown between the tags, and no code by indent.

A line of nothing but tags is one block of HTML; what stands between two of them is
Markdown, with or without blank lines. `<pre>`, scripts, styles and comments pass whole,
as in CommonMark.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_WHOLE = re.compile(r"<(?:!|\?|(?:pre|script|style|textarea)(?=[\s>]|\Z))", re.I)
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][\w.:-]*)"
    r"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
)
_TEXTS = "p h1 h2 h3 h4 h5 h6 summary label button span"
_NARROW = frozenset(_TEXTS.split())
"""Elements that hold text and no paragraphs."""
_BLOCKS = (
    "address article aside blockquote center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre "
    "section summary table caption thead tbody tfoot tr th td ul"
)
_WIDE = frozenset(_BLOCKS.split())
"""Elements that no paragraph can hold."""


def jsx(md: MarkdownIt) -> None:
    """The rules for HTML in posts of MDX, in place of CommonMark's."""
    md.disable("code")
    md.block.ruler.at(
        "html_block", _tags, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    md.core.ruler.after("inline", "jsx_paragraphs", _drop_paragraphs)


def _tags(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line of nothing but tags."""
    begin, last = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if state.src[begin : begin + 1] != "<":
        return False
    if _WHOLE.match(state.src, begin, last):
        return html_block(state, start, end, silent)
    place = begin
    while found := _TAG.match(state.src, place, last):
        place = found.end()
        while place < last and state.src[place] in " \t":
            place += 1
    if place < last:
        return False
    if not silent:
        state.line = start + 1
        token = state.push("html_block", "", 0)
        token.map = [start, state.line]
        token.content = f"{state.src[begin:last].rstrip()}\n"
    return True


def _drop_paragraphs(state: StateCore) -> None:
    """Leaves out paragraphs that HTML would end where they begin.

    They stand in an element that holds text alone, or hold one that stands alone.
    """
    around = _Around(state.src)
    for index, token in enumerate(state.tokens if "<" in state.src else ()):
        if token.type == "html_block":
            around.read(token.content)
        elif token.type == "paragraph_open" and not token.hidden:
            inline, end = state.tokens[index + 1 : index + 3]
            if around.is_narrow() or any(name in _WIDE for name in _names(inline)):
                token.hidden = end.hidden = True
                softbreak = Token("softbreak", "", 0)
                inline.children = [*(inline.children or ()), softbreak]


class _Around:
    """The elements of the author that are open, out of lines of tags."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._open: list[str] = []
        self._closed: dict[str, bool] = {}

    def read(self, html: str) -> None:
        """Goes on to behind a line of tags."""
        for tag in _TAG.finditer(html):
            name = tag["name"]
            if not tag["close"] and name in _NARROW and self._is_closed(name):
                self._open.append(name)
            elif tag["close"] and name in self._open:
                del self._open[self._open.index(name) :]

    def is_narrow(self) -> bool:
        """Whether one of them holds text alone."""
        return bool(self._open)

    def _is_closed(self, name: str) -> bool:
        """Whether the author closes what is opened under this name."""
        if name not in self._closed:
            begins, ends = (self._source.count(f"{sign}{name}") for sign in ("<", "</"))
            self._closed[name] = begins <= ends
        return self._closed[name]


def _names(inline: Token) -> Iterator[str]:
    """The names of the elements in running text."""
    for child in inline.children or ():
        if child.type == "html_inline" and (found := _TAG.match(child.content)):
            yield found["name"].lower()
