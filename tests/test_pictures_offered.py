"""A picture is offered in sizes and formats; the browser takes the one that suits."""

import re

import pytest
from PIL import Image

from blog.images.recipes import widths_due
from blog.memo import Memo
from blog.model import Build
from conftest import SITE, A, B, built, changed, lines
from photos import BLUE, RED, file, opened, photo, png
from sites import HEAD, values

PHOTO = photo()
CAT = "content/posts/cat.jpg"
SHOWN = {CAT: PHOTO, A: HEAD + "![A cat](./cat.jpg)\n"}
"""A post with a photograph of 1600 × 1200 pixels."""


def page(result: Build, path: str = "blog/a/index.html") -> str:
    """The page as text, with `#` for the digests in the names of pictures."""
    assert result.ok, lines(result)
    html = (result.artifacts[path].blob.data or b"").decode()
    return re.sub(r"(\.\d+\.)[0-9a-f]{8}\.", r"\1#.", html)


def body(text: str, **files: str | bytes) -> str:
    """The body of a post with this text, on one line."""
    html = page(built({**SHOWN, **files, A: HEAD + text}))
    return html.split('e-content">', 1)[1].split("</div>")[0].strip()


def pictures(result: Build) -> dict[str, bytes]:
    """The files of pictures of a site by path, with `#` for their digests."""
    return {
        re.sub(r"(\.\d+\.)[0-9a-f]{8}\.", r"\1#.", path): artifact.blob.data or b""
        for path, artifact in result.artifacts.items()
        if path.endswith((".jpg", ".png", ".webp", ".avif", ".gif", ".bmp"))
    }


def test_a_photograph_is_offered_in_three_sizes_and_two_formats():
    sizes = "(max-width: 668px) calc(100vw - 38px), 630px"
    assert body("![A cat](./cat.jpg)\n") == (
        '<p><picture><source type="image/avif" srcset="/blog/a/cat.480.#.avif 480w,'
        " /blog/a/cat.960.#.avif 960w, /blog/a/cat.1440.#.avif 1440w"
        f'" sizes="{sizes}">'
        '<source type="image/webp" srcset="/blog/a/cat.480.#.webp 480w,'
        " /blog/a/cat.960.#.webp 960w, /blog/a/cat.1440.#.webp 1440w"
        f'" sizes="{sizes}">'
        '<img src="/blog/a/cat.1440.#.jpg" alt="A cat" width="1440" height="1080"'
        ' class="r4 g1 b4" fetchpriority="high" decoding="async"></picture></p>'
    )


def test_each_file_is_what_its_name_says():
    found = pictures(built(SHOWN))
    assert {path: opened(data).size for path, data in found.items()} == {
        f"blog/a/cat.{width}.#.{suffix}": (width, width * 3 // 4)
        for width in (480, 960, 1440)
        for suffix in ("avif", "webp", "jpg")
        if suffix != "jpg" or width == 1440
    }
    assert sum(map(len, found.values())) < len(PHOTO)


def test_the_file_of_the_author_is_not_published_where_it_is_only_shown():
    assert "blog/a/cat.jpg" not in built(SHOWN).artifacts


def test_a_list_a_feed_and_raw_html_have_the_same_picture():
    text = '<p><img src="cat.jpg" alt="A cat"></p>\n\n<!-- more -->\n'
    site = built({**SHOWN, A: HEAD + text})
    (address,) = values(page(site), ".prose picture > img", "src")
    assert address == "/blog/a/cat.1440.#.jpg"
    assert values(page(site, "blog/index.html"), "picture > img", "src") == [address]
    html = page(site, "feed.json")
    assert f'src=\\"https://example.org{address}' in html
    assert 'srcset=\\"https://example.org/blog/a/cat.480.#.avif 480w, https://' in html


def test_the_first_picture_is_fetched_at_once_and_in_lists_none_is():
    text = "![One](cat.jpg)\n\n<img src=cat.jpg alt=Two>\n\n![Three](cat.jpg)\n"
    site = built({**SHOWN, A: HEAD + text + "\n<!-- more -->\n"})
    html, listed = page(site), page(site, "blog/index.html")
    assert values(html, ".prose img", "fetchpriority") == ["high", None, None]
    assert values(html, ".prose img", "loading") == [None, "lazy", "lazy"]
    assert values(listed, "main img", "loading") == ["lazy"] * 3


@pytest.mark.parametrize(
    ("width", "due"),
    [
        (4000, (480, 960, 1440)),
        (1440, (480, 960, 1440)),
        (1200, (480, 960, 1200)),
        (1000, (480, 1000)),
        (500, (500,)),
        (480, (480,)),
        (479, ()),
    ],
)
def test_no_size_is_wider_than_the_picture_or_nearly_another(
    width: int, due: tuple[int, ...]
):
    assert widths_due(width, (960, 480, 1440)) == due


def test_a_small_picture_stays_as_it_is():
    small = photo(200, 150, exif=b"", comment=b"")
    html = body("![A cat](cat.jpg)", **{CAT: small})
    assert 'src="/blog/a/cat.jpg" alt="A cat" width="200" height="150"' in html
    assert "<picture>" not in html
    assert pictures(built({**SHOWN, CAT: small})) == {"blog/a/cat.jpg": small}


def test_what_would_be_no_smaller_is_not_offered():
    flat = png(1200, 900)
    files = {"content/posts/flat.png": flat, A: HEAD + "![Flat](flat.png)"}
    html = page(built(files))
    assert values(html, ".prose img", "src") == ["/blog/a/flat.png"]
    made = [data for path, data in pictures(built(files)).items() if "1200" in path]
    assert all(len(data) <= len(flat) for data in made)


def test_the_settings_say_which_sizes_and_formats_there_are():
    toml = f'{SITE["site.toml"]}[images]\nwidths = [300, 700]\nformats = ["webp"]\n'
    found = pictures(built({**SHOWN, "site.toml": toml}))
    assert sorted(found) == [
        "blog/a/cat.300.#.webp",
        "blog/a/cat.700.#.jpg",
        "blog/a/cat.700.#.webp",
    ]
    none = f"{SITE['site.toml']}[images]\nwidths = []\n"
    assert sorted(pictures(built({**SHOWN, "site.toml": none}))) == ["blog/a/cat.jpg"]


def moving(format: str) -> bytes:
    """A picture with two frames, as wide as a photograph."""
    frames = [Image.new("RGB", (600, 400), colour) for colour in (RED, BLUE)]
    return file(frames[0], format, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG"])
def test_what_moves_is_left_as_it_is(format: str):
    name, data = f"cat.{format.lower()}", moving(format)
    files = {f"content/posts/{name}": data, A: HEAD + f"![A cat]({name})"}
    assert pictures(built(files)) == {f"blog/a/{name}": data}
    assert values(page(built(files)), ".prose img", "width") == ["600"]


def test_a_drawing_is_left_as_it_is():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"/>'
    files = {"content/posts/d.svg": svg, A: HEAD + "![A cat](d.svg)"}
    assert built(files).artifacts["blog/a/d.svg"].blob.data == svg.encode()


def test_a_picture_of_static_is_offered_beside_it_and_stays_there():
    bare = photo(exif=b"", comment=b"")
    files = {"static/img/cat.jpg": bare, A: HEAD + "![A cat](/img/cat.jpg)"}
    site = built(files)
    assert site.artifacts["img/cat.jpg"].blob.data == bare
    (address,) = values(page(site), ".prose img", "src")
    assert address == "/img/cat.1440.#.jpg"


def test_a_picture_that_nothing_shows_is_not_made():
    memo = Memo()
    other = {"content/posts/dog.jpg": PHOTO, "static/dog.jpg": PHOTO}
    site = built({**SHOWN, **other}, memo=memo)
    assert ("picture", "content/posts/dog.jpg") not in memo.computed
    assert ("picture", "static/dog.jpg") not in memo.computed
    assert not any("dog" in path for path in pictures(site) if path != "dog.jpg")


@pytest.mark.parametrize(
    "written",
    [
        "cat%20%281%29.jpg",
        "<cat (1).jpg>",
        "/content/posts/cat%20(1).jpg",
        "https://example.org/content/posts/cat%20(1).jpg",
    ],
)
def test_a_name_is_found_however_it_is_written(written: str):
    files = {"content/posts/cat (1).jpg": PHOTO, A: HEAD + f"![A cat]({written})\n"}
    (address,) = values(page(built(files)), ".prose img", "src")
    assert (address or "").endswith("cat%20(1).1440.#.jpg")


def test_two_posts_may_show_one_picture():
    site = built({**SHOWN, B: HEAD + "![A cat](cat.jpg)"})
    assert {p.split("/")[1] for p in pictures(site)} == {"a", "b"}


def test_a_replaced_picture_changes_what_shows_it():
    other = built({**SHOWN, CAT: photo(1500, 1000)})
    assert {p for p in changed(built(SHOWN), other) if p.endswith(".html")} == {
        "blog/a/index.html"
    }


def test_a_width_and_a_class_behind_a_picture_decide_how_it_is_shown():
    html = body("![A cat](cat.jpg){width=400 .wide}\n")
    assert 'sizes="(max-width: 438px) calc(100vw - 38px), 400px"' in html
    assert '<img src="/blog/a/cat.1440.#.jpg" alt="A cat" width="400"' in html
    assert 'class="wide r4 g1 b4" height="300"' in html
    wide = body("![A cat](cat.jpg){.wide}\n")
    assert 'sizes="(min-width: 75em) 810px, (max-width: 668px)' in wide


def test_a_picture_of_the_author_is_his_own():
    text = (
        '<picture><source srcset="cat.jpg 2x"><img src="cat.jpg" alt="A"></picture>\n'
        '\n<img src="cat.jpg" srcset="cat.jpg 1x" alt="B">\n'
    )
    site = built({**SHOWN, A: HEAD + text})
    assert values(page(site), ".prose source", "srcset") == ["/blog/a/cat.jpg 2x"]
    assert "blog/a/cat.jpg" in site.artifacts
