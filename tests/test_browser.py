"""What the pages look like in Chromium: whole, legible, still and light."""

import gzip

import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

pytest_plugins = ["browser"]

POST = "/blog/one-row-one-owner/"
PHONE, TABLET, DESK = 390, 820, 1440


# Sound


def test_no_page_complains_or_asks_another_host_or_breaks_its_own_policy(
    tour, troubles
):
    tour(use_everything, permissions=["clipboard-write"])
    assert troubles == []


def use_everything(page) -> None:
    """Whatever has a script behind it, and each part of it that is fetched late."""
    page.get_by_role("button", name="Theme").click()
    if page.locator("figure.code").count() > 0:
        page.get_by_role("button", name="Copy").first.click()
    page.keyboard.press("/")
    expect(page.get_by_role("status")).to_have_text("Latest posts")


# Whole

LOST = """() => {
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  const { scrollWidth, scrollHeight } = document.documentElement;
  const stands = (part) => {
    const { x, y, width, height } = part.getBoundingClientRect();
    const [left, top] = [x + scrollX, y + scrollY];
    return part.checkVisibility() && width > 0 && height > 0
      && left >= 0 && left + width <= scrollWidth
      && top >= 0 && top + height <= scrollHeight;
  };
  const isThere = (part) => part.closest(".toc")?.checkVisibility() ?? true;
  return [...document.querySelectorAll("li, li a, li time, li p")]
    .filter((part) => isThere(part) && !stands(part))
    .map((part) => part.textContent.trim());
}"""


def test_every_entry_of_every_list_stands_where_a_reader_can_see_it(tour):
    assert tour(lambda page: on_screens(page, (PHONE, TABLET, DESK), LOST)) == {}


BEYOND = "Math.max(0, document.documentElement.scrollWidth - innerWidth)"


def test_no_page_scrolls_sideways_on_any_screen(tour):
    screens = (320, PHONE, TABLET, DESK, 2560)
    assert tour(lambda page: on_screens(page, screens, BEYOND)) == {}


def test_neither_does_one_that_is_read_from_the_right(tour):
    turned = f"document.documentElement.dir = 'rtl', {BEYOND}"
    assert tour(lambda page: on_screens(page, (PHONE, DESK), turned)) == {}


def on_screens(page, widths, script) -> dict[int, object]:
    """What the script finds on which of the screens, by their width in pixels."""
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        found[width] = page.evaluate(script)
    return {width: what for width, what in found.items() if what}


@pytest.mark.parametrize("path", ["/blog/", "/tags/architecture/", "/404.html"])
def test_on_a_desk_the_dates_of_lists_hang_in_the_rail(visit, path):
    page = visit(path, width=DESK)
    entry = page.locator(".entries > li").first
    date, title = (entry.locator(part).bounding_box() for part in (".date", ".p-name"))
    assert date["x"] + date["width"] <= title["x"]
    assert abs(date["y"] - title["y"]) < title["height"]
    page.set_viewport_size({"width": PHONE, "height": 900})
    date, title = (entry.locator(part).bounding_box() for part in (".date", ".p-name"))
    assert (date["x"], date["y"] < title["y"]) == (title["x"], True)


# Still

WATCH_SHIFTS = """
window.shifts = [];
window.shiftsSeen = new PerformanceObserver((list) => shifts.push(...list.getEntries()));
shiftsSeen.observe({ type: "layout-shift", buffered: true });
"""
SCROLL_AND_TELL = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    await frame();
  }
  await frame();
  shifts.push(...shiftsSeen.takeRecords());
  return shifts.map(({ value, sources }) =>
    `${value}: ${sources.map(({ node }) => node?.nodeName + "." + node?.className)}`);
}"""


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_nothing_moves_while_a_page_loads_and_scrolls(tour, width):
    shifts = tour(
        lambda page: page.evaluate(SCROLL_AND_TELL), width=width, script=WATCH_SHIFTS
    )
    assert shifts == {}


WITHOUT_ROOM = """async () => {
  const without = [];
  for (const picture of document.querySelectorAll("img")) {
    picture.loading = "eager";
    await picture.decode();
    const [width, height] = getComputedStyle(picture).aspectRatio.match(/[\\d.]+/g) ?? [];
    const off = Math.abs(width / height - picture.naturalWidth / picture.naturalHeight);
    if (!(off < 0.01)) without.push(picture.getAttribute("src"));
  }
  return without;
}"""


def test_every_picture_is_given_its_room_before_it_arrives(tour):
    assert tour(lambda page: page.evaluate(WITHOUT_ROOM)) == {}


# Legible

COLOURS = """
const brush = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
const known = {};
const rgba = (colour) => known[colour] ??= painted(colour);
const painted = (colour) => {
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = colour;
  brush.fillRect(0, 0, 1, 1);
  return [...brush.getImageData(0, 0, 1, 1).data];
};
const behind = (part) => {
  for (let at = part; at; at = at.parentElement) {
    const colour = rgba(getComputedStyle(at).backgroundColor);
    if (colour[3] === 255) return colour;
  }
};
const inFront = (part) => rgba(getComputedStyle(part).color);
const light = (colour) => {
  const [r, g, b] = colour.map((value) => value / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (part) => {
  const [dark, bright] = [light(inFront(part)), light(behind(part))].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
};
"""
PAPER_AND_INK = f"""() => {{ {COLOURS}
  return [light(behind(document.body)), light(inFront(document.body))];
}}"""
FAINT = f"""() => {{ {COLOURS}
  const hasText = (part) =>
    [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  return [...document.querySelectorAll("body :not(.foot, .foot *)")]
    .filter((part) => part.checkVisibility() && hasText(part) && contrast(part) < 4.5)
    .map((part) => `${{contrast(part).toFixed(2)}} ${{part.textContent}}`);
}}"""


def test_the_page_takes_the_colours_of_the_readers_system(visit):
    page = visit(POST, color_scheme="light")
    paper, ink = page.evaluate(PAPER_AND_INK)
    assert paper > 0.9 and ink < 0.1
    page.emulate_media(color_scheme="dark")
    paper, ink = page.evaluate(PAPER_AND_INK)
    assert paper < 0.1 and ink > 0.6


def test_all_text_and_code_has_a_contrast_of_at_least_four_and_a_half(tour):
    assert tour(too_faint) == {}


def too_faint(page) -> list[str]:
    """The contrast and the text of all that is hard to read, by day or by night."""
    faint = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        faint += page.evaluate(FAINT)
    return faint


# On paper

PAPER = {"width": 680, "height": 962}
"""A4 within margins of 15 mm."""
CUT = """() => [...document.querySelectorAll("pre")]
  .filter((code) => code.scrollWidth > code.clientWidth).length"""


@pytest.mark.parametrize("path", [POST, "/blog/wide/"])
def test_a_post_prints_without_what_only_a_screen_can_use(visit, path):
    page = visit(path, width=PHONE)
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    useless = page.locator(".top, .foot, button, nav, details.toc, .after, .anchor")
    assert useless.count() > 0
    assert useless.filter(visible=True).all_inner_texts() == []
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".prose")).to_be_visible()


@pytest.mark.parametrize("path", [POST, "/blog/wide/"])
def test_code_is_whole_on_paper(visit, path):
    page = visit(path)
    assert path == POST or page.evaluate(CUT) == 1
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    assert page.evaluate(CUT) == 0


def test_a_dark_page_prints_as_dark_ink_on_light_paper(visit):
    page = visit(POST, color_scheme="dark")
    page.get_by_role("button", name="Theme: system").click()
    page.get_by_role("button", name="Theme: light").click()
    page.emulate_media(media="print", color_scheme="dark")
    paper, ink = page.evaluate(PAPER_AND_INK)
    assert paper > 0.9 and ink < 0.1


# Light


def test_a_long_post_with_its_style_and_scripts_is_at_most_25_000_bytes_on_the_wire(
    site,
):
    weights = [weight(site.folder, page) for page in site.folder.glob("blog/*/*.html")]
    assert len(weights) > 10
    assert max(weights) <= 25_000


def weight(folder, page) -> int:
    """Bytes of a page and of what it needs to be read and used, each packed."""
    tree = LexborHTMLParser(page.read_bytes())
    sheets = [n.attributes["href"] for n in tree.css("link[rel=stylesheet]")]
    scripts = [n.attributes["src"] for n in tree.css("script[src]")]
    assert sheets and scripts
    files = [page, *(folder / address[1:] for address in sheets + scripts)]
    return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
