"""`updates`: corrections of a post, shown below it and told to those who follow."""

import pytest

from conftest import A, built, lines, output
from sites import head, items, texts, values

UPDATES = "\n  - {date: 2024-02-02, note: Corrected *two* figures}\n  - date: 2024-03-04\n    note: Added a table"


def test_changes_stand_below_the_post_the_latest_first():
    post = output({A: head(updates=UPDATES)})["blog/a/index.html"]
    assert texts(post, ".changes h2, .changes dt, .changes dd") == [
        "Changes",
        *("4 Mar 2024", "Added a table"),
        *("2 Feb 2024", "Corrected *two* figures"),
    ]


def test_a_change_moves_the_feeds_and_what_the_post_says_of_itself():
    site = output({A: head(updates=UPDATES)})
    assert [item["date_modified"] for item in items(site)] == [
        "2024-03-04T00:00:00+00:00"
    ]
    assert "<updated>2024-03-04T00:00:00+00:00</updated>" in site["atom.xml"]
    post = site["blog/a/index.html"]
    assert texts(post, ".dt-updated") == ["4 Mar 2024"]
    modified = values(post, "[property='article:modified_time']", "content")
    assert modified == ["2024-03-04T00:00:00+00:00"]


def test_the_later_of_updated_and_updates_counts():
    site = output({A: head(updates=UPDATES, updated="2024-05-06")})
    assert texts(site["blog/a/index.html"], ".dt-updated") == ["6 May 2024"]


def test_a_page_may_have_changes_too():
    about = "---\ntitle: About\nupdates: [{date: 2024-02-02, note: Moved}]\n---\n"
    page = output({"content/about.md": about})["about/index.html"]
    assert texts(page, ".changes dt, .changes dd") == ["2 Feb 2024", "Moved"]


def test_a_post_without_changes_has_no_room_for_them():
    assert "changes" not in output({A: head()})["blog/a/index.html"].split("<main")[1]


def test_a_note_is_escaped():
    post = output({A: head(updates="[{date: 2024-02-02, note: '<b>'}]")})
    assert "<dd>&lt;b&gt;</dd>" in post["blog/a/index.html"]


LIST = "field 'updates' must be a list of dates and notes"
EXAMPLE = "write it like updates: [{date: 2024-02-01, note: Corrected the figures}]"


@pytest.mark.parametrize(
    ("written", "told", "hint"),
    [
        ("2024-02-02", f"error: {LIST} [field-type]", EXAMPLE),
        ("[2024-02-02]", f"error: {LIST} [field-type]", EXAMPLE),
        ("[{date: 2024-02-02}]", f"error: {LIST} [field-type]", EXAMPLE),
        (
            "[{date: 2024-02-02, note: ''}]",
            "error: field 'updates' must be a list of dates, each with a note"
            " [field-type]",
            EXAMPLE,
        ),
        (
            "[{date: 2024-02-30, note: x}]",
            "error: '2024-02-30' is a day that does not exist [bad-date]",
            "write it as date: 2024-01-31 or 2024-01-31 18:30:00 +02:00",
        ),
        (
            "[{date: 2023-02-02, note: x}]",
            "warning: the change of 2023-02-02 lies before the publication [bad-date]",
            "it is not shown; check both dates",
        ),
    ],
)
def test_a_bad_change_is_told_at_its_line(written: str, told: str, hint: str):
    first, _, last = lines(built({A: head(updates=written)}))
    assert first == f"{A}:4:1: {told}"
    assert last.lstrip(" |^") == hint


def test_in_posts_of_other_systems_the_field_means_nothing():
    files = {
        "site.toml": 'title = "T"\nbase_url = "https://example.org"\n'
        '[[content]]\npath = "blog"\ndialect = "docusaurus"\n',
        "blog/2024-01-31-a.md": "---\ntitle: A\nupdates: 3\n---\n\nHello.\n",
    }
    assert lines(built(files)) == []
