"""Jekyll's posts: which files they are, their titles, topics, and who is held back.

Addresses and dates stand in `test_jekyll_permalinks.py`, summaries and feeds in
`test_jekyll_summaries.py`.
"""

import pytest

from blog.build import arrange_site
from blog.diagnostics import plain
from blog.listing import rows
from conftest import output, said, snapshot

BARE = "---\ntitle: A\n---\n\nHello.\n"
POST = "_posts/2020-03-04-hello.md"


def site(files, config="", entry=""):
    """A Jekyll site at the root, with its `_config.yml` and keys of `[[content]]`."""
    head = 'title = "T"\nbase_url = "https://example.org"\n'
    content = f'[[content]]\npath = "."\ndialect = "jekyll"\n{entry}\n'
    return {"site.toml": head + content, "_config.yml": config, **files}


def listed(files, config="", entry=""):
    """The rows of `blog list` by source."""
    arranged = arrange_site(snapshot(site(files, config, entry)))
    assert [d for d in arranged.diagnostics if d.severity == "error"] == []
    return {row["source"]: row for row in rows(arranged)}


def told(files, config=""):
    """What is said of the sources of a Jekyll site, as it is shown."""
    arranged = arrange_site(snapshot(site(files, config)))
    return "\n".join(plain(d) for d in arranged.diagnostics)


def only(front, config="", entry="", path=POST):
    """The row of a single post with these fields."""
    return listed({path: f"---\n{front}\n---\nHello.\n"}, config, entry)[path]


# Which files are posts


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("_posts/2020-03-04-hello.md", "/2020/03/04/hello.html"),
        ("_posts/2020-3-4-hello.markdown", "/2020/03/04/hello.html"),
        ("_posts/2020-03-04-hello.mkd", "/2020/03/04/hello.html"),
        ("_posts/2020-03-04-hello.html", "/2020/03/04/hello.html"),
        ("_posts/2012-9-1-Foo.Bar.md", "/2012/09/01/Foo.Bar.html"),
        ("_posts/12-09-01-short-year.md", "/2012/09/01/short-year.html"),
        ("_posts/99-09-01-short-year.md", "/1999/09/01/short-year.html"),
        ("_posts/en/2020-03-04-hello.md", "/2020/03/04/hello.html"),
        ("news/_posts/2020-03-04-hello.md", "/news/2020/03/04/hello.html"),
        ("a/B c/_posts/2020-03-04-x.md", "/a/b%20c/2020/03/04/x.html"),
        ("_posts/2020-03-04-日本.md", "/2020/03/04/%E6%97%A5%E6%9C%AC.html"),
        ("_posts/2020-03-04-a_b c.md", "/2020/03/04/a_b-c.html"),
    ],
)
def test_a_dated_name_in_any_posts_folder_is_a_post(path, address):
    assert listed({path: BARE})[path]["url"] == address


@pytest.mark.parametrize(
    "path",
    [
        "_posts/2012-09-12.md",
        "_posts/hello.md",
        "_posts/2020-03-hello.md",
        "_posts/2020-03-04-hello.txt",
        "_posts/2020-03-04-hello",
        "posts/2020-03-04-hello.md",
        "2020-03-04-hello.md",
        "_posts/2020-03-04-.md",
    ],
)
def test_any_other_name_is_no_post(path):
    assert listed({path: BARE}) == {}


def test_a_post_of_html_is_published_as_it_is():
    files = site({"_posts/2020-03-04-x.html": "---\n---\n<p>*a*\n\n    b</p>\n"})
    assert "<p>*a*\n\n    b</p>" in output(files)["2020/03/04/x.html"]


@pytest.mark.parametrize(
    ("exclude", "shown"),
    [
        ("exclude: [old]", []),
        ("exclude: [old/]", []),
        ("exclude: ['old/_posts/*.md']", []),
        ("exclude: old", []),
        ("exclude: [new]", ["old/_posts/2020-03-04-x.md"]),
        ("exclude:", ["old/_posts/2020-03-04-x.md"]),
    ],
)
def test_excluded_files_are_no_posts(exclude, shown):
    assert list(listed({"old/_posts/2020-03-04-x.md": BARE}, exclude)) == shown


def test_pages_that_are_not_built_are_named_in_one_warning():
    pages = ("about.md", "index.html", "_layouts/post.html", "_projects/a.md")
    assert told({**dict.fromkeys(pages, BARE), POST: BARE}) == (
        ".: warning: 4 files are no post of this Jekyll site and not built: "
        "_layouts/post.html, _projects/a.md, about.md … [not-built]\n"
        "  copy pages that you want to keep into content/"
    )


def test_a_page_under_content_is_built_beside_a_jekyll_site():
    files = site({POST: BARE, "content/about.md": "---\ntitle: Me\n---\n"})
    assert "about/index.html" in output(files)
    assert said(files) == ""


# Titles and slugs


@pytest.mark.parametrize(
    ("path", "front", "title"),
    [
        ("_posts/2020-03-04-hello-big-world.md", "x: 1", "Hello Big World"),
        ("_posts/2020-03-04-hello.md", "title: On its own", "On its own"),
        ("_posts/2020-03-04-hello.md", "title:", "Hello"),
    ],
)
def test_the_title_is_the_field_or_made_of_the_file_name(path, front, title):
    assert only(front, path=path)["title"] == title


def test_the_slug_comes_from_the_file_name_and_the_title_never_counts():
    assert only("title: Other")["url"] == "/2020/03/04/hello.html"
    assert only("slug: Other one")["url"] == "/2020/03/04/Other-one.html"


# Topics


@pytest.mark.parametrize(
    ("front", "address", "topics"),
    [
        ("categories: jekyll update", "/jekyll/update", ["jekyll", "update"]),
        ("categories: [Big News, x]", "/big%20news/x", ["Big News", "x"]),
        ("categories: news, foundation", "/news,/foundation", ["news,", "foundation"]),
        ("category: classic hollywood", "/classic%20hollywood", ["classic hollywood"]),
        ("category: a\ncategories: [A, b]", "/a/b", ["A", "b"]),
        ("categories:", "", []),
        ("categories: []", "", []),
        ("tags: one two", "", ["one", "two"]),
        ("tags: [one two, 3]", "", ["one two", "3"]),
        ("tag: one two", "", ["one two"]),
        ("tag: one\ntags: [two]", "", ["one"]),
        ("tags: [x]\ncategories: [y]", "/y", ["x", "y"]),
    ],
)
def test_categories_stand_in_the_address_and_both_they_and_tags_are_topics(
    front, address, topics
):
    row = only(front)
    assert row["url"] == f"{address}/2020/03/04/hello.html"
    assert sorted(row["tags"]) == sorted(topics)


def test_folders_above_the_posts_are_categories_and_come_first():
    row = only("categories: [b]", path="a/_posts/2020-03-04-x.md")
    assert (row["url"], row["tags"]) == ("/a/b/2020/03/04/x.html", ["a", "b"])


def test_category_comes_behind_categories_in_the_address():
    assert only("category: z\ncategories: [a, b]")["url"].startswith("/a/b/z/2020/")


def test_categories_of_the_defaults_stay_beside_those_of_the_post():
    config = "defaults:\n- scope: {path: ''}\n  values: {categories: [all]}\n"
    assert only("categories: [b]", config)["url"].startswith("/all/b/2020/")


# Who is held back


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("published: false", "published: false"),
        ("published: true", None),
        ("published:", None),
        ("draft: true", "draft"),
        ("date: 2029-12-31 23:59:59 +00:00", None),
        ("date: 2030-01-01 00:00:01 +00:00", "dated 2030-01-01, in the future"),
        ("date: 2029-12-31 23:59:59 -01:00", "dated 2030-01-01, in the future"),
        ("date: 2030-01-01 00:30:00 +01:00", None),
        ("date: 2029-12-31\npublished: false", "published: false"),
    ],
)
def test_a_post_is_held_back_when_it_says_so_or_its_instant_has_not_come(front, reason):
    assert only(front)["reason"] == reason


def test_future_posts_are_published_where_the_site_wants_them():
    assert only("date: 2031-01-01", "future: true")["reason"] is None
    assert only("date: 2031-01-01", "future: false")["reason"] is not None


def test_drafts_need_no_date_and_are_held_back():
    row = only("title: A", path="_drafts/an-idea.md")
    assert (row["title"], row["date"], row["reason"]) == ("A", None, "draft")
    files = site({"_drafts/an-idea.md": BARE, POST: BARE})
    assert [p for p in output(files) if "idea" in p] == []


# Mistakes


def test_a_field_given_twice_is_a_warning_and_the_last_one_wins():
    front = "title: A\ntitle: B"
    assert only(front)["title"] == "B"
    assert told({POST: f"---\n{front}\n---\n"}) == (
        f"{POST}:3:1: warning: field 'title' is given twice, first on line 2"
        " [duplicate-key]\n  3 | title: B\n    | ^^^^^ the last one counts"
    )


@pytest.mark.parametrize(
    ("front", "first"),
    [
        ("date: 2017-02-29 11:00:00", "2:1: error: '2017-02-29 11:00:00' is a day"),
        ("date: 2017-02-10 00:10::00", "2:1: error: '2017-02-10 00:10::00' is not a"),
        ("title: [a]", "2:1: error: field 'title' must be text [field-type]"),
        ("published: maybe", "2:1: error: field 'published' must be true or false"),
        ("redirect_from: /../x", "2:1: error: old address '/../x.html' walks out of"),
        ("permalink: /:nonsense/", "2:1: error: there is no placeholder ':nonsense'"),
        ("permalink: /../x", "2:1: error: permalink '/../x' walks out of its folder"),
    ],
)
def test_a_value_that_cannot_be_used_is_an_error_that_shows_it(front, first):
    shown = told({POST: f"---\n{front}\n---\n"})
    assert shown.startswith(f"{POST}:{first}")
