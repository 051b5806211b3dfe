"""Links and pictures: written as files or addresses, right wherever they are read."""

import re

import pytest

from conftest import POST, A, B, built, lines, output, said
from sites import HEAD, addresses, page
from sites import LINKED as SITE

DRAFT = "---\ntitle: Draft\ndate: 2024-01-31\ndraft: true\n---\n\nSecret.\n"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("b.md", "/blog/b/"),
        ("./b.md", "/blog/b/"),
        ("../posts/b.md", "/blog/b/"),
        ("nest/index.md", "/blog/nest/"),
        ("deep/c.md", "/blog/c/"),
        ("../about.md", "/about/"),
        ("/content/posts/b.md", "/blog/b/"),
        ("b.md#hello", "/blog/b/#hello"),
        ("b.md?x=1#hello", "/blog/b/?x=1#hello"),
        ("b%2Emd", "/blog/b/"),
        ("/blog/b/", "/blog/b/"),
        ("/blog/b", "/blog/b"),
        ("../b/", "/blog/b/"),
        ("/blog/b/index.html", "/blog/b/index.html"),
        ("https://example.org/blog/b/", "/blog/b/"),
        ("https://example.org", "/"),
        ("/atom.xml", "/atom.xml"),
        ("/dog.png", "/dog.png"),
        ("notes.pdf", "/blog/a/notes.pdf"),
        ("#top", "#top"),
        ("?print", "/blog/a/?print"),
        ("https://example.organic/", "https://example.organic/"),
        ("//example.com/", "//example.com/"),
        ("mailto:me@example.com", "mailto:me@example.com"),
    ],
)
def test_a_link_leads_to(written: str, address: str):
    hello = {B: HEAD + "## Hello\n"}
    assert addresses(page(f"[x]({written})\n", **hello)) == [address]


def test_a_link_by_reference_or_in_html_is_read_like_any_other():
    text = '[x][1] <a class="y" href="b.md">y</a> <a href=\'b.md\'>z</a>\n\n[1]: b.md\n'
    assert re.findall("href=[\"']([^\"']*)", page(text)) == ["/blog/b/"] * 3


def test_a_link_in_html_may_lack_its_quotes():
    assert addresses(page("<a href=b.md>x</a>\n")) == ["/blog/b/"]


def test_a_link_in_code_or_in_a_comment_stays_as_it_is():
    text = "`[x](nope.md)`\n\n<!-- [x](nope.md) <a href='nope.md'>x</a> -->\n"
    assert "nope.md" in page(text)
    assert said({**SITE, A: HEAD + text}) == ""


def test_a_list_leads_to_the_place_in_the_post_that_its_summary_names():
    text = "[x](#there)\n\n<!-- more -->\n\n## There\n"
    found = output({**SITE, A: HEAD + text})["blog/index.html"]
    assert addresses(found) == ["/blog/a/#there"]


def test_a_page_links_to_posts_by_file_too():
    files = {**SITE, "content/now.md": "[b](posts/b.md) [c](./about.md)\n"}
    assert addresses(output(files)["now/index.html"]) == ["/blog/b/", "/about/"]


def test_a_link_follows_the_post_when_its_slug_changes():
    files = {A: HEAD + "[b](b.md)\n", B: POST}
    renamed = {**files, B: POST.replace("date:", "slug: bee\ndate:")}
    assert 'href="/blog/bee/"' in output(renamed)["blog/a/index.html"]


# Dead ends


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[x](bb.md)",
            "content/posts/a.md:5:5: error: there is no post 'bb.md' [broken-link]\n"
            "  5 | [x](bb.md)\n"
            "    |     ^^^^^ did you mean 'b.md'?",
        ),
        (
            "One [x](/blog/bb/) two",
            "content/posts/a.md:5:9: error: there is no page '/blog/bb/' in this site"
            " [broken-link]\n"
            "  5 | One [x](/blog/bb/) two\n"
            "    |         ^^^^^^^^^ did you mean '/blog/b/'?",
        ),
        (
            "![x](nope.png)",
            "content/posts/a.md:5:6: error: there is no picture 'nope.png'"
            " [missing-image]\n"
            "  5 | ![x](nope.png)\n"
            "    |      ^^^^^^^^ put it beside the post, or into static/",
        ),
        (
            "[x](draft.md)",
            "content/posts/a.md:5:5: error: 'draft.md' is not published: draft"
            " [broken-link]\n"
            "  5 | [x](draft.md)\n"
            "    |     ^^^^^^^^ publish it too, or take the link out",
        ),
        (
            "![](cat.png)",
            "content/posts/a.md:5:1: warning: the picture 'cat.png' has no text"
            " [missing-alt]\n"
            "  5 | ![](cat.png)\n"
            "    | ^^^^ say what it shows: ![A cat asleep on a keyboard](cat.png)",
        ),
        (
            "[x](https://example.org/nope/)",
            "content/posts/a.md:5:5: error: there is no page '/nope/' in this site"
            " [broken-link]\n"
            "  5 | [x](https://example.org/nope/)\n"
            "    |     ^^^^^^^^^^^^^^^^^^^^^^^^^ link to a file, e.g."
            " [text](./other-post.md)",
        ),
    ],
)
def test_a_dead_end_is_told_at_its_place(text: str, told: str):
    site = {**SITE, "content/posts/draft.md": DRAFT, A: f"{HEAD}{text}\n"}
    assert said(site) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "[x](#theer)\n\n## There",
            "content/posts/a.md:5:5: error: there is no heading '#theer' in /blog/a/"
            " [broken-anchor]\n"
            "  5 | [x](#theer)\n"
            "    |     ^^^^^^ did you mean 'there'?",
        ),
        (
            "[x](b.md#nope)",
            "content/posts/a.md:5:5: error: there is no heading '#nope' in /blog/b/"
            " [broken-anchor]\n"
            "  5 | [x](b.md#nope)\n"
            "    |     ^^^^^^^^^",
        ),
        (
            "[x](b.md?y#nope)",
            "content/posts/a.md:5:5: error: there is no heading '#nope' in /blog/b/"
            " [broken-anchor]\n"
            "  5 | [x](b.md?y#nope)\n"
            "    |     ^^^^^^^^^^^",
        ),
    ],
)
def test_a_dead_anchor_is_told_at_its_place(text: str, told: str):
    assert said({**SITE, A: f"{HEAD}{text}\n"}) == told


def test_an_anchor_may_be_a_heading_a_note_or_an_id_in_html():
    text = '## There\n\n<a id="here"></a> <a name="so"></a>\n\n'
    assert said({A: f"{HEAD}{text}[a](#there) [b](#here) [c](#so)\n"}) == ""


def test_all_dead_ends_are_told_in_one_run():
    files = {A: HEAD + "[x](b.md) [y](c.md)\n\n![z](d.png)\n", B: HEAD + "[x](/e/)\n"}
    told = [line.split(" ")[0] for line in lines(built(files)) if "error" in line]
    assert told == [
        "content/posts/a.md:5:15:",
        "content/posts/a.md:7:6:",
        "content/posts/b.md:5:5:",
    ]


def test_a_post_with_a_mistake_is_not_told_to_be_missing_too():
    files = {A: HEAD + "[x](b.md)\n", B: "---\ntitle: B\n"}
    assert [d.code for d in built(files).diagnostics] == ["front-matter-open"]


@pytest.mark.parametrize("level", ["warning", "off"])
def test_whoever_moves_in_may_lower_the_weight_of_dead_ends(level: str):
    checks = "".join(f'{name} = "{level}"\n' for name in ("links", "images", "alt"))
    site = 'title = "T"\nbase_url = "https://example.org"\n[checks]\n' + checks
    text = "[x](c.md) [y](/e/) ![](d.png)\n"
    result = built({"site.toml": site, A: HEAD + text})
    told = [(d.severity, d.code) for d in result.diagnostics]
    codes = ["broken-link", "broken-link", "missing-alt", "missing-image"]
    assert told == ([("warning", code) for code in codes] if level == "warning" else [])
    assert result.ok


def test_a_link_to_a_draft_works_where_drafts_are_shown():
    site = {**SITE, "content/posts/draft.md": DRAFT, A: HEAD + "[x](draft.md)\n"}
    page = output(site, drafts=True)["blog/a/index.html"]
    assert addresses(page) == ["/blog/draft/"]


# A site below a path


BELOW = {"site.toml": 'title = "T"\nbase_url = "https://example.org/sub/"\n'}


def test_the_path_of_base_url_stands_before_every_link_of_a_text():
    text = "[b](b.md) [c](/blog/b/) [d](../b/) [e](https://example.org/sub/blog/b/)\n"
    text += "![g](cat.png) ![h](/dog.png)\n"
    assert addresses(page(text, **BELOW)) == [
        *["/sub/blog/b/"] * 4,
        "/sub/blog/a/cat.png",
        "/sub/dog.png",
    ]


def test_the_path_of_base_url_stands_before_every_link_of_a_page():
    post = HEAD.replace("date", "tags: [x]\naliases: [/old/]\ndate") + "[b](b.md)\n"
    site = output({**BELOW, A: post, B: POST, "content/about.md": "# About\n"})
    for path, text in site.items():
        if path.endswith((".html", ".xml")):
            for address in re.findall(
                r'(?:href|src|url)="?([^" <>]*)|<loc>([^<]*)', text
            ):
                written = "".join(address)
                below = ("/sub/", "https://example.org/sub/", "#", "mailto:?")
                assert written.startswith(below)
