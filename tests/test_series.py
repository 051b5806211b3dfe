"""Series: posts that belong together in an order their author chose."""

import re

import pytest

from blog.memo import Memo
from conftest import A, B, built, changed, output, said
from sites import head, texts, values

C = "content/posts/c.md"


def part(title: str, day: str, number: int | str = "", **fields: str) -> str:
    """A post of the series `Garden`, perhaps with a number."""
    return head(title, day, **{"series": "Garden", "part": str(number), **fields})


THREE = {
    A: part("Weed", "2024-01-03", 2),
    B: part("Sow", "2024-01-02", 1),
    C: part("Reap", "2024-01-01", 3),
}
"""Three parts whose dates say another order than their numbers."""


def shown(page: str) -> list[str]:
    """The parts that a post shows, in order."""
    return texts(page, ".series li")


def named(page: str) -> list[str]:
    """The line that the parts are folded into: which one this is, of how many."""
    return texts(page, ".series summary")


def test_a_post_says_which_part_of_its_series_it_is():
    site = output(THREE)
    assert [named(site[f"blog/{name}/index.html"]) for name in "bac"] == [
        ["Part 1 of 3: Garden"],
        ["Part 2 of 3: Garden"],
        ["Part 3 of 3: Garden"],
    ]


def test_a_post_leads_to_the_other_parts_and_marks_itself():
    page = output(THREE)["blog/a/index.html"]
    assert shown(page) == ["Sow", "Weed", "Reap"]
    assert values(page, ".series a", "href") == ["/blog/b/", "/blog/c/"]
    assert values(page, ".series li", "aria-current") == [None, "page", None]


def test_parts_without_numbers_come_by_date_the_oldest_first():
    unnumbered = {
        A: part("New", "2024-01-03"),
        B: part("Old", "2024-01-01"),
        C: part("Middle", "2024-01-02"),
    }
    page = output(unnumbered)["blog/c/index.html"]
    assert shown(page) == ["Old", "Middle", "New"]
    assert named(page) == ["Part 2 of 3: Garden"]


def test_parts_without_numbers_come_after_those_with_one_and_count_on():
    mixed = THREE | {B: part("Sow", "2023-01-01"), C: part("Reap", "2023-01-02")}
    site = output(mixed)
    assert shown(site["blog/a/index.html"]) == ["Weed", "Sow", "Reap"]
    assert named(site["blog/c/index.html"]) == ["Part 4 of 4: Garden"]


def test_a_gap_in_the_numbers_stays_a_gap():
    site = output(THREE | {C: part("Reap", "2024-01-01", 7)})
    page = site["blog/c/index.html"]
    assert named(page) == ["Part 7 of 7: Garden"]
    assert values(page, ".series li", "value") == ["1", "2", "7"]


def test_what_is_planned_is_named_last_and_leads_nowhere():
    planned = part("Weed", "2024-01-03", 2, planned="[Dry, Store]")
    page = output({**THREE, A: planned})["blog/b/index.html"]
    assert shown(page) == ["Sow", "Weed", "Reap", "Dry (to come)", "Store (to come)"]
    assert values(page, ".series a", "href") == ["/blog/a/", "/blog/c/"]
    assert named(page) == ["Part 1 of 5: Garden"]


def test_what_was_planned_and_is_written_is_one_part():
    planned = part("Weed", "2024-01-03", 2, planned="[Reap, Store]")
    page = output({**THREE, A: planned})["blog/b/index.html"]
    assert shown(page) == ["Sow", "Weed", "Reap", "Store (to come)"]


def test_the_plan_of_the_last_part_that_has_one_counts():
    plans = {
        A: part("Weed", "2024-01-03", 2, planned="[Dry]"),
        B: part("Sow", "2024-01-02", 1, planned="[Burn]"),
    }
    assert shown(output({**THREE, **plans})["blog/c/index.html"]) == [
        *("Sow", "Weed", "Reap", "Dry (to come)")
    ]


def test_a_series_of_one_post_is_shown_once_more_is_planned():
    alone, planned = head(series="Garden"), head(series="Garden", planned="[Reap]")
    assert shown(output({A: alone})["blog/a/index.html"]) == []
    assert shown(output({A: planned})["blog/a/index.html"]) == ["T", "Reap (to come)"]


def test_names_that_differ_in_letter_case_or_spaces_are_one_series():
    alike = {
        A: head("One", "2024-01-01", series="The Garden"),
        B: head("Two", "2024-01-02", series="the  garden"),
    }
    page = output(alike)["blog/b/index.html"]
    assert named(page) == ["Part 2 of 2: The Garden"]


def test_names_without_letters_are_still_told_apart():
    emoji = {
        A: head("One", "2024-01-01", series="🌱"),
        B: head("Two", "2024-01-02", series="🌱"),
        C: head("Three", "2024-01-03", series="🌾"),
    }
    site = output(emoji)
    assert named(site["blog/b/index.html"]) == ["Part 2 of 2: 🌱"]
    assert named(site["blog/c/index.html"]) == []


@pytest.mark.parametrize("field", ["draft", "unlisted"])
def test_what_readers_cannot_find_is_no_part(field: str):
    hidden = {B: part("Sow", "2024-01-02", 1, **{field: "true"})}
    site = output({**THREE, **hidden})
    assert shown(site["blog/a/index.html"]) == ["Weed", "Reap"]


def test_a_preview_shows_the_drafts_of_a_series():
    hidden = {B: part("Sow", "2024-01-02", 1, draft="true")}
    site = output({**THREE, **hidden}, drafts=True)
    assert shown(site["blog/a/index.html"]) == ["Sow", "Weed", "Reap"]


def test_parts_of_one_number_are_all_shown_the_older_first():
    doubles = {C: part("Reap", "2024-01-04", 2)}
    page = output({**THREE, **doubles})["blog/b/index.html"]
    assert shown(page) == ["Sow", "Weed", "Reap"]


def test_every_part_that_repeats_a_number_is_told():
    doubles = {A: part("Weed", "2024-01-03", 1), C: part("Reap", "2024-01-04", 1)}
    told = [(d.span.path, d.code) for d in built({**THREE, **doubles}).diagnostics]
    assert told == [(A, "series-part"), (C, "series-part")]


@pytest.mark.parametrize("number", ["two", "0", "-1", "1.5", "[1]", "²", "1 of 3"])
def test_a_part_is_a_whole_number_from_one_on(number: str):
    result = built({A: part("Weed", "2024-01-03", number)})
    assert [(d.code, d.span.line) for d in result.diagnostics] == [("field-type", 5)]


def test_a_part_of_no_series_is_not_looked_at():
    assert said({A: head(part="two", planned="[Reap]")}) == ""


def test_a_part_in_another_language_says_so():
    foreign = {B: part("Semer", "2024-01-02", 1, lang="fr")}
    page = output({**THREE, **foreign})["blog/a/index.html"]
    assert values(page, ".series li", "lang") == ["fr", None, None]


def test_markup_in_the_names_of_a_series_is_text():
    evil = {
        A: head("<i>One", series="<b>", planned="['<u>']"),
    }
    page = output(evil)["blog/a/index.html"]
    assert named(page) == ["Part 1 of 2: <b>"]
    assert shown(page) == ["<i>One", "<u> (to come)"]


def test_parts_are_linked_below_the_path_of_base_url():
    below = {"site.toml": 'title = "T"\nbase_url = "https://example.org/sub"\n'}
    page = output({**below, **THREE})["blog/a/index.html"]
    assert values(page, ".series a", "href") == ["/sub/blog/b/", "/sub/blog/c/"]


EVERY = {f"blog/{name}/index.html" for name in "abc"}


@pytest.mark.parametrize(
    ("edit", "pages"),
    [
        ({B: part("Strew", "2024-01-02", 1)}, EVERY),
        ({B: part("Sow", "2024-01-02", 4)}, EVERY),
        ({A: part("Weed", "2024-01-03", 2, planned="[Dry]")}, EVERY),
        (
            {"content/posts/d.md": part("Dry", "2023-01-01", 4)},
            EVERY | {"blog/d/index.html"},
        ),
        ({B: THREE[B].replace("Hello", "Goodbye")}, {"blog/b/index.html"}),
    ],
    ids=["title", "number", "plan", "another part", "text"],
)
def test_an_edit_of_a_part_changes_the_pages_of_the_others_but_its_text_does_not(
    edit: dict[str, str], pages: set[str]
):
    memo = Memo()
    before = built(THREE, memo=memo)
    after, clean = built({**THREE, **edit}, memo=memo), built({**THREE, **edit})
    posts = {p for p in changed(before, after) if re.fullmatch("blog/./index.html", p)}
    assert posts == pages
    assert changed(after, clean) == set()


@pytest.mark.parametrize("written", ["Boats", "[Boats, Trains]", "['  Boats ']"])
def test_a_series_is_named_by_a_word_or_by_the_first_of_a_list(written: str):
    files = {A: head(series=written), B: head("U", series="Boats")}
    page = output(files)["blog/a/index.html"]
    assert texts(page, ".series summary") == ["Part 1 of 2: Boats"]


def test_a_series_that_is_no_name_is_an_error():
    assert said({A: head(series="{a: b}")}).splitlines() == [
        "content/posts/a.md:4:1: error: field 'series' must be text [field-type]",
        "  4 | series: {a: b}",
        "    | ^^^^^^ write it like series: …",
    ]


@pytest.mark.parametrize("fields", ["part: 0\nseries: a\n", "series: {name: a}\n"])
@pytest.mark.parametrize("dialect", ["docusaurus", "jekyll"])
def test_where_another_system_means_something_else_it_is_no_mistake(
    dialect: str, fields: str
):
    path = {"jekyll": "old/_posts/2024-01-31-a.md", "docusaurus": "old/2024-01-31-a.md"}
    toml = f'title = "T"\nbase_url = "https://example.org"\n[[content]]\npath = "old"\ndialect = "{dialect}"\n'
    post = f"---\ntitle: A\n{fields}---\n\nHello.\n"
    assert said({"site.toml": toml, path[dialect]: post}) == ""
