"""The examples of docs/theme.md, as they stand there."""

import re
from pathlib import Path

import pytest

from conftest import POST, A, output
from photos import PNG
from sites import head

WHOLE = (Path(__file__).parents[1] / "docs/theme.md").read_text()
TEXT = WHOLE.partition("## Changing a block")[2]
EXAMPLES = dict(
    re.findall(r"`(templates/\S+\.html)`.*?```html\n(.*?)```", TEXT, re.DOTALL)
)
HOST = "https://fonts.example.org"


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    """A site with all three at once."""
    picture = {"content/posts/cat.png": PNG}
    post = head(image="./cat.png")
    return output({A: post, "content/about.md": "# About\n", **picture, **EXAMPLES})


def test_there_are_three():
    assert list(EXAMPLES) == [
        "templates/post.html",
        "templates/base.html",
        "templates/parts/card.html",
    ]


def test_a_line_of_ones_own_ends_every_post(site: dict[str, str]):
    assert "Comments are welcome" in site["blog/a/index.html"]
    assert "Comments are welcome" not in site["about/index.html"]


def test_a_style_sheet_from_elsewhere_is_linked_and_allowed_on_every_page(
    site: dict[str, str],
):
    for path in ("index.html", "blog/a/index.html", "about/index.html", "404.html"):
        assert f'<link rel="stylesheet" href="{HOST}/face.css">' in site[path]
        assert f"style-src 'self' {HOST};" in site[path]
    assert HOST not in output({A: POST})["blog/a/index.html"]


def test_lists_show_the_picture_of_each_post(site: dict[str, str]):
    assert 'src="/blog/a/cat.png"' in site["blog/index.html"]
