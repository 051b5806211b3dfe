"""Templates: what a site may change, and what is told when a template is wrong."""

import pytest

from conftest import POST, A, built, lines, output, said

HINT = "check its spelling; `| default('')` allows it to be absent"


def post_template(text: str) -> dict[str, str]:
    """A site with one post and its own template for it."""
    return {A: POST, "templates/post.html": text}


def page(text: str, **files: str) -> str:
    """What the template makes of the post."""
    return output({**post_template(text), **files})["blog/a/index.html"]


def test_a_template_of_the_site_replaces_the_one_of_the_theme():
    assert (
        page("{{ page.title }}: {{ body.html|safe_html }}") == "A post: <p>Hello.</p>\n"
    )


def test_a_template_may_change_one_block_and_keep_the_rest():
    extended = '{% extends "default/post.html" %}{% block after %}<hr>{% endblock %}'
    default, own = output({A: POST})["blog/a/index.html"], page(extended)
    assert '<h1 class="p-name">A post</h1>' in own
    assert "<hr>" in own
    assert '<div class="after">' in default
    assert '<div class="after">' not in own


def test_a_part_of_the_site_is_used_by_the_templates_of_the_theme():
    site = output({A: POST, "templates/parts/footer.html": "<footer>mine</footer>"})
    assert all("<footer>mine</footer>" in site[p] for p in ("index.html", "404.html"))


def test_values_are_escaped_unless_the_template_says_otherwise():
    markup = "{{ '<b>' }}{{ '<b>'|safe_html }}"
    assert page(markup) == "&lt;b&gt;<b>"


def test_what_may_be_absent_can_be_asked_for():
    text = (
        "{% if nope %}a{% endif %}{{ nope|default('b') }}{{ page.nope|default('c') }}"
    )
    assert page(text) == "bc"


def test_a_template_may_be_missing_where_it_says_so():
    assert page('{% include "parts/none.html" ignore missing %}x') == "x"


def test_addresses_are_written_for_where_the_site_lies():
    below = {"site.toml": 'title = "T"\nbase_url = "https://example.org/sub"\n'}
    text = "{{ url('/a b/') }} {{ full('/é/') }} {{ url('https://example.com') }}"
    assert page(text, **below) == (
        "/sub/a%20b/ https://example.org/sub/%C3%A9/ https://example.com"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "one\n{{ nope }}\n",
            "templates/post.html:2: error: 'nope' is undefined [template-undefined]\n"
            f"  2 | {{{{ nope }}}}\n    | {HINT}",
        ),
        (
            "{{ page.nope }}",
            "templates/post.html:1: error: there is no attribute 'nope' here"
            f" [template-undefined]\n  1 | {{{{ page.nope }}}}\n    | {HINT}",
        ),
        (
            "one\n\n{{ site.nope }}",
            "templates/post.html:3: error: there is no attribute 'nope' here"
            f" [template-undefined]\n  3 | {{{{ site.nope }}}}\n    | {HINT}",
        ),
        (
            "one\n{% block %}\n",
            "templates/post.html:2: error: not valid Jinja: expected token 'name', got"
            " 'end of statement block' [template-syntax]\n  2 | {% block %}",
        ),
        (
            "{{ page.title|nofilter }}",
            "templates/post.html:1: error: not valid Jinja: No filter named 'nofilter'."
            " [template-syntax]\n  1 | {{ page.title|nofilter }}",
        ),
        (
            '\n{% include "parts/fotter.html" %}',
            "templates/post.html:2: error: there is no template 'parts/fotter.html'"
            ' [template-missing]\n  2 | {% include "parts/fotter.html" %}\n'
            "    | did you mean 'parts/footer.html'?",
        ),
        (
            '{% include "../../site.toml" %}',
            "templates/post.html:1: error: there is no template '../../site.toml'"
            ' [template-missing]\n  1 | {% include "../../site.toml" %}',
        ),
        (
            "{{ asset('no.css') }}",
            "templates/post.html:1: error: there is no file 'static/no.css'"
            " [template-missing]\n  1 | {{ asset('no.css') }}",
        ),
        (
            "{{ 1 / 0 }}",
            "templates/post.html:1: error: ZeroDivisionError: division by zero"
            " [template-failed]\n  1 | {{ 1 / 0 }}",
        ),
        (
            "{{ page.title + 1 }}",
            "templates/post.html:1: error: TypeError: can only concatenate str"
            ' (not "int") to str [template-failed]\n  1 | {{ page.title + 1 }}',
        ),
    ],
)
def test_a_mistake_in_a_template_is_told_at_its_line(text: str, told: str):
    assert said(post_template(text)) == told


def test_a_mistake_in_a_part_is_told_there_and_once():
    parts = {"templates/parts/footer.html": "<footer>\n\n{{ nope }}\n</footer>\n"}
    assert lines(built({A: POST, **parts})) == [
        "templates/parts/footer.html:3: error: 'nope' is undefined [template-undefined]",
        "  3 | {{ nope }}",
        f"    | {HINT}",
    ]


@pytest.mark.parametrize("word", ["include", "extends"])
def test_a_template_that_leads_to_itself_is_told(word: str):
    result = built(post_template(f'{{% {word} "post.html" %}}'))
    assert [(d.span.path, d.code) for d in result.diagnostics] == [
        ("templates/post.html", "template-failed")
    ]


def test_all_broken_templates_are_told_in_one_run():
    files = {f"templates/{n}.html": "{{ nope }}" for n in ("post", "list", "404")}
    assert [d.span.path for d in built({A: POST, **files}).diagnostics] == [
        "templates/404.html",
        "templates/list.html",
        "templates/post.html",
    ]


def test_content_is_never_run_as_a_template():
    text = "{{ 7 * 7 }} {% include base.html %} {{ site.title }}"
    files = {A: POST.replace("Hello.", text).replace("A post", "'{{ 7 * 7 }}'")}
    site = output(files)
    assert "49" not in site["blog/a/index.html"].split("<main")[1].split("<footer")[0]
    assert "{{ 7 * 7 }} {% include base.html %} {{ site.title }}" in site["rss.xml"]
