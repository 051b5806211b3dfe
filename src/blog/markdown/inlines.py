"""Running text by its signs: only those rules are asked that begin with one of them.

What `ParserInline` does, and the same tokens, see `dispatch.py`.
"""

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from blog.markdown.signs import INLINES, PAIRS, Rules, rules_of

Pairing = Callable[[StateInline], None]


class Inline(ParserInline):
    """The parser of running text; without a sign of any rule there is only text."""

    def __init__(self) -> None:
        super().__init__()
        self._known: Rules | None = None
        self._pairs: list[tuple[Pairing, str | None]] = []
        self._is_worked_out = False

    def add_terminator_char(self, ch: str) -> None:
        """A `w` begins something only as the first of `www.`."""
        super().add_terminator_char(ch)
        signs = self.terminator_re.pattern.removeprefix("[").removesuffix("]")
        if "w" in self._extra_terminator_chars and signs.count("w") == 1:
            self.terminator_re = re.compile(rf"[{signs.replace('w', '')}]|w(?=ww\.)")

    def parse(
        self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]
    ) -> list[Token]:
        if not self._is_worked_out:
            self._work_out()
        if self._known is None:
            return super().parse(src, md, env, tokens)
        if not self.terminator_re.search(src):
            if src:
                tokens.append(Token("text", "", 0, content=src))
            return tokens
        state = StateInline(src, md, env, tokens)
        _scan(self._known, state, self.terminator_re)
        for rule, signs in self._pairs:
            if signs is None or any(sign in src for sign in signs):
                rule(state)
        return state.tokens

    def _work_out(self) -> None:
        self._is_worked_out = True
        pairs = [rule for rule in self.ruler2.__rules__ if rule.enabled]
        if all(rule.name in PAIRS for rule in pairs):
            self._known = rules_of(self.ruler, "", INLINES)
            self._pairs = [(rule.fn, PAIRS[rule.name]) for rule in pairs]

    def tokenize(self, state: StateInline) -> None:
        if self._known is None:
            super().tokenize(state)
        else:
            _scan(self._known, state, self.terminator_re)

    def skipToken(self, state: StateInline) -> None:
        place = state.pos
        is_deep = state.level >= state.md.options["maxNesting"]
        if self._known is None or place in state.cache or is_deep:
            super().skipToken(state)
        else:
            _skip(self._known, state, self.terminator_re)
            state.cache[place] = state.pos


def _scan(rules: Rules, state: StateInline, signs: re.Pattern[str]) -> None:
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


def _skip(rules: Rules, state: StateInline, signs: re.Pattern[str]) -> None:
    """What `ParserInline.skipToken` does, with the rules that may match."""
    place = state.pos
    found = signs.search(state.src, place)
    until = found.start() if found else state.posMax
    if until != place:
        state.pos = until
        return
    state.level += 1
    for rule in rules.at(state.src[place]):
        if rule(state, True):
            break
    else:
        state.pos += 1
    state.level -= 1
