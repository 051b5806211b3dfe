"""`blog serve` before the eyes of a writer: what an edit does to the page that is open."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from conftest import POST, A, B
from serving import Server, free_port, served, until

pytest_plugins = ["browser"]

PARAGRAPHS = [f"Paragraph {n}, of some length." for n in range(60)]
TEXT = POST.replace(
    "Hello.", "<details><summary>More</summary>\n\nInside.\n\n</details>\n\n"
)
C = "content/posts/c.md"
FILES = {
    "site.toml": 'title = "Test"\nbase_url = "https://example.org"\n'
    '[serve]\neditor = "touch {file}.opened-at-{line}"\n',
    A: TEXT + "\n\n".join(PARAGRAPHS) + '\n\n<input id="note">\n',
    B: POST.replace("A post", "Other"),
}


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    with served(tmp_path / "site", FILES, "--port", str(free_port())) as made:
        yield made


@pytest.fixture
def open_page(server, chromium) -> Iterator[Callable[..., Page]]:
    """Opens pages of one browser, and waits until each is kept up to date."""
    context = chromium.new_context(base_url=server.url)
    context.set_default_timeout(20_000)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))

    def opened(path: str) -> Page:
        page = context.new_page()
        page.goto(path)
        page.wait_for_selector("blog-live[live]", state="attached")
        page.evaluate("window.isSame = true")
        return page

    yield opened
    context.close()
    assert errors == []


def edited(place: int, text: str) -> dict[str, str]:
    """The post with another text in a paragraph."""
    lines = [text if n == place else each for n, each in enumerate(PARAGRAPHS)]
    return {A: TEXT + "\n\n".join(lines) + '\n\n<input id="note">\n'}


def line_of(text: str) -> int:
    """The line of the post on which a text stands, 1-based."""
    return FILES[A].split("\n").index(text) + 1


def in_view(page: Page, text: str) -> bool:
    box = page.get_by_text(text, exact=True).bounding_box()
    size = page.viewport_size
    assert size is not None
    return box is not None and 0 <= box["y"] <= size["height"] - box["height"]


def test_edits_leave_focus_scroll_and_what_was_opened_as_they_are(server, open_page):
    page = open_page("/blog/a/")
    page.locator("summary").click()
    page.locator("#note").fill("typed")
    page.locator("#note").focus()
    place = page.evaluate("scrollY")
    assert place > 0
    for number in range(50):
        server.write(edited(59, f"Edit {number}."))
        page.get_by_text(f"Edit {number}.", exact=True).wait_for(state="attached")
    assert page.evaluate(
        "[isSame, document.activeElement.id, note.value, scrollY,"
        " document.querySelector('details').open]"
    ) == [True, "note", "typed", place, True]


def test_the_paragraph_that_was_edited_comes_into_view(server, open_page):
    page = open_page("/blog/a/")
    for place in (50, 5):
        server.write(edited(place, f"Written at {place}."))
        page.get_by_text(f"Written at {place}.").wait_for()
        assert until(lambda p=place: in_view(page, f"Written at {p}."))
    assert page.evaluate("isSame")


def test_mistakes_lie_over_the_last_good_page_until_they_are_mended(server, open_page):
    page = open_page("/blog/a/")
    panel = page.locator("blog-live .panel")
    server.write(edited(0, "[x](./no.md)"))
    panel.wait_for()
    told = panel.inner_text()
    assert "1 mistake; what you see is the last good page" in told
    line = line_of(PARAGRAPHS[0])
    assert f"{A}:{line}:5: error: there is no post './no.md' [broken-link]" in told
    assert page.get_by_text(PARAGRAPHS[0]).is_visible()
    panel.locator(".place").click()
    assert until((server.root / f"{A}.opened-at-{line}").exists)
    server.write(edited(0, "Mended."))
    panel.wait_for(state="hidden")
    page.get_by_text("Mended.").wait_for()
    assert page.evaluate("isSame")


def test_every_tab_shows_what_concerns_it_and_no_more(server, open_page):
    post, home, other = (open_page(path) for path in ("/blog/a/", "/", "/blog/b/"))
    other.evaluate("document.body.dataset.mine = 1")
    server.write({A: FILES[A].replace("A post", "Entitled anew")})
    for page in (post, home):
        page.get_by_text("Entitled anew").first.wait_for()
        assert page.evaluate("isSame")
    assert "Entitled anew" in post.title()
    assert other.evaluate("document.body.dataset.mine") == "1"


def test_more_tabs_than_a_browser_has_connections_are_all_kept_up_to_date(
    server, open_page
):
    pages = [open_page("/blog/b/") for _ in range(8)]
    server.write({B: POST + "\nFor all.\n"})
    for page in pages:
        page.get_by_text("For all.").wait_for()


def test_who_looks_at_a_post_goes_with_it_to_its_new_address(server, open_page):
    page = open_page("/blog/b/")
    (server.root / B).rename(server.root / C)
    page.wait_for_url("**/blog/c/")
    page.wait_for_timeout(500)
    (server.root / C).unlink()
    page.get_by_text("This page is no more").wait_for()


def test_a_server_that_was_begun_anew_is_found_again(server, open_page):
    page = open_page("/blog/b/")
    server.end()
    server.write({B: POST + "\nMeanwhile.\n"})
    again = Server(server.root, "--port", str(server.port))
    try:
        page.get_by_text("Meanwhile.").wait_for()
        assert page.evaluate("isSame")
    finally:
        again.end()


def test_a_style_changes_without_a_new_page(server, open_page):
    page = open_page("/blog/b/")
    colour = "getComputedStyle(document.querySelector('h1')).color"
    for shade in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        server.write({"static/extra.css": f"h1 {{ color: {shade} }}"})
        assert until(lambda s=shade: page.evaluate(colour) == s)
    assert page.evaluate("isSame")
    page.wait_for_function(
        "document.querySelectorAll('link[href*=extra]').length === 1"
    )


def test_a_click_with_alt_opens_the_source_at_its_line(server, open_page):
    page = open_page("/blog/a/")
    page.get_by_text(PARAGRAPHS[3], exact=True).click(modifiers=["Alt"])
    line = line_of(PARAGRAPHS[3])
    page.get_by_text(f"opened {A}:{line}").wait_for()
    assert until((server.root / f"{A}.opened-at-{line}").exists)


def test_a_page_that_is_allowed_more_than_before_is_loaded_again(server, open_page):
    page = open_page("/blog/b/")
    server.write({B: POST + "\n![Cat](https://elsewhere.example/cat.png)\n"})
    page.get_by_role("img", name="Cat").wait_for(state="attached")
    assert page.evaluate("window.isSame") is None
