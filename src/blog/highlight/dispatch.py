"""A lexer's rules, tried only where they can match: the same tokens in half the time.

Pygments tries every rule of a state at every place, one after the other. Most rules
can begin with a few characters only, and their patterns say with which. So for each
state and each ASCII character the rules that are left are kept, in their order; at all
other characters every rule is tried. Which tokens come out does not change; the tests
compare them for every lexer.

Only lexers that are plain tables of rules are taken on, and only with versions of
Pygments that were compared; all others work as before.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, TypeGuard

import pygments
from pygments.lexer import Lexer, RegexLexer
from pygments.token import Error, Whitespace, _TokenType

KNOWN = ("2.21.",)
"""Beginnings of the versions of Pygments whose tokens were compared."""

Rule = tuple[Callable[[str, int], Any], Any, Any]
"""How to match, what to do with a match, and which state comes next."""
Tokens = Iterator[tuple[int, Any, str]]


def can_dispatch(lexer: Lexer) -> TypeGuard[RegexLexer]:
    """Whether the lexer is a plain table of rules, of a version that is known."""
    own = type(lexer).get_tokens_unprocessed
    is_plain = own is RegexLexer.get_tokens_unprocessed
    return is_plain and pygments.__version__.startswith(KNOWN)


def dispatching(lexer: RegexLexer) -> Callable[[str], Tokens]:
    """A `get_tokens_unprocessed` for the lexer with the same tokens."""
    table = _Table(lexer)

    def tokens(text: str, stack: Sequence[str] = ("root",)) -> Tokens:
        return _tokens(lexer, table, text, list(stack))

    return tokens


class _Table:
    """Rules by state and character; each state is worked out when it is met."""

    def __init__(self, lexer: RegexLexer) -> None:
        self._rules: dict[str, list[Rule]] = lexer._tokens  # type: ignore[attr-defined]
        self._states: dict[str, tuple[list[list[Rule]], list[Rule]]] = {}

    def state(self, name: str) -> tuple[list[list[Rule]], list[Rule]]:
        """The rules for each ASCII character, and those for any other."""
        if name not in self._states:
            rules = self._rules[name]
            starts = [_starts(match) for match, _, _ in rules]
            by_character = [
                [r for r, s in zip(rules, starts, strict=True) if s is None or c in s]
                for c in range(128)
            ]
            self._states[name] = by_character, rules
        return self._states[name]


def _tokens(  # noqa: C901 - every token comes through here, so nothing is called
    lexer: RegexLexer, table: _Table, text: str, stack: list[str]
) -> Tokens:
    """What `RegexLexer.get_tokens_unprocessed` yields, rule for rule."""
    place, end = 0, len(text)
    by_character, every = table.state(stack[-1])
    while True:
        code = ord(text[place]) if place < end else 128
        for match, action, state in by_character[code] if code < 128 else every:
            found = match(text, place)
            if not found:
                continue
            if type(action) is _TokenType:
                yield place, action, found.group()
            elif action is not None:
                yield from action(lexer, found)
            place = found.end()
            if state is not None:
                _enter(state, stack)
                by_character, every = table.state(stack[-1])
            break
        else:
            if place >= end:
                return
            if text[place] == "\n":
                stack[:] = ["root"]
                by_character, every = table.state("root")
                yield place, Whitespace, "\n"
            else:
                yield place, Error, text[place]
            place += 1


def _enter(state: Any, stack: list[str]) -> None:
    """Changes the stack of states as a rule asks for it."""
    if isinstance(state, tuple):
        for name in state:
            _enter(name, stack)
    elif isinstance(state, int):
        if abs(state) >= len(stack):
            del stack[1:]
        else:
            del stack[state:]
    elif state == "#pop":
        if len(stack) > 1:
            stack.pop()
    elif state == "#push":
        stack.append(stack[-1])
    else:
        stack.append(state)


# With which ASCII characters can a pattern begin?

Characters = frozenset[int]
_ALL = frozenset(range(128))
_DIGITS = frozenset(range(48, 58))
_SPACES = frozenset(c for c in _ALL if chr(c).isspace())
_WORDS = frozenset(c for c in _ALL if chr(c).isalnum() or chr(c) == "_")
_CATEGORIES = {
    ops.CATEGORY_DIGIT: _DIGITS,
    ops.CATEGORY_NOT_DIGIT: _ALL - _DIGITS,
    ops.CATEGORY_SPACE: _SPACES,
    ops.CATEGORY_NOT_SPACE: _ALL - _SPACES,
    ops.CATEGORY_WORD: _WORDS,
    ops.CATEGORY_NOT_WORD: _ALL - _WORDS,
}


def _starts(match: Any) -> Characters | None:
    """The characters a match can begin with; None if it may be empty, or who knows."""
    pattern = getattr(match, "__self__", None)
    if not isinstance(pattern, re.Pattern):
        return None
    return _pattern_starts(pattern.pattern, pattern.flags)


@cache
def _pattern_starts(pattern: str, flags: int) -> Characters | None:
    found, may_be_empty = _of_sequence(_parser.parse(pattern, flags), flags)
    return None if may_be_empty else found


def _of_sequence(items: Any, flags: int) -> tuple[Characters, bool]:
    """First characters, and whether the whole may match nothing."""
    found: Characters = frozenset()
    for op, value in items:
        own, may_be_empty = _of_item(op, value, flags)
        found |= own
        if not may_be_empty:
            return found, False
    return found, True


def _of_item(op: Any, value: Any, flags: int) -> tuple[Characters, bool]:
    if op is ops.LITERAL:
        return _of_literal(value, flags), False
    if op is ops.IN:
        return _of_set(value, flags), False
    if op is ops.BRANCH:
        parts = [_of_sequence(branch, flags) for branch in value[1]]
        return frozenset().union(*(p for p, _ in parts)), any(e for _, e in parts)
    if op is ops.SUBPATTERN:
        _, added, removed, inner = value
        return _of_sequence(inner, (flags | added) & ~removed)
    if op in _REPEATS:
        least, _, inner = value
        found, may_be_empty = _of_sequence(inner, flags)
        return found, may_be_empty or least == 0
    if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
        return frozenset(), True
    # Whatever else there is may begin with anything.
    return _ALL, op not in (ops.ANY, ops.NOT_LITERAL)


_REPEATS = frozenset(
    {ops.MAX_REPEAT, ops.MIN_REPEAT, getattr(ops, "POSSESSIVE_REPEAT", None)}
)


def _of_literal(code: int, flags: int) -> Characters:
    # Without regard to case, some letters beyond ASCII match one of it: the long s, K.
    if code >= 128:
        return _ALL if flags & re.IGNORECASE else frozenset()
    return _both_cases(frozenset({code}), flags)


def _of_set(items: Any, flags: int) -> Characters:
    found: set[int] = set()
    for op, value in items:
        if op is ops.LITERAL:
            found |= _of_literal(value, flags)
        elif op is ops.RANGE:
            first, last = value
            if last >= 128 and flags & re.IGNORECASE:
                return _ALL
            found |= _ALL & frozenset(range(first, min(last, 127) + 1))
        elif op is ops.CATEGORY:
            found |= _CATEGORIES.get(value, _ALL)
    chosen = _both_cases(frozenset(found), flags)
    if any(op is ops.NEGATE for op, _ in items):
        return _ALL if flags & re.IGNORECASE else _ALL - chosen
    return chosen


def _both_cases(codes: Characters, flags: int) -> Characters:
    if not flags & re.IGNORECASE:
        return codes
    turned = {ord(t) for c in codes for t in (chr(c).lower(), chr(c).upper())}
    return codes | (_ALL & turned)
