"""What pages say to programs, what they keep to themselves, and where they clash."""

import re
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import POST, A, B, built, lines, output
from sites import head, texts, values, words

SETTINGS = 'title = "Test"\nbase_url = "https://example.org"\n'


def test_robots_may_read_everything_and_find_the_sitemap():
    assert output({A: POST})["robots.txt"] == (
        "User-agent: *\nAllow: /\nSitemap: https://example.org/sitemap.xml\n"
    )


def test_an_own_robots_txt_wins():
    own = "User-agent: *\nDisallow: /\n"
    assert output({A: POST, "static/robots.txt": own})["robots.txt"] == own


def test_the_sitemap_names_what_readers_may_find():
    updated = head(updated="2024-02-29", tags="[x]", aliases="[/old/]")
    files = {A: updated, B: head(unlisted="true"), "content/about.md": "# About\n"}
    tree = ElementTree.fromstring(output(files)["sitemap.xml"])
    assert [[cell.text for cell in row] for row in tree] == [
        ["https://example.org/"],
        ["https://example.org/about/"],
        ["https://example.org/archive/"],
        ["https://example.org/blog/"],
        ["https://example.org/blog/a/", "2024-02-29"],
        ["https://example.org/subscribe/"],
        ["https://example.org/tags/"],
        ["https://example.org/tags/x/"],
    ]


def test_addresses_are_encoded_where_they_are_written():
    site = output({"content/posts/日本 語.md": head("日本")})
    address = "https://example.org/blog/%E6%97%A5%E6%9C%AC-%E8%AA%9E/"
    assert f"<loc>{address}</loc>" in site["sitemap.xml"]
    page = site["blog/日本-語/index.html"]
    assert values(page, "link[rel=canonical]", "href") == [address]


def test_a_page_has_one_canonical_address():
    site = output({A: head(tags="[x]"), "content/about.md": "# About\n"})
    for path, html in site.items():
        if path.endswith(".html") and path != "404.html":
            address = "https://example.org/" + path.removesuffix("index.html")
            assert values(html, "link[rel=canonical]", "href") == [address]


def test_a_post_says_what_a_shared_link_to_it_shows():
    fields = {"description": "In “short” & <sweet>.", "image": "/cat.png"}
    files = {A: head("A & <B>", **fields), "static/cat.png": "png"}
    page = output(files)["blog/a/index.html"]
    found = LexborHTMLParser(page).css("meta[property]")
    assert {node.attrs["property"]: node.attrs["content"] for node in found} == {
        "og:site_name": "Test",
        "og:type": "article",
        "og:title": "A & <B>",
        "og:description": "In “short” & <sweet>.",
        "og:url": "https://example.org/blog/a/",
        "og:image": "https://example.org/cat.png",
        "og:image:alt": "A & <B>",
        "article:published_time": "2024-01-31T00:00:00+00:00",
    }
    description = "In “short” & <sweet>."
    assert values(page, "meta[name=description]", "content") == [description]


def test_the_shared_picture_stands_below_the_path_of_base_url_once():
    settings = SETTINGS.replace(".org", ".org/sub")
    files = {"site.toml": settings, A: head(image="cat.png")}
    page = output({**files, "content/posts/cat.png": "png"})["blog/a/index.html"]
    picture = "https://example.org/sub/blog/a/cat.png"
    assert values(page, "meta[property='og:image']", "content") == [picture]


def test_an_unlisted_post_is_read_by_those_who_have_its_address():
    files = {A: POST, B: head("Secret", unlisted="true", tags="[hidden]")}
    site = output(files)
    page = site["blog/b/index.html"]
    assert values(page, "meta[name=robots]", "content") == ["noindex"]
    telling = [
        p for p, text in site.items() if re.search("Secret|blog/b/|hidden/", text)
    ]
    assert telling == ["blog/b/index.html"]


def test_a_draft_is_nowhere_and_counts_for_nothing():
    draft = head("Secret", "2024-02-01", draft="true", tags="[hidden, x]")
    with_draft = output({A: head(tags="[x]"), B: draft})
    assert with_draft == output({A: head(tags="[x]")})


def test_a_draft_in_a_preview_is_marked():
    site = output({A: POST, B: head("Secret", draft="true")}, drafts=True)
    page = site["blog/b/index.html"]
    assert values(page, "meta[name=robots]", "content") == ["noindex"]
    assert texts(page, ".preview") == ["Not published: draft."]


def test_markup_in_a_field_is_text_wherever_it_lands():
    evil = "\"'><script>alert(1)</script>"
    field = "'" + evil.replace("'", "''") + "'"
    fields = dict.fromkeys(("description", "authors", "lang"), field)
    site = output({A: head(field, tags=f"[{field}]", **fields)})
    pages = [p for p, t in site.items() if p.endswith(".html") and "alert(1)" in t]
    assert len(pages) == 7
    for path in pages:
        assert evil[2:] in words(site[path])
        # What stands in a script of ours is JSON; nothing else does.
        assert {text[:1] for text in texts(site[path], "script")} == {"", "{"}
        assert "<script>" not in site[path]


def test_styles_and_scripts_carry_their_digest_in_their_names():
    site = output({A: POST, "static/app.js": "one()", "static/theme.css": "p {}"})
    css = next(p for p in site if re.fullmatch(r"theme\.\w{8}\.css", p))
    assert site[css] == site["theme.css"] == "p {}"
    assert values(site["index.html"], "link[rel=stylesheet]", "href") == [f"/{css}"]
    other = output({A: POST, "static/theme.css": "p { color: red }"})
    assert css not in other
    assert any(re.fullmatch(r"app\.\w{8}\.js", p) for p in site)


def test_a_page_and_a_static_file_on_one_address_are_an_error():
    assert lines(built({A: POST, "static/blog/a/index.html": "x"})) == [
        "content/posts/a.md:1: error: 'content/posts/a.md' and"
        " 'static/blog/a/index.html' would both be written to 'blog/a/index.html'"
        " [same-address]",
        "  give one of them another slug",
        "  also: static/blog/a/index.html",
    ]


@pytest.mark.parametrize(
    ("one", "two"), [("a", "A"), ("\u00e9", "e\u0301"), ("straße", "strasse")]
)
def test_two_posts_that_some_disk_takes_for_one_are_an_error(one: str, two: str):
    files = {A: head(slug=one), B: head(slug=two)}
    assert [d.code for d in built(files).diagnostics] == ["same-address"]
