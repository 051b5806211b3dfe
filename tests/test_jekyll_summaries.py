"""Jekyll's summaries, old addresses, and the feed where jekyll-feed has it."""

import re

import pytest

from conftest import output, said
from test_jekyll import BARE, POST, site

# Summaries


def summary(front, body, config="", entry=""):
    """What the list shows of a post."""
    pages = output(site({POST: f"---\n{front}\n---\n{body}"}, config, entry))
    found = re.search(r'"p-summary">(.*?)</div>', pages["blog/index.html"], re.DOTALL)
    return found[1].replace("\n", " ").replace(" </p>", "</p>") if found else ""


MORE = "One.\n\nTwo.\n\n<!--more-->\n\nThree.\n"


@pytest.mark.parametrize(
    ("config", "front", "body", "shown"),
    [
        ("", "x: 1", "One\nline.\n\nTwo.\n", "<p>One line.</p>"),
        ("", "x: 1", "\n\nOne.\n\nTwo.\n", "<p>One.</p>"),
        ("", "x: 1", "## Head\n\nOne.\n", "<p>Head</p>"),
        ("", "x: 1", "- a\n- b\n\nTwo.\n", "<ul> <li>a</li> <li>b</li> </ul>"),
        ("", "excerpt: My *own*", MORE, "<p>My <em>own</em></p>"),
        ("excerpt_separator: <!--more-->", "x: 1", MORE, "<p>One.</p> <p>Two.</p>"),
        ("", "excerpt_separator: <!--more-->", MORE, "<p>One.</p> <p>Two.</p>"),
        ("excerpt_separator: <!--no-->", "x: 1", "A.\n\nB.\n", "<p>A.</p> <p>B.</p>"),
        ("excerpt_separator: ''", "x: 1", "A.\n\nB.\n", "<p>A.</p> <p>B.</p>"),
        ("", "excerpt_separator: ''", "A.\n\nB.\n", "<p>A.</p> <p>B.</p>"),
    ],
)
def test_the_summary_is_what_stands_above_the_separator(config, front, body, shown):
    assert summary(front, body, config) == shown


def test_a_separator_of_the_site_file_wins_over_that_of_jekyll():
    entry = 'excerpt_separator = "<!--more-->"'
    shown = summary("x: 1", MORE, "excerpt_separator: One", entry)
    assert shown == "<p>One.</p> <p>Two.</p>"


def test_a_link_that_is_defined_below_the_separator_works_above_it():
    shown = summary("x: 1", "See [b].\n\nTwo.\n\n[b]: https://b.org\n")
    assert shown == '<p>See <a href="https://b.org">b</a>.</p>'


def test_a_summary_in_the_front_matter_is_shown_like_any_text():
    front = 'excerpt: "\\"Let\\" $$x$$ be\\n\\n```py\\na = 1\\n```\\n"'
    shown = summary(front, "Text.\n")
    assert "“Let” <math><mrow><mi>x</mi></mrow></math> be" in shown
    assert '<span class="n">a</span>' in shown


def test_mistakes_in_a_summary_of_the_front_matter_are_told_at_its_line():
    post = "---\ntitle: A\nexcerpt: A [b](nope.md).\n---\nOne.\n"
    assert said(site({POST: post})) == (
        f"{POST}:3:16: error: there is no post 'nope.md' [broken-link]\n"
        "  3 | excerpt: A [b](nope.md).\n"
        "    |                ^^^^^^^"
    )


def test_remarks_are_not_published_whoever_writes_the_summary():
    page = "---\nexcerpt: Own\n---\nOne.\n\n<!-- a secret -->\n"
    assert all("secret" not in text for text in output(site({POST: page})).values())


# Old addresses and feeds


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("redirect_from: /old/", ["old/index.html"]),
        ("redirect_from: old", ["old.html"]),
        ("redirect_from: [/a/, /b.html]", ["a/index.html", "b.html"]),
        ("redirect_from:", []),
    ],
)
def test_old_addresses_lead_to_the_post(field, written):
    pages = output(site({POST: f"---\n{field}\n---\nHello.\n"}))
    refresh = '<meta http-equiv="refresh" content="0; url=https://example.org'
    target = f'{refresh}/2020/03/04/hello.html">'
    assert [p for p, text in pages.items() if target in text] == written


def test_the_feed_lies_where_jekyll_has_it_as_well_and_keeps_its_ids():
    feed = output(site({POST: BARE}))["feed.xml"]
    assert "<id>https://example.org/2020/03/04/hello</id>" in feed
    assert 'href="https://example.org/2020/03/04/hello.html"' in feed
