"""Pictures for sharing: drawn for each page, the same on every machine."""

import io

import pytest
from PIL import Image

from blog.build import build
from blog.images import Wanted, drawn, not_drawn
from blog.memo import Memo
from blog.model import Build
from blog.shelf import MemoryShelf
from conftest import A, B, built, lines, snapshot
from sites import PNG, head, values

BASE = 'title = "T"\nbase_url = "https://example.org/sub"\n'
SITE = {"site.toml": BASE, A: head(tags="[x]"), B: head(title="B")}


def made(files: dict[str, str | bytes]) -> Build:
    result = built(files, preview=False)
    assert result.ok, lines(result)
    return result


def sharing(result: Build, path: str) -> dict[str, str | None]:
    """What the page says of its picture, by property."""
    page = (result.artifacts[path].blob.data or b"").decode()
    names = values(page, "meta[property^='og:image']", "property")
    contents = values(page, "meta[property^='og:image']", "content")
    return dict(zip(filter(None, names), contents, strict=True))


def poster(result: Build, path: str) -> bytes:
    address = sharing(result, path)["og:image"] or ""
    name = address.removeprefix("https://example.org/sub/")
    return result.artifacts[name].blob.data or b""


def wanted(title: str, **rest: object) -> Wanted:
    return Wanted(**{"title": title, "author": "Ada", "topics": (), "hue": 1, **rest})


def test_every_post_has_a_picture_of_its_own_with_its_size_and_a_text():
    result = made(SITE)
    a = sharing(result, "blog/a/index.html")
    assert {k: v for k, v in a.items() if k != "og:image"} == {
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "T",
    }
    assert poster(result, "blog/a/index.html") != poster(result, "blog/b/index.html")
    with Image.open(io.BytesIO(poster(result, "blog/a/index.html"))) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))


def test_lists_and_the_home_page_show_the_picture_of_the_site():
    result = made(SITE)
    of = {p: poster(result, p) for p in ("index.html", "archive/index.html")}
    assert len(set(of.values())) == 1
    assert poster(result, "blog/a/index.html") not in of.values()


def test_a_picture_of_the_posts_own_wins():
    result = made({**SITE, A: head(image="./cat.png"), "content/posts/cat.png": PNG})
    own = sharing(result, "blog/a/index.html")
    assert (own["og:image"] or "").endswith("/blog/a/cat.png")
    assert "og:image:width" not in own


def test_without_them_pages_have_none():
    result = made({**SITE, "site.toml": f"{BASE}[cards]\nenabled = false\n"})
    assert sharing(result, "blog/a/index.html") == {}
    assert not any(path.startswith("cards/") for path in result.artifacts)


def test_a_picture_is_drawn_again_only_for_what_stands_on_it():
    memo, shelf = Memo(), MemoryShelf()

    def drawn_for(files: dict[str, str]) -> set[str]:
        memo.computed.clear()
        build(snapshot(files), memo=memo, shelf=shelf)
        return {name for step, name in memo.computed if step == "poster"}

    assert drawn_for(SITE) == {A, B, ""}
    assert drawn_for({**SITE, "templates/404.html": "lost"}) == set()
    assert drawn_for({**SITE, A: head(title="Other", tags="[x]")}) >= {A}
    hue = f"{BASE}[theme]\nhue = 25\n"
    assert drawn_for({**SITE, "site.toml": hue}) == {A, B, ""}


def test_a_new_title_stands_on_the_picture_that_the_page_names():
    memo, shelf = Memo(), MemoryShelf()
    other = {**SITE, A: head(title="Other", tags="[x]")}
    build(snapshot(SITE), memo=memo, shelf=shelf)
    after = build(snapshot(other), memo=memo, shelf=shelf)
    clean = build(snapshot(other))
    assert set(after.artifacts) == set(clean.artifacts)
    page = "blog/a/index.html"
    assert sharing(after, page) == sharing(clean, page)


def test_the_same_words_give_the_same_bytes():
    assert drawn(wanted("A title")) == drawn(wanted("A title"))
    assert drawn(wanted("A title")) != drawn(wanted("A title", hue=2))


@pytest.mark.parametrize(
    "title", ["", "x", "word " * 90, "unbreakable" * 40, "…" * 300, "A–B—C"]
)
def test_every_title_can_be_drawn(title: str):
    with Image.open(io.BytesIO(drawn(wanted(title)))) as image:
        assert image.size == (1200, 630)


def test_what_the_font_has_not_is_named_once_with_the_line_to_write():
    files = {**SITE, A: head(title="Zürich"), B: head(title="Größe")}
    result = made(files)
    assert lines(result) == [
        "site.toml:1: warning: 2 pages have no picture for sharing, content/posts/a.md"
        " the first of them, since the font lacks 'ß', 'ö', 'ü' [poster-font]",
        '  1 | title = "T"',
        "    | write [cards] font = \"Inter\" and pip install 'blog[cards]',"
        " or draw none, [cards] enabled = false",
    ]
    assert poster(result, "blog/a/index.html") == poster(result, "index.html")


INTER = {**SITE, "site.toml": f'{BASE}language = "de"\n[cards]\nfont = "Inter"\n'}


def test_the_font_of_a_package_draws_what_half_of_europe_writes():
    pytest.importorskip("fontpkg_inter")
    titles = ("Größe: „Zürich“ – ‚daneben‘", "L’été à Łódź", "Привет, Αθήνα")
    for title in titles:
        result = made({**INTER, A: head(title=f"'{title}'")})
        assert lines(result) == []
        assert poster(result, "blog/a/index.html") != poster(result, "index.html")


@pytest.mark.parametrize(
    ("title", "hint"),
    [
        (
            "日本",
            'name one in static/ that has them, [cards] font = "…", or draw none,',
        ),
        ("שלום", "write [cards] enabled = false: no script that runs left is drawn"),
    ],
)
def test_of_letters_that_it_has_not_the_hint_says_what_would_help(title, hint):
    (warning,) = made({**SITE, A: head(title=title)}).diagnostics
    assert warning.hint.startswith(hint)


@pytest.mark.parametrize(
    ("font", "package"),
    [("Inter", "'blog[cards]'"), ("Open Sans", "fontpkg-open-sans")],
)
def test_a_font_whose_package_is_missing_is_told(monkeypatch, font, package):
    monkeypatch.setattr("blog.posters.font_of", lambda _: b"")
    result = made({**SITE, "site.toml": f'{BASE}[cards]\nfont = "{font}"\n'})
    (warning,) = result.diagnostics
    assert warning.message == f"the font {font!r} is not installed"
    assert warning.hint.startswith(f"pip install {package};")


def test_scripts_that_run_from_the_right_are_not_drawn():
    assert not_drawn(wanted("שלום")) != ""


def test_a_font_that_does_not_exist_is_told():
    result = built({**SITE, "site.toml": f'{BASE}[cards]\nfont = "no.ttf"\n'})
    assert [d.message for d in result.diagnostics] == [
        "there is no file 'static/no.ttf'"
    ]


def test_a_font_that_is_none_is_told():
    files = {
        **SITE,
        "site.toml": f'{BASE}[cards]\nfont = "a.ttf"\n',
        "static/a.ttf": "none",
    }
    result = built(files, preview=False)
    assert {d.message for d in result.diagnostics} == {
        "the font 'static/a.ttf' cannot be read"
    }


def test_a_preview_draws_none():
    assert not any(p.startswith("cards/") for p in built(SITE).artifacts)
