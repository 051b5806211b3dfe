"""The tags that Jekyll and its plugins add to Liquid."""

import pytest

from blog.memo import Memo
from conftest import built, changed, lines, said
from jekyll_sites import HEAD, JEKYLL, A, body, site, told
from sites import texts, words

B = {"_posts/2024-02-01-b.md": HEAD}


@pytest.mark.parametrize(
    "tag",
    [
        "{% post_url 2024-02-01-b %}",
        "{% link _posts/2024-02-01-b.md %}",
        "{% link\n_posts/{{ 'x' | replace: 'x', '2024-02-01-b' }}.md %}",
    ],
)
def test_a_link_by_tag_leads_to_the_post(tag: str):
    assert body(f"[b]({tag})", **B) == '<p><a href="/2024/02/01/b.html">b</a></p>'


def test_a_link_to_a_file_copies_nothing_by_itself():
    assert 'href="/a.pdf"' in body("[a]({% link a.pdf %})", **{"a.pdf": "%PDF"})


def test_a_link_by_tag_that_leads_nowhere_names_the_nearest():
    assert told("a {% post_url 2024-02-01-c %}\n", **B).split("\n") == [
        f"{A}:4:3: error: there is no post '2024-02-01-c' [broken-link]",
        "  4 | a {% post_url 2024-02-01-c %}",
        "    |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ did you mean '2024-02-01-b'?",
    ]


def test_a_link_by_tag_is_weighed_as_the_site_wants_it():
    files = site("{% link x.md %}")
    files["site.toml"] += '[checks]\nlinks = "off"\n'
    assert said(files) == ""


def test_a_link_by_tag_to_a_post_held_back_says_so():
    held = {"_posts/2024-02-01-b.md": "---\npublished: false\n---\n"}
    says = told("{% link _posts/2024-02-01-b.md %}", **held)
    assert "'_posts/2024-02-01-b.md' is not published: published: false" in says


def test_an_include_gets_its_parameters_and_all_variables():
    files = {"_includes/box.html": "<b>{{ include.a }}{{ include.b }}{{ c }}</b>"}
    text = "{% assign c = 3 %}x {% include box.html a='1' b=page.title %}"
    assert body(text, **files) == "<p>x <b>1A post3</b></p>"


def test_an_include_may_be_named_by_a_variable_or_lie_beside_the_post():
    files = {"_includes/box.html": "one", "_posts/part.txt": "two"}
    text = "{% assign n = 'box' %}{% include {{ n }}.html %} {% include_relative part.txt %}"
    assert body(text, **files) == "<p>one two</p>"


def test_an_include_that_is_missing_is_told_and_nothing_of_it_is_shown():
    text = "a{% include bax.html %}b\n"
    assert body(text) == "<p>ab</p>"
    assert told(text, **{"_includes/box.html": ""}).split("\n") == [
        f"{A}:4:2: warning: there is no include 'bax.html' [liquid]",
        "  4 | a{% include bax.html %}b",
        "    |  ^^^^^^^^^^^^^^^^^^^^^^ did you mean 'box.html'?",
    ]


def test_an_include_cannot_leave_its_folder():
    assert "lies outside of old/_includes" in told("{% include ../_config.yml %}")


def test_includes_in_a_circle_are_told_where_they_close_it():
    files = {
        "_includes/a.html": "{% include b.html %}",
        "_includes/b.html": "\n{% include a.html %}",
    }
    says = told("x {% include a.html %}", **files)
    assert says.startswith(
        "old/_includes/b.html:2:1: warning: the include 'a.html' includes itself:"
        " a.html → b.html → a.html [liquid]"
    )


def test_a_mistake_in_an_include_stands_in_the_include():
    files = {"_includes/a.html": "one\n{% nope %}\n"}
    says = told("{% include a.html %}", **files)
    assert says.startswith("old/_includes/a.html:2:1: warning: there is no tag 'nope'")


def test_an_edit_of_an_include_touches_the_posts_that_have_it():
    files = site("{% include a.html %}", **{"_includes/a.html": "one"})
    memo = Memo()
    before = built(files, memo=memo)
    after = built({**files, "old/_includes/a.html": "two"}, memo=memo)
    assert "2024/01/31/a.html" in changed(before, after)


def test_highlighted_code_becomes_a_block_of_code():
    text = (
        "Text:\n{% highlight python %}\nx = 1\n\ny = '```'\n{% endhighlight %}\nMore.\n"
    )
    html = body(text)
    assert words(html, "code.language-python") == "x = 1 y = '```'"
    assert texts(html, "p") == ["Text:", "More."]


def test_highlighted_code_stays_in_its_list_and_out_of_html():
    text = (
        "- one\n\n  {% highlight c %}\n  int x;\n  {% endhighlight %}\n- two\n\n"
        "<div>\n{% highlight c %}\nint y;\n{% endhighlight %}\n</div>\n"
    )
    html = body(text)
    assert words(html, "li:first-child code") == "int x;"
    assert "   \n</code>" not in html
    assert words(html, "div code") == "int y;"


def test_highlighted_code_in_a_post_of_html_is_coloured():
    post = HEAD + "<p>\n{% highlight c %}int x;{% endhighlight %}\n"
    result = built({**JEKYLL, "old/_posts/2024-01-31-a.html": post})
    html = result.artifacts["2024/01/31/a.html"].blob.data
    assert lines(result) == []
    assert html is not None
    assert words(html.decode(), "code.language-c") == "int x;"


def test_a_plugin_is_a_link_to_what_it_would_embed():
    text = "{% gist me/1234 a.py %} {% youtube abc %}{% seo %}\n"
    assert body(text) == (
        '<p><a href="https://gist.github.com/me/1234">gist.github.com/me/1234</a>'
        ' <a href="https://www.youtube.com/watch?v=abc">www.youtube.com/watch?v=abc</a></p>'
    )
    assert "the plugin of 'gist' is not here, a link is shown [liquid]" in told(text)
    assert "the plugin of 'seo' is not here, nothing is shown [liquid]" in told(text)


def test_one_warning_is_enough_for_each_name():
    text = "{% gist 1 %} {% gist 2 %} {% nope %} {% nope %}\n"
    assert told(text).count("[liquid]") == 2
