"""Straight quotes, hyphens and dots to the signs that print has for them.

Only running text is changed: code, formulas, HTML and addresses stay as they are.
What pages show of a front matter is set as the text is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from blog.engine import Reader
from blog.markdown.text import Text
from blog.model import Post

DIALECTS = frozenset({"native", "page", "jekyll"})
"""Docusaurus prints what is written; kramdown does not."""

_ENGLISH = ("“", "”", "‘", "’")
QUOTES = MappingProxyType(
    {
        "cs": ("„", "“", "‚", "‘"),
        "de": ("„", "“", "‚", "‘"),
        "es": ("«", "»", "“", "”"),
        "fi": ("”", "”", "’", "’"),
        "fr": ("«\u202f", "\u202f»", "“", "”"),
        "hu": ("„", "”", "»", "«"),
        "it": ("«", "»", "“", "”"),
        "nb": ("«", "»", "‘", "’"),
        "pl": ("„", "”", "‚", "’"),
        "pt": ("«", "»", "“", "”"),
        "ru": ("«", "»", "„", "“"),
        "sv": ("”", "”", "’", "’"),
        "uk": ("«", "»", "„", "“"),
    }
)
"""Outer and inner quotes by language, each opening and closing; English ones else."""


def literals(md: MarkdownIt) -> None:
    """Keeps apart what is meant as it stands: escaped signs, and bare addresses."""
    md.core.ruler.after("inline", "literals", _keep_apart)
    md.add_render_rule("literal", _literal)


def _keep_apart(state: StateCore) -> None:
    for token in state.tokens:
        is_address = False
        for child in token.children or ():
            if child.type == "link_open":
                is_address = child.info == "auto"
            elif child.type == "link_close":
                is_address = False
            elif is_address or (
                child.type == "text_special" and child.content in _ESCAPED
            ):
                child.type = "literal"


_ESCAPED = frozenset("\"'-.")


def _literal(_: Any, tokens: Sequence[Token], i: int, *__: Any) -> str:
    return escapeHtml(tokens[i].content)


_SIGNS = re.compile(
    # Each begins with its sign, so that all between two of them is passed over at once.
    r"""\"|'|-(?<!--)-(?:-?)(?!-)|\.(?<!\.\.)\.\.(?!\.)"""
)
_OPENED_BEHIND = re.compile(r"[\s(\[{<–—/|=“‘„‚«-]")
"""Behind one of these a quote opens."""
_LEFT_OUT = re.compile(r"(?:\d\ds?|tis|twas|em|til|cause|n)\b", re.IGNORECASE)
"""What follows an apostrophe at the beginning of a word: a century, or half a word."""


def set_type(text: Text) -> None:
    """Gives the text of a post the quotes of its language, dashes and dots."""
    if not any(map(_SIGNS.search, text.lines)):
        return
    quotes = _quotes(text.source.dialect, text.source.language, text.facts)
    for inline in text.inlines() if quotes else ():
        if _SIGNS.search(inline.content):
            _Typesetter(quotes=quotes).set(inline.children or [])


def with_type(post: Post, facts: Reader) -> Post:
    """The post, with the same done to what pages show of its front matter."""
    lines = (post.title, post.description, post.series, *post.planned)
    lines += tuple(update.note for update in post.updates)
    if not any(map(_SIGNS.search, lines)):
        return post
    quotes = _quotes(post.dialect, post.language, facts)
    return replace(
        post,
        title=_line(post.title, quotes),
        description=_line(post.description, quotes),
        series=_line(post.series, quotes),
        planned=tuple(_line(title, quotes) for title in post.planned),
        updates=tuple(replace(u, note=_line(u.note, quotes)) for u in post.updates),
    )


_CODE = re.compile("(`[^`]*`)")


def _line(line: str, quotes: tuple[str, ...]) -> str:
    """A line of plain text; what stands between backticks is code."""
    if not quotes or not _SIGNS.search(line):
        return line
    children = [
        Token("code_inline" if part[0] == "`" else "text", "", 0, content=part)
        for part in _CODE.split(line)
        if part
    ]
    _Typesetter(quotes=quotes).set(children)
    return "".join(child.content for child in children)


def _quotes(dialect: str, language: str, facts: Reader) -> tuple[str, ...]:
    """The quotes of a text by its language; none if it is shown as it is written."""
    if dialect not in DIALECTS or not facts["config:markdown"].smart:
        return ()
    known = language or facts["config:language"]
    return QUOTES.get(known.lower().partition("-")[0], _ENGLISH)


class _Quote(IntEnum):
    """What a straight quote turned out to be."""

    OPENING = 0
    CLOSING = 1
    NONE = 2
    """An apostrophe, or the sign of feet or inches."""


@dataclass(slots=True, kw_only=True)
class _Typesetter:
    """Sets one paragraph; what is open at its end is forgotten."""

    quotes: tuple[str, ...]
    before: str = " "
    """The last sign before the text in hand, as it was written."""
    after: str = " "
    """The first sign behind it."""
    last: _Quote = _Quote.NONE
    """What the last quote was."""
    outer: bool = False
    """Whether an outer quote has begun."""
    inner: bool = False

    def set(self, children: Sequence[Token]) -> None:
        for index, child in enumerate(children):
            written = child.content
            if child.type == "text":
                self.after = _sign_behind(children, index + 1)
                child.content = _SIGNS.sub(self._set_sign, written)
            if written or child.nesting == 0:
                self.before = _last_of(child, written, self.before)

    def _set_sign(self, found: re.Match[str]) -> str:
        text, start, end = found.string, found.start(), found.end()
        before = text[start - 1] if start else self.before
        after = text[end] if end < len(text) else self.after
        match found[0]:
            case "...":
                return "…"
            case '"':
                return self._double(before, after)
            case "'":
                return self._single(before, after, text[end : end + 8])
            case dashes:
                is_free = before.isspace() == after.isspace()
                return {2: "–", 3: "—"}[len(dashes)] if is_free else dashes

    def _double(self, before: str, after: str) -> str:
        is_elided = before == "'" and self.last is _Quote.NONE and after.isalnum()
        if self._opens(before) or (is_elided and not self.outer):
            self.last = _Quote.NONE if after.isspace() else _Quote.OPENING
        elif before.isdigit() and not self.outer:
            self.last = _Quote.NONE  # Inches.
        else:
            self.last = _Quote.CLOSING
        if self.last is _Quote.NONE:
            return '"'
        self.outer = self.last is _Quote.OPENING
        return self.quotes[self.last]

    def _single(self, before: str, after: str, rest: str) -> str:
        is_opening, apostrophe = self._opens(before), "’"
        self.last = _Quote.NONE
        if is_opening:
            if after.isspace():
                apostrophe = "'"
            elif not _LEFT_OUT.match(rest):
                self.last = _Quote.OPENING
        elif self.inner and not after.isalnum():
            self.last = _Quote.CLOSING
        elif before.isdigit() and not after.isalpha():
            apostrophe = "'"  # Feet.
        if self.last is _Quote.NONE:
            return apostrophe
        self.inner = self.last is _Quote.OPENING
        return self.quotes[2 + self.last]

    def _opens(self, before: str) -> bool:
        """Whether a quote opens behind this sign; of two in a row both do, or none."""
        if before in _STRAIGHT:
            return self.last is _Quote.OPENING
        return bool(_OPENED_BEHIND.match(before))


_STRAIGHT = frozenset("\"'")


def _sign_behind(children: Sequence[Token], index: int) -> str:
    """What stands for the first sign of the tokens from `index` on."""
    while index < len(children):
        token, index = children[index], index + 1
        if token.type == "text" and token.content:
            return token.content[0]
        if token.type in ("softbreak", "hardbreak"):
            return " "
        if token.nesting == 0 and token.type not in ("text", "html_inline"):
            return "x"
    return " "


def _last_of(child: Token, written: str, before: str) -> str:
    """What stands for the last sign of a token before a text."""
    if child.type in ("softbreak", "hardbreak"):
        return " "
    if child.type == "text":
        return written[-1:] or before
    return before if child.type == "html_inline" else "x"
