"""How people read: back and forth, enlarged, without motion, in colours of their own."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytest_plugins = ["browser"]

POST, LIST = "/blog/one-row-one-owner/", "/blog/"
STRINGS = Path(__file__).parent.parent / "templates/strings"
BEYOND = "Math.max(0, document.documentElement.scrollWidth - innerWidth)"


def test_back_and_forward_lead_to_where_one_was(visit, troubles):
    page = visit(LIST)
    page.evaluate("scrollTo(0, 600)")
    page.get_by_role("link", name="There is no version two").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no version two")
    page.go_back()
    page.wait_for_url(f"**{LIST}")
    page.wait_for_function("() => scrollY > 300")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no version two")
    assert troubles == []


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_only_who_likes_motion_has_any(visit, motion):
    page = visit(POST, reduced_motion=motion)
    running = page.evaluate("document.getAnimations().length")
    assert (motion, running > 0) == (motion, motion == "no-preference")


def test_in_colours_of_the_readers_own_everything_is_there(visit):
    page = visit(POST, forced_colors="active")
    for name in ("Theme", "Search"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    border = page.locator(".tags a").first.evaluate(
        "(tag) => getComputedStyle(tag).borderStyle"
    )
    assert border == "solid"


@pytest.mark.parametrize("path", ["/", LIST, POST, "/archive/", "/projects/"])
def test_enlarged_twice_nothing_scrolls_sideways(visit, path):
    page = visit(path, width=640, device_scale_factor=2)
    assert page.evaluate(BEYOND) == 0


@pytest.mark.parametrize("path", ["/", LIST, POST, "/archive/", "/404.html"])
@pytest.mark.parametrize("width", [390, 1440])
def test_letters_twice_as_large_stay_on_the_page(visit, path, width):
    page = visit(path, width=width, bypass_csp=True)
    page.add_style_tag(content=":root { font-size: 200% !important }")
    assert page.evaluate(BEYOND) == 0


STYLE = "(part, name) => getComputedStyle(part)[name]"


def test_lists_of_an_authors_own_class_keep_their_marks(visit):
    page = visit("/blog/wide/")
    for words, style in [
        ("A list with a class", "disc"),
        ("and an item that is none", "disc"),
        ("A task", "none"),
    ]:
        item = page.locator(".prose li", has_text=words)
        assert (words, item.evaluate(STYLE, "listStyleType")) == (words, style)


def test_japanese_is_stressed_by_dots_and_never_slanted(visit):
    stressed = visit("/blog/wide/").locator("em", has_text="\u5f37\u8abf")
    assert stressed.evaluate(STYLE, "fontStyle") == "normal"
    assert stressed.evaluate(STYLE, "textEmphasisStyle").endswith("dot")


INTL = """([language, skeleton]) => [...Array(12).keys()].map((month) =>
  new Intl.DateTimeFormat(language, { timeZone: "UTC", ...skeleton })
    .format(new Date(Date.UTC(2026, month, 4))))"""
SKELETONS = {
    "day": {"year": "numeric", "month": "short", "day": "numeric"},
    "day_of_year": {"month": "short", "day": "numeric"},
    "month": {"year": "numeric", "month": "long"},
}


@pytest.mark.parametrize("pattern", SKELETONS)
@pytest.mark.parametrize(
    "language", ["en-US", "de", "fr", "es", "ja", "ar", "ar-EG", "ar-SA"]
)
def test_dates_are_those_that_the_browser_itself_writes(visit, language, pattern):
    asked = {**SKELETONS[pattern], "calendar": "gregory"}
    written = visit("/").evaluate(INTL, [language, asked])
    ours = [_date(language, pattern, month) for month in range(1, 13)]
    bare = [text.replace("\u200f", "").removesuffix(" م") for text in written]
    assert ours == bare


def _date(language: str, pattern: str, month: int) -> str:
    from blog.engine import Reader
    from blog.wording import Wording
    from test_wording import Known

    calendar: dict[str, object] = {}
    parts = ("en", language.split("-")[0].lower(), language.lower())
    for name in dict.fromkeys(parts):
        file = STRINGS / f"{name}.toml"
        if file.exists():
            calendar |= tomllib.loads(file.read_text()).get("calendar", {})
    facts = Known(
        {"config:language": language, f"calendar:{language.lower()}": calendar}
    )
    wording = Wording(Reader(facts))
    return getattr(wording, pattern)(date(2026, month, 4))
