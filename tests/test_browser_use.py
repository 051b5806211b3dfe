"""Using the pages in Chromium: the theme, copying, no scripts, the Tab key."""

import re

import pytest
from playwright.sync_api import expect

pytest_plugins = ["browser"]

POST = "/blog/one-row-one-owner/"


# Theme

NOTE_THEME_AT_BODY = """
new MutationObserver(() => {
  if (document.body) window.themeAtBody ??= document.documentElement.dataset.theme;
}).observe(document, { childList: true, subtree: true });
"""
THEME = "document.documentElement.dataset.theme"
NO_STORAGE = """
Object.defineProperty(window, "localStorage", { get() { throw new Error("refused"); } });
"""


@pytest.mark.parametrize("script", ["", NO_STORAGE], ids=["kept", "not kept"])
def test_the_theme_switch_goes_round_by_system_light_and_dark(visit, script):
    page = visit("/", script=script)
    switch = page.locator("[data-theme-switch]")
    seen = []
    for _ in range(4):
        seen.append((switch.get_attribute("aria-label"), page.evaluate(THEME)))
        switch.click()
    assert seen == [
        ("Theme: system", None),
        ("Theme: light", "light"),
        ("Theme: dark", "dark"),
        ("Theme: system", None),
    ]


@pytest.mark.parametrize(("times", "theme"), [(1, "light"), (2, "dark")])
def test_the_chosen_theme_holds_on_every_page_before_anything_is_painted(
    visit, times, theme
):
    other = {"light": "dark", "dark": "light"}[theme]
    page = visit("/", script=NOTE_THEME_AT_BODY, color_scheme=other)
    for _ in range(times):
        page.get_by_role("button", name="Theme").click()
    for load in (page.reload, lambda: page.goto(POST), lambda: page.goto("/tags/")):
        load()
        assert page.evaluate("themeAtBody") == theme
        assert page.evaluate("getComputedStyle(document.body).colorScheme") == theme
        button = page.get_by_role("button", name=f"Theme: {theme}", exact=True)
        expect(button).to_be_visible()


def test_a_theme_chosen_in_one_tab_shows_in_the_others(visit):
    page = visit("/")
    other = page.context.new_page()
    other.goto("/about/")
    page.get_by_role("button", name="Theme").click()
    expect(other.get_by_role("button", name="Theme: light")).to_be_visible()


# Copy


def test_the_copy_button_puts_the_code_on_the_clipboard_as_it_is_shown(visit):
    page = visit(POST, permissions=["clipboard-read", "clipboard-write"])
    blocks = page.locator("figure.code").all()
    shown = [block.locator("code").inner_text() for block in blocks]
    copied = []
    for block in blocks:
        block.get_by_role("button", name="Copy").click()
        expect(block.get_by_role("button", name="Copied")).to_be_visible()
        copied.append(page.evaluate("navigator.clipboard.readText()"))
    assert len(copied) > 3
    assert copied == shown


# Without scripts


def test_without_scripts_nothing_is_shown_that_needs_them(tour):
    shown = tour(
        lambda page: page.locator(":is(button, dialog, .js):visible").count(),
        java_script_enabled=False,
    )
    assert shown == {}


def test_without_scripts_the_contents_list_leads_to_its_headings(visit):
    page = visit(POST, java_script_enabled=False)
    contents = page.get_by_role("navigation", name="Contents")
    assert contents.get_by_role("link").count() > 3
    for link in contents.get_by_role("link").all():
        fragment = link.get_attribute("href")
        link.click()
        expect(page).to_have_url(POST + fragment)
        heading = page.locator(f"[id='{fragment[1:]}']")
        expect(heading).to_be_in_viewport()
        expect(heading).to_contain_text(link.inner_text())


def test_without_scripts_the_folded_contents_list_opens_and_leads_on(visit):
    page = visit(POST, width=390, java_script_enabled=False)
    link = page.locator("details.toc a", has_text="The outbox")
    expect(link).to_be_hidden()
    page.get_by_text("Contents", exact=True).filter(visible=True).click()
    link.click()
    expect(page.get_by_role("heading", name="The outbox")).to_be_in_viewport()


def test_without_scripts_a_series_unfolds_its_parts(visit):
    page = visit("/blog/when-to-split/", java_script_enabled=False)
    page.get_by_text(re.compile(r"^Part \d of \d")).click()
    links = page.locator("details.series").get_by_role("link")
    expect(links.first).to_be_visible()
    address = links.first.get_attribute("href")
    links.first.click()
    expect(page).to_have_url(address)


def test_without_scripts_a_note_and_its_way_back_can_be_followed(visit):
    page = visit(POST, java_script_enabled=False)
    page.get_by_role("link", name="Note 1", exact=True).click()
    back = page.get_by_role("link", name="Back to note 1 in the text")
    expect(back).to_be_in_viewport()
    back.click()
    expect(page.get_by_role("link", name="Note 1", exact=True)).to_be_in_viewport()


def test_without_scripts_the_navigation_leads_to_every_section(visit):
    page = visit("/", java_script_enabled=False)
    sections = page.get_by_role("navigation", name="Site").get_by_role("link")
    names = sections.all_inner_texts()
    assert names == ["Ilse Vandermoor", "Writing", "Tags", "Archive", "About"]
    for name, address in zip(
        names, ["/", "/blog/", "/tags/", "/archive/", "/about/"], strict=True
    ):
        sections.get_by_text(name).click()
        expect(page).to_have_url(address)
        expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


# By keyboard

FOCUSED = """() => {
  const part = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(part);
  const { x, y, width, height } = part.getClientRects()[0];
  const top = document.elementFromPoint(x + width / 2, y + height / 2);
  const isOutlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return [part.textContent.trim() || part.ariaLabel, isOutlined, part.contains(top)];
}"""


@pytest.mark.parametrize("path", ["/", "/tags/", POST])
def test_the_first_stop_of_the_tab_key_leads_past_the_header(visit, path):
    page = visit(path)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{path}#main")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').matches(':focus-within')")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", ["/", POST])
def test_whatever_the_tab_key_reaches_is_outlined_and_in_sight(visit, path, width):
    page = visit(path, width=width)
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    assert len({name for name, _, _ in stops}) == 12
    assert stops == [[name, True, True] for name, _, _ in stops]
