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
"""Read for the ends of quotations that had ended before, in one text."""
_FEW = 20
"""Lines that a quotation may have from then on."""


def limits(md: MarkdownIt) -> None:
    """The limits for brackets and quotations."""
    wrap_helper(md, "parseLinkLabel", _label)
    wrap(md.block.ruler, "blockquote", _quotation)


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
        spent, before = state.env.get("quotations", 0), state.lineMax
        last = end if spent < _LINES else min(end, start + _FEW)
        state.lineMax = min(before, last)
        found = rule(state, start, last, silent)
        state.lineMax = before
        line = state.line
        while found and line < last and not state.isEmpty(line):
            line += 1
        state.env["quotations"] = spent + line - state.line
        return found

    return quotation
