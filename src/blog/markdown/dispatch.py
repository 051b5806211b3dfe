"""The parser's rules, tried only where they can match: the same tokens in less time.

markdown-it-py asks every rule at every line and at every sign, one after the other.
Each rule looks first whether the sign is one of its own, so here only those are asked
that have it, in their order. What comes out does not change; the tests compare it.

A rule that is not in the tables of `signs.py`, or a version that was not compared,
switches the shortcut off: then every rule is asked, as before.
"""

import re
from typing import Any

import markdown_it
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

from blog.markdown.inlines import Inline
from blog.markdown.rules import Rule
from blog.markdown.signs import BLOCKS, Rules, rules_of

KNOWN = ("4.3.",)
"""Beginnings of the versions of markdown-it-py whose tokens were compared."""

_CODE = 4
"""Columns of indent from which a line is code."""


def dispatching(preset: str, options: dict[str, Any]) -> MarkdownIt:
    """A parser that takes the shortcut as far as it knows the rules it is given."""
    if not markdown_it.__version__.startswith(KNOWN):
        return MarkdownIt(preset, options)
    md = _Parser(preset, options)
    md.block, md.inline = _Block(), Inline()
    md.core.ruler.at("normalize", _normalize)
    return md.configure(preset, options_update=options)


class _Parser(MarkdownIt):
    """Takes no address apart that would be put together again as it was."""

    def normalizeLink(self, url: str) -> str:
        return url if PLAIN_LINK.fullmatch(url) else normalizeLink(url)


PLAIN_LINK = re.compile(
    r"(?:https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}(?![^/?#])|(?!//))"
    r"[\w/.~?#&=+,-]*",
    re.ASCII,
)
"""Addresses that are their own normal form, as most are."""


def _normalize(state: StateCore) -> None:
    """The rule of this name, which looks at every line end."""
    source = state.src.replace("\r\n", "\n").replace("\r", "\n")
    state.src = source.replace("\0", "\ufffd")


class _BlockRuler(Ruler[Any]):
    """Answers with one rule for all that end a paragraph: it asks those it must."""

    def __init__(self) -> None:
        super().__init__()
        self._chains: dict[str, list[Rule]] = {}

    def getRules(self, chainName: str = "") -> list[Rule]:
        if not chainName:
            return super().getRules("")
        if chainName not in self._chains:
            rules = rules_of(self, chainName, BLOCKS)
            known = [_one_of(rules)] if rules else super().getRules(chainName)
            self._chains[chainName] = known
        return self._chains[chainName]


def _one_of(rules: Rules) -> Rule:
    def ends(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        for rule in _at(rules, state, line):  # noqa: SIM110 - hot: no generator
            if rule(state, line, end, silent):
                return True
        return False

    return ends


def _at(rules: Rules, state: StateBlock, line: int) -> tuple[Rule, ...]:
    """The rules that may begin in the line."""
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if start >= end or state.sCount[line] - state.blkIndent >= _CODE:
        return rules.every
    sign = state.src[start]
    if sign > "\x7f" or state.src.find("|", start, end) >= 0:
        return rules.every
    return rules.at(sign)


class _Block(ParserBlock):
    def __init__(self) -> None:
        super().__init__()
        plain, self.ruler = self.ruler, _BlockRuler()
        for rule in plain.__rules__:
            self.ruler.push(rule.name, rule.fn, {"alt": rule.alt})
        self._known: Rules | None = None
        self._is_worked_out = False

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        if not self._is_worked_out:
            self._known, self._is_worked_out = rules_of(self.ruler, "", BLOCKS), True
        if self._known is None:
            super().tokenize(state, startLine, endLine)
        else:
            _tokenize(self._known, state, startLine, endLine)


def _tokenize(rules: Rules, state: StateBlock, line: int, end: int) -> None:
    """What `ParserBlock.tokenize` does, with the rules that may match."""
    has_empty_lines = False
    while line < end:
        state.line = line = state.skipEmptyLines(line)
        if line >= end or state.sCount[line] < state.blkIndent:
            return
        if state.level >= state.md.options.maxNesting:
            state.line = end
            return
        for rule in _at(rules, state, line):
            if rule(state, line, end, False):
                break
        state.tight = not has_empty_lines
        line = state.line
        if (line - 1) < end and state.isEmpty(line - 1):
            has_empty_lines = True
        if line < end and state.isEmpty(line):
            has_empty_lines = True
            line += 1
            state.line = line
