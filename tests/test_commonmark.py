"""CommonMark, by the 652 examples of its specification.

They come with the source distribution of markdown-it-py, which `scripts/test` keeps
beside the installed packages; they are read here and are not part of this tree.
"""

import json
import sys
import tarfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from blog.markdown import parser

COUNT = 652
"""Examples of CommonMark 0.31.2."""

LINKED = "a bare address becomes a link, as on GitHub"
EMPTY = "no line break inside an empty quote; browsers see no difference"

DEVIATIONS = {
    218: EMPTY,
    239: EMPTY,
    240: EMPTY,
    608: LINKED,
    611: LINKED,
    612: LINKED,
}
"""What we render differently, and why; kramdown leaves bare addresses alone."""


@cache
def examples() -> dict[int, dict[str, Any]]:
    """The examples by number; empty if the distribution is not there."""
    for path in (Path(sys.prefix) / "commonmark").glob("markdown_it_py-*.tar.gz"):
        with tarfile.open(path) as archive:
            name = next(n for n in archive.getnames() if n.endswith("/commonmark.json"))
            file = archive.extractfile(name)
            assert file is not None
            return {example["example"]: example for example in json.load(file)}
    return {}


def example(number: int) -> tuple[str, str]:
    """Markdown and HTML of an example."""
    if not examples():
        pytest.skip("no source of markdown-it-py in .venv/commonmark, run scripts/test")
    found = examples()[number]
    return found["markdown"], found["html"]


def same(html: str) -> str:
    """HTML without the slash of void elements, which HTML does not ask for."""
    return html.replace(" />", ">")


def test_the_specification_has_652_examples():
    example(1)
    assert sorted(examples()) == list(range(1, COUNT + 1))


@pytest.mark.parametrize("number", range(1, COUNT + 1))
def test_native_posts_follow_commonmark(number: int):
    text, html = example(number)
    rendered = same(parser("native").render(text))
    if number in DEVIATIONS:
        assert rendered != same(html), f"no longer true: {DEVIATIONS[number]}"
    else:
        assert rendered == same(html)


@pytest.mark.parametrize("dialect", ["page", "docusaurus"])
def test_pages_and_docusaurus_posts_read_text_as_native_ones_do(dialect: str):
    texts = [example(number)[0] for number in range(1, COUNT + 1)]
    assert [parser(dialect).render(t) for t in texts] == [
        parser("native").render(t) for t in texts
    ]


KRAMDOWN = {
    **dict.fromkeys(
        (23, 33, 201, 204, 544), "references end their line, the last wins"
    ),
    **dict.fromkeys((41, 488, 490, 505, 568), "addresses may hold spaces and signs"),
    64: "a heading needs no space",
    **dict.fromkeys((161, 186), "HTML ends where its element does"),
    **dict.fromkeys((296, 297, 302), "a bracket behind a number begins no list"),
    **dict.fromkeys(
        (352, 354, 368, 369, 380, 392), "stars may touch letters and punctuation"
    ),
}
"""What posts of Jekyll have in another way, and why."""


def test_jekyll_posts_follow_commonmark_but_where_kramdown_does_not():
    differing = [
        number
        for number in range(1, COUNT + 1)
        if same(parser("jekyll").render(example(number)[0])) != same(example(number)[1])
    ]
    empty = [n for n, reason in DEVIATIONS.items() if reason == EMPTY]
    assert differing == sorted([*KRAMDOWN, *empty])
