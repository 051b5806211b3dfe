"""Docusaurus' tags, authors, summaries, and its lists at their old addresses."""

import re

import pytest

from blog.build import arrange_site
from blog.model import Author
from conftest import output, said, snapshot
from test_docusaurus import BARE, POST, listed, only, site, told


def topics(files):
    """The tags of a Docusaurus blog: label, slug and description."""
    arranged = arrange_site(snapshot(site(files)))
    return [(t.label, t.slug, t.description) for t in arranged.site.tags]


def authors(front, registry=""):
    """The authors of a single post."""
    files = {POST: f"---\n{front}\n---\n", "blog/authors.yml": registry}
    return arrange_site(snapshot(site(files))).site.authors[POST]


def tag_pages(*labels, **files):
    """The addresses of tags below the blog, where each label has its post."""
    posts = {
        f"blog/{n}.md": f"---\ndate: 2021-04-{n + 10}\ntags: ['{label}']\n---\nX\n"
        for n, label in enumerate(labels)
    }
    registry = {f"blog/{name}.yml": text for name, text in files.items()}
    found = (
        re.fullmatch(r"blog/tags/(.+)/index\.html", path)
        for path in output(site(posts | registry))
    )
    return [match[1] for match in found if match]


# Tags


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("[a, b]", ["a", "b"]),
        ("\n- a\n- b c", ["a", "b c"]),
        ("[1, 2.0]", ["1", "2.0"]),
        ("[{label: Hello, permalink: /h}]", ["Hello"]),
        ("[a, a]", ["a"]),
        ("[]", []),
        ("", []),
    ],
)
def test_tags_are_a_list_of_labels(written, tags):
    assert only(f"tags: {written}")["tags"] == tags


@pytest.mark.parametrize("written", ["one", "one, two", "{a: b}", "[[a]]"])
def test_tags_of_another_shape_are_an_error(written):
    assert told(f"tags: {written}") == [
        f"{POST}:2:1: error: field 'tags' must be a list [field-type]\n"
        f"  2 | tags: {written}\n    | ^^^^ write it like tags: [one, two]"
    ]


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("C++", "c"),
        ("Node.js", "node-js"),
        ("web3", "web-3"),
        ("GraphQL", "graph-ql"),
        ("Café au lait", "cafe-au-lait"),
        ("日本語", "日本語"),
    ],
)
def test_every_tag_has_its_old_address_as_well(label, slug):
    assert tag_pages(label) == [slug]


def test_an_old_tag_page_names_the_one_of_the_whole_site_as_its_original():
    files = {POST: "---\ntitle: A\ntags: [Node.js]\n---\n"}
    page = output(site(files))["blog/tags/node-js/index.html"]
    assert 'rel="canonical" href="https://example.org/tags/node-js/"' in page


def test_tags_that_docusaurus_merges_share_a_page_and_are_told():
    files = {
        "blog/2021-04-15-a.md": "---\ntitle: Alpha\ntags: [C++]\n---\n",
        "blog/2021-04-16-b.md": "---\ntitle: Beta\ntags: ['C#']\n---\n",
    }
    assert [label for label, *_ in topics(files)] == ["C#", "C++"]
    page = output(site(files))["blog/tags/c/index.html"]
    assert ("Alpha" in page, "Beta" in page) == (True, True)
    assert "[tag-merge]" in said(site(files))


REGISTRY = """
js: {label: JavaScript, permalink: /ecma, description: The language}
go: {label: Golang}
"""


def test_the_registry_gives_label_and_description_of_a_tag():
    files = {POST: "---\ntags: [js, go, new]\n---\n", "blog/tags.yml": REGISTRY}
    assert topics(files) == [
        ("Golang", "golang", ""),
        ("JavaScript", "javascript", "The language"),
        ("new", "new", ""),
    ]


def test_a_permalink_of_the_registry_is_used_as_it_is():
    assert tag_pages("js", tags="js: {label: JavaScript, permalink: /My_tag}") == [
        "My_tag"
    ]


def test_without_a_permalink_the_key_of_the_registry_is_the_address():
    assert tag_pages("js", tags="js: {label: JavaScript}") == ["js"]


def test_without_a_label_the_key_of_the_registry_is_the_label_with_a_capital():
    files = {POST: "---\ntags: [go]\n---\n", "blog/tags.yml": "go:\n"}
    assert topics(files) == [("Go", "go", "")]


def test_a_tag_that_the_registry_lacks_is_a_warning():
    files = {POST: "---\ntags: [golang]\n---\n", "blog/tags.yml": REGISTRY}
    assert "'golang'" in said(site(files))


# Authors

PEOPLE = "ann:\n  name: Ann Lee\n  title: Editor\n  url: https://a.org\n  x: y\n"
ANN = Author(key="ann", name="Ann Lee", title="Editor", url="https://a.org")


@pytest.mark.parametrize(
    ("front", "people"),
    [
        ("authors: ann", (ANN,)),
        ("authors: [ann, ann]", (ANN, ANN)),
        ("authors: [{key: ann}]", (ANN,)),
        (
            "authors:\n  name: Bo\n  image_url: /bo.png\n  email: b@o.org",
            (Author(name="Bo", image="/bo.png", email="b@o.org"),),
        ),
        ("authors: [ann, {name: Bo}]", (ANN, Author(name="Bo"))),
        (
            "author: Bo\nauthor_title: Dev\nauthor_url: /bo\nauthor_image_url: /b.png",
            (Author(name="Bo", title="Dev", url="/bo", image="/b.png"),),
        ),
        (
            "author: Bo\nauthorTitle: Dev\nauthorURL: /bo\nauthorImageURL: /b.png",
            (Author(name="Bo", title="Dev", url="/bo", image="/b.png"),),
        ),
        ("author: Bo\nauthors: [ann]", (ANN,)),
        ("authors: []", ()),
        ("x: 1", ()),
    ],
)
def test_authors_are_keys_of_the_registry_or_described_in_the_post(front, people):
    assert authors(front, PEOPLE) == people


def test_a_post_may_change_what_the_registry_says_of_an_author():
    assert authors("authors: [{key: ann, title: Guest}]", PEOPLE) == (
        Author(key="ann", name="Ann Lee", title="Guest", url="https://a.org"),
    )


# Summaries


def summary(body):
    """What the list shows of a post."""
    page = output(site({POST: f"---\ntitle: A\n---\n{body}"}))["blog/index.html"]
    found = re.search(r'"p-summary">(.*?)</div>', page, re.DOTALL)
    return found[1].replace("\n", " ") if found else ""


@pytest.mark.parametrize(
    "mark",
    [
        "<!-- truncate -->",
        "<!--truncate-->",
        "<!--  truncate  -->",
        "{/* truncate */}",
        "{/*truncate*/}",
    ],
)
def test_the_summary_ends_at_the_mark(mark):
    assert summary(f"One.\n\nTwo.\n\n{mark}\n\nThree.\n") == "<p>One.</p> <p>Two.</p>"


@pytest.mark.parametrize("mark", ["<!-- TRUNCATE -->", "<!-- more -->", ""])
def test_without_its_own_mark_the_whole_post_is_listed(mark):
    assert "Three." in summary(f"One.\n\n{mark}\n\nThree.\n")


def test_links_and_notes_that_are_defined_below_the_mark_survive():
    body = "See [b] and[^1].\n\n<!-- truncate -->\n\n[b]: https://b.org\n[^1]: Note.\n"
    assert summary(body) == '<p>See <a href="https://b.org">b</a> and.</p>'


# Lists at the addresses of Docusaurus

MANY = {
    f"blog/2021-04-{day}-x.md": "---\ntitle: A\ntags: [t]\n---\nText.\n"
    for day in range(10, 21)
}
LISTS = ["blog", "blog/page/2", "blog/tags", "blog/tags/t", "blog/tags/t/page/2"]


@pytest.mark.parametrize(
    ("entry", "suffix", "slash"),
    [
        ("", "/index.html", ""),
        ("trailing_slash = true", "/index.html", "/"),
        ("trailing_slash = false", ".html", ""),
    ],
)
def test_lists_tags_and_archive_lie_below_the_base_as_well(entry, suffix, slash):
    pages = output(site(MANY, entry))
    assert {f"{path}{suffix}" for path in [*LISTS, "blog/archive"]} <= pages.keys()
    assert f'href="/blog/page/2{slash}"' in pages[f"blog{suffix}"]
    assert f"<loc>https://example.org/blog{slash}</loc>" in pages["sitemap.xml"]


def test_the_feeds_lie_below_the_base_as_well_and_name_absolute_addresses():
    pages = output(site({POST: BARE}))
    address = "https://example.org/blog/2021/04/15/hello"
    assert f"<link>{address}</link>" in pages["blog/rss.xml"]
    assert f"<id>{address}</id>" in pages["blog/atom.xml"]
    assert f'"id": "{address}"' in pages["blog/feed.json"]


@pytest.mark.parametrize(
    ("entry", "address", "written"),
    [
        ("", "/page/2", "page/2/index.html"),
        ("trailing_slash = true", "/page/2/", "page/2/index.html"),
        ("trailing_slash = false", "/page/2", "page/2.html"),
    ],
)
def test_a_blog_at_the_root_begins_on_the_home_page_and_goes_on_at_page_2(
    entry, address, written
):
    pages = output(site(MANY, entry, base="/"))
    assert [path for path in pages if path.startswith("page/")] == [written]
    assert f'href="{address}"' in pages["index.html"]


# Posts without a date

UNDATED = {"blog/b.md": BARE, "blog/a.md": BARE, POST: BARE}


def test_posts_without_a_date_come_last_with_one_warning():
    assert list(listed(UNDATED)) == [POST, "blog/a.md", "blog/b.md"]
    assert said(site(UNDATED)) == (
        "blog/a.md:1: warning: 2 posts have no date, so they come last and are in no"
        " feed [missing-date]\n"
        "  add a line such as date: 2024-01-31 to the front matter\n"
        "  also: blog/b.md"
    )


def test_posts_without_a_date_are_listed_but_stand_in_no_feed_or_archive():
    pages = output(site(UNDATED))
    naming = [p for p, text in pages.items() if re.search(r"/blog/a\b", text)]
    assert "blog/index.html" in naming
    feeds = ("feed.json", "rss.xml", "atom.xml")
    assert [p for p in naming if p.endswith(feeds)] == []
    assert [p for p in naming if "archive" in p] == []
