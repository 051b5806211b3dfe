"""Two sources on one address: an error that names both, before anything is written."""

import unicodedata

import pytest

from conftest import built, lines
from test_arrange import posts

ABOUT = {"content/about.md": "Me.\n"}
STATIC = {"static/x.html": "<p>static</p>"}
FOLD = ", which some disks take for one"

# the files, where it is told, who are named, where they would be written
CLASHES = [
    (
        posts(a="2024-01-31 | slug: x", b="2024-02-01 | slug: x"),
        "content/posts/a.md:3:1",
        "'content/posts/a.md' and 'content/posts/b.md'",
        "both be written to 'blog/x/index.html'",
    ),
    (
        posts(a="2024-01-31 | slug: X", b="2024-02-01 | slug: x"),
        "content/posts/a.md:3:1",
        "'content/posts/a.md' and 'content/posts/b.md'",
        f"be written to 'blog/X/index.html' and 'blog/x/index.html'{FOLD}",
    ),
    (
        posts(a="2024-01-31 | permalink: /about/") | ABOUT,
        "content/about.md:1",
        "'content/about.md' and 'content/posts/a.md'",
        "both be written to 'about/index.html'",
    ),
    (
        posts(a="2024-01-31 | permalink: /tags/", b="2024-01-30 | tags: [x]"),
        "content/posts/a.md:3:1",
        "the generated page '/tags/' and 'content/posts/a.md'",
        "both be written to 'tags/index.html'",
    ),
    (
        posts(a="2024-01-31 | permalink: /Tags/X/", b="2024-01-30 | tags: [x]"),
        "content/posts/a.md:3:1",
        "the generated page '/tags/x/' and 'content/posts/a.md'",
        f"be written to 'tags/x/index.html' and 'Tags/X/index.html'{FOLD}",
    ),
    (
        posts(a="2024-01-31") | {"content/blog.md": "Me.\n"},
        "content/blog.md:1",
        "the generated page '/blog/' and 'content/blog.md'",
        "both be written to 'blog/index.html'",
    ),
    (
        posts(a="2024-01-31", b="2024-01-30 | aliases: /blog/a/"),
        "content/posts/b.md:3:1",
        "the old address '/blog/a/' and 'content/posts/a.md'",
        "both be written to 'blog/a/index.html'",
    ),
    (
        posts(a="2024-01-31 | aliases: /o/", b="2024-01-30 | aliases: /o"),
        "content/posts/b.md:3:1",
        "the old address '/o' and the old address '/o/'",
        "both be written to 'o/index.html'",
    ),
    (
        posts(a="2024-01-31 | permalink: /x.html") | STATIC,
        "content/posts/a.md:3:1",
        "'content/posts/a.md' and 'static/x.html'",
        "both be written to 'x.html'",
    ),
]


def clashes(files):
    """The first line of what is said of shared addresses."""
    return [line for line in lines(built(files)) if line.endswith("[same-address]")]


@pytest.mark.parametrize(("files", "place", "both", "written"), CLASHES)
def test_two_sources_on_one_address_are_an_error_that_names_both(
    files, place, both, written
):
    assert clashes(files) == [f"{place}: error: {both} would {written} [same-address]"]
    assert built(files).artifacts == {}


@pytest.mark.parametrize(
    ("one", "other"), [("NFC", "NFD"), ("NFD", "NFC")], ids=["composed", "decomposed"]
)
def test_addresses_that_differ_by_unicode_form_only_are_one(one, other):
    first, second = (unicodedata.normalize(form, "é") for form in (one, other))
    files = posts(a=f"2024-01-31 | slug: {first}", b=f"2024-02-01 | slug: {second}")
    assert clashes(files) == [
        "content/posts/a.md:3:1: error: 'content/posts/a.md' and 'content/posts/b.md'"
        f" would be written to 'blog/{first}/index.html' and"
        f" 'blog/{second}/index.html'{FOLD} [same-address]"
    ]


def test_the_other_source_is_named_with_its_place_as_well():
    files = posts(a="2024-01-31 | slug: x", b="2024-02-01 | slug: x")
    assert lines(built(files))[1:] == [
        "  3 | slug: x",
        "    | ^^^^ give one of them another slug",
        "  also: content/posts/b.md:3:1",
    ]


def test_a_file_cannot_stand_where_a_folder_has_to_be():
    files = posts(
        a="2024-01-31 | permalink: /x.html", b="2024-01-30 | permalink: /x.html/y/"
    )
    (line,) = clashes(files)
    assert line == (
        "content/posts/b.md:3:1: error: 'content/posts/b.md' and 'content/posts/a.md'"
        " would be written to 'x.html/y/index.html' and 'x.html', a folder and a file"
        " [same-address]"
    )


def test_three_posts_on_one_address_are_two_errors():
    files = posts(a="2024-01-31", b="2024-02-01 | slug: a", c="2024-03-01 | slug: a")
    assert [line.partition(":")[0] for line in clashes(files)] == [
        "content/posts/a.md",
        "content/posts/b.md",
    ]


@pytest.mark.parametrize("front", ["draft: true", "published: false"])
def test_a_held_back_post_takes_no_address(front):
    files = posts(a="2024-01-31 | slug: x", b=f"2024-02-01 | slug: x\n{front}")
    assert clashes(files) == []
    assert "blog/x/index.html" in built(files).artifacts


def test_an_unlisted_post_takes_its_address():
    files = posts(a="2024-01-31 | slug: x", b="2024-02-01 | slug: x\nunlisted: true")
    assert len(clashes(files)) == 1


def test_what_docusaurus_would_generate_gives_way_to_a_post():
    toml = (
        'title = "T"\nbase_url = "https://example.org"\n[[content]]\npath = "blog"\n'
        'dialect = "docusaurus"\n'
    )
    text = "---\ntitle: Mine\n---\nHello.\n"
    files = {"site.toml": toml, "blog/2021-04-15-x.md": text, "blog/archive.md": text}
    assert clashes(files) == []
    page = built(files).artifacts["blog/archive/index.html"].blob.data.decode()
    assert '<h1 class="p-name">Mine</h1>' in page
