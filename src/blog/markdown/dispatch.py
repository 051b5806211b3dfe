"""The parser's rules, tried only where they can match: the same tokens in less time.

markdown-it-py asks every rule at every line and at every sign, one after the other.
Each rule looks first whether the sign is one of its own, so here only those are asked
that have it, in their order. What comes out does not change; the tests compare it.

A rule that is not in the tables below, or a version that was not compared, switches the
shortcut off: then every rule is asked, as before.
"""

import re
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Any

import markdown_it
from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

KNOWN = ("4.3.",)
"""Beginnings of the versions of markdown-it-py whose tokens were compared."""

BLOCKS = MappingProxyType(
    {
        "table": "|",
        "code": "",
        "fence": "`~",
        "blockquote": ">",
        "hr": "*-_",
        "list": "*-+0123456789",
        "footnote_def": "[",
        "reference": "[",
        "html_block": "<",
        "heading": "#",
        "summary_mark": "{",
        "lheading": None,
        "paragraph": None,
    }
)
"""Signs with which a rule of blocks begins, by its name; None: with any.

A table has its sign somewhere in the line, code is known by its indent.
"""

INLINES = MappingProxyType(
    {
        "newline": "\n",
        "escape": "\\",
        "backticks": "`",
        "strikethrough": "~",
        "emphasis": "*_",
        "link": "[",
        "image": "!",
        "footnote_ref": "[",
        "autolink": "<",
        "html_inline": "<",
        "entity": "&",
        "gfm_autolink_www": "w",
        "gfm_autolink_protocol": ":",
        "gfm_autolink_email": "@",
        "text": "",
    }
)
"""Signs with which a rule of running text begins, by its name.

Text is all between them.
"""

_CODE = 4
"""Columns of indent from which a line is code."""

Rule = Callable[..., bool]


def dispatching(preset: str, options: dict[str, Any]) -> MarkdownIt:
    """A parser that takes the shortcut as far as it knows the rules it is given."""
    md = MarkdownIt(preset, options)
    if markdown_it.__version__.startswith(KNOWN):
        md.block, md.inline = _Block(), _Inline()
        md.configure(preset, options_update=options)
    return md


class _Rules:
    """The rules of one chain by the sign they begin with."""

    def __init__(self, every: Sequence[Rule], signs: Sequence[str | None]) -> None:
        self.every = tuple(every)
        kept = set("".join(s for s in signs if s))
        self._by_sign = {
            sign: tuple(
                rule
                for rule, own in zip(every, signs, strict=True)
                if own is None or sign in own
            )
            for sign in kept
        }
        self._others = tuple(
            rule for rule, own in zip(every, signs, strict=True) if own is None
        )

    def at(self, sign: str) -> tuple[Rule, ...]:
        """The rules that may begin with the sign, in their order."""
        return self._by_sign.get(sign, self._others)


def _rules(ruler: Ruler[Any], chain: str, signs: Any) -> _Rules | None:
    """The rules of a chain; None if one of them is not known."""
    active = [r for r in ruler.__rules__ if r.enabled and (not chain or chain in r.alt)]
    if any(rule.name not in signs for rule in active):
        return None
    return _Rules([r.fn for r in active], [signs[r.name] for r in active])


class _BlockRuler(Ruler[Any]):
    """Answers with one rule for all that end a paragraph: it asks those it must."""

    def __init__(self) -> None:
        super().__init__()
        self._chains: dict[str, list[Rule]] = {}

    def getRules(self, chainName: str = "") -> list[Rule]:
        if not chainName:
            return super().getRules("")
        if chainName not in self._chains:
            rules = _rules(self, chainName, BLOCKS)
            known = [_one_of(rules)] if rules else super().getRules(chainName)
            self._chains[chainName] = known
        return self._chains[chainName]


def _one_of(rules: _Rules) -> Rule:
    def ends(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        for rule in _at(rules, state, line):  # noqa: SIM110 - hot: no generator
            if rule(state, line, end, silent):
                return True
        return False

    return ends


def _at(rules: _Rules, state: StateBlock, line: int) -> tuple[Rule, ...]:
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
        self._known: _Rules | None = None
        self._is_worked_out = False

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        if not self._is_worked_out:
            self._known, self._is_worked_out = _rules(self.ruler, "", BLOCKS), True
        if self._known is None:
            super().tokenize(state, startLine, endLine)
        else:
            _tokenize(self._known, state, startLine, endLine)


def _tokenize(rules: _Rules, state: StateBlock, line: int, end: int) -> None:
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


class _Inline(ParserInline):
    def __init__(self) -> None:
        super().__init__()
        self._known: _Rules | None = None
        self._is_worked_out = False

    def add_terminator_char(self, ch: str) -> None:
        """A `w` begins something only as the first of `www.`."""
        super().add_terminator_char(ch)
        signs = self.terminator_re.pattern.removeprefix("[").removesuffix("]")
        if "w" in self._extra_terminator_chars and signs.count("w") == 1:
            self.terminator_re = re.compile(rf"[{signs.replace('w', '')}]|w(?=ww\.)")

    def tokenize(self, state: StateInline) -> None:
        if not self._is_worked_out:
            self._known, self._is_worked_out = _rules(self.ruler, "", INLINES), True
        if self._known is None:
            super().tokenize(state)
        else:
            _scan(self._known, state, self.terminator_re)


def _scan(rules: _Rules, state: StateInline, signs: re.Pattern[str]) -> None:
    """What `ParserInline.tokenize` does, with the rules that may match."""
    source, end, deepest = state.src, state.posMax, state.md.options["maxNesting"]
    while (place := state.pos) < end:
        if state.level < deepest:
            found = signs.search(source, place)
            until = found.start() if found else end
            if until != place:
                state.append_pending(source[place:until])
                state.pos = until
                continue
            for rule in rules.at(source[place]):
                if rule(state, False):
                    break
            else:
                state.append_pending(source[place])
                state.pos = place + 1
        else:
            state.append_pending(source[place])
            state.pos = place + 1
    if state.pending:
        state.pushPending()
