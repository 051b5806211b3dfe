"""Rules that read far ahead in vain, held back where a text makes them do so a lot.

Their time would grow with the square of its length. No real text comes near.
"""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from blog.markdown.rules import Rule, wrap, wrap_helper

_CHARACTERS = 5_000_000
"""Read for ends of link labels that are not there, in one text."""
_LINES = 50_000
"""Read for the ends of quotations and formulas that are elsewhere, in one text."""
_FEW = 20
"""Lines that a quotation may have from then on."""


def limits(md: MarkdownIt) -> None:
    """The limits for brackets, quotations and formulas."""
    wrap_helper(md, "parseLinkLabel", _label)
    wrap(md.block.ruler, "blockquote", _quotation)
    wrap(md.block.ruler, "math_block", _formula)


def _label(inner: Any) -> Any:
    def label(state: StateInline, start: int, disableNested: bool = False) -> int:
        spent: int = state.env.get("labels", 0)
        if spent > _CHARACTERS:
            return -1
        end: int = inner(state, start, disableNested)
        if end < 0:
            state.env["labels"] = spent + state.posMax - start
        return end

    return label


def _quotation(rule: Rule) -> Rule:
    def quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent:
            return rule(state, start, end, silent)
        before, last = state.lineMax, end
        if state.env.get("lines", 0) > _LINES:
            last = min(end, start + _FEW)
        state.lineMax = min(before, last)
        found = rule(state, start, last, silent)
        state.lineMax = before
        if found:
            _count_lines(state, state.line, last)
        return found

    return quotation


def _formula(rule: Rule) -> Rule:
    def formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        is_one = state.src.startswith("$$", begin)
        if not is_one or state.env.get("lines", 0) > _LINES:
            return False
        found = rule(state, start, end, silent)
        if not found:
            _count_lines(state, start, end)
        return found

    return formula


def _count_lines(state: StateBlock, first: int, end: int) -> None:
    """Counts the lines up to the next empty one as read in vain."""
    line = first
    while line < end and not state.isEmpty(line):
        line += 1
    state.env["lines"] = state.env.get("lines", 0) + line - first
