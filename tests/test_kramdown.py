"""What kramdown, the Markdown of Jekyll, reads in another way than CommonMark."""

import pytest

from jekyll_sites import body, told
from sites import texts, values, words


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('a\n{: .b #c title="d e"}\n', '<p class="b" id="c" title="d e">a</p>'),
        ("{:.b}\na\n", '<p class="b">a</p>'),
        ("a\n{:.b}\n{:#c}\n\nd\n", '<p class="b" id="c">a</p>\n<p>d</p>'),
        ("{:.b}\n\na\n", "<p>a</p>"),
        ("> a\n{:.b}\n", '<blockquote class="b">\n<p>a</p>\n</blockquote>'),
        ("* a\n{:.b}\n\nc\n", '<ul class="b">\n<li>a</li>\n</ul>\n<p>c</p>'),
        ("- {:.b} a\n- c\n", '<ul>\n<li class="b"> a</li>\n<li>c</li>\n</ul>'),
        ("*a*{:.b}{:.c} d\n", '<p><em class="b c">a</em> d</p>'),
        ("`a`{:.b}\n", '<p><code class="b">a</code></p>'),
        ("a{:.b}\n", "<p>a{:.b}</p>"),
        ("{:x: .b #c}\n\na\n{:x .d}\n", '<p class="b d" id="c">a</p>'),
        ("a\n{:x}\n\n{:x: .b}\n", '<p class="b">a</p>'),
    ],
)
def test_attributes_belong_to_what_they_touch(text: str, html: str):
    assert body(text) == html


def test_attributes_reach_pictures_and_links():
    html = body(
        '[a](https://a.example){:target="_blank" rel="me"} ![b](https://b.example/c.png){:.d}'
    )
    assert values(html, "a", "target") == ["_blank"]
    assert values(html, "img", "class") == ["d"]


def test_attributes_run_nothing():
    assert body('a\n{: onclick="x()" .b}\n') == '<p class="b">a</p>'


def test_a_heading_may_be_given_its_id():
    html = body("## One\n{: #first}\n\n## Two\n{:.x}\n")
    assert values(html, "h2", "id") == ["first", "two"]


def test_a_class_below_code_names_its_language():
    html = body("```\nx = 1\n```\n{: .language-python}\n\n    y\n{:.lang-ruby}\n")
    assert values(html, "code", "class") == ["language-python", "language-ruby"]


def test_a_list_becomes_the_contents():
    html = body("* toc\n{:toc}\n\n## A\n\n### B `c`\n\n## D\n{:.no_toc}\n\n## E\n")
    assert html.startswith(
        '<ul id="markdown-toc"><li><a href="#a">A</a><ul><li><a href="#b-c">B <code>c</code>'
        '</a></li></ul></li><li><a href="#e">E</a></li></ul>'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Note:**text\n", "<p><strong>Note:</strong>text</p>"),
        ("a**(b)**c\n", "<p>a<strong>(b)</strong>c</p>"),
        ("*a*b a*b*c\n", "<p><em>a</em>b a<em>b</em>c</p>"),
        ("2 * 3 * 4\n", "<p>2 * 3 * 4</p>"),
        ("a_b_c\n", "<p>a_b_c</p>"),
        ("~~[a](#)~~b\n", '<p><s><a href="#">a</a></s>b</p>'),
        ("1) a\n2) b\n", "<p>1) a\n2) b</p>"),
        ("a {::nomarkdown}*b*{:/} c\n", "<p>a *b* c</p>"),
        ("a {::comment}b{:/comment} c\n", "<p>a  c</p>"),
        ("{::nomarkdown}\n<b>*x*</b>\n{:/}\n\na\n", "<b>*x*</b>\n<p>a</p>"),
        ("a\n\n{::comment}\nb\n\nc\n{:/comment}\n\nd\n", "<p>a</p>\n<p>d</p>"),
        ('{::options toc_levels="1" /}\n\na\n', "<p>a</p>"),
        ("{::comment}\na\n", "<p>{::comment}\na</p>"),
        ("==a== H~2~O\n", "<p>==a== H~2~O</p>"),
        ("http://a.example\n", "<p>http://a.example</p>"),
    ],
)
def test_kramdown_gives(text: str, html: str):
    assert body(text) == html


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("##Two\n", "Two"),
        ("###Three ###\n", "Three"),
        ("#One\n", "One"),
        ("#!/bin/sh\n", ""),
        ("#1 is first\n", ""),
        ("#one #two\n", ""),
        ("a\n##b\n", ""),
    ],
)
def test_a_heading_needs_no_space(text: str, heading: str):
    html = body(text)
    assert "".join(texts(html, "h1, h2, h3")).rstrip("#") == heading


def test_addresses_may_hold_spaces():
    html = body('![a](https://x.example/a (1).png "t") [b](https://x.example/?a\n+b)\n')
    assert values(html, "img", "src") == ["https://x.example/a%20(1).png"]
    assert values(html, "img", "title") == ["t"]
    assert values(html, "a", "href") == ["https://x.example/?a+b"]


def test_the_last_of_two_references_counts_and_any_sign_may_stand_in_one():
    text = "[a] [b]\n\n[a]: https://one.example\n[a]: https://two.example\n[b]: https://b.example/c)\n"
    assert values(body(text), "a", "href") == [
        "https://two.example",
        "https://b.example/c)",
    ]


def test_a_table_needs_no_head():
    html = body("|a|`b|c`|\n|*d*|e\\||\n\n|---|---|\n| f | |\n\n| no table\n")
    assert texts(html, "td") == ["a", "b|c", "d", "e|", "f", ""]
    assert texts(html, "th") == []
    assert texts(html, "p") == ["| no table"]


def test_html_ends_where_its_element_does():
    html = body("<div>\n*a*\n</div>\n> *b*\n")
    assert words(html, "div") == "*a*"
    assert texts(html, "blockquote em") == ["b"]


def test_markdown_in_html_is_read_where_it_is_asked_for():
    text = (
        '<div class="x" markdown="1">\n*a*\n\n- b\n\n## C\n</div>\n'
        '<details>\n<summary markdown="span">*s*</summary>\n<p markdown="0">*p*</p></details>\n\n'
        'd <span markdown="1">*e*</span>\n'
    )
    html = body(text)
    assert texts(html, "div.x em, div.x li, summary em, span em") == [
        "a",
        "b",
        "s",
        "e",
    ]
    assert values(html, "div.x h2", "id") == ["c"]
    assert words(html, "details p") == "*p*"
    assert "markdown=" not in html


def test_elements_in_elements_each_may_ask_for_markdown():
    html = body('<div markdown="1">\n<section markdown="1">\n*a*\n</section>\n</div>\n')
    assert texts(html, "div section em") == ["a"]


def test_mistakes_keep_their_lines():
    text = '{:x: .y}\n\n<div markdown="1">\n\n[a](no.md)\n{:x}\n\n</div>\n'
    assert "a.md:8:5: error: there is no post 'no.md'" in told(text)


HOSTILE = {
    "lists": "{:.a}\n" * 6_000,
    "named": "x\n{: " + "a " * 19_000 + "}\n",
    "spans": "*a*{:.b}" * 5_000,
    "open": "{::comment}\n" * 3_000,
    "open spans": "a {::nomarkdown}" * 2_500,
    "elements": '<div markdown="1">\n' * 2_000,
    "closed elements": '<div markdown="1">\n' * 1_000 + "</div>\n" * 1_000,
    "divs": "<div>\n" * 6_000,
    "brackets": "[a](b c " * 5_000,
    "stars": "**a:**b" * 5_000,
    "bars": "|a|b\n" * 5_000 + "|" * 5_000 + "|a`" * 2_000,
    "headings": "##a\n" * 3_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_kramdown_ends_soon(name: str):
    assert "�" not in body(HOSTILE[name])


def test_html_in_an_item_ends_with_the_item():
    assert body("- a\n  <p>x\n- b</p>\n- c\n").count("<li>") == 3


def test_text_goes_on_behind_an_element_of_running_text():
    assert body('<span markdown="1">*a*</span> and **b**\n') == (
        "<p><span><em>a</em></span> and <strong>b</strong></p>"
    )
