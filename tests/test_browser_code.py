"""Code and tabs in Chromium: what is copied, and how tabs are chosen."""

import pytest
from playwright.sync_api import expect

pytest_plugins = ["browser"]

POST = "/blog/code/"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
SELECT = "(node) => getSelection().selectAllChildren(node)"
READ = "navigator.clipboard.readText()"

TYPED = {
    0: 'import { a } from "./a.js";\n\nexport const answer = a(42); // forty-two\n',
    1: 'const now = "text";\n\nfails(now, 5);\ncareful(now, 5);\nexport class Marked {}\n',
    2: "import os\n\n\ndef seen(name):\n    return name\n",
    3: "for post in posts:\n    render(post)\n",
    4: "ls \\\n  -l\nwhoami",
}
"""What the button copies: no numbers, notes or removed lines, of sessions commands."""

SEEN = {
    **{number: text.rstrip("\n") for number, text in TYPED.items()},
    1: "const old = 1;\n" + TYPED[1].rstrip("\n"),
    4: "ls \\\n  -l\ntotal 0\nwhoami\nreader",
}
"""What a selection copies: all lines that are seen, without numbers and prompts."""


@pytest.mark.parametrize("number", TYPED)
def test_the_copy_button_takes_what_readers_would_type(visit, number):
    page = visit(POST, permissions=CLIPBOARD)
    block = page.locator("figure.code").nth(number)
    block.hover()
    block.get_by_role("button", name="Copy").click()
    expect(block.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate(READ) == TYPED[number]


@pytest.mark.parametrize("number", SEEN)
def test_a_selection_takes_the_lines_without_numbers_signs_and_prompts(visit, number):
    page = visit(POST, permissions=CLIPBOARD)
    page.locator("figure.code").nth(number).locator("pre").evaluate(SELECT)
    page.keyboard.press("ControlOrMeta+c")
    assert page.evaluate(READ) == SEEN[number]


def test_tabs_are_chosen_without_a_script(visit):
    page = visit(POST, java_script_enabled=False)
    one, other = (page.get_by_text(f"Words of the {n}") for n in ("first", "second"))
    expect(other).to_be_visible()
    expect(one).to_be_hidden()
    page.get_by_text("macOS").click()
    expect(one).to_be_visible()
    expect(other).to_be_hidden()


def test_tabs_are_radio_buttons_to_keyboards_and_screen_readers(visit):
    page = visit(POST)
    npm, yarn = (page.get_by_role("radio", name=name) for name in ("npm", "Yarn"))
    npm.focus()
    page.keyboard.press("ArrowRight")
    expect(yarn).to_be_focused()
    expect(yarn).to_be_checked()
    expect(page.get_by_text("yarn add left-pad")).to_be_visible()
    expect(page.get_by_text("npm install left-pad")).to_be_hidden()


NO_STORAGE = """
Object.defineProperty(window, "localStorage", { get() { throw new Error("refused"); } });
"""


def test_a_chosen_tab_is_kept_for_the_next_visit(visit, troubles):
    page = visit(POST)
    yarn = page.get_by_role("radio", name="Yarn")
    expect(yarn).not_to_be_checked()
    page.get_by_text("Yarn", exact=True).click()
    page.get_by_text("macOS").click()
    for load in (page.reload, lambda: (page.goto("/"), page.goto(POST))):
        load()
        expect(yarn).to_be_checked()
        expect(page.get_by_text("Words of the first")).to_be_visible()
    assert troubles == []


def test_what_was_chosen_is_there_before_anything_is_painted(visit):
    page = visit(POST, script=WATCH_SHIFTS)
    page.get_by_text("Yarn", exact=True).click()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("shifts.length") == 0


WATCH_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => shifts.push(...list.getEntries()))
  .observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("kept", ["", "5", '{"a": 1}', "[[]]", "{", '["Yarn", 7]'])
def test_whatever_another_site_of_this_host_has_stored_does_no_harm(
    visit, troubles, kept
):
    page = visit("/")
    page.evaluate("kept => localStorage.setItem('tabs', kept)", kept)
    page.evaluate("kept => localStorage.setItem('theme', kept)", kept)
    page.goto(POST)
    expect(page.get_by_role("button", name="Theme: system")).to_be_visible()
    page.get_by_text("Yarn", exact=True).click()
    expect(page.get_by_role("radio", name="Yarn")).to_be_checked()
    assert troubles == []


def test_where_nothing_can_be_stored_tabs_work_all_the_same(visit, troubles):
    page = visit(POST, script=NO_STORAGE)
    page.get_by_text("Yarn", exact=True).click()
    expect(page.get_by_role("radio", name="Yarn")).to_be_checked()
    assert troubles == []


def test_every_tab_is_printed(visit):
    page = visit(POST)
    page.emulate_media(media="print")
    words = ("npm install left-pad", "yarn add left-pad", "Words of the first")
    for text in (*words, "Words of the second"):
        expect(page.get_by_text(text)).to_be_visible()


def test_a_line_and_its_note_lead_to_each_other(visit):
    page = visit(POST)
    page.get_by_role("link", name="Note 1").click()
    assert page.locator(":target").inner_text().startswith("Newest first.")
    page.get_by_role("link", name="Back to the code").click()
    assert page.locator(":target").inner_text().strip() == "(1)"


def test_the_sign_of_a_changed_line_is_spoken(visit):
    page = visit(POST)
    tree = page.locator("figure.code").nth(1).aria_snapshot()
    for kind in ("removed:", "added:", "error:", "warning:"):
        assert kind in tree
