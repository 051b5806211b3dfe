"""The filters of Jekyll, and what a post may take."""

import pytest

from conftest import built, lines
from jekyll_sites import HEAD, JEKYLL, A, body, told

DATE = "'2024-03-01 09:05:07 +0200'"


@pytest.mark.parametrize(
    ("written", "given"),
    [
        (f"{DATE} | date: '%Y-%m-%d %-d %b %e %j %H %k %I %-l %p %A %z'",
         "2024-03-01 1 Mar  1 061 09  9 09 9 AM Friday +0200"),
        (f"{DATE} | date_to_xmlschema", "2024-03-01T09:05:07+02:00"),
        (f"{DATE} | date_to_rfc822", "Fri, 01 Mar 2024 09:05:07 +0200"),
        (f"{DATE} | date_to_string", "01 Mar 2024"),
        (f"{DATE} | date_to_string: 'ordinal', 'US'", "Mar 1st, 2024"),
        (f"{DATE} | date_to_long_string: 'ordinal'", "1st March 2024"),
        ("'May 5, 2015' | date: '%F'", "2015-05-05"),
        ("'soon' | date: '%F'", "soon"),
        ("'/a b' | relative_url", "/a b"),
        ("'a' | absolute_url", "https://example.org/a"),
        ("'The _Config.yml File' | slugify", "the-config-yml-file"),
        ("'The _config.yml file' | slugify: 'pretty'", "the-_config.yml-file"),
        ("'Über' | slugify: 'latin'", "uber"),
        ("'a & b/c' | cgi_escape", "a+%26+b%2Fc"),
        ("'a b/c?d' | uri_escape", "a%20b/c?d"),
        ("'<a>' | xml_escape", "&lt;a&gt;"),
        ("'one two  three' | number_of_words", "3"),
        ("'a,b,c' | split: ',' | array_to_sentence_string", "a, b, and c"),
        ("'a,b' | split: ',' | jsonify", '["a","b"]'),
        ("'*a*' | markdownify | strip_html | strip", "a"),
        ("'3px' | to_integer | plus: 1", "4"),
        ("site.data.p | where: 'n', 2 | map: 'x' | join", "b c"),
        ("site.data.p | where_exp: 'i', 'i.n > 1 and i.x != \"c\"' | map: 'x'", "b"),
        ("site.data.p | find: 'x', 'c' | jsonify", '{"x":"c","n":2}'),
        ("site.data.p | group_by: 'n' | map: 'size' | join: '+'", "1+2"),
        ("site.data.p | sort: 'x' | map: 'x' | last", "c"),
        ("'a,b' | split: ',' | push: 'c' | shift | join", "b c"),
    ],
)  # fmt: skip
def test_a_filter_gives(written: str, given: str):
    data = {"_data/p.yml": "- {x: a, n: 1}\n- {x: b, n: 2}\n- {x: c, n: 2}\n"}
    text = f"<pre>{{{{ {written} }}}}</pre>\n"
    assert body(text, **data) == f"<pre>{given}</pre>"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("'now' | date: '%Y'", "'now' reads the clock, which a build must not"),
        ("site.time", "'site.time' is not known while a post is written"),
        (
            "page.content",
            "the 'content' of a post is not known while posts are written",
        ),
        (
            "x }}{% for p in site.posts %}{{ p.excerpt }}{% endfor %}{{ x",
            "the 'excerpt' of a post is not known while posts are written",
        ),
        ("'a' | sample", "the filter 'sample' is not here"),
        ("'a' | nope", "'{{ 'a' | nope }}' fails: unknown filter 'nope'"),
        ("'a' | truncate: 'x'", "fails"),
    ],
)
def test_a_filter_refuses(written: str, message: str):
    assert message in told(f"{{{{ {written} }}}}")


HOSTILE = {
    "marks": "{{" * 20_000,
    "tags": "{% if a %}" * 4_000,
    "comments": "{% comment %}" * 3_000,
    "unknown": "".join(f"{{% t{n} %}}" for n in range(4_000)),
    "loops": "{% for i in (1..9999) %}{% for j in (1..9999) %}x{% endfor %}{% endfor %}",
    "doubling": "{% assign a = 'xxx' %}" + "{% assign a = a | append: a %}" * 60,
    "replacing": "{% assign a = 'xxx' %}" + "{% assign a = a | append: a %}" * 15
    + "{{ a | replace: 'x', a }}",
    "nesting": "{% assign a = 'x' | split: '' %}"
    + "{% assign a = a | push: a | push: a %}" * 60 + "{{ a | jsonify }}",
    "numbers": "{% assign a = 9 %}" + "{% assign a = a | times: a %}" * 60 + "{{ a }}",
    "ranges": "{{ (1..1000000000) | join }}",
    "brackets": ("{{" + "(" * 1_900 + "}}") * 20,
    "includes": "{% include a.html %}",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_liquid_ends_soon(name: str):
    twice = "{% include b.html %}{% include b.html %}"
    files = {**JEKYLL, A: HEAD + HOSTILE[name]}
    files |= {f"old/_includes/{n}.html": twice.replace("b.", f"{n}.", 1) for n in "ab"}
    assert "liquid" in "".join(lines(built(files)))


def test_a_post_that_takes_too_much_is_an_error_and_shown_as_it_is():
    text = "{% for i in (1..9999) %}{% for j in (1..9999) %}x{% endfor %}{% endfor %}"
    assert told(text).split("\n")[:2] == [
        f"{A}:4:1: error: the Liquid of this post takes more than a post may [liquid]",
        f"  4 | {text}",
    ]
