"""Related posts: what to read next, by the topics that posts share."""

import pytest

from blog.memo import Memo
from conftest import built, changed, output
from sites import head, texts, values

Tags = dict[int, str]


def posts(tags: Tags, **fields: str) -> dict[str, str]:
    """Posts by the day of January on which they were written, with their tags."""
    return {
        f"content/posts/p{day:02}.md": head(
            f"P{day}", f"2024-01-{day:02}", tags=f"[{own}]", **fields
        )
        for day, own in tags.items()
    }


def page(site: dict[str, str], day: int) -> str:
    """The post of a day, as a page."""
    return site[f"blog/p{day:02}/index.html"]


def related(tags: Tags, day: int) -> list[str]:
    """The posts that the one of a day names as related, in order."""
    return shown(page(output(posts(tags)), day))


def shown(html: str) -> list[str]:
    """The related posts of a page, in order."""
    return texts(html, ".after section .p-name")


def test_a_post_names_those_that_share_a_topic_with_it():
    assert related({1: "x", 2: "y", 3: "x", 4: "y"}, 1) == ["P3"]
    assert related({1: "x", 2: "y", 3: "x", 4: "y"}, 4) == ["P2"]


def test_a_related_post_shows_its_title_and_its_day():
    html = page(output(posts({1: "x", 2: "", 3: "x"})), 1)
    assert texts(html, ".after section h2") == ["Related"]
    assert texts(html, ".after section li") == ["P33 Jan 2024"]
    assert values(html, ".after section a", "href") == ["/blog/p03/"]


def test_a_post_without_a_topic_or_one_of_its_own_has_no_related_ones():
    tags = {1: "", 2: "x", 3: "", 4: "y"}
    site = output(posts(tags))
    assert [texts(page(site, day), ".after section") for day in tags] == [[]] * 4


def test_its_neighbours_stand_beside_a_post_anyway():
    assert related({1: "x", 2: "x", 3: "x", 4: "x"}, 2) == ["P4"]


def test_three_are_named_at_most_those_nearest_in_time_first():
    every = dict.fromkeys(range(1, 11), "x")
    assert related(every, 1) == ["P3", "P4", "P5"]
    assert related(every, 10) == ["P8", "P7", "P6"]


def test_of_two_that_are_equally_near_the_newer_comes_first():
    assert related(dict.fromkeys(range(1, 8), "x"), 4)[:2] == ["P6", "P2"]


def test_a_rare_topic_weighs_more_than_a_common_one():
    tags = {1: "x, y", 2: "", 3: "x", 4: "x", 5: "x", 6: "y"}
    assert related(tags, 1) == ["P6", "P3", "P4"]


def test_more_shared_topics_weigh_more_than_one():
    assert related({1: "x, y", 2: "", 3: "x", 4: "y", 5: "x, y"}, 1)[0] == "P5"


def test_topics_of_one_address_are_one_topic():
    assert related({1: "Web Dev", 2: "", 3: "web-dev"}, 1) == ["P3"]


def test_parts_of_its_series_are_not_named_again():
    site = posts({1: "x", 2: "", 3: "x", 4: "", 6: ""})
    series = posts({5: "x", 7: "x"}, series="Garden")
    html = page(output({**site, **series}), 5)
    assert texts(html, ".series li") == ["P5", "P7"]
    assert shown(html) == ["P3", "P1"]


@pytest.mark.parametrize("field", ["draft", "unlisted"])
def test_what_readers_cannot_find_is_related_to_nothing(field: str):
    hidden = posts({3: "x"}, **{field: "true"})
    site = posts({1: "x", 2: "", 4: ""})
    assert shown(page(output({**site, **hidden}), 1)) == []


def test_an_unlisted_post_names_no_others():
    hidden = posts({1: "x"}, unlisted="true")
    assert shown(page(output({**posts({2: "", 3: "x"}), **hidden}), 1)) == []


def test_a_related_post_in_another_language_says_so():
    site = {**posts({1: "x", 2: ""}), **posts({3: "x"}, lang="fr")}
    assert values(page(output(site), 1), ".after section a", "lang") == ["fr"]


def test_related_posts_are_linked_below_the_path_of_base_url():
    below = {"site.toml": 'title = "T"\nbase_url = "https://example.org/sub"\n'}
    html = page(output({**below, **posts({1: "x", 2: "", 3: "x"})}), 1)
    assert values(html, ".after section a", "href") == ["/sub/blog/p03/"]


OLD = posts(dict.fromkeys(range(1, 9), "x"))
FIRST = "content/posts/p01.md"
PAGES = {f"blog/p{day:02}/index.html" for day in range(1, 9)}


@pytest.mark.parametrize(
    ("edit", "pages"),
    [
        (posts({20: "y"}), {"blog/p08/index.html"}),
        (posts({20: "x"}), {f"blog/p0{day}/index.html" for day in (6, 7, 8)}),
        (
            {FIRST: OLD[FIRST].replace("P1", "One")},
            {f"blog/p0{day}/index.html" for day in (1, 2, 3)},
        ),
        (
            {FIRST: OLD[FIRST] + "More.\n"},
            {"blog/p01/index.html"},
        ),
    ],
    ids=["a new post", "a new post of the topic", "a title", "a text"],
)
def test_an_edit_changes_the_posts_that_name_the_edited_one_and_no_others(
    edit: dict[str, str], pages: set[str]
):
    memo = Memo()
    before = built(OLD, memo=memo)
    after, clean = built({**OLD, **edit}, memo=memo), built({**OLD, **edit})
    assert changed(before, after) & PAGES == pages
    assert changed(after, clean) == set()
