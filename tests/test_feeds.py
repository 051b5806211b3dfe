"""Feeds: whole small documents, and what must hold for every feed.

`cases/feeds/` holds the feeds of a site of two posts; `UPDATE_CASES=1 pytest
tests/test_feeds.py` rewrites them.
"""

import os
import re
from pathlib import Path

import feedparser
import pytest

from conftest import POST, A, B, output
from photos import PNG
from sites import head, ids, items

CASES = Path(__file__).parent / "cases" / "feeds"
FEEDS = ("rss.xml", "atom.xml", "feed.json")
XML = ("rss.xml", "atom.xml")

SETTINGS = """\
title = "Ada’s notes"
base_url = "https://example.org"
description = "On engines & poetry"
timezone = "Europe/London"
[author]
name = "Ada Lovelace"
email = "ada@example.org"
"""

FIRST = """\
---
title: "Fish & <chips> ]]> 🎉"
date: 2024-01-31 18:30:00 +02:00
updated: 2024-03-01
tags: [Food, C++]
authors: [{name: Charles, url: "https://example.com/charles"}]
image: cat.png
lang: de
---

One *two* [three](b.md), [four](#five)[^1].

<!-- more -->

## Five

![A cat](cat.png)

[^1]: A note.
"""

SECOND = """\
---
title: Second
date: 2024-02-29
description: In short.
---

```python
x = "]]>"
```
"""

SITE = {"site.toml": SETTINGS, A: FIRST, B: SECOND, "content/posts/cat.png": PNG}


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_of_two_posts_is(name: str):
    feed = output(SITE)[name]
    if os.environ.get("UPDATE_CASES"):
        (CASES / name).write_text(feed)
    assert feed == (CASES / name).read_text()


@pytest.mark.parametrize("name", XML)
def test_readers_understand_the_feed(name: str):
    feed = feedparser.parse(output(SITE)[name])
    assert (feed.bozo, feed.feed.title, feed.feed.link) == (
        False,
        "Ada’s notes",
        "https://example.org/",
    )
    assert [(e.title, e.link, e.id) for e in feed.entries] == [
        ("Second", "https://example.org/blog/b/", "https://example.org/blog/b/"),
        (
            "Fish & <chips> ]]> 🎉",
            "https://example.org/blog/a/",
            "https://example.org/blog/a/",
        ),
    ]
    authors = [e.get("author", feed.feed.get("author")) for e in feed.entries]
    assert authors == ["Ada Lovelace", "Charles"]
    assert [t.term for t in feed.entries[1].tags] == ["Food", "C++"]
    assert feed.entries[1].published_parsed[:5] == (2024, 1, 31, 16, 30)


@pytest.mark.parametrize("name", FEEDS)
def test_every_address_in_a_feed_is_absolute(name: str):
    feed = output(SITE)[name].replace('\\"', '"').replace("&lt;", "<")
    written = re.findall(r'(?:href|src|url|id|image)"?[=:] ?"([^"]*)"', feed)
    assert len(written) > 6
    named = [a for a in written if not re.match(r"https://example\.(org|com)/", a)]
    assert named == [a for a in named if re.fullmatch(r"(ref|note)-blog-a-1|five", a)]


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_names_itself_and_its_page(name: str):
    feed = output({**SITE, "site.toml": SETTINGS.replace("org", "org/sub", 1)})[name]
    assert f"https://example.org/sub/{name}" in feed
    assert "https://example.org/sub/blog/b/" in feed
    assert not re.findall(r"example\.org/(?!sub/)", feed)


def test_the_picture_of_a_post_stands_below_the_path_of_base_url_once():
    site = output({**SITE, "site.toml": SETTINGS.replace("org", "org/sub", 1)})
    assert items(site)[1]["image"] == "https://example.org/sub/blog/a/cat.png"


@pytest.mark.parametrize("character", ["\x01", "\x08", "\x1b", "\ufffe", "\uffff"])
@pytest.mark.parametrize("place", ["summary", "body"])
def test_characters_that_xml_forbids_are_left_out(character: str, place: str):
    text = f"On{character}e\n" if place == "summary" else f"A\n\nOn{character}e\n"
    site = output({A: POST.replace("Hello.\n", text)})
    for name in XML:
        feed = feedparser.parse(site[name])
        assert (feed.bozo, len(feed.entries)) == (False, 1)
        assert "<p>One</p>" in feed.entries[0].content[0].value


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize(
    "title", ["]]>", "a < b > c & d", "&amp;lt;", "🎉 ‮", "<b>x</b>"]
)
def test_a_title_arrives_as_it_was_written(name: str, title: str):
    feed = feedparser.parse(output({A: head(f"'{title}'")})[name], sanitize_html=False)
    assert (feed.bozo, feed.entries[0].title_detail.value) == (False, title)


def test_an_address_that_runs_a_program_is_no_link():
    author = '[{name: Eve, url: "javascript:alert(1)"}]'
    site = output({A: head(authors=author)})
    assert "javascript" not in "".join(site[name] for name in FEEDS)


def test_entries_come_newest_first_and_no_more_than_asked_for():
    files = {f"content/posts/{n}.md": head(day=f"2024-01-0{n}") for n in range(1, 6)}
    few = {"site.toml": SETTINGS + "[feeds]\nitems = 2\n"}
    assert ids(output({**files, **few})) == [
        "https://example.org/blog/5/",
        "https://example.org/blog/4/",
    ]


def test_dates_of_a_feed_come_from_its_posts():
    site = output(SITE)
    assert (
        "<lastBuildDate>Fri, 01 Mar 2024 00:00:00 +0000</lastBuildDate>"
        in site["rss.xml"]
    )
    assert "\n  <updated>2024-03-01T00:00:00+00:00</updated>" in site["atom.xml"]
    assert [(i["date_published"], i["date_modified"]) for i in items(site)] == [
        ("2024-02-29T00:00:00+00:00", "2024-02-29T00:00:00+00:00"),
        ("2024-01-31T18:30:00+02:00", "2024-03-01T00:00:00+00:00"),
    ]


def test_a_changed_title_is_not_a_new_entry():
    before, after = output({A: head("Old")}), output({A: head("New")})
    assert ids(before) == ids(after) == ["https://example.org/blog/a/"]


@pytest.mark.parametrize("name", XML)
def test_a_site_without_posts_has_feeds_without_entries(name: str):
    site = output({"site.toml": SETTINGS, "content/about.md": "# About\n"})
    feed = feedparser.parse(site[name])
    assert (feed.bozo, feed.feed.title, feed.entries) == (False, "Ada’s notes", [])
    assert "1970" in site[name]


def test_drafts_are_in_no_feed():
    site = output({A: head("A"), B: head("Secret", draft="true", tags="[a]")})
    assert "Secret" not in "".join(site[name] for name in FEEDS)
    assert "tags/a/rss.xml" not in site


def test_every_topic_has_feeds_of_its_own():
    site = output(SITE)
    assert items(site, "tags/c-plus-plus/feed.json") == items(site)[1:]
    feed = feedparser.parse(site["tags/c-plus-plus/atom.xml"])
    assert (feed.bozo, feed.feed.title, feed.feed.link) == (
        False,
        "Ada’s notes: C++",
        "https://example.org/tags/c-plus-plus/",
    )


def test_whoever_wants_fewer_feeds_says_so():
    site = output(
        {
            **SITE,
            "site.toml": SETTINGS + '[feeds]\nformats = ["atom"]\nper_tag = false\n',
        }
    )
    assert [p for p in site if p.endswith((".xml", ".json"))] == [
        "atom.xml",
        "search.json",
        "sitemap.xml",
    ]
    page = site["index.html"]
    assert re.findall('<link rel="alternate" type="([^"]*)"', page) == [
        "application/atom+xml"
    ]


def test_a_feed_may_hold_summaries_alone():
    brief = {"site.toml": SETTINGS + '[feeds]\ncontent = "summary"\n'}
    found = [item["content_html"] for item in items(output({**SITE, **brief}))]
    link = '<a href="https://example.org/blog/b/">three</a>'
    five = '<a href="https://example.org/blog/a/#five">four</a>'
    assert found == ["<p>In short.</p>", f"<p>One <em>two</em> {link}, {five}.</p>"]


def test_scripts_and_anchors_stay_with_the_page():
    text = "## Five\n\n<script>one()</script>\n\n<style>p {}</style>\n\nSix.\n"
    site = output({A: POST.replace("Hello.\n", text)})
    assert items(site)[0]["content_html"].split() == [
        *("<h2", 'id="five">Five', "</h2>", "<p>Six.</p>")
    ]


def test_what_would_run_in_a_page_does_not_in_a_feed():
    text = '<p onclick="a()"><a href=" JavaScript:b()">c</a></p>\n'
    (item,) = items(output({A: head() + text}))
    assert item["content_html"] == "<p>Hello.</p>\n<p><a>c</a></p>"


@pytest.mark.parametrize("dialect", ["docusaurus", "jekyll"])
def test_an_entity_that_xml_forbids_ends_no_build(dialect: str):
    content = f'[[content]]\npath = "."\ndialect = "{dialect}"\n'
    path = "_posts/2024-01-31-a.md" if dialect == "jekyll" else "2024-01-31-a.md"
    site = output({"site.toml": SETTINGS + content, path: head() + "<p>a&#x1f;b</p>\n"})
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", "".join(map(site.get, FEEDS)))


@pytest.mark.parametrize("text", ["<!-- ]]> -->", '<p title="]]>">x</p>', "]]>"])
def test_the_end_of_a_cdata_section_in_a_text_does_not_end_the_feed(text: str):
    feed = feedparser.parse(output({A: POST.replace("Hello.", text)})["rss.xml"])
    assert (feed.bozo, len(feed.entries)) == (False, 1)
