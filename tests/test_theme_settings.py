"""`[theme]`: the colour, the type, and which scripts the pages have."""

import re
from pathlib import Path

import pytest

from blog.weights import gzipped
from conftest import POST, A, built, output
from sites import HEAD, texts, values

ROOT = Path(__file__).parent.parent
STYLES = (ROOT / "static/theme.css").read_text()
PATHS = ("", "/sub")
CODE = f"{HEAD}```python\nx = 1\n```\n"
FONT = {"static/fonts/my font.woff2": b"font"}
FACE = """\
@font-face {
  font-family: "Site";
  src: url("fonts/my%20font.woff2") format("woff2");
  font-weight: 100 900;
  font-display: swap;
}
"""


def settings(theme: str, path: str = "") -> str:
    """A `site.toml` with these lines in its `[theme]`, for a site below a path."""
    base = f'title = "Test"\nbase_url = "https://example.org{path}"\n'
    return f"{base}[theme]\n{theme}\n"


def site(theme: str, path: str = "", **files: str | bytes) -> dict[str, str]:
    """The finished site of one post that shows code."""
    return output({"site.toml": settings(theme, path), A: CODE, **files})


def scripts(page: str) -> list[str]:
    """What runs in a page, in order: names of files, digests left out, or types."""
    found = values(page, "script", "src")
    names = [re.sub(r"\.\w{8}\.js$", ".js", src) if src else "" for src in found]
    types = values(page, "script", "type")
    pairs = zip(names, types, strict=True)
    return [name or kind or "" for name, kind in pairs if kind != "application/ld+json"]


# Styles


def test_without_settings_the_style_sheet_is_the_one_of_the_theme():
    assert site("")["theme.css"] == STYLES
    assert site('hue = 262\ntext = "serif"')["theme.css"] == STYLES


@pytest.mark.parametrize(
    ("theme", "tokens", "face"),
    [
        ("hue = 25", "--hue: 25", ""),
        ("hue = 0", "--hue: 0", ""),
        ('text = "sans"', "--text: var(--sans)", ""),
        ('font = "fonts/my font.woff2"', '--text: "Site", var(--serif)', FACE),
        (
            'hue = 155\ntext = "sans"\nfont = "fonts/my font.woff2"',
            '--hue: 155; --text: "Site", var(--sans)',
            FACE,
        ),
    ],
)
def test_settings_stand_below_the_style_sheet_of_the_theme(
    theme: str, tokens: str, face: str
):
    added = f"\n@layer tokens {{\n:root {{ {tokens} }}\n}}\n{face}"
    assert site(theme, **FONT)["theme.css"] == STYLES + added


def test_settings_stand_below_a_style_sheet_of_the_site_as_well():
    own = site("hue = 25", **{"static/theme.css": "p {}"})["theme.css"]
    assert own == "p {}\n@layer tokens {\n:root { --hue: 25 }\n}\n"


def test_a_setting_gives_the_style_sheet_another_name():
    sheets = {
        href
        for theme in ("", "hue = 25", "hue = 26", 'text = "sans"')
        for href in values(site(theme)["index.html"], "link[rel=stylesheet]", "href")
    }
    assert len(sheets) == 4


def test_the_layer_of_settings_comes_first_in_the_style_sheet_of_the_theme():
    assert re.findall(r"@layer (\w+)", STYLES)[0] == "tokens"
    assert {"--hue", "--text", "--sans", "--serif"} <= set(
        re.findall(r"^\s*(--\w+):", STYLES, re.MULTILINE)
    )


@pytest.mark.parametrize("path", PATHS)
def test_a_font_is_found_wherever_the_site_lies(path: str):
    both = site('font = "fonts/my font.woff2"', path, **FONT)
    (sheet,) = values(both["index.html"], "link[rel=stylesheet]", "href")
    assert re.fullmatch(rf"{path}/theme\.\w{{8}}\.css", sheet or "")
    assert 'url("fonts/my%20font.woff2")' in both["theme.css"]
    assert "fonts/my font.woff2" in both


@pytest.mark.parametrize(
    ("font", "hint"),
    [
        ("fonts/my fond.woff2", "did you mean 'fonts/my font.woff2'?"),
        ("charter.woff2", "put it there, or take the line out"),
    ],
)
def test_a_font_that_does_not_exist_is_an_error(font: str, hint: str):
    result = built({"site.toml": settings(f'font = "{font}"'), A: POST, **FONT})
    assert [(d.severity, d.code, d.message, d.hint) for d in result.diagnostics] == [
        (
            "error",
            "config-value",
            f"there is no file 'static/{font}'",
            hint,
        )
    ]
    assert dict(result.artifacts) == {}


@pytest.mark.parametrize("path", PATHS)
def test_extra_styles_come_after_those_of_the_theme(path: str):
    pages = site("", path, **{"static/extra.css": "p {}"})
    for page in ("index.html", "blog/a/index.html", "404.html"):
        sheets = values(pages[page], "link[rel=stylesheet]", "href")
        assert [re.sub(r"\.\w{8}\.", ".", s or "") for s in sheets] == [
            f"{path}/theme.css",
            f"{path}/extra.css",
        ]
        assert all((s or "").removeprefix(f"{path}/") in pages for s in sheets)


def test_without_extra_styles_no_page_asks_for_them():
    assert "extra." not in "".join(
        text for path, text in site("").items() if path.endswith(".html")
    )


# Scripts

SWITCH, RULES = "/js/theme.js", "speculationrules"
SEARCH, COPY = "/js/search.js", "/js/copy.js"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("theme", "running"),
    [
        ("", [SWITCH, RULES, SEARCH, COPY]),
        ("switch = false", [RULES, SEARCH, COPY]),
        ('prefetch = "off"', [SWITCH, SEARCH, COPY]),
        ('search = "off"', [SWITCH, RULES, COPY]),
        ("copy_button = false", [SWITCH, RULES, SEARCH]),
        (
            'switch = false\nprefetch = "off"\nsearch = "off"\ncopy_button = false',
            [],
        ),
    ],
)
def test_a_switch_takes_its_script_away(path: str, theme: str, running: list[str]):
    page = site(theme, path)["blog/a/index.html"]
    assert scripts(page) == [f"{path}{s}" if "/" in s else s for s in running]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("theme", "buttons"),
    [
        ("", {"data-search", "data-theme-switch"}),
        ("switch = false", {"data-search"}),
        ('search = "off"', {"data-theme-switch"}),
        ('switch = false\nsearch = "off"', set()),
    ],
)
def test_a_switch_takes_its_button_away(path: str, theme: str, buttons: set[str]):
    pages = site(theme, path)
    for page in ("index.html", "blog/a/index.html", "404.html"):
        found = re.findall(r"<button type=\"button\" ([\w-]+)", pages[page])
        assert set(found) == buttons
        assert len(texts(pages[page], "header .tools")) == bool(buttons)
        assert len(texts(pages[page], "dialog")) == ("data-search" in buttons)


def test_code_alone_brings_the_script_that_copies_it():
    pages = output({A: POST, "content/posts/b.md": CODE})
    html = {path: text for path, text in pages.items() if path.endswith(".html")}
    assert [path for path, text in html.items() if COPY in scripts(text)] == [
        *("blog/b/index.html", "subscribe/index.html"),
    ]


def test_progress_is_shown_in_posts_unless_it_is_switched_off():
    shown = [p for p, t in site("").items() if 'class="progress"' in t]
    assert shown == ["blog/a/index.html"]
    none = site("progress = false")
    assert [p for p, t in none.items() if 'class="progress"' in t] == []


@pytest.mark.parametrize(
    ("contents", "shown"), [(3, False), (2, True), (1, True), (0, False)]
)
def test_a_contents_list_appears_from_so_many_headings(contents: int, shown: bool):
    text = f"{HEAD}## One\n\n## Two\n"
    pages = output({"site.toml": settings(f"contents = {contents}"), A: text})
    assert (texts(pages["blog/a/index.html"], "nav.toc .label") != []) is shown


# Weight


def test_the_style_sheet_is_small():
    source = (ROOT / "static/theme.css").read_bytes()
    assert len(source) <= 16 * 1024
    assert gzipped(source) <= 5_500


SCRIPTS = {
    **dict.fromkeys(("copy", "lost", "tabs", "theme"), 1_500),
    "search": 1_650,
    "full": 3_000,
}
"""Bytes of source that each may have."""


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_small(script: str):
    size = len((ROOT / f"static/js/{script}.js").read_bytes())
    assert size <= SCRIPTS[script]


def test_there_are_no_other_scripts():
    found = {path.stem for path in (ROOT / "static").rglob("*.*js")}
    assert found == SCRIPTS.keys()


def test_a_font_that_is_no_woff2_is_an_error():
    (found,) = built({"site.toml": settings('font = "a.ttf"'), A: POST}).diagnostics
    assert (found.span.line, found.message) == (
        4,
        "'theme.font' is no .woff2 file: 'a.ttf'",
    )
