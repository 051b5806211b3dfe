"""Numbered notes on lines of code, and the list below the block that holds them."""

import json

import pytest

from conftest import A, output, said
from sites import HEAD, page, texts, values

NOTED = """```py notes
a = 1  # (1)
b = 2  # (2)!
c = 3  # (1)
```

1. First.
2. *Second*.
"""


def test_notes_and_lines_are_linked_there_and_back():
    assert page(NOTED) == (
        '<figure class="code noted"><pre tabindex="0"><code class="language-py">'
        '<span class="n">a</span> <span class="o">=</span> <span class="mi">1</span>'
        '<a class="note" id="ref-blog-a-c1-1" href="#note-blog-a-c1-1"'
        ' aria-label="Note 1"> (1)</a>\n'
        '<span class="n">b</span> <span class="o">=</span> <span class="mi">2</span>'
        '<a class="note" id="ref-blog-a-c1-2" href="#note-blog-a-c1-2"'
        ' aria-label="Note 2"> (2)</a>\n'
        '<span class="n">c</span> <span class="o">=</span> <span class="mi">3</span>'
        '<a class="note" id="ref-blog-a-c1-1-2" href="#note-blog-a-c1-1"'
        ' aria-label="Note 1"> (1)</a>\n'
        "</code></pre></figure>\n<ol>\n"
        '<li id="note-blog-a-c1-1">First. '
        '<a href="#ref-blog-a-c1-1" aria-label="Back to the code">↩</a></li>\n'
        '<li id="note-blog-a-c1-2"><em>Second</em>. '
        '<a href="#ref-blog-a-c1-2" aria-label="Back to the code">↩</a></li>\n</ol>'
    )


@pytest.mark.parametrize(
    ("language", "line"),
    [
        *(("js", "x // (1)"), ("js", "x /* (1) */"), ("html", "x <!-- (1) -->")),
        *(("sql", "x -- (1)"), ("bash", "x # (1)"), ("go", "x // (1)")),
        *(("ini", "x ; (1)"), ("clojure", "x ;; (1)"), ("erlang", "x % (1)")),
    ],
)
def test_a_note_stands_in_a_comment_of_the_language(language: str, line: str):
    html = page(f"```{language} notes\n{line}\n```\n\n1. A note.\n")
    assert texts(html, "code") == ["x(1)"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        *(("py", "x = y // (1)"), ("py", "x = y % (1)"), ("py", "f(1)")),
        *(("py", "x # see (1)"), ("js", "x - -(1)"), ("js", "x # (1) y")),
    ],
)
def test_arithmetic_and_remarks_are_no_notes(language: str, line: str):
    html = page(f"```{language} notes\n{line}\n```\n\n1. A note.\n")
    assert values(html, "a.note", "href") == []


def test_without_the_word_such_comments_are_comments():
    html = page(NOTED.replace(" notes", ""))
    assert texts(html, "code .c1") == ["# (1)", "# (2)!", "# (1)"]


def test_a_list_may_begin_with_another_number():
    html = page("```py notes\na # (3)\n```\n\n3. Third.\n")
    assert values(html, "li", "id") == ["note-blog-a-c1-3"]


def test_two_blocks_have_notes_of_their_own():
    html = page(f"{NOTED}\n{NOTED}")
    assert values(html, "li", "id") == [
        *("note-blog-a-c1-1", "note-blog-a-c1-2"),
        *("note-blog-a-c2-1", "note-blog-a-c2-2"),
    ]


def test_in_lists_and_feeds_notes_lead_to_where_they_are():
    site = output({A: f"{HEAD}{NOTED}\n<!-- more -->\n\nEnd.\n"})
    listed = site["blog/index.html"]
    assert values(listed, "[id^=note-], [id^=ref-]", "id") == []
    assert values(listed, "a.note", "href")[0] == "/blog/a/#note-blog-a-c1-1"
    html = json.loads(site["feed.json"])["items"][0]["content_html"]
    assert texts(html, "code") == ["a=1(1)b=2(2)c=3(1)"]
    address = "https://example.org/blog/a/#note-blog-a-c1-1"
    assert values(html, "a.note", "href")[0] == address


def test_a_number_without_a_note_is_told_and_stays_in_the_code():
    text = "\n```py notes\na # (7)\nb # (7)\n```\n\n1. One.\n"
    assert said({A: HEAD + text}).splitlines() == [
        "content/posts/a.md:7:5: warning: the list below the block has no item 7 "
        "[code-note]",
        "  7 | a # (7)",
        "    |     ^^^ write 7. and what is to be said of the line there",
    ]
    assert texts(page(text), ".c1") == ["# (7)", "# (7)"]


def test_a_block_without_a_list_below_is_told():
    told = said({A: f"{HEAD}\n```py notes\na # (1)\n```\n\nWords.\n\n1. One.\n"})
    assert "there is no numbered list right below the block for note 1" in told
