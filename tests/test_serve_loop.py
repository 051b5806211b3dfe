"""The loop of the preview: what an edit shows, when, and what mistakes leave as it is."""

import os
from collections.abc import Iterator

import pytest

from blog.diagnostics import Abort
from blog.serve.streams import Streams
from blog.snapshot import Changed, content_of
from conftest import POST, A, B
from desk import PAGE_A, Desk, desk_of
from serving import SITE, save

PAGE_B, HOME = "blog/b/index.html", "index.html"
LONG = {**SITE, B: POST.replace("Hello.", "About b.\n\n<!-- more -->\n\nBelow.")}


@pytest.fixture
def desk(tmp_path, request) -> Iterator[Desk]:
    yield from desk_of(tmp_path / "site", LONG, *getattr(request, "param", ()))


def test_what_is_shown_is_the_output_of_a_build(desk):
    assert desk.digests() == desk.clean()


def test_nothing_new_is_no_turn(desk):
    assert desk.edit({A: POST}) is None
    assert desk.loop.look() is None
    assert desk.reader.seen == [desk.text(PAGE_A)]


def test_the_page_that_is_looked_at_comes_first_and_stays_as_it_was_shown(desk):
    made = desk.edit({A: POST + "\nMore.\n"})
    early, last = desk.reader.seen[1:]
    assert "More." in early
    assert early == last
    assert made.shown_after < made.seconds
    assert made.edits == (A,)
    assert PAGE_A in made.changed
    assert desk.digests() == desk.clean()


@pytest.mark.parametrize("desk", [(HOME,)], indirect=True)
def test_a_list_shows_the_new_summary_of_a_post_first_too(desk):
    desk.edit({A: POST.replace("Hello.", "Another beginning.")})
    assert "Another beginning." in desk.reader.seen[1]
    assert desk.digests() == desk.clean()


def test_a_new_title_reaches_every_page_that_names_the_post(desk):
    made = desk.edit({A: POST.replace("A post", "Renamed")})
    assert "Renamed" in desk.text(HOME)
    assert {PAGE_A, PAGE_B, HOME, "rss.xml"} <= set(made.changed)
    assert desk.digests() == desk.clean()


def test_a_template_changes_first_what_is_looked_at(desk):
    name = "templates/post.html"
    text = content_of(desk.sources.all().theme[name]).decode()
    desk.edit({name: text.replace("{% block main %}", "{% block main %}Mine.")})
    early, last = desk.reader.seen[1:]
    assert "Mine." in early
    assert early == last
    assert desk.digests() == desk.clean()


def test_an_edit_that_is_undone_while_it_is_looked_at_is_not_shown(desk):
    before = desk.digests()
    save(desk.root, {A: POST + "\nMore.\n"})

    def undone() -> None:
        if len(desk.reader.seen) == 2:
            save(desk.root, {A: POST})

    desk.reader.looks = undone
    desk.loop.edit(frozenset({str(desk.root / A)}))
    assert "More." in desk.reader.seen[1]
    assert "More." not in desk.reader.seen[2]
    assert desk.digests() == before


def test_a_new_page_is_known_although_it_began_with_a_mistake(desk):
    text = POST.replace("date", "redirect_from: /old/\ndate")
    new = "content/posts/c.md"
    desk.edit({new: text + "[x](no.md)\n"})
    desk.edit({new: text})
    table = desk.shown.table
    assert table.find("/old/").location == "/blog/c/"
    assert table.sources["blog/c/index.html"] == new


def test_what_was_saved_just_before_is_not_taken_for_another_edit(desk):
    desk.edit({A: POST + "\nMore.\n"})
    assert str(desk.root / A) in desk.sources.moved()
    assert desk.loop.look() is None
    os.utime(desk.root / A, (1, 1))
    assert desk.loop.look() is None


def test_a_first_build_is_begun_anew_while_files_change(tmp_path, monkeypatch):
    tries = []

    def restless(*_, **__):
        tries.append(1)
        raise Changed(tmp_path)

    monkeypatch.setattr("blog.serve.loop.build", restless)
    with pytest.raises(Abort, match="do not keep still"):
        Desk(tmp_path / "site", SITE)
    assert len(tries) == 3


def test_pages_take_little_room_in_memory(desk):
    blob = desk.shown.table.files[PAGE_B]
    assert blob.data is None
    assert len(blob.deflated or b"") < blob.size / 2
    assert content_of(blob).startswith(b"<!doctype html>")


def test_a_style_is_shown_with_the_page_that_names_it(desk):
    desk.edit({"static/extra.css": "main { color: red }"})
    address = next(n for n in desk.shown.table.files if n.startswith("extra."))
    assert address in desk.reader.seen[1]
    assert desk.digests() == desk.clean()


def test_a_picture_with_another_content_is_told_by_its_address(desk):
    desk.edit({"static/cat.png": b"one"})
    desk.edit({"static/cat.png": b"two"})
    assert desk.reader.renewed == ["/cat.png"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({A: "---\ntitle: x\n---\n"}, "missing-date"),
        ({A: POST + "[x](no.md)\n"}, "broken-link"),
        ({A: b"\xff\xfe"}, "not-utf8"),
        ({A: "---\ntitle: [\n---\n"}, "front-matter-syntax"),
        ({"templates/post.html": "{% if %}"}, "template-syntax"),
        ({"templates/post.html": "{{ nope }}"}, "template-undefined"),
        ({"site.toml": "[[["}, "config-syntax"),
    ],
)
def test_a_mistake_is_told_and_the_last_good_pages_stay(desk, files, code):
    before = desk.digests()
    desk.edit(files)
    assert [d.code for d in desk.shown.problems.errors] == [code]
    assert desk.digests() == before
    for name in files.keys() - LONG.keys():
        (desk.root / name).unlink()
    desk.edit({**LONG, A: POST + "\nMended.\n"})
    assert desk.shown.problems.errors == ()
    assert "Mended." in desk.text(PAGE_A)


def test_a_site_without_its_settings_says_so_and_comes_back(desk):
    (desk.root / "site.toml").unlink()
    desk.loop.look()
    assert "there is no site.toml" in desk.shown.problems.errors[0].message
    assert desk.loop.look() is None
    assert PAGE_A in desk.shown.table.files
    save(desk.root, LONG)
    desk.loop.look()
    assert desk.shown.problems.errors == ()


def test_a_folder_that_goes_and_comes_back_is_followed(desk):
    posts = desk.root / "content/posts"
    posts.rename(desk.root / "away")
    desk.loop.look()
    assert PAGE_A not in desk.shown.table.files
    (desk.root / "away").rename(posts)
    desk.loop.look()
    assert desk.digests() == desk.clean()


@pytest.mark.parametrize(
    ("new", "text"),
    [("content/posts/c.md", POST), (A, POST.replace("date", "slug: c\ndate"))],
)
def test_who_looks_at_a_page_follows_its_post_to_another_address(desk, new, text):
    (desk.root / A).unlink()
    save(desk.root, {new: text})
    desk.loop.look()
    assert desk.shown.went == {PAGE_A: "/blog/c/"}
    assert Streams(desk.shown)._gone_to("/blog/a/") == "/blog/c/"


def test_who_writes_on_while_a_build_goes_on_sees_it_at_once(desk, monkeypatch):
    monkeypatch.setattr("blog.serve.early._PAUSE", 0)
    desk.edit({A: POST + "\nOne.\n"})
    newer = {A: POST + "\nTwo.\n"}
    save(desk.root, {B: POST.replace("A post", "Other")})

    def writes_on() -> frozenset[str]:
        save(desk.root, newer)
        return frozenset({str(desk.root / A)})

    desk.loop._told = writes_on
    desk.loop.edit(frozenset({str(desk.root / B)}))
    assert "Two." in desk.text(PAGE_A)
    desk.loop.edit(writes_on())
    assert desk.digests() == desk.clean()


def test_drafts_and_posts_of_the_future_are_marked_in_the_list_of_all_posts(desk):
    desk.edit(
        {
            "content/posts/d.md": POST.replace("date", "draft: true\ndate"),
            "content/posts/u.md": POST.replace("date", "unlisted: true\ndate"),
            "content/posts/f.md": POST.replace("2024", "2924"),
        }
    )
    rows, title = desk.loop.overview()
    assert title == "Test"
    assert [(row.source[14:], row.state, row.address) for row in rows] == [
        ("f.md", "dated 2924-01-31, in the future", "/blog/f/"),
        ("u.md", "unlisted", "/blog/u/"),
        ("d.md", "draft", "/blog/d/"),
        ("b.md", "published", "/blog/b/"),
        ("a.md", "published", "/blog/a/"),
    ]
    assert "unlisted" in desk.shown.table.notes["blog/u/index.html"]
