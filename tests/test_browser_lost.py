"""The page for those who came to an address that does not exist."""

import pytest
from playwright.sync_api import expect

pytest_plugins = ["browser"]

POST = "/blog/one-row-one-owner/"


@pytest.fixture
def lost(visit, site):
    """Opens an address that the host does not know."""

    def opened(path: str, **options):
        page = visit("/", **options)
        body = (site.folder / "404.html").read_text()
        page.route(
            f"**{path}", lambda r: r.fulfill(body=body, content_type="text/html")
        )
        page.goto(path)
        return page

    return opened


@pytest.mark.parametrize(
    "path",
    [
        "/blog/one-row-one-ownre/",
        "/2019/05/one-row-one-owner.html",
        "/one_row_one_owner",
    ],
)
def test_a_lost_reader_is_shown_the_nearest_address(lost, path, troubles):
    page = lost(path)
    link = page.locator(".near a")
    expect(link).to_have_text(POST)
    link.click()
    page.wait_for_url(f"**{POST}")
    assert troubles == []


def test_an_address_that_is_no_text_is_looked_up_as_it_came(lost, troubles):
    page = lost("/blog/one-row-one-owner%ff/")
    expect(page.locator(".near a")).to_have_text(POST)
    assert troubles == []


def test_where_nothing_is_near_nothing_is_offered(lost):
    page = lost("/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".near")).to_be_hidden()
    expect(page.get_by_role("link", name="Look through the archive")).to_be_visible()


def test_a_lost_reader_may_search(lost):
    page = lost("/nowhere/")
    page.get_by_role("button", name="Search the site").click()
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_without_scripts_the_archive_is_the_way_out(lost):
    page = lost("/nowhere/", java_script_enabled=False)
    for name in ("Search the site", "Did you mean"):
        expect(page.get_by_text(name)).to_be_hidden()
    page.get_by_role("link", name="Look through the archive").click()
    assert page.url.endswith("/archive/")
