"""Search in whole texts, by keyboard and by hand."""

import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from blog.build import Options, build
from blog.model import Blob
from blog.shelf import MemoryShelf
from blog.snapshot import take_snapshot
from disk import publish

ROOT = Path(__file__).parent.parent
pytest.importorskip("pagefind")
pytest_plugins = ["browser"]


@pytest.fixture(scope="module")
def full(site):
    """The sample site once more, below `/full`, with its texts searched."""
    taken = take_snapshot(
        ROOT, output=site.folder, now=datetime(2030, 1, 1, tzinfo=UTC)
    )
    settings = (ROOT / "site.toml").read_text() + '\nsearch = "full"\n'
    files = {**taken.files, "site.toml": Blob.of(settings.encode())}
    result = build(
        replace(taken, files=files),
        options=Options(base_url=f"{site.url}/full"),
        shelf=MemoryShelf(),
    )
    assert result.ok, result.diagnostics
    publish(result.artifacts, site.folder / "full", site.folder.parent)
    return "/full"


def test_a_word_deep_in_a_text_is_found_by_keyboard_alone(visit, full, troubles):
    page = visit(f"{full}/about/")
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    page.keyboard.type("scaffold")
    results = page.get_by_role("navigation", name="Results").get_by_role("link")
    expect(results.first.locator("mark").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(results.first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{full}/**")
    assert troubles == []


def test_results_can_be_kept_to_a_topic_and_a_year(visit, full):
    page = visit(f"{full}/")
    page.keyboard.press("Control+k")
    page.get_by_role("searchbox").fill("service")
    status = page.locator("#search output")
    expect(status).to_have_text(re.compile(r"\d+ found"))
    every = status.inner_text()
    page.locator("select[name=year]").select_option("2024")
    expect(status).not_to_have_text(every)
    expect(page.locator("#search nav a").first).to_be_visible()


def test_opening_the_search_fetches_no_part_of_the_index(visit, full):
    asked = []
    page = visit(f"{full}/about/")
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("/")
    expect(page.get_by_role("status")).to_be_empty()
    assert [url for url in asked if ".pf_index" in url] == []


def test_nothing_of_the_engine_is_fetched_before_it_is_used(visit, full):
    asked = []
    page = visit("/about/")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{full}/about/")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "pagefind" in url] == []


def test_the_first_result_is_there_within_a_blink(visit, full):
    page = visit(f"{full}/about/")
    page.keyboard.press("/")
    expect(page.get_by_role("status")).to_be_empty()
    began = time.perf_counter()
    page.get_by_role("searchbox").fill("scaffold")
    page.locator("#search mark").first.wait_for()
    assert time.perf_counter() - began < 1


def test_the_first_result_does_not_wait_for_the_others(visit, full):
    page = visit(f"{full}/about/")
    held = []
    page.route("**/*.pf_fragment", lambda route: _hold(route, held))
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("service")
    results = page.locator("#search nav a")
    expect(results.first).to_be_visible()
    count = results.count()
    for route in held:
        route.continue_()
    page.wait_for_function(
        "n => document.querySelectorAll('#search nav a').length > n", arg=count
    )


def _hold(route, held):
    """Lets the first go on, and keeps the others."""
    if held or getattr(_hold, "gone", False):
        held.append(route)
    else:
        _hold.gone = True
        route.continue_()


def test_an_engine_that_did_not_come_is_fetched_again(visit, full):
    page = visit(f"{full}/about/")
    page.route("**/pagefind.js", lambda route: route.abort(), times=1)
    page.keyboard.press("/")
    page.wait_for_timeout(300)
    page.get_by_role("searchbox").fill("scaffold")
    expect(page.locator("#search mark").first).to_be_visible()
