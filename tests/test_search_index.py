"""`search.json`: what the search of the theme looks through."""

import json

import pytest

from blog.memo import Memo
from conftest import POST, A, B, built, changed, output
from sites import head, values

LEAST = 'title = "Test"\nbase_url = "https://example.org"\n'
BELOW = LEAST.replace(".org", ".org/sub")
OFF = LEAST + '[theme]\nsearch = "off"\n'


def searched(site: dict[str, str]) -> dict[str, str]:
    """What is searched of each post, by its title; newest first."""
    return {row["title"]: row["text"] for row in json.loads(site["search.json"])}


def test_the_index_holds_one_post_a_line_newest_first():
    files = {A: head("Old", tags="[C++]"), B: head("New", "2024-02-01")}
    assert output({"site.toml": BELOW, **files})["search.json"] == (
        "[\n"
        '{"url":"/sub/blog/b/","title":"New","text":"new hello."},\n'
        '{"url":"/sub/blog/a/","title":"Old","text":"old c++ hello."}\n'
        "]\n"
    )


def test_titles_topics_and_summaries_are_searched_and_no_more():
    text = head("On Moss", tags="[Green, Wet]", description="In *short*.") + "Long.\n"
    assert searched(output({A: text})) == {"On Moss": "on moss green wet in *short*."}


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Crème BRÛLÉE", "creme brulee"),
        ("Ångström", "angstrom"),
        ("İstanbul", "istanbul"),
        ("ﬁne", "fine"),
        ("日本語", "日本語"),
        ("50 € ½", "50 € 1⁄2"),
    ],
)
def test_case_and_accents_are_left_out_of_what_is_searched(title: str, found: str):
    assert searched(output({A: head(title)})) == {title: f"{found} hello."}


def test_a_title_of_any_signs_is_kept():
    title = '"</script>" \\ <b> & \U0001f331'
    site = output({A: head(json.dumps(title, ensure_ascii=False))})
    assert list(searched(site)) == ["\u201c</script>\u201d \\ <b> & \U0001f331"]


def test_addresses_of_the_index_can_be_followed():
    site = output({"content/posts/日本 語.md": head("日本")})
    assert json.loads(site["search.json"])[0]["url"] == (
        "/blog/%E6%97%A5%E6%9C%AC-%E8%AA%9E/"
    )


@pytest.mark.parametrize("field", ["draft", "unlisted"])
def test_what_readers_cannot_find_is_not_searched(field: str):
    site = output({A: POST, B: head("Secret", **{field: "true"})})
    assert list(searched(site)) == ["A post"]


def test_every_page_knows_where_the_index_is():
    site = output({"site.toml": BELOW, A: POST, "content/about.md": "# About\n"})
    for path, html in site.items():
        if path.endswith(".html"):
            assert values(html, "dialog", "data-index") == ["/sub/search.json"]


@pytest.mark.parametrize("files", [{"site.toml": OFF, A: POST}, {"site.toml": LEAST}])
def test_without_search_or_posts_there_is_no_index_and_no_page_asks_for_it(
    files: dict[str, str],
):
    site = output(files)
    assert "search.json" not in site
    assert not any("search.json" in text for text in site.values())
    for path in ("index.html", "404.html"):
        assert values(site[path], "dialog, [data-search]", "class") == []
        assert not any("search" in src for src in scripts(site[path]))


def scripts(page: str) -> list[str]:
    """The addresses of a page's scripts."""
    return [src for src in values(page, "script", "src") if src]


@pytest.mark.parametrize(
    ("old", "new", "index"),
    [("Hello", "Goodbye", True), ("A post", "Another", True), ("2024", "2023", False)],
)
def test_an_edit_reaches_the_index_if_it_changes_what_is_searched(
    old: str, new: str, index: bool
):
    memo = Memo()
    before = built({A: POST}, memo=memo)
    edited = {A: POST.replace(old, new)}
    after = built(edited, memo=memo)
    assert ("search.json" in changed(before, after)) is index
    assert changed(after, built(edited)) == set()
