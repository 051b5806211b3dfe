"""Markdown to HTML, by cases: what an author writes and what readers get.

`cases/markdown/` holds bodies, `cases/summaries/` what lists show of them, a file for
each dialect. A case is a title, the Markdown and the HTML, each ended by a line with a
full stop; `UPDATE_CASES=1 pytest tests/test_markdown.py` rewrites the HTML.
"""

import os
import re
from pathlib import Path

import pytest
from markdown_it.utils import read_fixture_file
from selectolax.lexbor import LexborHTMLParser

from conftest import A, B, output, said

CASES = Path(__file__).parent / "cases"
HEAD = "---\ntitle: A post\ndate: 2024-01-31\n---\n"
SITE = 'title = "T"\nbase_url = "https://example.org"\n'

BARE = {
    "templates/post.html": "{{ body.html|safe_html }}",
    "templates/list.html": "{% for c in entries %}{{ c.summary_html|safe_html }}"
    "{% endfor %}",
}
"""A theme of bodies and summaries, without anything around them."""

DIALECTS = {
    "native": ("content/posts/a.md", "blog/a/index.html"),
    "docusaurus": ("blog/2024-01-31-a.md", "blog/2024/01/31/a/index.html"),
    "jekyll": ("_posts/2024-01-31-a.md", "2024/01/31/a.html"),
}
"""A post of each dialect, and where it is written."""


def rendered(text: str, kind: str, dialect: str = "native") -> str:
    """The body or the summary of a post, without line breaks at its ends."""
    source, page = DIALECTS[dialect]
    folder = {"jekyll": "."}.get(dialect, source.rpartition("/")[0])
    content = (
        f'[[content]]\npath = "{folder}"\ndialect = "{dialect}"\nbase = "/blog/"\n'
    )
    site = output({**BARE, "site.toml": SITE + content, source: HEAD + text})
    return site[page if kind == "markdown" else "blog/index.html"].strip("\n")


def cases(kind: str) -> list[object]:
    """Every case: its file, title, Markdown and HTML."""
    found: list[object] = []
    for path in sorted((CASES / kind).glob("*.md")):
        for _, title, text, html in read_fixture_file(path):
            name = f"{path.stem}: {title}"
            found.append(pytest.param(path, title, text, html, id=name))
    return found


def check(path: Path, title: str, text: str, html: str, found: str) -> None:
    """Compares, or rewrites the case where that is asked for."""
    if os.environ.get("UPDATE_CASES") and found != html.strip("\n"):
        whole = path.read_text()
        old = f"{title}\n.\n{text}.\n{html}.\n"
        assert whole.count(old) == 1, f"{title!r} is there twice"
        path.write_text(whole.replace(old, f"{title}\n.\n{text}.\n{found}\n.\n"))
    else:
        assert found == html.strip("\n")


@pytest.mark.parametrize(("path", "title", "text", "html"), cases("markdown"))
def test_a_text_becomes(path: Path, title: str, text: str, html: str):
    check(path, title, text, html, rendered(text, "markdown"))


@pytest.mark.parametrize(("path", "title", "text", "html"), cases("summaries"))
def test_a_list_shows(path: Path, title: str, text: str, html: str):
    check(path, title, text, html, rendered(text, "summaries", path.stem))


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("C++ & C#", "c--c"),
        ("What’s new?", "whats-new"),
        ("Hello, World!", "hello-world"),
        ("snake_case and-hyphen", "snake_case-and-hyphen"),
        ("1.2.3 released", "123-released"),
        ("Ünïcödé Straße", "ünïcödé-straße"),
        ("日本語 見出し", "日本語-見出し"),
        ("مرحبا بالعالم", "مرحبا-بالعالم"),
        ("a  b", "a--b"),
        ("ship it 🚀", "ship-it-"),
        ("`code` & *emphasis*", "code--emphasis"),
        ("AT&amp;T", "att"),
    ],
)
def test_a_heading_has_the_id_that_github_gives_it(heading: str, anchor: str):
    assert f'<h2 id="{anchor}">' in rendered(f"## {heading}", "markdown")


def test_notes_of_two_posts_do_not_clash_where_both_are_read():
    note = "One[^1].\n\n[^1]: A note.\n"
    feed = output({A: HEAD + note, B: HEAD + note})["rss.xml"]
    ids = re.findall(r'id="([^"]+)"', feed)
    assert ids == ["ref-blog-b-1", "note-blog-b-1", "ref-blog-a-1", "note-blog-a-1"]


def test_a_list_that_shows_whole_posts_leaves_their_notes_out():
    note = "One[^1] two.\n\n[^1]: A note.\n"
    assert rendered(note, "summaries", "docusaurus") == "<p>One two.</p>"


CONTENTS = {"templates/post.html": '{% include "parts/contents.html" %}'}


def test_the_contents_list_names_headings_of_two_levels_with_their_markup():
    text = (
        "# Top\n## One *two*\n### [Three](https://example.com) &\n#### Four\n## `5`\n"
    )
    found = output({**CONTENTS, A: HEAD + text})["blog/a/index.html"]
    beside, folded = found.split("<details", 1)
    for list_ in (beside, folded):
        assert re.findall("<ol>|<a.*?</a>", list_) == [
            "<ol>",
            '<a href="#one-two">One <em>two</em></a>',
            "<ol>",
            '<a href="#three-">Three &amp;</a>',
            '<a href="#5"><code>5</code></a>',
        ]


HEADINGS = "## One\n\n## Two\n\n## Three\n"


def test_a_post_of_three_headings_has_a_contents_list():
    assert 'class="toc"' in output({A: HEAD + HEADINGS})["blog/a/index.html"]


@pytest.mark.parametrize(
    ("head", "text"),
    [
        (HEAD, "## One\n\n## Two\n"),
        (HEAD.replace("title", "hide_table_of_contents: true\ntitle"), HEADINGS),
        (HEAD.replace("title", "toc: false\ntitle"), HEADINGS),
    ],
)
def test_a_short_post_or_one_that_asks_for_it_has_no_contents_list(
    head: str, text: str
):
    assert 'class="toc"' not in output({A: head + text})["blog/a/index.html"]


# What is told about a text


def test_an_unknown_language_is_told_once():
    assert said({A: HEAD + "```esperanto\nx\n```\n\n```esperanto\ny\n```\n"}) == (
        "content/posts/a.md:5:4: warning: no highlighter knows the language 'esperanto'"
        " [unknown-language]\n"
        "  5 | ```esperanto\n"
        "    |    ^^^^^^^^^ write 'text' for code without colours"
    )


@pytest.mark.parametrize(
    "code", ["x" * 2_001, "let x = 1;\n" * 20_000], ids=["long line", "long block"]
)
def test_code_that_would_hold_up_a_build_is_shown_plain(code: str):
    site = {A: HEAD + f"```js\n{code}\n```\n"}
    assert said(site) == (
        "content/posts/a.md:5: warning: the code block is too long to be coloured,"
        " or has a very long line [code-too-long]\n  5 | ```js"
    )
    assert (
        f'<code class="language-js">{code}\n</code>'
        in output(site)["blog/a/index.html"]
    )


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("mdx", "import A from './a'\n\n<Tabs>\n\n<Tab />\n"),
    ],
)
def test_what_is_shown_as_text_is_told_once_for_each_kind(code: str, text: str):
    told = said({A: HEAD + text})
    assert re.findall(r"\[([\w-]+)\]$", told, re.MULTILINE) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "`:::note` and\n\n```text\n:::note\n$$x$$\n<Tabs>\n```\n",
        "It costs $5 here and $10 there.\n",
        "Set $HOME and $PATH first.\n",
        "One.\n\n{/* truncate */}\n\nTwo.\n",
        "\\[^1] `[^2]` <code>[^a-z]</code>\n\n<pre>\n[^a-z]\n</pre>\n",
        "- ```\n  a\n  ```\n\n> ~~~~\n> ~~~\n> ~~~~~\n",
        "> | a | b |\n> |---|---|\n> | a\\|b | c |\n",
    ],
)
def test_nothing_is_told_where_nothing_is_lost(text: str):
    assert said({A: HEAD + text}) == ""


def test_a_note_that_is_missing_or_left_over_is_told_at_its_place():
    assert said({A: HEAD + "One[^1].\n\n[^2]: Two\n"}) == (
        "content/posts/a.md:5:4: warning: the footnote '1' is never written"
        " [unknown-footnote]\n"
        "  5 | One[^1].\n"
        "    |    ^^^^ add a line [^1]: … below the text\n"
        "content/posts/a.md:7:1: warning: nothing refers to the footnote '2', so it"
        " is not shown [unused-footnote]\n"
        "  7 | [^2]: Two\n"
        "    | ^^^^ put [^2] where it belongs"
    )


# Where a text meets the page around it


UNCLOSED = [
    "<div>",
    "<table><tr><td>",
    "<!-- note",
    "<script>",
    "<textarea>",
    "<select>",
    "<svg>",
    "<template>",
    "<b><i>",
    "</div></article></main></body>",
    "text <textarea>",
    "text <script>",
]


@pytest.mark.parametrize("html", UNCLOSED)
def test_html_that_is_left_open_does_not_swallow_the_page(html: str):
    page = LexborHTMLParser(output({A: HEAD + html + "\n"})["blog/a/index.html"])
    footer = page.css_first("footer.foot")
    assert footer is not None
    assert footer.parent is not None
    assert footer.parent.tag == "body"


def test_a_heading_does_not_take_an_id_of_the_page_around_it():
    page = output({A: HEAD + "## Main\n"})["blog/a/index.html"]
    assert page.count('id="main"') == 1
