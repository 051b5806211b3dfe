"""Texts of MDX keep their lines, whatever they hold, and cost no more than their length."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.codec import Codec
from blog.engine import Facts, Reader
from blog.mdx import prepared
from blog.memo import Memo
from blog.model import Prepared, Source
from chances import cases
from conftest import said
from sites import mdx, mdx_site

PIECES = (
    "a b", "\n", "\n\n", "    ", "- ", "> ", "# ", "`", "```", "~~~", "$", "\\", "*",
    "{", "}", "{/*", "*/}", "{'x'}", "{a}", "{{", "}}", "'", '"', "<", ">", "/>", "<>",
    "</>", "<A>", "</A>", "<A b={", "<Tabs>", "</Tabs>", "<TabItem value='x'>", "</TabItem>",
    "<Admonition>", "</Admonition>", "<div>", "</div>", "<pre>", "</pre>", "<script>",
    "</script>", "<!--", "-->", "import a from 'a'", "export const a = {", "<CodeBlock>",
    "</CodeBlock>", ":::", "style={{a: 1}}", "é", "\u2028", "\0",
)  # fmt: skip


def prepare(text: str) -> Prepared:
    source = Source(
        path="a.mdx", dialect="docusaurus", text=text, first_line=1, address="/a"
    )
    return prepared(source, Reader(Facts(Codec(), Memo())))


@cases(300)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text())
def test_each_line_knows_the_line_it_came_from(text: str):
    result = prepare(text)
    lines = result.text.split("\n")
    origin = result.origin or tuple(range(text.count("\n") + 1))
    assert len(origin) == len(lines)
    assert list(origin) == sorted(origin)
    assert set(origin) <= set(range(text.count("\n") + 1))


@cases(100)
@given(st.lists(st.sampled_from(("a b", "\n", "`", "*", "- ", "é", "&", "1. "))))
def test_text_without_mdx_is_not_touched(pieces: list[str]):
    text = "".join(pieces)
    assert prepare(text) == Prepared(text=text)


def test_a_mistake_is_told_at_its_own_line_below_what_was_left_out():
    above = "import {\n  a,\n} from 'a'\n\n<img alt='x'\n  src='https://a.example/x.png'\n/>"
    text = (
        f"{above}\n\n<Tabs><TabItem value='x'>[x](no.md)</TabItem></Tabs>\n\n[y](no.md)"
    )
    told = [line.split(": ")[0] for line in said(mdx_site(text)).split("\n")]
    assert "website/blog/2024-01-31-a.md:12:30" in told
    assert "website/blog/2024-01-31-a.md:14:5" in told


def test_containers_nest_in_lists_and_quotes():
    text = "- a\n\n  <Admonition type='tip'>\n      b\n  </Admonition>\n\n- c"
    assert mdx(text).count("<li>") == 2
    assert '<div class="alert tip"' in mdx("> <Admonition type='tip'>b</Admonition>")
    assert mdx("> <Admonition type='tip'>b</Admonition>").startswith("<blockquote>")


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "{",
            "{{",
            "{a{b",
            "{'",
            "{`${",
            "{/*",
            "//{",
            "`",
            "`a` ",
            "$a",
            "<!--",
            "\\",
        ),
        *("<A ", "<A a={", "<A b='", "<A>", "</A>", "<>", "<div>", "<Tabs>", "<pre>"),
        *("import ", "import a\n", "import {\n", "export const a = {\n", "<CodeBlock>"),
        *("- - ", "- - \n", ">  - \n", "<Tabs>\n<TabItem>\n", "~~~\n", "<p>\nx\n\n"),
    ],
)
def test_a_text_of_one_piece_costs_no_more_than_its_length(piece: str):
    text = piece * (40_000 // len(piece))
    begin = time.process_time()
    prepare(text)
    assert time.process_time() - begin < 2
