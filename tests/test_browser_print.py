"""Posts on paper and in the reader modes of browsers."""

import pytest

pytest_plugins = ["browser"]

POST, WIDE = "/blog/one-row-one-owner/", "/blog/wide/"

ADDRESSES = """() => [...document.querySelectorAll(".prose a:not([href^='#'])")]
  .map((link) => [link.getAttribute("href"), getComputedStyle(link, "::after").content])
  .filter(([href, printed]) => printed !== `" <" attr(href) ">"` && !printed.includes(href))"""

CUT = """() => [...document.querySelectorAll(".prose pre, .prose table")]
  .filter((part) => part.scrollWidth > part.parentElement.clientWidth + 1)
  .map((part) => part.textContent.slice(0, 40))"""


@pytest.fixture
def paper(visit):
    """Opens a post as it is printed on A4."""

    def opened(path: str, **options):
        page = visit(path, width=690, **options)
        page.emulate_media(media="print")
        return page

    return opened


@pytest.mark.parametrize("path", [POST, WIDE, "/blog/where-to-cut/"])
def test_the_addresses_of_links_are_printed(paper, path):
    assert paper(path).evaluate(ADDRESSES) == []


@pytest.mark.parametrize("path", [POST, "/blog/flat-line/", "/blog/when-to-split/"])
def test_no_code_is_cut(paper, path):
    assert paper(path).evaluate(CUT) == []


def test_a_post_is_printed_whole(paper):
    assert paper(POST).pdf(format="A4").startswith(b"%PDF")


def test_reader_modes_find_one_article_with_its_title_author_and_date(visit):
    page = visit(POST)
    article = page.locator("main article")
    assert article.count() == 1
    for part in ("h1", "time[datetime]", ".p-author"):
        assert article.locator(part).count() >= 1, part
