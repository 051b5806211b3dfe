"""Pictures and other files that posts refer to: copied, and found wherever they are."""

import pytest

from conftest import A, built, changed, output
from sites import HEAD, NEST, PNG, addresses, items, page
from sites import LINKED as SITE


def test_a_picture_beside_a_post_is_copied_and_found_on_page_list_and_feed():
    files = {**SITE, A: HEAD + "![A cat](./cat.png)\n\n<!-- more -->\n"}
    site, result = output(files), built(files)
    assert result.artifacts["blog/a/cat.png"].blob.data == PNG
    assert 'src="/blog/a/cat.png"' in site["blog/a/index.html"]
    assert 'src="/blog/a/cat.png"' in site["blog/index.html"]
    item = items(site)[-1]["content_html"]
    assert 'src="https://example.org/blog/a/cat.png"' in item


def test_a_post_in_a_folder_of_its_own_has_its_pictures_there():
    files = {**SITE, NEST: HEAD + "![A cat](cat.png)\n"}
    assert addresses(output(files)["blog/nest/index.html"]) == ["/blog/nest/cat.png"]
    assert built(files).artifacts["blog/nest/cat.png"].blob.data == PNG + b"nest"


def test_a_picture_keeps_its_folder_below_the_post():
    assert addresses(page("![A cat](nest/cat.png)\n")) == ["/blog/a/nest/cat.png"]


def test_two_pictures_of_one_name_both_arrive():
    text = "![Mine](cat.png) ![Theirs](../cat.png)\n"
    files = {**SITE, "content/cat.png": PNG + b"up", A: HEAD + text}
    result = built(files)
    mine, theirs = addresses(output(files)["blog/a/index.html"])
    assert result.artifacts[mine.lstrip("/")].blob.data == PNG
    assert result.artifacts[theirs.lstrip("/")].blob.data == PNG + b"up"


def test_a_picture_in_html_is_copied_in_all_its_sizes():
    text = '<img alt="A cat" src="cat.png" srcset="cat.png 1x, nest/cat.png 2x">\n'
    assert addresses(page(text)) == [
        "/blog/a/cat.png",
        "/blog/a/cat.png 1x, /blog/a/nest/cat.png 2x",
    ]


def test_a_picture_that_no_post_shows_is_not_copied():
    assert "blog/b/cat.png" not in built(SITE).artifacts


def test_a_changed_picture_changes_nothing_else():
    files = {**SITE, A: HEAD + "![A cat](cat.png)\n"}
    other = built({**files, "content/posts/cat.png": PNG + b"other"})
    assert changed(built(files), other) == {"blog/a/cat.png"}


@pytest.mark.parametrize(
    "written",
    [
        "../../../etc/passwd",
        "../../site.toml",
        "/site.toml",
        "../../templates/post.html",
    ],
)
def test_a_link_copies_nothing_that_is_no_content(written: str):
    result = built({**SITE, A: f"{HEAD}[x]({written})\n"})
    assert [d.code for d in result.diagnostics] == ["broken-link"]


def test_a_picture_and_a_static_file_on_one_address_are_an_error():
    files = {
        **SITE,
        "static/blog/a/cat.png": PNG + b"other",
        A: HEAD + "![A cat](cat.png)\n",
    }
    assert [d.code for d in built(files).diagnostics] == ["same-address"]
