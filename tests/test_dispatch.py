"""Shortcuts through other people's parsers give what the long way gives."""

import re
from pathlib import Path
from random import Random  # noqa: TID251 - with a seed, the same text every time

import pytest
from pygments import format as written_by
from pygments.formatters.html import HtmlFormatter
from pygments.lexer import RegexLexer
from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.token import Token

from blog.highlight.dispatch import can_dispatch, dispatching
from blog.highlight.spans import spans

ROOT = Path(__file__).parents[1]
PLAIN = sorted(
    aliases[0]
    for _, aliases, _, _ in get_all_lexers()
    if aliases and can_dispatch(get_lexer_by_name(aliases[0]))
)
FENCE = re.compile(r"^```[\w+-]+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ODD = "ſ K İ ı Ωß\u2028\x1c \x1f é ǅ 冪等 🎉 \r\n\t\x0b #!/<?php {{ }} /* */ // -- ''' \"\"\" \\\n"


def samples() -> list[str]:
    """Code of the sample site and of this project, and text made of its pieces."""
    posts = [p.read_text() for p in sorted((ROOT / "content").rglob("*.md"))]
    code = [block for post in posts for block in FENCE.findall(post)]
    code += [(ROOT / p).read_text()[:1500] for p in ("static/theme.css", "site.toml")]
    pieces = re.findall(r"\w+|\s+|\W", "".join(code)) + list(ODD)
    chance = Random(7)
    noise = ["".join(chance.choices(pieces, k=150)) for _ in range(6)]
    return ["".join(code[:8]), code[-1], ODD, ODD.upper(), *noise]


SAMPLES = samples()


def test_most_lexers_take_the_short_way():
    assert len(PLAIN) > 400
    assert {"python", "javascript", "rust", "bash", "go", "java", "css"} <= set(PLAIN)


@pytest.mark.parametrize("name", PLAIN)
def test_a_lexer_gives_the_same_tokens_by_the_short_way(name: str):
    lexer = get_lexer_by_name(name)
    assert isinstance(lexer, RegexLexer)
    short = dispatching(lexer)
    for text in SAMPLES:
        assert list(short(text)) == list(lexer.get_tokens_unprocessed(text))


@pytest.mark.parametrize("name", [*PLAIN, "yaml", "json", "html+jinja"])
def test_the_spans_of_code_are_those_of_pygments(name: str):
    lexer, formatter = get_lexer_by_name(name), HtmlFormatter(nowrap=True)
    for text in SAMPLES:
        tokens = list(lexer.get_tokens(text))
        assert spans(tokens) == written_by(iter(tokens), formatter)


def test_a_kind_without_a_name_of_its_own_adds_to_that_above_it():
    tokens = [(Token.Name.Odd.Er, "a"), (Token.Text.Odd, "b\nc"), (Token.Odd, "")]
    expected = written_by(iter(tokens), HtmlFormatter(nowrap=True))
    assert spans(tokens) == expected
    assert expected.startswith('<span class="n n-Odd n-Odd-Er">a</span>')


def test_lexers_with_ways_of_their_own_are_left_alone():
    assert not any(can_dispatch(get_lexer_by_name(n)) for n in ("json", "yaml"))
