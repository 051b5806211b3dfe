"""The shortcut through markdown-it-py gives the tokens that the long way gives."""

import re
from pathlib import Path
from random import Random  # noqa: TID251 - with a seed, the same text every time
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_inline import StateInline

from blog.markdown.dispatch import PLAIN_LINK, dispatching
from blog.markdown.parser import EXTENSIONS
from blog.markdown.signs import BLOCKS, INLINES, PAIRS
from test_commonmark import examples

ROOT = Path(__file__).parents[1]
POSTS = [path.read_text() for path in sorted((ROOT / "content").rglob("*.md"))]
SIGNS = [
    *("# ", "## ", "> ", "- ", "* ", "1. ", "10) ", "```\n", "~~~", "    ", "\t", "\n"),
    *("\n\n", "---\n", "===\n", "***", "_", "__", "*", "`", "``", "[", "]", "](", ")"),
    *("![", "<", ">", "<!--", "-->", "<b>", "</b>", "<div>\n", "&amp;", "&#35;", "\\"),
    *("|", "|---|\n", ":--", "[^1]", "[^1]: ", "[a]: /b\n", "{#id}", "{/* more */}\n"),
    *(
        "www.a.example",
        "w",
        "https://b.example/c_d",
        "e@f.example",
        ":",
        "@",
        "~~",
        "~",
    ),
    *(
        "- [ ] ",
        "word",
        "Wörter",
        "冪等",
        "\u00a0",
        "  \n",
        "!",
        "+",
        "$",
        "=",
        "ſ",
        "١.",
    ),
]


def parser(dialect: str, *, short: bool) -> MarkdownIt:
    """Our parser for a dialect, with the shortcut or without."""
    begin = dispatching if short else MarkdownIt
    md = begin("commonmark", {"xhtmlOut": False})
    for extension in EXTENSIONS:
        if dialect in extension.dialects:
            extension.plugin(md)
    return md


def tokens(md: MarkdownIt, text: str) -> list[dict[str, Any]]:
    """All that the parser makes of a text."""
    return [token.as_dict() for token in md.parse(text, {})]


def pieces() -> list[str]:
    """Text in which everything meets everything."""
    chance = Random(11)
    words = [*SIGNS, *re.findall(r"\S+|\s+", "".join(POSTS[:3]))[:300]]
    return ["".join(chance.choices(words, k=40)) for _ in range(1500)]


@pytest.mark.parametrize("dialect", ["native", "jekyll"])
@pytest.mark.parametrize(
    "texts",
    [POSTS, [each["markdown"] for each in examples().values()], pieces()],
    ids=["posts", "commonmark", "pieces"],
)
def test_both_ways_make_the_same_tokens(dialect: str, texts: list[str]):
    short, long = parser(dialect, short=True), parser(dialect, short=False)
    for text in texts:
        assert tokens(short, text) == tokens(long, text)


@pytest.mark.parametrize("dialect", ["native", "jekyll"])
def test_every_rule_of_ours_has_its_sign(dialect: str):
    md = parser(dialect, short=True)
    assert set(md.block.ruler.get_active_rules()) <= BLOCKS.keys()
    assert set(md.inline.ruler.get_active_rules()) <= INLINES.keys()
    assert set(md.inline.ruler2.get_active_rules()) <= PAIRS.keys()


def test_a_rule_that_is_not_known_is_asked_at_every_sign():
    def shout(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos : state.pos + 2] != "*!":
            return False
        if not silent:
            state.push("text", "", 0).content = "LOUD"
        state.pos += 2
        return True

    md = parser("native", short=True)
    md.inline.ruler.before("emphasis", "shout", shout)
    assert md.render("so *! it *is*") == "<p>so LOUD it <em>is</em></p>\n"


def test_an_address_that_is_left_alone_is_its_own_normal_form():
    chance = Random(5)
    parts = [
        *("http://", "https://", "https:", "//", "/", "#", "?", "&", "=", "+", ","),
        *("a", "Z", "1", "-", ".", "..", "_", "~", "é", "%20", ":", "@", ";", "["),
        *("www.", "example.org", "xn--a", "x" * 62, " "),
    ]
    made = [
        "".join(chance.choices(parts, k=chance.randint(0, 7))) for _ in range(20_000)
    ]
    plain = [address for address in made if PLAIN_LINK.fullmatch(address)]
    assert len(plain) > 1000
    assert [normalizeLink(address) for address in plain] == plain
