"""Liquid in posts of Jekyll: run before Markdown, from facts alone."""

import pytest

from blog.memo import Memo
from conftest import built, changed, lines
from jekyll_sites import HEAD, JEKYLL, A, body, site, told

CONFIG = """\
title: Old & gold
url: https://old.example
baseurl: /old
repository: me/it
author: {name: Ada}
show: true
number: 3
"""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("{{ site.title }}", "<p>Old &amp; gold</p>"),
        ("{{ site.author.name }}", "<p>Ada</p>"),
        ("{{ site.number | plus: 1 }}", "<p>4</p>"),
        ("{% if site.show == true %}yes{% else %}no{% endif %}", "<p>yes</p>"),
        ("{{ site.nothing }}.", "<p>.</p>"),
        ("{{ page.title }}", "<p>A post</p>"),
        ("{{ page.url }}", "<p>/2024/01/31/a.html</p>"),
        ("{{ page.date }}", "<p>2024-01-31 00:00:00 +0000</p>"),
        ("{{ page.tags | join: ' ' }}", "<p>one two</p>"),
        ("{{ page.colour }}", "<p>blue</p>"),
        ("{% assign x = 'b' | append: 'c' %}a{{ x }}", "<p>abc</p>"),
        ("{% for i in (1..3) %}{{ i }}{% endfor %}", "<p>123</p>"),
        ("{% unless page.colour %}a{% else %}b{% endunless %}", "<p>b</p>"),
        ("{% case page.colour %}{% when 'blue' %}sea{% endcase %}", "<p>sea</p>"),
        ("{% capture x %}*a*{% endcapture %}{{ x }}", "<p><em>a</em></p>"),
        ("a{% comment %}b{% endcomment %}c", "<p>ac</p>"),
        ("{% raw %}{{ x }} {% y %}{% endraw %}", "<p>{{ x }} {% y %}</p>"),
        ('{{ "{{" }}', "<p>{{</p>"),
        ("a {{- ' b' -}} c", "<p>a bc</p>"),
    ],
)
def test_liquid_gives(text: str, html: str):
    head = "---\ntitle: A post\ntags: one two\ncolour: blue\n---\n"
    assert body(text, head, **{"_config.yml": CONFIG}) == html


def test_addresses_of_the_site_are_those_of_the_new_one():
    text = '[a]({{ site.url }}{{ site.baseurl }}/{{ page.url | remove_first: "/" }})'
    assert 'href="/2024/01/31/a.html"' in body(text, **{"_config.yml": CONFIG})


def test_liquid_also_runs_in_code_as_it_does_in_jekyll():
    assert "A post" in body("```\n{{ page.title }}\n```\n")


def test_liquid_is_text_in_posts_of_other_systems():
    files = {"content/posts/b.md": HEAD.replace("---\n", "---\ndate: 2024-01-31\n", 1)}
    result = built({"content/posts/b.md": files["content/posts/b.md"] + "{{ x }}\n"})
    assert lines(result) == []


def test_a_post_may_ask_for_its_braces():
    head = HEAD.replace("title", "render_with_liquid: false\ntitle")
    assert body("{{ page.title }}\n", head) == "<p>{{ page.title }}</p>"


def test_two_braces_are_written_as_authors_of_jekyll_write_them():
    assert body("""{{"{{"}}a{{"}}}}\n""") == "<p>{{a}}</p>"
    assert told("""{{"{{"}}a{{"}}}}\n""") == ""


def test_a_post_of_html_is_run_too():
    files = {**JEKYLL, "old/_posts/2024-01-31-a.html": HEAD + "<b>{{ page.title }}</b>"}
    assert lines(built(files)) == []


def test_files_of_data_are_at_hand_by_their_names():
    files = {
        "_data/people.yml": "- {name: Ada, age: 36}\n- {name: Alan, age: 41}\n",
        "_data/old/towns.json": '{"a": {"name": "Ulm"}}',
        "_data/rows.csv": "name,n\nx,1\ny,2\n",
    }
    text = (
        "{{ site.data.people | map: 'name' | join: ', ' }}"
        " {{ site.data.old.towns.a.name }} {{ site.data.rows[1].n }}"
    )
    assert body(text, **files) == "<p>Ada, Alan Ulm 2</p>"


def test_a_file_of_data_that_cannot_be_read_is_a_warning():
    says = told("Hello.", **{"_data/a.json": "{,"})
    assert says.startswith("old/_data/a.json:1: warning: not valid JSON")


def test_the_posts_of_the_site_come_newest_first_without_those_held_back():
    files = {
        "_posts/2024-02-01-b.md": "---\ntitle: B\ntags: [x]\n---\n",
        "_posts/2024-02-02-c.md": "---\ntitle: C\npublished: false\n---\n",
    }
    text = "{% for p in site.posts %}[{{ p.title }}]({{ p.url }}) {% endfor %}"
    html = body(text, **files)
    assert html == (
        '<p><a href="/2024/02/01/b.html">B</a> <a href="/2024/01/31/a.html">A post</a></p>'
    )
    assert body("{{ site.tags.x | size }}", **files) == "<p>1</p>"


def test_what_a_step_must_not_know_is_told_and_left_out():
    assert told("a\n\n{% for p in site.pages %}x{% endfor %}\n").split("\n") == [
        f"{A}:6:1: warning: 'site.pages' is not known while a post is written [liquid]",
        "  6 | {% for p in site.pages %}x{% endfor %}",
        "    | ^^^^^^^^^^^^^^^^^^^^^^^^^ write it out, or put it into a file of _data",
    ]


def test_mistakes_cost_their_tag_and_no_text():
    text = (
        "a {% foo %}b{% endfoo %} {{ x | bar }} {% if === %}c{% endif %} {% if d %}\n"
    )
    assert body(text) == "<p>a b  c</p>"
    assert [line for line in told(text).split("\n") if "warning" in line] == [
        f"{A}:4:3: warning: there is no tag 'foo' [liquid]",
        f"{A}:4:26: warning: '{{{{ x | bar }}}}' fails: unknown filter 'bar' [liquid]",
        f"{A}:4:40: warning: '{{% if %}}' cannot be read: expected a primitive expression,"
        " found eq [liquid]",
        f"{A}:4:65: warning: '{{% if %}}' is never closed, and is left out [liquid]",
    ]


def test_what_is_never_closed_is_shown():
    assert body("a {{ b\n") == "<p>a {{ b</p>"
    assert "'{{' is never closed, so it is shown [liquid]" in told("a {{ b\n")


def test_places_of_other_mistakes_are_lines_of_the_file():
    text = "{% comment %}\n\n{% endcomment %}{% for i in (1..3) %}\nx\n{% endfor %}\n[a](no.md)\n"
    assert f"{A}:9:5: error: there is no post 'no.md'" in told(text)


def test_an_edit_of_data_touches_the_posts_that_ask_for_it():
    files = {**site("{{ site.data.a.x }}"), "old/_data/a.yml": "x: 1\n"}
    files["old/_posts/2024-01-30-b.md"] = HEAD + "B.\n"
    memo = Memo()
    before = built(files, memo=memo)
    after = built({**files, "old/_data/a.yml": "x: 2\n"}, memo=memo)
    assert "2024/01/31/a.html" in changed(before, after)
    assert "2024/01/30/b.html" not in changed(before, after)


def test_the_summary_ends_where_jekyll_ends_it():
    files = site("{% assign x = 1 %}One.\n\nTwo {{ x }}.\n")
    result = built(files)
    html = result.artifacts["blog/index.html"].blob.data
    assert html is not None
    assert html.decode().strip() == "<p>One.</p>"


def test_a_summary_of_nothing_is_the_first_paragraph():
    files = site("{% include a.html %}\n\nOne.\n\nTwo.\n", **{"_includes/a.html": ""})
    html = built(files).artifacts["blog/index.html"].blob.data
    assert html is not None
    assert html.decode().strip() == "<p>One.</p>"
