"""Posts of our own format: titles, addresses, dates; and the pages beside them.

Tags, summaries and who is shown stand in `test_native_lenient.py`.
"""

import pytest

from blog.build import arrange_site
from blog.diagnostics import plain
from blog.listing import rows
from blog.model import Author
from conftest import SITE, output, said, snapshot

A = "content/posts/a.md"


def post(front, body="Hello.\n"):
    """The text of a post that has a date anyhow."""
    return f"---\ndate: 2024-01-31\n{front}\n---\n{body}"


def arranged(files):
    """The site, which must have no errors."""
    found = arrange_site(snapshot(files))
    assert [plain(d) for d in found.diagnostics if d.severity == "error"] == []
    return found


def only(text, path=A):
    """The single post of a site."""
    return arranged({path: text}).posts[path]


def told(text, path=A):
    """The first lines of what is said of a single source."""
    found = arrange_site(snapshot({path: text})).diagnostics
    return [plain(d).split("\n")[0] for d in found]


# Titles


@pytest.mark.parametrize(
    ("path", "front", "body", "title"),
    [
        (A, "title: A title", "# Another\n", "A title"),
        (A, "title: '  a  b '", "", "a b"),
        (A, "title: >\n  a\n  b", "", "a b"),
        (A, "title: 12:30:45", "", "12:30:45"),
        (A, "title: no", "", "no"),
        (A, "title: '`x` <b> & \"y\"'", "", '`x` <b> & "y"'),
        (A, "title:", "# From the *text*\n", "From the text"),
        (A, "x: 1", "\n\n# With `code` and [link](x) #\n", "With code and link"),
        (A, "x: 1", "Under lined\n===\n", "Under lined"),
        (A, "x: 1", "# Own id {#own}\n", "Own id"),
        (A, "x: 1", "Text first.\n\n# Heading\n", "A"),
        (A, "x: 1", "## Second level\n", "A"),
        ("content/posts/2024-01-31-hello-big_world.md", "x: 1", "", "Hello big world"),
        ("content/posts/hello-world/index.md", "x: 1", "", "Hello world"),
        ("content/posts/release-1.2.md", "x: 1", "", "Release 1.2"),
    ],
)
def test_the_title_is_the_field_or_a_heading_at_the_top_or_the_name(
    path, front, body, title
):
    assert only(post(front, body), path).title == title


@pytest.mark.parametrize(
    ("heading", "left"),
    [("# A title", 0), ("# a *Title*!", 0), ("A title\n===", 0), ("# Other", 1)],
)
def test_a_heading_that_repeats_the_title_is_not_shown_twice(heading, left):
    page = output({A: post("title: A title", f"{heading}\n\nText.\n")})
    assert page["blog/a/index.html"].count("<h1") == 1 + left


# Slugs and addresses


@pytest.mark.parametrize(
    ("path", "front", "address"),
    [
        ("hello.md", "x: 1", "/blog/hello/"),
        ("hello.mdx", "x: 1", "/blog/hello/"),
        ("hello.markdown", "x: 1", "/blog/hello/"),
        ("hello/index.md", "x: 1", "/blog/hello/"),
        ("2024-01-31-hello.md", "x: 1", "/blog/hello/"),
        ("2024/01/31/hello.md", "x: 1", "/blog/hello/"),
        ("2024-01-31-hello/index.md", "x: 1", "/blog/hello/"),
        ("2024-01-31.md", "x: 1", "/blog/2024-01-31/"),
        ("deep/er/hello.md", "x: 1", "/blog/hello/"),
        ("Hello World.md", "x: 1", "/blog/hello-world/"),
        ("C++ & C#.md", "x: 1", "/blog/c-plus-plus-c-sharp/"),
        ("Über uns.md", "x: 1", "/blog/über-uns/"),
        ("日本語.md", "x: 1", "/blog/日本語/"),
        ("2016-08-24-6.14.0.md", "x: 1", "/blog/6-14-0/"),
        ("a.md", "slug: As Written", "/blog/As Written/"),
        ("a.md", "slug: /with/parts/", "/blog/with/parts/"),
        ("a.md", "slug: 7.0", "/blog/7.0/"),
        ("a.md", "slug:", "/blog/a/"),
        ("a.md", "slug: ''", "/blog/a/"),
        ("a.md", "permalink: /elsewhere/", "/elsewhere/"),
        ("a.md", "permalink: /elsewhere", "/elsewhere/"),
        ("a.md", "permalink: /old/page.html", "/old/page.html"),
        ("a.md", "slug: b\npermalink: /c/", "/c/"),
    ],
)
def test_the_address_is_made_of_the_slug_which_is_the_field_or_the_name(
    path, front, address
):
    path = f"content/posts/{path}"
    assert only(post(front), path).address == address


@pytest.mark.parametrize(
    ("pattern", "address"),
    [
        ("/blog/{slug}/", "/blog/a-b/"),
        ("/{year}/{month}/{day}/{slug}/", "/2024/01/31/a-b/"),
        ("{slug}", "/a-b/"),
        ("/notes/{path}/", "/notes/sub/A b/"),
        ("/{slug}.html", "/a-b.html"),
    ],
)
def test_the_pattern_of_the_folder_makes_the_address(pattern, address):
    path = "content/posts/sub/A b.md"
    entry = f'[[content]]\npermalink = "{pattern}"\n'
    files = {"site.toml": SITE["site.toml"] + entry, path: post("x: 1")}
    assert arranged(files).posts[path].address == address


@pytest.mark.parametrize(
    ("slug", "phrase"),
    [
        (".", "walks out of its folder"),
        ("..", "walks out of its folder"),
        ("../../x", "walks out of its folder"),
        ("..%2f..%2fx", "holds a hidden slash"),
        ("a//b", "has an empty part"),
        (".htaccess", "has a part that begins with a dot, which hosts hide"),
        ("CON", "holds 'CON', which Windows keeps for a device"),
        ("a" * 300, "has a part of more than 240 bytes, too long for a file name"),
        ('"a\\nb"', "holds a control character"),
        ('"a\\\\b"', "holds a hidden slash"),
    ],
)
def test_a_slug_that_no_address_can_hold_is_refused(slug, phrase):
    (line,) = told(post(f"slug: {slug}"))
    assert line.startswith(f"{A}:3:1: error: slug '")
    assert line.endswith(f"' {phrase} [bad-slug]")


@pytest.mark.parametrize(
    ("permalink", "phrase"),
    [
        ("elsewhere", "does not begin with a single slash"),
        ("//example.com/x", "does not begin with a single slash"),
        ("https://example.com/x", "does not begin with a single slash"),
        ("/../x", "walks out of its folder"),
    ],
)
def test_a_permalink_that_leaves_the_site_is_refused(permalink, phrase):
    assert told(post(f"permalink: {permalink}")) == [
        f"{A}:3:1: error: permalink {permalink!r} {phrase} [bad-address]"
    ]


# Dates


@pytest.mark.parametrize(
    ("path", "front", "instant", "origin"),
    [
        ("a.md", "date: 2024-01-31", "2024-01-31T00:00:00+01:00", "front matter"),
        ("a.md", "date: 2024-07-31 9:30", "2024-07-31T09:30:00+02:00", "front matter"),
        (
            "a.md",
            "date: 2024-01-31 23:30:00 -0500",
            "2024-01-31T23:30:00-05:00",
            "front matter",
        ),
        ("2024-01-31-a.md", "x: 1", "2024-01-31T00:00:00+01:00", "file name"),
        ("2024/01/31/a.md", "x: 1", "2024-01-31T00:00:00+01:00", "file name"),
        ("2024/01-31.md", "x: 1", "2024-01-31T00:00:00+01:00", "file name"),
        ("2020-01-01-a.md", "date: 2024-01-31", "2024-01-31T00:00:00+01:00", None),
        ("2024-01-31-a.md", "date:", "2024-01-31T00:00:00+01:00", "file name"),
    ],
)
def test_the_date_is_the_field_or_in_the_name_and_belongs_to_the_zone_of_the_site(
    path, front, instant, origin
):
    path = f"content/posts/{path}"
    toml = SITE["site.toml"] + 'timezone = "Europe/Oslo"\n'
    files = {"site.toml": toml, path: f"---\n{front}\n---\n"}
    moment = arranged(files).posts[path].date
    assert (moment.instant.isoformat(), moment.origin) == (
        instant,
        origin or "front matter",
    )


@pytest.mark.parametrize(
    ("front", "updated"),
    [
        ("updated: 2024-02-01", "2024-02-01T00:00:00+00:00"),
        ("lastmod: 2024-02-01 10:00 +01:00", "2024-02-01T10:00:00+01:00"),
        ("last_modified_at: 2024-02-01", "2024-02-01T00:00:00+00:00"),
        ("last_update: {date: 2024-02-01}", "2024-02-01T00:00:00+00:00"),
        ("last_update: {author: Ann}", None),
        ("updated: 2024-01-30", None),
        ("updated:", None),
    ],
)
def test_an_update_is_read_under_any_of_its_names_unless_it_lies_before(front, updated):
    files = {A: post(front)}
    assert [row["updated"] for row in rows(arranged(files))] == [updated]


# Authors


@pytest.mark.parametrize(
    ("front", "authors"),
    [
        ("author: Ann Lee", ("Ann Lee",)),
        ("authors: [Ann, Bo]", ("Ann", "Bo")),
        (
            "author: {name: Ann, url: https://a.org}",
            (Author(name="Ann", url="https://a.org"),),
        ),
        (
            "authors:\n- name: Ann\n  email: a@a.org\n- Bo",
            (Author(name="Ann", email="a@a.org"), "Bo"),
        ),
        ("author:", ()),
    ],
)
def test_authors_are_names_or_mappings(front, authors):
    assert only(post(front)).authors == authors


# Pages


@pytest.mark.parametrize(
    ("path", "front", "address"),
    [
        ("content/about.md", "x: 1", "/about/"),
        ("content/about/index.md", "x: 1", "/about/"),
        ("content/deep/er/page.md", "x: 1", "/deep/er/page/"),
        ("content/About Us.md", "x: 1", "/About Us/"),
        ("content/2024-01-31-notes.md", "x: 1", "/2024-01-31-notes/"),
        ("content/v1.2.md", "x: 1", "/v1.2/"),
        ("content/about.md", "slug: me", "/me/"),
        ("content/about.md", "permalink: /me.html", "/me.html"),
        ("content/index.md", "x: 1", "/"),
    ],
)
def test_a_page_lies_at_its_own_path_and_needs_no_date(path, front, address):
    site = arranged({path: f"---\n{front}\n---\nHello.\n"}).site
    assert [(p.address, p.date) for p in site.pages] == [(address, None)]
    assert site.posts == ()


def test_a_page_stands_in_no_list_of_posts():
    files = {A: post("title: A"), "content/canary.md": "---\ntags: [x]\n---\nMe.\n"}
    assert [row["source"] for row in rows(arranged(files))] == [A]
    naming = [path for path, text in output(files).items() if "canary" in text.lower()]
    assert naming == ["canary/index.html", "sitemap.xml"]
    assert said(files) == ""


@pytest.mark.parametrize("name", ["_drafts/x.md", "_posts/2024-01-31-x.md"])
@pytest.mark.parametrize("folder", ["content", "content/posts"])
def test_folders_with_an_underscore_are_never_read(folder, name):
    assert arranged({f"{folder}/{name}": post("title: A")}).posts == {}
