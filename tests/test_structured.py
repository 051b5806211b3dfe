"""What pages say of themselves to programs: JSON-LD and microformats."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import POST, A, B, output
from sites import head, texts, values, words

BELOW = 'title = "Notes"\nbase_url = "https://example.org/sub"\n'
ADA = """
description = "On gardens."
language = "nb"
[author]
name = "Ada"
role = "Engineer"
location = "London"
email = "ada@example.org"
photo = "ada.png"
links = [
    { name = "Code", url = "https://code.example/ada", me = true },
    { name = "Talks", url = "https://talks.example/ada" },
]
"""
PHOTO = {"static/ada.png": "png"}


def described(page: str) -> list[object]:
    """What a page says in the words of schema.org."""
    blocks = LexborHTMLParser(page).css('script[type="application/ld+json"]')
    return [json.loads(block.text()) for block in blocks]


# JSON-LD


def test_the_home_page_describes_the_site_and_its_author():
    site = output({"site.toml": BELOW + ADA, **PHOTO})
    assert described(site["index.html"]) == [
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": "Notes",
            "url": "https://example.org/sub/",
            "description": "On gardens.",
            "inLanguage": "nb",
            "author": {
                "@type": "Person",
                "name": "Ada",
                "url": "https://example.org/sub/",
                "jobTitle": "Engineer",
                "image": "https://example.org/sub/ada.png",
                "sameAs": ["https://code.example/ada"],
            },
        }
    ]


def test_a_site_that_says_little_is_described_by_what_there_is():
    assert described(output({A: POST})["index.html"]) == [
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": "Test",
            "url": "https://example.org/",
            "inLanguage": "en",
            "author": {
                "@type": "Person",
                "name": "Test",
                "url": "https://example.org/",
            },
        }
    ]


AUTHORS = (
    "\n- name: Grace\n  url: https://grace.example\n  title: Admiral\n"
    "- name: Kurt\n  url: /kurt/"
)


def test_a_post_describes_itself_and_who_wrote_it():
    post = head(
        "On “moss”",
        "2024-01-31T18:30:00+02:00",
        updated="2024-02-29",
        tags="[Moss, C++]",
        lang="en-GB",
        description="In short.",
        image="/moss.png",
        authors=AUTHORS,
    )
    files = {"site.toml": BELOW + ADA, **PHOTO, "static/moss.png": "png"}
    page = output({**files, A: post + "Two more words.\n"})["blog/a/index.html"]
    assert described(page) == [
        {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "headline": "On “moss”",
            "description": "In short.",
            "datePublished": "2024-01-31T18:30:00+02:00",
            "dateModified": "2024-02-29T00:00:00+00:00",
            "wordCount": 4,
            "keywords": ["Moss", "C++"],
            "inLanguage": "en-GB",
            "mainEntityOfPage": "https://example.org/sub/blog/a/",
            "image": "https://example.org/sub/moss.png",
            "author": [
                {
                    "@type": "Person",
                    "name": "Grace",
                    "url": "https://grace.example",
                    "jobTitle": "Admiral",
                },
                {
                    "@type": "Person",
                    "name": "Kurt",
                    "url": "https://example.org/sub/kurt/",
                },
            ],
        }
    ]


def test_a_post_without_authors_is_the_site_authors_own():
    assert described(output({A: POST})["blog/a/index.html"]) == [
        {
            "@context": "https://schema.org",
            "@type": "BlogPosting",
            "headline": "A post",
            "description": "Hello.",
            "datePublished": "2024-01-31T00:00:00+00:00",
            "dateModified": "2024-01-31T00:00:00+00:00",
            "wordCount": 1,
            "inLanguage": "en",
            "mainEntityOfPage": "https://example.org/blog/a/",
            "author": {
                "@type": "Person",
                "name": "Test",
                "url": "https://example.org/",
            },
        }
    ]


def test_lists_and_pages_describe_nothing():
    site = output({A: head(tags="[x]"), "content/about.md": "# About\n"})
    pages = {path for path in site if path.endswith(".html")}
    assert {path for path in pages if described(site[path])} == {
        *("index.html", "blog/a/index.html")
    }


@pytest.mark.parametrize(
    "title",
    ["</script><script>go()</script>", "<!-- <script>", "]]>", "a\\b", "\U0001f331 é"],
)
def test_no_title_ends_the_block_it_stands_in(title: str):
    page = output({A: head(json.dumps(title, ensure_ascii=False))})["blog/a/index.html"]
    (said,) = described(page)
    assert isinstance(said, dict)
    assert said["headline"] == title
    assert "go()" not in texts(page, "script")


# Microformats


def within(page: str, root: str) -> dict[str, list[str]]:
    """What programs read in the first such element: texts by the class they go by.

    Addresses are read where the class begins with `u-`, moments where with `dt-`.
    """
    tree = LexborHTMLParser(page).css_first(root)
    assert tree is not None
    found: dict[str, list[str]] = {}
    for node in tree.css("*")[1:]:
        for name in (node.attrs.get("class") or "").split():
            kind = name.partition("-")[0]
            if kind in ("p", "e", "h"):
                found.setdefault(name, []).append(" ".join(node.text().split()))
            elif kind in ("u", "dt"):
                of = {"u": ("href", "src"), "dt": ("datetime",)}[kind]
                read = [node.attrs[a] or "" for a in of if a in node.attrs]
                found.setdefault(name, []).extend(read)
    return found


def test_a_post_is_an_entry_that_programs_can_read():
    post = head("On moss", tags="[Moss]", updated="2024-02-29", description="In short.")
    site = output({"site.toml": BELOW + ADA, **PHOTO, A: post})
    assert within(site["blog/a/index.html"], "article.h-entry") == {
        "p-name": ["On moss"],
        "p-summary": ["In short."],
        "dt-published": ["2024-01-31T00:00:00+00:00"],
        "dt-updated": ["2024-02-29T00:00:00+00:00"],
        "p-category": ["Moss"],
        "p-author": ["Ada"],
        "h-card": ["Ada"],
        "e-content": ["Hello."],
        "u-url": ["https://example.org/sub/blog/a/"],
        "u-uid": ["https://example.org/sub/blog/a/"],
    }
    author = ".h-entry a.p-author.h-card"
    assert values(site["blog/a/index.html"], author, "href") == [
        "https://example.org/sub/"
    ]


def test_a_post_names_the_authors_that_it_has():
    page = output({A: head(authors=AUTHORS)})["blog/a/index.html"]
    assert texts(page, ".p-author .p-name") == ["Grace", "Kurt"]
    assert values(page, ".p-author a.u-url", "href") == [
        "https://grace.example",
        "/kurt/",
    ]
    assert texts(page, ".p-author .p-job-title") == ["Admiral"]
    assert words(page, ".p-author") == "By Grace, Admiral"


def test_a_list_is_a_feed_of_entries_that_programs_can_read():
    files = {A: head("New", tags="[x]"), B: head("Old", "2023-12-31")}
    site = output(files)
    for path in ("blog/index.html", "tags/x/index.html"):
        assert within(site[path], ".h-feed .h-entry") == {
            "p-name": ["New"],
            "u-url": ["/blog/a/"],
            "dt-published": ["2024-01-31"],
            "p-summary": ["Hello."],
            "p-category": ["x"],
        }
    assert texts(site["blog/index.html"], ".h-feed > ol > .h-entry h2") == [
        *("New", "Old")
    ]


def test_the_home_page_holds_the_card_of_the_person():
    text = {"content/index.md": "I *dig*.\n"}
    site = output({"site.toml": BELOW + ADA, **PHOTO, **text})
    assert within(site["index.html"], ".hero.h-card") == {
        "u-photo": ["/sub/ada.png"],
        "p-name": ["Ada"],
        "p-job-title": ["Engineer"],
        "p-locality": ["London"],
        "p-note": ["I dig."],
        "u-email": ["mailto:ada@example.org"],
    }


def test_the_foot_of_every_page_holds_the_card_of_the_person():
    site = output({"site.toml": BELOW + ADA, **PHOTO, A: POST})
    for path in ("index.html", "blog/a/index.html", "404.html"):
        assert within(site[path], "footer .h-card") == {
            "p-name": ["Ada"],
            "u-url": [
                "https://example.org/sub/",
                "https://code.example/ada",
                "https://talks.example/ada",
            ],
            "u-uid": ["https://example.org/sub/"],
            "p-job-title": ["Engineer"],
            "p-locality": ["London"],
            "u-email": ["mailto:ada@example.org"],
        }
