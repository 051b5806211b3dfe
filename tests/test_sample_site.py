"""The site of this repository, and the templates that make its pages."""

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from blog.build import build
from blog.diagnostics import plain
from disk import taken
from sites import texts, values

ROOT = Path(__file__).parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@cache
def pages() -> dict[str, str]:
    """The HTML pages of the sample site by path, redirects left out."""
    result = build(taken(ROOT))
    assert result.ok, "\n".join(plain(d) for d in result.diagnostics)
    html = {
        path: (artifact.blob.data or b"").decode()
        for path, artifact in result.artifacts.items()
        if path.endswith(".html")
    }
    return {p: t for p, t in html.items() if 'http-equiv="refresh"' not in t}


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=[str(t.relative_to(ROOT)) for t in TEMPLATES]
)
def test_a_template_holds_no_style_and_no_handler(template: Path):
    text = template.read_text()
    assert re.findall(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", text) == []


def test_there_are_templates_to_look_at():
    names = {str(path.relative_to(ROOT / "templates")) for path in TEMPLATES}
    assert {"base.html", "post.html", "parts/header.html"} <= names


def test_the_sample_site_builds_without_a_word():
    assert [plain(d) for d in build(taken(ROOT)).diagnostics] == []


def test_the_sample_site_has_a_page_of_every_kind():
    assert pages().keys() >= {
        *("index.html", "404.html", "about/index.html", "archive/index.html"),
        *("blog/index.html", "projects/index.html", "subscribe/index.html"),
        *("tags/index.html", "blog/page/2/index.html"),
    }


def test_every_page_has_one_policy_and_it_is_strict():
    selector = "meta[http-equiv=Content-Security-Policy]"
    for path, html in pages().items():
        (policy,) = values(html, selector, "content")
        assert (path, policy.split(";")[0]) == (path, "default-src 'none'")
        assert (path, "unsafe" in policy) == (path, False)
        assert (path, re.findall(r"https?:\S*", policy)) == (path, [])


def test_every_page_has_one_heading_of_the_first_level():
    assert {p: len(texts(t, "h1")) for p, t in pages().items()} == dict.fromkeys(
        pages(), 1
    )


def test_headings_of_a_page_leave_no_level_out():
    for path, html in pages().items():
        body = LexborHTMLParser(html).css("h1, h2, h3, h4, h5, h6")
        levels = [int(node.tag[1]) for node in body]
        steps = [b - a for a, b in pairwise(levels)]
        assert (path, levels[0], max(steps, default=0) <= 1) == (path, 1, True)


def test_every_page_can_be_read_from_its_main_part_on():
    for path, html in pages().items():
        first = LexborHTMLParser(html).css_first("body > *")
        assert (path, first.tag, first.attrs.get("href")) == (path, "a", "#main")
        assert (path, values(html, "main", "id")) == (path, ["main"])


def test_every_page_says_its_language_and_what_it_is_called():
    for path, html in pages().items():
        assert (path, values(html, "html", "lang")) == (path, ["en"])
        assert (path, values(html, "html", "dir")) == (path, ["ltr"])
        assert (path, len(texts(html, "head title"))) == (path, 1)
    titles = [title for html in pages().values() for title in texts(html, "title")]
    assert sorted(set(titles)) == sorted(titles)


def test_every_picture_has_a_text_and_every_button_a_name():
    for path, html in pages().items():
        assert (path, None in values(html, "img", "alt")) == (path, False)
        labels = zip(
            texts(html, "button"), values(html, "button", "aria-label"), strict=True
        )
        assert (path, [label for label in labels if not any(label)]) == (path, [])


def test_no_id_stands_twice_in_a_page():
    for path, html in pages().items():
        ids = values(html, "[id]", "id")
        assert (path, sorted(set(ids))) == (path, sorted(ids))


def test_no_page_loads_anything_from_elsewhere():
    for path, html in pages().items():
        loaded = values(html, "[src], link[rel=stylesheet], link[rel=icon]", "src")
        loaded += values(html, "link[rel=stylesheet], link[rel=icon]", "href")
        outside = [a for a in loaded if a and not re.match(r"/[^/]", a)]
        assert (path, outside) == (path, [])
