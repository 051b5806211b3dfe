"""A picture shows what its author meant to show, in its colours, and tells no more."""

import pytest
from PIL import Image, ImageCms

from blog.memo import Memo
from conftest import SITE, A, B, built, lines
from photos import BLUE, RED, file, halves, opened, photo, png, secrets
from sites import HEAD

CAT = "content/posts/cat.jpg"
TELLTALES = (b"Telltale", b"Exif", b"eXIf", b"EXIF", b"ns.adobe.com")


def telling(files: dict[str, str | bytes]) -> list[str]:
    """The files of a site that say more of a picture than it shows."""
    site = built(files)
    assert site.ok, lines(site)
    data = {
        path: artifact.blob.data or b"" for path, artifact in site.artifacts.items()
    }
    return [p for p, found in data.items() if any(mark in found for mark in TELLTALES)]


XMP = b'<x:xmpmeta xmlns:x="http://ns.adobe.com/xap/1.0/">Telltale</x:xmpmeta>'
SMALL = halves(120, 80)
TALKATIVE = {
    "a.jpg": file(SMALL, exif=secrets(), comment=b"Telltale", xmp=XMP),
    "b.png": file(SMALL, "PNG", exif=secrets()),
    "c.webp": file(SMALL, "WEBP", exif=secrets(), xmp=XMP),
    "d.avif": file(SMALL, "AVIF", exif=secrets(), xmp=XMP, max_threads=1),
    "large.jpg": photo(),
    "large.png": file(halves(700, 500), "PNG", exif=secrets()),
}


@pytest.mark.parametrize("name", sorted(TALKATIVE))
@pytest.mark.parametrize(
    "text", ["![A cat]({})", "[A cat]({})", '<img src="{}" srcset="{} 2x" alt="A">']
)
def test_no_published_picture_tells_of_its_camera(name: str, text: str):
    data = TALKATIVE[name]
    assert any(mark in data for mark in TELLTALES)
    post = HEAD + text.replace("{}", name)
    assert telling({f"content/posts/{name}": data, A: post}) == []


def test_nor_does_the_picture_of_the_front_matter():
    head = HEAD.replace("---\ntitle", "---\nimage: cat.jpg\ntitle")
    files = {CAT: photo(), A: head + "Text.\n"}
    assert telling(files) == []
    assert opened(built(files).artifacts["blog/a/cat.jpg"].blob.data).size == (
        1600,
        1200,
    )


def test_a_file_of_static_is_written_again_only_if_it_tells_where_it_was_taken():
    harmless = file(SMALL, comment=b"mine")
    files = {"static/here.jpg": photo(), "static/other.jpg": harmless, A: HEAD}
    assert telling(files) == []
    assert built(files).artifacts["other.jpg"].blob.data == harmless


def test_a_linked_picture_keeps_its_size_and_stands_upright():
    files = {CAT: photo(exif=secrets(6)), A: HEAD + "[A cat](cat.jpg)"}
    assert opened(built(files).artifacts["blog/a/cat.jpg"].blob.data).size == (
        1200,
        1600,
    )


def test_a_file_that_tells_nothing_is_published_as_it_is():
    bare = file(SMALL)
    files = {CAT: bare, A: HEAD + "[A cat](cat.jpg)"}
    assert built(files).artifacts["blog/a/cat.jpg"].blob.data == bare


def made(data: bytes, name: str = "cat.jpg") -> dict[str, Image.Image]:
    """What is offered of a picture by suffix, at its widest."""
    site = built({f"content/posts/{name}": data, A: HEAD + f"![A cat]({name})"})
    assert site.ok, lines(site)
    found = {}
    for path, artifact in sorted(site.artifacts.items()):
        if path.startswith("blog/a/cat.") and path.count(".") == 3:
            image = opened(artifact.blob.data)
            found[path.rpartition(".")[2]] = image.convert("RGBA")
    return found


def near(image: Image.Image, at: tuple[float, float], colour: tuple[int, ...]) -> bool:
    """Whether a place, as a share of the sides, has nearly a colour."""
    x, y = round(at[0] * image.width), round(at[1] * image.height)
    box = image.crop((x - 20, y - 20, x + 20, y + 20)).resize(
        (1, 1), Image.Resampling.BOX
    )
    found = box.getpixel((0, 0))
    assert isinstance(found, tuple)
    return all(
        abs(a - b) < 30 for a, b in zip(found[: len(colour)], colour, strict=True)
    )


TOP, BOTTOM, LEFT, RIGHT = (0.5, 0.2), (0.5, 0.8), (0.2, 0.5), (0.8, 0.5)


@pytest.mark.parametrize(
    ("orientation", "red", "blue"),
    [(1, TOP, BOTTOM), (3, BOTTOM, TOP), (6, RIGHT, LEFT), (8, LEFT, RIGHT)],
)
def test_a_photograph_stands_upright_however_the_camera_was_held(
    orientation: int, red: tuple[float, float], blue: tuple[float, float]
):
    found = made(photo(800, 600, exif=secrets(orientation)))
    assert {"avif", "jpg"} <= found.keys()
    for image in found.values():
        assert (image.width > image.height) == (orientation in (1, 3))
        assert near(image, red, (255, 30, 30))
        assert near(image, blue, (30, 30, 255))


PALETTE = file(halves(700, 500, "P"), "PNG", compress_level=0, exif=secrets())
GREY = file(Image.linear_gradient("L").resize((700, 500)), "PNG", exif=secrets())
DEEP = file(
    Image.linear_gradient("L").resize((700, 500)).convert("I").point(lambda n: n * 257)
    .convert("I;16"),
    "PNG",
    exif=secrets(),
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "top", "bottom"),
    [
        (PALETTE, RED, BLUE),
        (GREY, (51, 51, 51), (204, 204, 204)),
        (DEEP, (51, 51, 51), (204, 204, 204)),
        (file(halves(700, 500, "CMYK"), quality=95), RED, BLUE),
        (file(halves(700, 500), "BMP"), RED, BLUE),
    ],
    ids=["palette", "grey", "16 bits", "CMYK", "BMP"],
)
def test_every_kind_of_picture_keeps_its_colours(
    data: bytes, top: tuple[int, ...], bottom: tuple[int, ...]
):
    found = made(data)
    assert found
    for image in found.values():
        assert near(image, TOP, top)
        assert near(image, BOTTOM, bottom)


def test_a_picture_that_lets_through_stays_so_and_has_no_colour_behind_it():
    image = halves(900, 600, "RGBA")
    image.putalpha(Image.linear_gradient("L").resize((900, 600)))
    data = file(image, "PNG")
    for each in made(data, "cat.png").values():
        alpha = each.getchannel("A")
        assert (alpha.getpixel((10, 5)) or 0) < 20
    html = built({"content/posts/c.png": data, A: HEAD + "![A](c.png)"})
    assert b' class="r' not in (html.artifacts["blog/a/index.html"].blob.data or b"")


def test_a_profile_of_colours_is_applied():
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    damaged = file(halves(700, 500), icc_profile=b"no profile", exif=secrets())
    other = file(halves(700, 500), icc_profile=swapped, exif=secrets())
    for data in (damaged, other):
        for image in made(data).values():
            assert near(image, TOP, RED)
            assert not image.info.get("icc_profile")


def test_a_name_that_says_another_format_is_no_matter():
    found = made(file(halves(700, 500), "PNG"), "cat.jpg")
    assert {"avif", "webp"} <= found.keys()


TOML = SITE["site.toml"] + '[checks]\nimages = "warning"\n'
HUGE = bytearray(png(1, 1))
HUGE[16:24] = (20_000).to_bytes(4, "big") + (10_000).to_bytes(4, "big")


def huge() -> bytes:
    """A small file that says it unpacks to 200 million pixels."""
    import zlib

    HUGE[29:33] = zlib.crc32(bytes(HUGE[12:29])).to_bytes(4, "big")
    return bytes(HUGE)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (photo()[:9000], "is damaged or cut short [picture-unreadable]"),
        (file(halves(200, 200))[:2000], "is damaged or cut short [picture-unreadable]"),
        (b"", "is not a picture [picture-unreadable]"),
        (b"\0" * 5000, "is not a picture [picture-unreadable]"),
        (
            huge(),
            "has 20000 × 10000 pixels, more than can be worked on [picture-too-large]",
        ),
    ],
    ids=["cut short", "small and cut short", "empty", "zeros", "huge"],
)
def test_a_picture_that_cannot_be_used_is_told_where_it_is_shown(
    data: bytes, said: str
):
    files = {CAT: data, A: HEAD + "One.\n\n![A cat](./cat.jpg)\n\n![A cat](./cat.jpg)"}
    told = lines(built(files))
    assert told[0] == f"content/posts/a.md:7:10: error: the picture './cat.jpg' {said}"
    assert [line for line in told if "[picture" in line] == told[:1]
    warned = built({**files, "site.toml": TOML})
    assert warned.ok
    off = TOML.replace("warning", "off")
    assert lines(built({**files, "site.toml": off})) == []


def test_one_that_may_tell_something_and_cannot_be_cleaned_is_left_out():
    half = photo()[:9000]
    files = {"site.toml": TOML, CAT: half, A: HEAD + "![A cat](cat.jpg)"}
    assert "blog/a/cat.jpg" not in built(files).artifacts
    linked = {**files, A: HEAD + "[A cat](cat.jpg)"}
    assert lines(built(linked)) == [
        "content/posts/a.md:5:9: warning: the picture 'cat.jpg' is damaged or cut short"
        " [picture-unreadable]",
        "  5 | [A cat](cat.jpg)",
        "    |         ^^^^^^^ save it anew as JPEG, PNG or WebP",
    ]
    assert "blog/a/cat.jpg" not in built(linked).artifacts


def test_so_is_one_that_moves_and_tells_where_it_was_taken():
    frames = [halves(50, 50), halves(50, 50).rotate(90)]
    moving = file(
        frames[0], "WEBP", save_all=True, append_images=frames[1:], exif=secrets()
    )
    files = {"content/posts/m.webp": moving, A: HEAD + "![A cat](m.webp)"}
    assert [d.code for d in built(files).diagnostics] == ["picture-unreadable"]
    assert "blog/a/m.webp" not in built({**files, "site.toml": TOML}).artifacts


def test_what_is_wrong_is_told_again_by_a_build_that_makes_nothing():
    memo = Memo()
    files = {CAT: photo()[:9000], A: HEAD + "![A cat](cat.jpg)", B: HEAD}
    first = lines(built(files, memo=memo))
    again = built({**files, B: HEAD + "More."}, memo=memo)
    assert ("picture", CAT) not in memo.computed
    assert lines(again) == first
