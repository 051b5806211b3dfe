"""Pictures keep their place free: their size stands in the page before they arrive."""

import pytest

from blog.images import mentioned
from conftest import SITE, A, built
from photos import png
from sites import HEAD, values


def page(text: str, **files: str | bytes) -> str:
    """The page of a post with this text."""
    blob = built({A: HEAD + text, **files}).artifacts["blog/a/index.html"].blob
    return (blob.data or b"").decode()


def sides(text: str, **files: str | bytes) -> list[tuple[str | None, str | None]]:
    """Width and height of each picture on the page of a post with this text."""
    html = page(text, **files)
    pair = (values(html, ".prose img", name) for name in ("width", "height"))
    return list(zip(*pair, strict=True))


def test_a_picture_beside_the_post_is_written_with_its_size():
    files = {"content/posts/cat.png": png(30, 20)}
    assert sides("![cat](./cat.png)", **files) == [("30", "20")]


def test_so_is_one_in_static_and_one_in_raw_html():
    files = {"static/cat.png": png(30, 20)}
    text = '![cat](/cat.png)\n\n<p><img src="/cat.png" alt="cat"></p>\n'
    assert sides(text, **files) == [("30", "20"), ("30", "20")]


def test_a_size_that_the_author_gave_stays_and_decides_on_the_other_side():
    files = {"static/cat.png": png(30, 20)}
    text = '<img src="/cat.png" alt="cat" width="15">\n'
    assert sides(text, **files) == [("15", "10")]


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20.4px"', ("30", "20")),
        ('viewBox="0 0 300 200"', ("300", "200")),
        ('width="100%" height="5em" viewBox="0,0,3,2"', ("3", "2")),
        ('width="30"', (None, None)),
        ('width="0" height="0"', (None, None)),
    ],
)
def test_a_drawing_has_the_size_it_asks_for_or_that_of_its_view_box(
    attributes: str, size: tuple[str | None, str | None]
):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'
    assert sides("![d](/d.svg)", **{"static/d.svg": svg}) == [size]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("![A cat](./cat.png)", "content/posts/cat.png"),
        ("![A cat](../cat%20(1).png)", "content/cat (1).png"),
        ("<img alt=A src=cat.png>", "content/posts/cat.png"),
        ('<img srcset="a.png 1x, cat.png 2x">', "content/posts/cat.png"),
        ("[cat]: /img/cat.png", "/img/cat.png"),
        ("src={require('@site/static/cat.png').default}", "/static/cat.png"),
        ("![A cat]({{ site.baseurl }}/img/cat.png)", "/img/cat.png"),
        ("{{ '/img/cat.png' | relative_url }}", "/img/cat.png"),
        ("https://example.org/img/cat.png?x=1", "/img/cat.png"),
    ],
)
def test_a_picture_is_found_however_a_text_mentions_it(written: str, meant: str):
    assert meant in mentioned("content/posts/a.md", f"Text.\n{written}\n")


@pytest.mark.parametrize("name", ["a.png", "a.svg", "a.jpg", "a.webp"])
def test_a_file_that_is_no_picture_has_no_size_and_does_no_harm(name: str):
    toml = SITE["site.toml"] + '[checks]\nimages = "off"\n'
    files: dict[str, str | bytes] = {f"static/{name}": b"no picture <"}
    assert sides(f"![a](/{name})", **files, **{"site.toml": toml}) == [(None, None)]


def test_a_picture_that_is_changed_is_written_with_its_new_size():
    text = "![cat](/cat.png)"
    before = sides(text, **{"static/cat.png": png(30, 20)})
    after = sides(text, **{"static/cat.png": png(20, 30)})
    assert (before, after) == ([("30", "20")], [("20", "30")])


def test_all_pictures_but_the_first_wait_until_the_reader_is_near():
    files = {"static/cat.png": png(3, 2)}
    html = page("![a](/cat.png)\n\n![b](/cat.png)", **files)
    assert values(html, ".prose img", "loading") == [None, "lazy"]
