"""Tokens to HTML: a span for each run of a kind, none of them across lines.

The same bytes as Pygments' `HtmlFormatter(nowrap=True)` writes, which the suite
compares; without its options it takes half the time.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from html import escape

from pygments.token import STANDARD_TYPES, _TokenType


def spans(tokens: Iterable[tuple[_TokenType, str]]) -> str:
    """The text of the tokens in spans with Pygments' classes, every line closed."""
    pieces: list[str] = []
    add = pieces.append
    # The tag in which the line stands, which is empty for plain text, and its end;
    # None at the beginning of a line.
    current, end = None, ""
    for kind, value in tokens:
        opening, text = _piece(kind, value)
        if "\n" in text:
            *whole, text = text.split("\n")
            for part in whole:
                if part and opening != current:
                    add(f"{end}{opening}{part}{_END if opening else ''}\n")
                else:
                    add(f"{part}{end}\n")
                current, end = None, ""
        if not text:
            continue
        if opening != current:
            add(f"{end}{opening}")
            current, end = opening, _END if opening else ""
        add(text)
    if current is not None:
        add(f"{end}\n")
    return "".join(pieces)


_END = "</span>"


@lru_cache(maxsize=1024)
def _piece(kind: _TokenType, value: str) -> tuple[str, str]:
    """The tag for a kind of token, which is empty for plain text, and its text."""
    return _opening(kind), escape(value, quote=False)


@cache
def _opening(kind: _TokenType) -> str:
    classes = _classes(kind)
    return f'<span class="{classes}">' if classes else ""


def _classes(kind: _TokenType) -> str:
    """Pygments' short names, e.g. `nf`; a kind without one adds to that above it."""
    if kind in STANDARD_TYPES:
        return STANDARD_TYPES[kind]
    assert kind.parent is not None  # The root of all kinds has a name.
    above = _classes(kind.parent)
    return f"{above} {above.rpartition(' ')[2]}-{kind[-1]}"
