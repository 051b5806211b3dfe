"""Searching in Chromium: the dialog, its keys, and what it finds."""

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytest_plugins = ["browser"]


def index(site) -> list[dict[str, str]]:
    return json.loads((site.folder / "search.json").read_text())


class Search:
    """The dialog of a page, as a reader sees it."""

    def __init__(self, page):
        self.page = page
        self.dialog = page.get_by_role("dialog", name="Search")
        self.field = page.get_by_role("searchbox", name="Search posts")
        self.status = self.dialog.get_by_role("status")
        self.results = self.dialog.get_by_role("link")

    def open(self):
        self.page.keyboard.press("/")
        expect(self.status).to_have_text("Latest posts")
        return self


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_opens_the_search_with_the_latest_posts(site, visit, key):
    page = visit("/about/")
    search = Search(page)
    expect(search.dialog).to_be_hidden()
    page.keyboard.press(key)
    expect(search.field).to_be_focused()
    expect(search.status).to_have_text("Latest posts")
    latest = [post["title"] for post in index(site)[:8]]
    expect(search.results).to_have_text(latest)


def test_the_button_opens_the_search(visit):
    page = visit("/")
    page.get_by_role("button", name="Search").click()
    expect(Search(page).field).to_be_focused()


def test_a_post_is_found_first_by_its_title_whatever_the_case_and_accents(site, visit):
    search = Search(visit("/")).open()
    found = {}
    for post in index(site):
        search.field.fill(post["title"].upper())
        expect(search.status).to_have_text(re.compile(r"[1-9]\d* found"))
        found[post["title"]] = search.results.first.inner_text()
    assert found == {title: title for title in found}


@pytest.mark.parametrize("words", ["creme brulee", "CRÈME BRÛLÉE", "  zurich Creme "])
def test_words_without_accents_or_case_find_the_title_that_has_them(visit, words):
    search = Search(visit("/")).open()
    search.field.fill(words)
    expect(search.status).to_have_text("1 found")
    expect(search.results).to_have_text(["Crème brûlée, à la Zürich"])


def test_a_title_with_the_word_comes_before_newer_posts_that_only_mention_it(visit):
    search = Search(visit("/")).open()
    search.field.fill("notes")
    expect(search.results).to_have_text(
        [
            "Notes on log lines",
            "Small notes on health checks",
            "Where the ninety seconds went",
        ]
    )


def test_words_that_stand_nowhere_find_nothing(visit):
    search = Search(visit("/")).open()
    search.field.fill("zyzzyva")
    expect(search.status).to_have_text("0 found")
    expect(search.results).to_have_count(0)


def test_arrow_keys_move_to_the_results_and_back_and_enter_follows(visit):
    page = visit("/")
    search = Search(page).open()
    address = search.results.nth(1).get_attribute("href")
    for key, stop in [
        ("ArrowDown", search.results.nth(0)),
        ("ArrowDown", search.results.nth(1)),
        ("ArrowUp", search.results.nth(0)),
        ("ArrowUp", search.field),
        ("ArrowUp", search.field),
        ("ArrowDown", search.results.nth(0)),
        ("ArrowDown", search.results.nth(1)),
    ]:
        page.keyboard.press(key)
        expect(stop).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_enter_in_the_field_follows_the_first_result(visit):
    page = visit("/")
    search = Search(page).open()
    page.keyboard.type("one row")
    expect(search.results.first).to_have_text("One row, one owner")
    page.keyboard.press("Enter")
    page.wait_for_url("**/blog/one-row-one-owner/")


def test_escape_closes_the_search(visit):
    page = visit("/")
    search = Search(page).open()
    page.keyboard.press("Escape")
    expect(search.dialog).to_be_hidden()


def test_the_index_is_not_fetched_before_the_first_use_and_then_once(visit):
    page = visit("/")
    asked = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.reload()
    assert "/search.json" not in asked
    search = Search(page).open()
    page.keyboard.type("queue")
    expect(search.status).to_contain_text("found")
    assert asked.count("/search.json") == 1


def test_a_slash_in_the_field_is_text(visit):
    search = Search(visit("/")).open()
    search.page.keyboard.type("ci/cd")
    expect(search.field).to_have_value("ci/cd")


@pytest.mark.parametrize("words", ["reader's", "reader\u2019s", "\u201creaders code"])
def test_a_title_is_found_with_quotes_of_every_kind_or_none(visit, words):
    search = Search(visit("/")).open()
    search.field.fill(words)
    expect(search.results).to_have_text(["Every reader\u2019s code"])


def test_what_is_typed_while_the_index_is_on_its_way_is_what_is_found(visit):
    page = visit("/")
    asked = []

    def late(route):
        asked.append(route.request.url)
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/search.json", late)
    page.keyboard.press("/")
    page.keyboard.type("one row, one")
    results = Search(page).results
    expect(results).to_have_text(["One row, one owner"])
    page.wait_for_timeout(500)
    expect(results).to_have_text(["One row, one owner"])
    assert len(asked) == 1


def test_a_fetch_that_failed_is_tried_again(visit):
    page = visit("/")
    page.route("**/search.json", lambda route: route.abort(), times=1)
    page.keyboard.press("/")
    page.wait_for_timeout(100)
    page.keyboard.type("one row")
    expect(Search(page).results.first).to_have_text("One row, one owner")


def test_enter_that_ends_a_composition_follows_nothing(visit):
    page = visit("/")
    search = Search(page).open()
    search.field.evaluate(
        """(field) => field.dispatchEvent(new KeyboardEvent("keydown",
             { key: "Enter", isComposing: true, bubbles: true }))"""
    )
    page.wait_for_timeout(200)
    assert urlsplit(page.url).path == "/"
