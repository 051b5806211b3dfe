"""Which tag closes which: blocks are paired before they are read.

An end without a beginning, and a beginning without an end, is told and left out; so a
block that cannot be read costs its own two tags and no text.
"""

from collections.abc import Callable, Iterable, Mapping

from liquid.token import TOKEN_CONTENT, TOKEN_EXPRESSION, TOKEN_TAG, Token

Tell = Callable[[Token, str], None]
_BETWEEN = frozenset({"else", "elsif", "when"})
DEEPEST = 90
"""Blocks in blocks."""


def paired(
    tokens: Iterable[Token], ends: Mapping[str, str], tell: Tell
) -> tuple[list[Token], dict[int, int]]:
    """The tokens whose blocks are closed, and the end of each block by its beginning.

    `ends` is the name of the end by that of the beginning.
    """
    every = list(tokens)
    pairs = _pairs(every, ends, tell)
    closing = {end: begin for begin, end in pairs.items()}
    known = frozenset((*ends, *ends.values()))
    kept: list[Token] = []
    moved: dict[int, int] = {}
    drops = False
    for index, token in enumerate(every):
        if token.kind != TOKEN_EXPRESSION:
            is_edge = token.kind == TOKEN_TAG and token.value in known
            drops = is_edge and index not in pairs and index not in closing
        if not drops:
            moved[index] = len(kept)
            kept.append(token)
    return kept, {moved[begin]: moved[end] for begin, end in pairs.items()}


def _pairs(every: list[Token], ends: Mapping[str, str], tell: Tell) -> dict[int, int]:
    """The index of the end of each block by that of its beginning."""
    closers = frozenset(ends.values())
    pairs: dict[int, int] = {}
    open_: list[int] = []
    waiting: dict[str, int] = dict.fromkeys(closers, 0)
    for index, token in enumerate(every):
        if token.kind != TOKEN_TAG:
            continue
        if token.value in ends:
            open_.append(index)
            waiting[ends[token.value]] += 1
        elif token.value in closers and not waiting[token.value]:
            tell(token, f"'{{% {token.value} %}}' closes nothing, and is left out")
        elif token.value in closers:
            begin = _closed(token.value, every, open_, ends, waiting, tell)
            if len(open_) < DEEPEST:
                pairs[begin] = index
    for index in open_:
        _tell_open(every[index], tell)
    return pairs


def _closed(
    end: str,
    every: list[Token],
    open_: list[int],
    ends: Mapping[str, str],
    waiting: dict[str, int],
    tell: Tell,
) -> int:
    """The beginning that `end` closes; those opened since are never closed."""
    while True:
        begin = open_.pop()
        name = every[begin].value
        waiting[ends[name]] -= 1
        if ends[name] == end:
            return begin
        _tell_open(every[begin], tell)


def _tell_open(token: Token, tell: Tell) -> None:
    tell(token, f"'{{% {token.value} %}}' is never closed, and is left out")


def opened(tokens: list[Token], begin: int, end: int) -> None:
    """Takes the edges of a block away that cannot be read, and leaves what it holds."""
    depth = 0
    for index in range(begin, end + 1):
        token = tokens[index]
        if token.kind != TOKEN_TAG:
            continue
        if index in (begin, end) or (token.value in _BETWEEN and depth == 0):
            _void(tokens, index)
        elif f"end{token.value}" in _ENDED:
            depth += 1
        elif token.value in _ENDED:
            depth -= 1


_ENDED = frozenset({"endif", "endunless", "endcase", "endfor"})


def _void(tokens: list[Token], index: int) -> None:
    for place in (index, index + 1):
        token = tokens[place] if place < len(tokens) else None
        if token and (place == index or token.kind == TOKEN_EXPRESSION):
            empty = Token(TOKEN_CONTENT, "", token.start_index, token.source)
            tokens[place] = empty
