"""Order, held-back posts, previews, topics and sections.

Two sources on one address stand in `test_addresses.py`.
"""

import pytest

from blog.build import Options, arrange_site
from blog.listing import rows
from conftest import SITE, built, output, said, snapshot


def post(date="2024-01-31", front="x: 1", body="Hello.\n"):
    return f"---\ndate: {date}\n{front}\n---\n{body}"


def posts(**fronts):
    """Posts by name, each with its date and perhaps further fields behind a bar."""
    return {
        f"content/posts/{name}.md": post(*written.split(" | "))
        for name, written in fronts.items()
    }


def site(files, **options):
    return arrange_site(snapshot(files), options=Options(**options)).site


def names(found):
    return [p.path.rpartition("/")[2].partition(".")[0] for p in found]


# Order


def test_posts_come_newest_first_by_instant_whatever_their_offset():
    files = posts(
        a="2024-01-31 12:00 +00:00",
        b="2024-01-31 23:00 +12:00",
        c="2024-01-31 08:00 -08:00",
    )
    assert names(site(files).posts) == ["c", "a", "b"]


def test_posts_of_one_instant_come_by_path_falling():
    files = posts(a="2024-01-31", c="2024-01-31", b="2024-01-31 01:00 +01:00")
    assert names(site(files).posts) == ["c", "b", "a"]


def test_the_order_of_the_files_is_of_no_matter():
    files = posts(a="2024-01-31", b="2024-01-31", c="2023-01-31", d="2025-01-31")
    turned = dict(reversed(files.items()))
    assert site(turned) == site(files)


def test_a_page_shows_its_older_and_its_newer_neighbour():
    pages = output(posts(old="2022-01-01", mid="2023-01-01", new="2024-01-01"))
    linked = {
        name: [n for n in ("old", "mid", "new") if f'href="/blog/{n}/"' in text]
        for name in ("old", "mid", "new")
        for text in [pages[f"blog/{name}/index.html"].partition("<main")[2]]
    }
    assert linked == {"old": ["mid"], "mid": ["old", "new"], "new": ["mid"]}


def test_unlisted_and_held_posts_are_nobodys_neighbours():
    files = posts(
        old="2022-01-01",
        hush="2023-01-01 | unlisted: true",
        draft="2023-02-01 | draft: true",
        new="2024-01-01",
    )
    page = output(files)["blog/old/index.html"]
    assert [n for n in ("hush", "draft", "new") if f"/blog/{n}/" in page] == ["new"]


# Held back and previewed

HELD = posts(
    a="2024-01-31 | draft: true",
    b="2024-01-31 | published: false",
    c="2030-01-02",
    d="2030-01-01 23:59",
    e="2030-06-01 | draft: true",
)


def test_every_post_that_is_held_back_is_named_with_its_reason():
    held = {h.post.path[14:-3]: h.reason for h in site(HELD).held}
    assert held == {
        "a": "draft",
        "b": "published: false",
        "c": "dated 2030-01-02, in the future",
        "e": "draft",
    }
    assert names(site(HELD).posts) == ["d"]


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("UTC", ["2030-01-01", "2029-12-31"]),
        ("Asia/Tokyo", ["2030-01-01", "2029-12-31"]),
        ("America/New_York", ["2029-12-31"]),
    ],
)
def test_what_lies_in_the_future_is_decided_by_the_day_where_the_site_lives(
    zone, shown
):
    toml = SITE["site.toml"] + f'timezone = "{zone}"\n'
    files = posts(a="2029-12-31", b="2030-01-01", c="2030-01-02")
    found = site({"site.toml": toml, **files}).posts
    assert [str(p.date.day) for p in found] == shown


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({}, "d"),
        ({"drafts": True}, "edba"),
        ({"future": True}, "cd"),
        ({"drafts": True, "future": True}, "ecdba"),
    ],
)
def test_drafts_and_the_future_are_shown_on_request_with_the_reason(options, shown):
    found = site(HELD, **options)
    assert names(found.posts) == list(shown)
    assert sorted(found.previews) == sorted(
        f"content/posts/{name}.md" for name in shown if name != "d"
    )


def test_a_page_can_be_a_draft_too():
    files = {"content/x.md": "---\ndraft: true\n---\n"}
    assert ([h.reason for h in site(files).held], site(files).pages) == (["draft"], ())


def test_the_list_of_posts_names_the_held_back_ones_too_newest_first():
    found = rows(arrange_site(snapshot(HELD)))
    assert [(r["source"][14:-3], r["draft"], r["reason"]) for r in found] == [
        ("e", True, "draft"),
        ("c", False, "dated 2030-01-02, in the future"),
        ("d", False, None),
        ("b", False, "published: false"),
        ("a", True, "draft"),
    ]


def test_a_row_of_the_list_says_all_of_a_post():
    front = "title: Ä\nslug: ä b\ntags: [C++, x]\nupdated: 2024-02-01 10:00 +02:00"
    files = {"content/posts/a.md": post("2024-01-31 09:00 -05:00", front)}
    assert rows(arrange_site(snapshot(files))) == [
        {
            "source": "content/posts/a.md",
            "url": "/blog/%C3%A4%20b/",
            "title": "Ä",
            "date": "2024-01-31T09:00:00-05:00",
            "updated": "2024-02-01T10:00:00+02:00",
            "tags": ["C++", "x"],
            "draft": False,
            "listed": True,
            "reason": None,
        }
    ]


# Topics


def tags(files):
    return [(t.label, t.slug, t.count) for t in site(files).tags]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("[JavaScript], [javascript]", [("JavaScript", "javascript", 2)]),
        ("[C++], ['C#']", [("C#", "c-sharp", 1), ("C++", "c-plus-plus", 1)]),
        ("[b, a], [B]", [("a", "a", 1), ("b", "b", 2)]),
        ("[CSS, css], [x]", [("CSS", "css", 1), ("x", "x", 1)]),
        ("[Node.js], [node js]", [("Node.js", "node-js", 2)]),
        ("[é], [E\u0301]", [("é", "é", 2)]),
    ],
)
def test_tags_merge_by_slug_and_the_first_label_wins(written, found):
    one, two = written.split("], ")
    files = posts(new=f"2024-02-01 | tags: {one}]", old=f"2024-01-01 | tags: {two}")
    assert tags(files) == found


def test_two_labels_on_one_slug_are_a_warning_unless_only_their_case_differs():
    files = posts(a="2024-02-01 | tags: [Node.js, CSS]", b="2024-01-01 | tags: [css]")
    assert said(files) == ""
    files |= posts(c="2023-01-01 | tags: [node-js]")
    assert said(files) == (
        "content/posts/c.md:3:1: warning: the tags 'node-js' and 'Node.js' share the"
        " page /tags/node-js/ [tag-merge]\n  3 | tags: [node-js]\n    | ^^^^ write them"
        ' alike, or set [tags."node-js"] slug = "…" in site.toml'
    )


def test_the_registry_sets_slug_and_description_of_a_tag():
    toml = SITE["site.toml"] + '[tags."C++"]\nslug = "cpp"\ndescription = "Fast."\n'
    (tag,) = site({"site.toml": toml, **posts(a="2024-01-31 | tags: [C++]")}).tags
    assert (tag.slug, tag.address, tag.description) == ("cpp", "/tags/cpp/", "Fast.")


def test_held_back_and_unlisted_posts_do_not_count_for_a_tag():
    files = posts(
        a="2024-01-31 | tags: [x]",
        b="2024-01-31 | tags: [x, y]\ndraft: true",
        c="2024-01-31 | tags: [x, z]\nunlisted: true",
    )
    assert tags(files) == [("x", "x", 1)]


@pytest.mark.parametrize("label", ["…", "++", "🎉", "日本語", "..", "/"])
def test_no_tag_is_left_without_a_page(label):
    (tag,) = site(posts(a=f"2024-01-31 | tags: ['{label}']")).tags
    assert f"tags/{tag.slug}/index.html" in output(
        posts(a=f"2024-01-31 | tags: ['{label}']")
    )


# Sections


def test_a_file_belongs_to_the_deepest_folder():
    toml = SITE["site.toml"] + (
        '[[content]]\npath = "content/posts"\nbase = "/blog/"\n'
        '[[content]]\npath = "content/posts/notes"\nbase = "/notes/"\n'
        'permalink = "/notes/{slug}/"\n'
    )
    files = posts(a="2024-01-31") | {"content/posts/notes/b.md": post()}
    found = site({"site.toml": toml, **files})
    assert [(s.base, names(s.posts)) for s in found.sections] == [
        ("/blog/", ["a"]),
        ("/notes/", ["b"]),
    ]
    assert names(found.posts) == ["b", "a"]


def test_if_a_folder_is_given_the_default_one_is_gone():
    toml = SITE["site.toml"] + '[[content]]\npath = "notes"\n'
    files = {"site.toml": toml, "notes/a.md": post(), "content/posts/b.md": post()}
    found = site(files)
    assert (names(found.posts), [p.address for p in found.pages]) == (
        ["a"],
        ["/posts/b/"],
    )


def test_folders_with_one_base_share_a_list():
    toml = SITE["site.toml"] + (
        '[[content]]\npath = "one"\n[[content]]\npath = "two"\n'
    )
    files = {"one/a.md": post("2024-01-01"), "two/b.md": post("2024-01-02")}
    (section,) = site({"site.toml": toml, **files}).sections
    assert (section.base, names(section.posts)) == ("/blog/", ["b", "a"])


@pytest.mark.parametrize(
    "files",
    [{}, posts(a="2024-01-31 | draft: true"), {"content/posts/a.md": "---\nx: 1\n"}],
    ids=["nothing", "only a draft", "only a mistake"],
)
def test_a_site_without_a_post_has_no_posts_and_is_no_crash(files):
    assert built(files).summary.posts == 0
