"""Code that was written to take long takes no longer than other text of its length."""

from time import process_time

import pytest

from conftest import A, built
from sites import HEAD

LENGTH = 40_000
LISTED = "\n1. A note.\n"

PIECES = {
    "marks": ("js", "// [!code ++] ", ""),
    "open marks": ("js", "[!code ", ""),
    "slashes": ("js", "/", ""),
    "marks of many lines": ("js", "x // [!code hl:99999]\n", ""),
    "next lines": ("js", "// highlight-next-line\n", ""),
    "begun blocks": ("js", "// highlight-start\n", ""),
    "blocks": ("js", "// highlight-start\nx\n// highlight-end\n", ""),
    "braces of comments": ("none", "{ /* highlight-", ""),
    "prompts": ("console", "$ " * 900 + "\n", ""),
    "names at prompts": ("console", "a" * 1_900 + "\n", ""),
    "notes": ("py notes", "x # (1)\n", LISTED),
    "brackets of notes": ("py notes", "(", LISTED),
}
"""Language, what is repeated, and what comes below the block."""
WORDS = ('a="', "“", "=", "{", "a=[", "{1-99999,", "a ", "{a ", "title=")
SETS = {
    "tabs of code": "```sh tab=a\nx\n```\n",
    "tabs": ":::tab[a]\n:::\n",
    "sets": "::::tabs\n:::tab[a]\nx\n:::\n::::\n",
    "blocks with notes": "```py notes\nx # (1)\n```\n\n1. a\n\n",
    "blocks from files": "```py file=big.txt#none\n```\n",
    "whole files": "```py file=big.txt\n```\n",
}
BIG = {"content/posts/big.txt": "# region a\n" * 20_000}


def seconds(text: str) -> float:
    """Of one processor, for a site of this text."""
    before = process_time()
    built({**BIG, A: f"{HEAD}\n{text}"})
    return process_time() - before


def times(piece: str) -> str:
    return piece * (LENGTH // len(piece))


@pytest.mark.parametrize("name", PIECES)
def test_lines_of_code_take_linear_time(name: str):
    info, piece, below = PIECES[name]
    assert seconds(f"```{info}\n{times(piece)}\n```\n{below}") < 2


@pytest.mark.parametrize("word", WORDS)
def test_words_after_a_fence_take_linear_time(word: str):
    assert seconds(f"```js {times(word)}\nx\n```\n") < 2


@pytest.mark.parametrize("name", SETS)
def test_many_blocks_take_linear_time(name: str):
    assert seconds(times(SETS[name])) < 2


def test_tabs_in_tabs_take_linear_time():
    names = ("tabs", "tab[a]")
    lines = (f"{':' * (202 - n)}{names[n % 2]}" for n in range(200))
    assert seconds("\n".join(lines)) < 2
