"""Docusaurus' posts: file names, addresses, dates, titles, who is shown.

Tags, authors, summaries and lists stand in `test_docusaurus_lists.py`.
"""

import pytest

from blog.build import arrange_site
from blog.diagnostics import plain
from blog.listing import rows
from conftest import output, snapshot

BARE = "---\ntitle: A\n---\n\nHello.\n"
POST = "blog/2021-04-15-hello.md"


def site(files, entry="", base="/blog/"):
    """A Docusaurus blog in `blog`, with further keys of `[[content]]`."""
    head = 'title = "T"\nbase_url = "https://example.org"\n'
    content = '[[content]]\npath = "blog"\ndialect = "docusaurus"\n'
    return {"site.toml": f'{head}{content}base = "{base}"\n{entry}\n', **files}


def listed(files, entry="", base="/blog/"):
    """The rows of `blog list` by source; there must be no errors."""
    arranged = arrange_site(snapshot(site(files, entry, base)))
    assert [d for d in arranged.diagnostics if d.severity == "error"] == []
    return {row["source"]: row for row in rows(arranged)}


def only(front, path=POST):
    """The row of a single post with these fields."""
    return listed({path: f"---\n{front}\n---\nHello.\n"})[path]


def told(front, path=POST):
    """What is said of a single post, as it is shown."""
    files = site({path: f"---\n{front}\n---\nHello.\n"})
    return [plain(d) for d in arrange_site(snapshot(files)).diagnostics]


# Which files are posts, and what their names say

# below blog/: address below /blog, day
NAMES = [
    ("2021-04-15-hello.md", "/2021/04/15/hello", "2021-04-15"),
    ("2021-04-15-hello.mdx", "/2021/04/15/hello", "2021-04-15"),
    ("2021-04-15-hello/index.mdx", "/2021/04/15/hello", "2021-04-15"),
    ("2021/04/15/hello.md", "/2021/04/15/hello", "2021-04-15"),
    ("2021-04-15/hello.md", "/2021/04/15/hello", "2021-04-15"),
    ("2021-4-5-Hello World.md", "/2021/4/5/Hello%20World", "2021-04-05"),
    ("tech/2021-04-15-x.md", "/2021/04/15/tech/x", "2021-04-15"),
    ("notes-2021-04-15-x.md", "/2021/04/15/notes-x", "2021-04-15"),
    ("2021-04-15-a/part/index.md", "/2021/04/15/a/part", "2021-04-15"),
    ("2023/07-22.md", "/2023/07/22/", "2023-07-22"),
    ("2026/03-28-x.md", "/2026/03/28/x", "2026-03-28"),
    ("2016-08-24-6.14.0.md", "/2016/08/24/6.14.0", "2016-08-24"),
    ("2021-04-15-日本.md", "/2021/04/15/%E6%97%A5%E6%9C%AC", "2021-04-15"),
    ("hello.md", "/hello", None),
    ("hello/index.md", "/hello", None),
    ("Hello.md", "/Hello", None),
    ("tech/hello.md", "/tech/hello", None),
    ("releases/11.7.md", "/releases/11.7", None),
    ("2025-summer-of-code.md", "/2025-summer-of-code", None),
    ("10-years-later.md", "/10-years-later", None),
    ("README.md", "/README", None),
]


@pytest.mark.parametrize(("name", "address", "day"), NAMES)
def test_the_file_name_gives_the_address_and_the_date(name, address, day):
    row = listed({f"blog/{name}": BARE})[f"blog/{name}"]
    assert (row["url"], row["date"]) == (
        f"/blog{address}",
        day and f"{day}T00:00:00+00:00",
    )


def test_an_index_at_the_top_of_the_blog_keeps_its_name():
    assert listed({"blog/index.md": BARE})["blog/index.md"]["url"] == "/blog/index"


@pytest.mark.parametrize(
    "name", ["a.test.md", "__tests__/a.md", "a.txt", "a.png", "a.tsx", "md"]
)
def test_tests_and_other_files_are_no_posts(name):
    assert listed({f"blog/{name}": BARE}) == {}


@pytest.mark.parametrize("name", ["_drafts/2021-04-15-a.md", "_posts/2021-04-15-a.md"])
def test_folders_with_an_underscore_are_never_read(name):
    assert listed({f"blog/{name}": BARE}) == {}


# Addresses and the files behind them


@pytest.mark.parametrize(
    ("front", "address"),
    [
        ("slug: my-post", "/blog/my-post"),
        ("slug: /my-post", "/blog/my-post"),
        ("slug: /a/b/c", "/blog/a/b/c"),
        ("slug: Mon Été", "/blog/Mon%20%C3%89t%C3%A9"),
        ("slug: 7.0.0", "/blog/7.0.0"),
        ("slug: c++", "/blog/c++"),
        ("slug: /", "/blog/"),
        ("slug:", "/blog/2021/04/15/hello"),
        ("id: my-post", "/blog/2021/04/15/hello"),
        ("date: 2021-05-01", "/blog/2021/04/15/hello"),
        ("slug: my-post\ndate: 2021-05-01", "/blog/my-post"),
    ],
)
def test_a_slug_is_used_as_it_is_and_the_date_field_never_counts(front, address):
    assert only(front)["url"] == address


@pytest.mark.parametrize(
    ("entry", "address", "written"),
    [
        ("", "/blog/x", "blog/x/index.html"),
        ("trailing_slash = true", "/blog/x/", "blog/x/index.html"),
        ("trailing_slash = false", "/blog/x", "blog/x.html"),
    ],
)
@pytest.mark.parametrize("slug", ["x", "/x", "x/"])
def test_the_slash_at_the_end_decides_address_and_file(slug, entry, address, written):
    if slug == "x/" and not entry:
        address += "/"
    files = {POST: f"---\nslug: {slug}\n---\nHello.\n"}
    assert listed(files, entry)[POST]["url"] == address
    pages = output(site(files, entry))
    assert written in pages
    assert f'href="https://example.org{address}"' in pages[written]


@pytest.mark.parametrize(
    ("base", "address", "written"),
    [
        ("/", "/2021/04/15/hello", "2021/04/15/hello/index.html"),
        ("/a/b", "/a/b/2021/04/15/hello", "a/b/2021/04/15/hello/index.html"),
    ],
)
def test_posts_live_below_the_base(base, address, written):
    assert listed({POST: BARE}, base=base)[POST]["url"] == address
    assert written in output(site({POST: BARE}, base=base))


# Dates

WARNED = "is read as UTC: Docusaurus drops an offset in this form [ambiguous-date]"

# as written, the instant
DATES = [
    ("2021-04-15", "2021-04-15T00:00:00+00:00"),
    ("2021-4-5", "2021-04-05T00:00:00+00:00"),
    ("2021-04-15 10:30", "2021-04-15T10:30:00+00:00"),
    ("2021-04-15 9:30:00", "2021-04-15T09:30:00+00:00"),
    ("2021-04-15 10:30:00", "2021-04-15T10:30:00+00:00"),
    ("2021-04-15T10:30:00", "2021-04-15T10:30:00+00:00"),
    ("2021-04-15T10:30:00Z", "2021-04-15T10:30:00+00:00"),
    ("2021-04-15T10:30:00.000Z", "2021-04-15T10:30:00+00:00"),
    ("2021-04-15 10:30:00 +02:00", "2021-04-15T10:30:00+02:00"),
    ("2021-04-15T10:30:00-08:00", "2021-04-15T10:30:00-08:00"),
    ('"2021-04-15"', "2021-04-15T00:00:00+00:00"),
    ('"2021-04-15 10:30"', "2021-04-15T10:30:00+00:00"),
]
DROPPED = [
    ("2021-04-15 10:30:00 +0200", "2021-04-15T10:30:00+00:00"),
    ("2021-04-15 10:30 +0200", "2021-04-15T10:30:00+00:00"),
    ("2021-04-15 10:30 +02:00", "2021-04-15T10:30:00+00:00"),
    ('"2021-04-15 10:30:00 +02:00"', "2021-04-15T10:30:00+00:00"),
]


@pytest.mark.parametrize(("written", "instant"), DATES)
def test_a_date_is_utc_unless_yaml_knows_its_offset(written, instant):
    assert only(f"date: {written}")["date"] == instant
    assert told(f"date: {written}") == []


@pytest.mark.parametrize(("written", "instant"), DROPPED)
def test_an_offset_that_docusaurus_drops_is_dropped_with_a_warning(written, instant):
    assert only(f"date: {written}")["date"] == instant
    shown = written.strip('"')
    assert [line.split("\n")[0] for line in told(f"date: {written}")] == [
        f"{POST}:2:1: warning: {shown!r} {WARNED}"
    ]


@pytest.mark.parametrize(
    ("written", "phrase"),
    [
        ("2021-04-15T10:30+02:00", "has an offset but no seconds"),
        ("2017-02-29 11:00:00", "is a day that does not exist"),
        ("soon", "is not a date"),
    ],
)
def test_a_date_that_docusaurus_cannot_read_is_an_error_that_shows_it(written, phrase):
    assert told(f"date: {written}") == [
        f"{POST}:2:1: error: {written!r} {phrase} [bad-date]\n"
        f"  2 | date: {written}\n"
        "    | ^^^^ write it as date: 2024-01-31 or 2024-01-31 18:30:00 +02:00"
    ]


def test_an_impossible_day_in_a_file_name_is_an_error():
    assert told("title: A", "blog/2021-02-30-x.md") == [
        "blog/2021-02-30-x.md:1: error: '2021-02-30' in the file name is a day that"
        " does not exist [bad-date]\n"
        "  write it as date: 2024-01-31 or 2024-01-31 18:30:00 +02:00"
    ]


def test_the_field_beats_the_file_name():
    assert only("date: 2021-05-01")["date"] == "2021-05-01T00:00:00+00:00"


def test_the_last_update_is_read_by_the_same_rules():
    front = "last_update:\n  date: 2022-01-02 03:04\n  author: Ann"
    assert only(front)["updated"] == "2022-01-02T03:04:00+00:00"


def test_future_posts_are_published_at_once():
    assert only("date: 2099-01-01")["reason"] is None


# Titles


@pytest.mark.parametrize(
    ("text", "title", "heading_left"),
    [
        ("---\ntitle: A\n---\nText.\n", "A", False),
        ("---\ntitle: A\n---\n# B\n\nText.\n", "A", False),
        ("---\nx: 1\n---\n\n# B *c* #\n\nText.\n", "B c", False),
        ("# B\n\nText.\n", "B", False),
        ("B\n===\n\nText.\n", "B", False),
        ("---\ntitle: A\n---\nText.\n\n# B\n", "A", True),
        ("Text.\n", "hello", False),
        ("---\ntitle:\n---\nText.\n", "hello", False),
    ],
)
def test_a_heading_at_the_top_may_be_the_title_and_is_never_shown_twice(
    text, title, heading_left
):
    assert listed({POST: text})[POST]["title"] == title
    page = output(site({POST: text}))["blog/2021/04/15/hello/index.html"]
    assert page.count("<h1") == 1 + heading_left


# Who is shown


@pytest.mark.parametrize(
    ("front", "reason", "listed_"),
    [
        ("draft: true", "draft", True),
        ("draft: false", None, True),
        ("draft:", None, True),
        ("unlisted: true", None, False),
        ("unlisted: false", None, True),
    ],
)
def test_drafts_are_held_back_and_unlisted_posts_are_built(front, reason, listed_):
    row = only(front)
    assert (row["reason"], row["listed"]) == (reason, listed_)


def test_an_unlisted_post_stands_in_no_list_feed_or_sitemap():
    pages = output(
        site({"blog/a.md": "---\ntitle: Canary\nunlisted: true\n---\nX", POST: BARE})
    )
    assert [path for path, text in pages.items() if "Canary" in text] == [
        "blog/a/index.html"
    ]
    assert "noindex" in pages["blog/a/index.html"]
    assert "noindex" not in pages["blog/2021/04/15/hello/index.html"]
