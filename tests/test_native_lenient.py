"""Our own format takes what other systems write: tags, summaries, drafts, aliases."""

import re

import pytest

from blog.build import arrange_site
from conftest import output, snapshot
from photos import PNG
from test_native import A, arranged, only, post, told

# Tags


@pytest.mark.parametrize(
    ("front", "tags"),
    [
        ("tags: [a, b c]", ("a", "b c")),
        ("tags:\n- a\n- 1\n-", ("a", "1")),
        ("tags: one two", ("one", "two")),
        ("tags: one, two words", ("one", "two words")),
        ("tags: one", ("one",)),
        ("tags: ', a, '", ("a",)),
        ("tags: []", ()),
        ("tags:", ()),
        ("tag: a", ("a",)),
        ("categories: jekyll update", ("jekyll", "update")),
        ("categories: [a, b]", ("a", "b")),
        ("category: classic hollywood", ("classic hollywood",)),
        ("tags: [a]\ncategories: [b, a]\ncategory: c", ("a", "b", "c")),
        ("Tags: [a]", ("a",)),
    ],
)
def test_tags_are_read_in_every_form_and_categories_are_further_tags(front, tags):
    assert only(post(front)).tags == tags


@pytest.mark.parametrize("written", ["{a: b}", "[[a]]", "[{a: b}]"])
def test_tags_that_are_no_words_are_an_error(written):
    assert told(post(f"tags: {written}")) == [
        f"{A}:3:1: error: field 'tags' must be a list of words [field-type]"
    ]


# Who is shown


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("draft: true", "draft"),
        ("draft: yes", "draft"),
        ("draft: 'true'", "draft"),
        ("draft: false", None),
        ("draft: no", None),
        ("draft:", None),
        ("published: false", "published: false"),
        ("published: no", "published: false"),
        ("published: true", None),
        ("published: 2024-01-31", None),
        ("published:", None),
        ("draft: true\npublished: false", "published: false"),
    ],
)
def test_a_post_is_held_back_when_it_says_so_in_any_spelling(front, reason):
    site = arranged({A: post(front)}).site
    assert [held.reason for held in site.held] == ([reason] if reason else [])


@pytest.mark.parametrize("front", ["draft: maybe", "published: soon", "unlisted: [x]"])
def test_a_yes_or_no_that_is_neither_is_an_error(front):
    name = front.partition(":")[0]
    assert told(post(front)) == [
        f"{A}:3:1: error: field {name!r} must be true or false [field-type]"
    ]


@pytest.mark.parametrize("field", ["unlisted", "hidden"])
def test_an_unlisted_post_is_built_and_stands_nowhere_else(field):
    canary = post(f"title: Canary\ntags: [canary]\n{field}: true")
    pages = output({"content/posts/x.md": canary, A: post("title: A")})
    naming = [path for path, text in pages.items() if "canary" in text.lower()]
    assert naming == ["blog/x/index.html"]
    assert "noindex" in pages["blog/x/index.html"]


@pytest.mark.parametrize(
    "front", ["draft: true", "published: false", "date: 2030-01-02", "draft: yes"]
)
def test_nothing_of_a_post_that_is_held_back_leaks(front):
    canary = f"---\ntitle: Canary\ntags: [canary]\naliases: [/canary/]\n{front}\n---\n"
    if "date" not in front:
        canary = canary.replace("title", "date: 2024-01-31\ntitle")
    pages = output({"content/posts/x.md": canary, A: post("title: A\ntags: [a]")})
    naming = [p for p, text in pages.items() if "canary" in f"{p} {text}".lower()]
    assert naming == []


# Old addresses


@pytest.mark.parametrize(
    ("front", "written"),
    [
        ("aliases: [/old/, /older/]", ["old/index.html", "older/index.html"]),
        ("aliases: /old", ["old/index.html"]),
        ("redirect_from: /old.html", ["old.html"]),
        ("aliases: [/a/]\nredirect_from: [/a/, /b/]", ["a/index.html", "b/index.html"]),
        ("aliases: /blog/a/", []),
        ("aliases:", []),
    ],
)
def test_old_addresses_lead_to_the_post(front, written):
    pages = output({A: post(front)})
    refresh = '<meta http-equiv="refresh"'
    assert [p for p, text in pages.items() if refresh in text] == written


@pytest.mark.parametrize(
    ("alias", "phrase"),
    [
        ("/../x/", "walks out of its folder"),
        ("//example.com/", "does not begin with a single slash"),
        ("https://example.com/x", "does not begin with a single slash"),
        ("/a//b/", "has an empty part"),
    ],
)
def test_an_old_address_that_leaves_the_site_is_refused(alias, phrase):
    assert told(post(f"aliases: ['{alias}']")) == [
        f"{A}:3:1: error: old address {alias!r} {phrase} [bad-address]"
    ]


# Fields


def test_a_field_in_capitals_is_read_with_a_warning():
    assert only(post("Title: Hello")).title == "Hello"
    assert told(post("Title: Hello")) == [
        f"{A}:3:1: warning: field 'Title' is read as 'title' [unknown-field]"
    ]


@pytest.mark.parametrize("name", ["layout", "x", "my_own_field", "keywords", "cover"])
def test_fields_of_the_authors_own_are_kept_without_a_word(name):
    assert only(post(f"{name}: value")).fields[name] == "value"
    assert told(post(f"{name}: value")) == []


def test_every_mistake_of_every_file_is_named_in_one_run():
    files = {
        "content/posts/a.md": post("slug: ..\ndraft: maybe\ntags: {}"),
        "content/posts/b.md": "---\ntitle: never closed\n",
        "content/posts/c.md": b"caf\xe9",
        "content/posts/d.md": "---\ndate: 2024-02-30\n---\n",
        "content/about.md": "---\n- list\n---\n",
    }
    found = arrange_site(snapshot(files)).diagnostics
    assert [(d.span.path[8:], d.span.line, d.code) for d in found] == [
        ("about.md", 2, "front-matter-shape"),
        ("posts/a.md", 3, "bad-slug"),
        ("posts/a.md", 4, "field-type"),
        ("posts/a.md", 5, "field-type"),
        ("posts/b.md", 1, "front-matter-open"),
        ("posts/c.md", 1, "not-utf8"),
        ("posts/d.md", 2, "bad-date"),
    ]


# Summaries


def summary(front, body):
    """What the list shows of a post."""
    page = output({A: post(front, body)})["blog/index.html"]
    found = re.search(r'"p-summary">(.*?)</div>', page, re.DOTALL)
    return found[1].replace("\n", " ") if found else ""


MARKS = [
    "<!-- truncate -->",
    "<!--truncate-->",
    "{/* truncate */}",
    "{/*truncate*/}",
    "{/* more */}",
    "<!--more-->",
    "<!-- more -->",
    "<!-- MORE -->",
    "<!-- more ... -->",
    "<!-- excerpt -->",
]


@pytest.mark.parametrize("mark", MARKS)
def test_the_summary_ends_at_a_mark_of_any_spelling(mark):
    body = f"One.\n\nTwo.\n\n{mark}\n\nThree.\n"
    assert summary("description: Short", body) == "<p>One.</p> <p>Two.</p>"


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_never_shown_on_the_page(mark):
    page = output({A: post("title: A", f"One.\n\n{mark}\n\nThree.\n")})
    assert "{/*" not in page["blog/a/index.html"]


def test_a_mark_in_code_is_no_mark():
    body = "One.\n\n```html\n<!-- more -->\n```\n\nTwo.\n"
    assert summary("x: 1", body) == "<p>One.</p>"


def test_links_and_notes_that_are_defined_below_the_mark_survive():
    body = "See [b] and[^1].\n\n<!-- more -->\n\n[b]: https://b.org\n[^1]: Note.\n"
    assert summary("x: 1", body) == '<p>See <a href="https://b.org">b</a> and.</p>'


@pytest.mark.parametrize("name", ["description", "summary", "excerpt", "spoiler"])
def test_without_a_mark_the_description_is_the_summary(name):
    assert summary(f"{name}: a < b", "One.\n\nTwo.\n") == "<p>a &lt; b</p>"
    assert only(post(f"{name}: |\n  a\n  b")).description == "a b"


@pytest.mark.parametrize(
    "body",
    ["One.\n\nTwo.\n", "## Head\n\nOne.\n\nTwo.\n", "![](x.png)\n\nOne.\n\nTwo.\n"],
)
def test_without_either_the_first_paragraph_with_words_is_the_summary(body):
    files = {A: post("x: 1", body), "content/posts/x.png": PNG}
    page = output(files)["blog/index.html"]
    assert re.findall(r'"p-summary">(.*?)</div>', page) == ["<p>One.</p>"]
