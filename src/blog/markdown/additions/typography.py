"""Straight quotes, hyphens and dots to the signs that print has for them.

Only running text is changed: code, formulas, HTML and addresses stay as they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from blog.markdown.text import Text

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
    """Keeps signs apart that the author escaped: they are meant as they are."""
    md.core.ruler.before("text_join", "literals", _keep_apart)
    md.add_render_rule("literal", _literal)


def _keep_apart(state: StateCore) -> None:
    if "\\" not in state.src:
        return
    for token in state.tokens:
        for child in token.children or ():
            if child.type == "text_special" and child.content in _ESCAPED:
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
    dialect = text.source.dialect
    if dialect not in DIALECTS or not any(map(_SIGNS.search, text.lines)):
        return
    if not text.facts["config:markdown"].smart:
        return
    language = text.source.language or text.facts["config:language"]
    quotes = QUOTES.get(language.lower().partition("-")[0], _ENGLISH)
    for inline in text.inlines():
        if _SIGNS.search(inline.content):
            _Typesetter(quotes=quotes).set(inline.children or [])


@dataclass(slots=True, kw_only=True)
class _Typesetter:
    """Sets one paragraph; what is open at its end is forgotten."""

    quotes: tuple[str, str, str, str]
    before: str = " "
    """The last sign before the text in hand."""
    after: str = " "
    """The first sign behind it."""
    outer: bool = False
    """Whether an outer quote has begun."""
    inner: bool = False

    def set(self, children: Sequence[Token]) -> None:
        is_address = False
        for index, child in enumerate(children):
            if child.type == "text" and not is_address:
                self.after = _sign_of(children[index + 1 : index + 2])
                child.content = _SIGNS.sub(self._set_sign, child.content)
            if child.type == "link_open":
                is_address = child.info == "auto"
            elif child.type == "link_close":
                is_address = False
            if child.content or child.nesting == 0:
                self.before = _last_of(child, self.before)

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
        is_opening = bool(_OPENED_BEHIND.match(before))
        if is_opening and after.isspace():
            return '"'
        if before.isdigit() and not self.outer:
            return '"'  # Inches.
        self.outer = is_opening
        return self.quotes[0] if is_opening else self.quotes[1]

    def _single(self, before: str, after: str, rest: str) -> str:
        if _OPENED_BEHIND.match(before):
            if after.isspace():
                return "'"
            if _LEFT_OUT.match(rest):
                return "’"
            self.inner = True
            return self.quotes[2]
        if self.inner and not after.isalnum():
            self.inner = False
            return self.quotes[3]
        return "’"


def _sign_of(following: Sequence[Token]) -> str:
    """What stands for the first sign of a token behind a text."""
    for token in following:
        if token.type == "text" and token.content:
            return token.content[0]
        if token.type not in ("softbreak", "hardbreak"):
            return "x"
    return " "


def _last_of(child: Token, before: str) -> str:
    """What stands for the last sign of a token before a text."""
    if child.type in ("softbreak", "hardbreak"):
        return " "
    if child.type == "text":
        return child.content[-1:] or before
    return before if child.type == "html_inline" else "x"
