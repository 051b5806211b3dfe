"""Tags of JSX in a post that is no MDX: HTML where their values are plain."""

import pytest

from conftest import A, built, said
from sites import HEAD, page
from test_markdown import rendered


@pytest.mark.parametrize(
    ("written", "html"),
    [
        (
            "<i style={{wordBreak: 'break-word'}}>*x*</i>",
            '<i style="word-break: break-word"><em>x</em></i>',
        ),
        ("a <b className='c'>x</b>", 'a <b class="c">x</b>'),
        ("a <i id={'x'} /> b", 'a <i id="x"></i> b'),
        ("a <br clear={`all`} /> b", 'a <br clear="all"> b'),
        ("`<i style={{a: 1}}>`", "<code>&lt;i style={{a: 1}}&gt;</code>"),
        ("\\<i a={1}>", "&lt;i a={1}&gt;"),
    ],
)
def test_a_tag_with_plain_values_is_html(written: str, html: str):
    assert rendered(written, "markdown") == f"<p>{html}</p>"


def test_blocks_of_html_have_attributes_of_html_too():
    text = "<div className='a' style={{top: 3}}>\n  <p tabIndex={0}>x</p>\n</div>\n"
    assert rendered(text, "markdown") == (
        '<div class="a" style="top: 3px">\n  <p tabindex="0">x</p>\n</div>'
    )


def test_a_tag_whose_values_are_code_is_shown_and_told_of_once():
    text = "A <b style={{top: it}}>b</b>, and <i style={{top: it}}>c</i>.\n"
    assert "A &lt;b style={{top: it}}&gt;b" in page(text)
    assert said({A: HEAD + text}) == (
        "content/posts/a.md:5:3: warning: this tag is shown as text: its values are"
        " code [mdx]\n"
        "  5 | A <b style={{top: it}}>b</b>, and <i style={{top: it}}>c</i>.\n"
        "    |   ^^^^^^^^^^ write them as HTML has them, or name the file .mdx"
    )


@pytest.mark.parametrize("piece", ["<a b={", "<a b='", "<b className=", "<a "])
def test_many_half_tags_are_read_in_linear_time(piece: str):
    built({A: HEAD + piece * (40_000 // len(piece))})
