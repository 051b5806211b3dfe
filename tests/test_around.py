"""What stands around a page: the links of its header, and the ways on from a post."""

import pytest

from conftest import POST, A, B, output
from sites import head, texts, values, words

LEAST = 'title = "Notes"\nbase_url = "https://example.org"\n'
MAIL = '[author]\nname = "Ada"\nemail = "ada@example.org"\n'
ABOUT = {"content/about.md": "# About me\n"}


def nav(page: str) -> dict[str, str | None]:
    """The links of the header by their words."""
    found = values(page, "header nav li a", "href")
    return dict(zip(texts(page, "header nav li a"), found, strict=True))


def current(page: str) -> dict[str, str]:
    """The links of the header that lead to where the reader is, and how nearly."""
    marks = values(page, "header nav li a", "aria-current")
    return {n: m for n, m in zip(nav(page), marks, strict=True) if m}


# The header


def test_the_header_leads_to_the_pages_that_there_are():
    assert nav(output({A: head(tags="[x]"), **ABOUT})["404.html"]) == {
        "Writing": "/blog/",
        "Tags": "/tags/",
        "Archive": "/archive/",
        "About me": "/about/",
    }
    assert nav(output({A: POST})["index.html"]) == {
        "Writing": "/blog/",
        "Archive": "/archive/",
    }
    assert nav(output({})["index.html"]) == {}


def test_the_header_does_not_lead_to_a_list_that_is_the_home_page():
    root = '[[content]]\nbase = "/"\npermalink = "/{slug}/"\n'
    site = output({"site.toml": LEAST + root, A: POST})
    assert nav(site["index.html"]) == {"Archive": "/archive/"}


def test_whoever_wants_other_links_in_the_header_says_so():
    own = (
        '[[nav]]\nname = "Blog"\nurl = "/blog/"\n'
        '[[nav]]\nname = "Code"\nurl = "https://code.example/?a=1"\n'
    )
    below = LEAST.replace(".org", ".org/sub")
    site = output({"site.toml": below + own, A: head(tags="[x]"), **ABOUT})
    assert nav(site["index.html"]) == {
        "Blog": "/sub/blog/",
        "Code": "https://code.example/?a=1",
    }
    assert current(site["blog/a/index.html"]) == {"Blog": "true"}


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("index.html", {}),
        ("blog/index.html", {"Writing": "page"}),
        ("blog/page/2/index.html", {"Writing": "true"}),
        ("blog/a/index.html", {"Writing": "true"}),
        ("tags/index.html", {"Tags": "page"}),
        ("tags/x/index.html", {"Tags": "true"}),
        ("archive/index.html", {"Archive": "page"}),
        ("about/index.html", {"About me": "page"}),
        ("404.html", {}),
    ],
)
def test_the_header_marks_where_the_reader_is(page: str, marked: dict[str, str]):
    pages = f"{LEAST}[[content]]\nper_page = 1\n"
    site = output({"site.toml": pages, A: head(tags="[x]"), B: POST, **ABOUT})
    assert current(site[page]) == marked


def test_a_post_whose_address_is_elsewhere_belongs_to_its_list_all_the_same():
    elsewhere = f'{LEAST}[[content]]\npermalink = "/{{year}}/{{slug}}/"\n'
    site = output({"site.toml": elsewhere, A: POST})
    assert current(site["2024/a/index.html"]) == {"Writing": "true"}


def test_the_header_leads_home_by_the_name_of_the_author_or_of_the_site():
    for settings, name in ((LEAST, "Notes"), (LEAST + MAIL, "Ada")):
        page = output({"site.toml": settings, A: POST})["blog/a/index.html"]
        assert texts(page, "header a[rel=home]") == [name]
        assert values(page, "header a[rel=home]", "href") == ["/"]


# Ways on from a post

TITLE = "Q&A: 100% “sure”?"
"""A title of signs that mean something in an address."""
QUOTED = "Q%26A%3A%20100%25%20%E2%80%9Csure%E2%80%9D%3F"


def test_a_post_is_answered_by_a_letter_to_its_author():
    site = output({"site.toml": LEAST + MAIL, A: head(f'"{TITLE}"')})
    page = site["blog/a/index.html"]
    assert words(page, ".after p") == (
        "Thoughts? Write to me. For the next post, subscribe."
    )
    assert values(page, ".after p:first-child a", "href") == [
        f"mailto:ada@example.org?subject={QUOTED}",
        "/subscribe/",
    ]


def test_an_author_without_an_address_is_not_written_to():
    page = output({A: POST})["blog/a/index.html"]
    assert words(page, ".after p") == "For the next post, subscribe."
    assert "mailto:" not in "".join(values(page, ".after p:first-child a", "href"))


def test_a_post_is_passed_on_by_its_whole_address():
    below = LEAST.replace(".org", ".org/sub")
    site = output({"site.toml": below, A: head(f'"{TITLE}"', slug="é")})
    page, address = site["blog/é/index.html"], "https://example.org/sub/blog/%C3%A9/"
    assert texts(page, ".after .meta a") == ["by e-mail", address]
    assert values(page, ".after .meta a", "href") == [
        f"mailto:?subject={QUOTED}&body=https%3A//example.org/sub/blog/%25C3%25A9/",
        address,
    ]


def test_a_post_leads_back_to_its_list():
    page = output({A: POST})["blog/a/index.html"]
    assert values(page, "a.back", "href") == ["/blog/"]


def test_a_page_has_no_ways_on():
    page = output({A: POST, **ABOUT})["about/index.html"]
    assert texts(page, ".after, .series, a.back") == []


# Feeds that a browser finds

FEEDS = ["/atom.xml", "/rss.xml", "/feed.json"]


def feeds(page: str) -> list[str | None]:
    """The addresses of the feeds that a page declares."""
    return values(page, "link[rel=alternate]", "href")


def test_every_page_declares_the_feeds_of_the_site():
    site = output({A: POST, **ABOUT})
    for path in ("index.html", "blog/a/index.html", "about/index.html", "404.html"):
        assert feeds(site[path]) == FEEDS


def test_the_page_of_a_topic_declares_its_own_feeds_too():
    page = output({A: head(tags="[X & Y]")})["tags/x-y/index.html"]
    assert feeds(page) == [*FEEDS, *(f"/tags/x-y{feed}" for feed in FEEDS)]
    titles = values(page, "link[rel=alternate]", "title")
    assert titles == ["Test"] * 3 + ["Test: X & Y"] * 3
    assert values(page, ".post-head .meta a", "href") == [
        "/tags/",
        "/tags/x-y/atom.xml",
    ]


def test_without_feeds_of_topics_the_page_of_a_topic_declares_those_of_the_site():
    none = f"{LEAST}[feeds]\nper_tag = false\n"
    site = output({"site.toml": none, A: head(tags="[x]")})
    page = site["tags/x/index.html"]
    assert feeds(page) == FEEDS
    assert values(page, ".post-head .meta a", "href") == ["/tags/"]
