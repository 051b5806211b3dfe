"""Blocks between colons: what is told of those that cannot be what they should be."""

import pytest

from blog.markdown.additions.containers import Box, read_box
from conftest import A, output, said
from sites import HEAD, page


def test_an_unknown_name_keeps_its_text_and_is_told_once():
    text = ":::nota[Title *here*]\nText\n:::\n\n:::nota\nMore\n:::\n"
    assert page(text) == (
        '<div>\n<p class="alert-title">Title <em>here</em></p>\n<p>Text</p>\n</div>\n'
        "<div>\n<p>More</p>\n</div>"
    )
    assert said({A: HEAD + text}) == (
        "content/posts/a.md:5:4: warning: there is no admonition 'nota'; its text is"
        " shown without a box [unknown-admonition]\n"
        "  5 | :::nota[Title *here*]\n"
        "    |    ^^^^ did you mean 'note'?"
    )


def test_a_name_like_no_other_is_told_with_those_there_are():
    told = said({A: HEAD + ":::xylophone\nText\n:::\n"})
    assert "use one of note, tip, info, important, warning, caution" in told


def test_a_container_without_an_end_is_told_where_it_begins():
    assert said({A: HEAD + "- a\n\n  ::::tip\n  b\n\nc\n"}) == (
        "content/posts/a.md:7:3: warning: the :::: of this line is never closed"
        " [unclosed-admonition]\n"
        "  7 |   ::::tip\n"
        "    |   ^^^^ add a line :::: below its text, and more colons to what holds it"
    )


def test_as_many_colons_inside_as_outside_close_both():
    text = ":::tip\na\n:::note\nb\n:::\nc\n:::\n\n:::\n"
    assert ":::" not in page(text)
    assert said({A: HEAD + text}) == (
        "content/posts/a.md:11:1: warning: this ::: closes nothing, and is left out"
        " [unclosed-admonition]\n"
        "  11 | :::\n"
        "     | ^^^ write more colons around a block that holds others\n"
        "content/posts/a.md:13:1: warning: this ::: closes nothing, and is left out"
        " [unclosed-admonition]\n"
        "  13 | :::\n"
        "     | ^^^ write more colons around a block that holds others"
    )


@pytest.mark.parametrize(
    "text",
    [
        "> :::note\n> a\n> :::\n",
        "- :::note\n  a\n  :::\n",
        ":::note\na\n:::  \n",
        "::::note\n:::tip\na\n:::\n::::\n",
    ],
)
def test_a_container_that_ends_is_not_told(text: str):
    assert said({A: HEAD + text}) == ""


@pytest.mark.parametrize(
    ("info", "box"),
    [
        ("note", Box(name="note", title="")),
        (" Tip  My title ", Box(name="tip", title="My title")),
        ("tip[a [b] c] rest", Box(name="tip", title="a [b] c")),
        ("tip[a", Box(name="tip", title="[a")),
        (
            "warning{title=\"A 'b'\" #x .y .z k=v}",
            Box(
                name="warning",
                title="A 'b'",
                attributes={"id": "x", "class": "y z", "k": "v"},
            ),
        ),
        (
            "tip My title {.x}",
            Box(name="tip", title="My title", attributes={"class": "x"}),
        ),
        ("tip My {title}", Box(name="tip", title="My {title}")),
        ("tip{not attributes}", Box(name="tip", title="{not attributes}")),
        (" {.pair}", Box(name="", title="", attributes={"class": "pair"})),
    ],
)
def test_the_first_line_says(info: str, box: Box):
    assert read_box(info) == box


def test_a_title_and_its_attributes_are_escaped_where_they_land():
    html = page(':::note{title="A & B" data-x=\'"><script>\' onclick="x()"}\na\n:::\n')
    assert html == (
        '<div class="alert note" role="note" data-x="&quot;&gt;&lt;script&gt;">\n'
        '<p class="alert-title">A &amp; B</p>\n<p>a</p>\n</div>'
    )


def test_lists_and_feeds_show_admonitions_as_pages_do():
    html = output({A: HEAD + ":::tip\nText\n:::\n\n<!-- more -->\n\nRest\n"})
    assert '<p class="alert-title">Tip</p>' in html["blog/index.html"]
    assert "alert-title" in html["rss.xml"]


def test_a_box_may_end_with_the_text_in_a_quote():
    assert page("> - :::tip\n>   Text\n> ").count('class="alert tip"') == 1
