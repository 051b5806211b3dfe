"""The pages of a site: which there are, where they lie, what they show."""

import re

from conftest import POST, A, B, built, output
from sites import head, texts, values

SETTINGS = 'title = "Test"\nbase_url = "https://example.org"\n'


def posts(count: int, **fields: str) -> dict[str, str]:
    """Posts `p1`, `p2` … of January 2024, a day apart."""
    return {
        f"content/posts/p{n}.md": head(f"P{n}", f"2024-01-{n:02}", **fields)
        for n in range(1, count + 1)
    }


def titles(html: str) -> list[str]:
    """The titles of the entries of a list."""
    return texts(html, "main .entries .p-name")


def test_a_site_of_one_post_has_these_files():
    site = set(output({A: head(tags="[x]"), "content/about.md": "# About\n"}))
    marked = {p: re.sub(r"\.\w{8}(?=\.(css|js)$)", "", p) for p in site}
    assert sorted(plain for p, plain in marked.items() if p != plain) == [
        *("js/copy.js", "js/full.js", "js/lost.js", "js/search.js"),
        *("js/tabs.js", "js/theme.js", "theme.css"),
    ]
    assert {p for p in marked.values() if not p.startswith("img/")} == {
        *("404.html", "about/index.html", "archive/index.html", "atom.xml"),
        *("blog/a/index.html", "blog/index.html", "favicon.svg", "feed.json"),
        *("index.html", "js/copy.js", "js/full.js", "js/lost.js", "js/search.js"),
        *("js/tabs.js", "js/theme.js", "robots.txt"),
        *("rss.xml", "search.json", "sitemap.xml", "subscribe/index.html"),
        *("tags/index.html", "tags/x/atom.xml", "tags/x/feed.json"),
        *("tags/x/index.html", "tags/x/rss.xml", "theme.css"),
    }


def test_a_new_site_without_posts_builds():
    site = output({})
    assert {"index.html", "404.html", "blog/index.html", "sitemap.xml"} <= set(site)
    assert "archive/index.html" not in site


def test_a_site_whose_only_post_has_a_mistake_names_the_mistake():
    result = built({A: "---\ntitle: Open\n"})
    assert [d.code for d in result.diagnostics] == ["front-matter-open"]
    assert dict(result.artifacts) == {}


def test_one_mistake_and_nothing_is_published():
    assert dict(built({A: POST, B: "---\ntitle: Open\n"}).artifacts) == {}


def test_a_list_goes_on_at_page_2():
    settings = SETTINGS + "[[content]]\nper_page = 2\n"
    site = output({"site.toml": settings, **posts(5, tags="[x]")})
    for folder in ("blog/", "tags/x/"):
        pages = [p for p in site if re.fullmatch(rf"{folder}(page/\d/)?index.html", p)]
        assert pages == [
            f"{folder}index.html",
            f"{folder}page/2/index.html",
            f"{folder}page/3/index.html",
        ]
        assert [titles(site[p]) for p in pages] == [["P5", "P4"], ["P3", "P2"], ["P1"]]
        around = [values(site[p], "nav.pager a", "href") for p in pages]
        assert around == [
            [f"/{folder}page/2/"],
            [f"/{folder}", f"/{folder}page/3/"],
            [f"/{folder}page/2/"],
        ]


def test_a_full_list_is_one_page():
    site = output(posts(10))
    assert "blog/page/2/index.html" not in site
    assert len(titles(site["blog/index.html"])) == 10


ROOT = SETTINGS + '[[content]]\nbase = "/"\npermalink = "/{slug}/"\nper_page = 2\n'


def test_a_list_at_the_root_is_part_of_the_home_page():
    site = output({"site.toml": ROOT, **posts(5)})
    pages = [p for p in site if re.fullmatch(r"(page/\d/)?index.html", p)]
    assert pages == ["index.html", "page/2/index.html", "page/3/index.html"]
    assert [titles(site[p]) for p in pages] == [["P5", "P4"], ["P3", "P2"], ["P1"]]
    assert values(site["index.html"], "nav.pager a", "href") == ["/page/2/"]
    assert "p1/index.html" in site
    assert not any(p.startswith("blog/") for p in site)


def test_the_home_page_shows_the_latest_posts_and_the_authors_own_text():
    site = output({"content/index.md": "Welcome, *you*.\n", **posts(6)})
    assert titles(site["index.html"]) == ["P6", "P5", "P4", "P3"]
    assert "<p>Welcome, <em>you</em>.</p>" in site["index.html"]


def test_the_home_page_introduces_the_author_and_their_projects():
    settings = SETTINGS + (
        '[author]\nname = "Ada"\nrole = "Engineer"\nlocation = "London"\n'
        '[[projects]]\ntitle = "Engine"\nurl = "/blog/a/"\ntext = "It adds."\n'
    )
    home = output({"site.toml": settings, A: POST})["index.html"]
    assert texts(home, ".hero h1") == ["Ada"]
    assert texts(home, ".hero .p-job-title") == ["Engineer"]
    assert values(home, ".cards h3 a", "href") == ["/blog/a/"]


def test_a_topic_has_a_page_and_counts_its_posts():
    later = head("B", "2024-02-01", tags="[Food]")
    site = output({A: head("A", tags="[C++, food]"), B: later})
    assert texts(site["tags/index.html"], ".tags a") == ["C++1", "Food2"]
    assert values(site["tags/index.html"], ".tags a", "href") == [
        "/tags/c-plus-plus/",
        "/tags/food/",
    ]
    assert titles(site["tags/food/index.html"]) == ["B", "A"]


def test_a_site_without_topics_has_no_page_for_them():
    site = output({A: POST})
    assert not any(p.startswith("tags/") for p in site)
    assert "/tags/" not in site["index.html"]


def test_the_archive_lists_every_post_by_year():
    files = {A: head("Old", "2022-12-31"), B: head("New", "2024-01-01")}
    page = output(files)["archive/index.html"]
    assert texts(page, "main h2") == ["2024", "2022"]
    assert texts(page, "main .h-entry") == ["New1 Jan", "Old31 Dec"]
    assert texts(page, "main .lede") == ["2 posts since December 2022."]


def test_a_post_names_its_neighbours():
    page = output(posts(3))["blog/p2/index.html"]
    assert values(page, ".after .pager a", "href") == ["/blog/p1/", "/blog/p3/"]
    assert texts(page, ".after .pager b") == ["P1", "P3"]


def test_the_years_of_the_footer_are_those_of_the_posts():
    files = {A: head("Old", "2022-12-31"), B: head("New", "2024-01-01")}
    assert texts(output(files)["index.html"], "footer small") == ["© 2022–2024 Test"]


def test_the_year_of_the_footer_is_that_of_all_posts():
    assert texts(output({A: POST})["index.html"], "footer small") == ["© 2024 Test"]


def test_lost_readers_find_a_page():
    page = output(posts(5))["404.html"]
    assert values(page, 'meta[name="robots"]', "content") == ["noindex"]
    assert values(page, "link[rel=canonical]", "href") == []
    assert titles(page) == ["P5", "P4", "P3"]


def test_an_old_address_leads_to_the_new_one():
    site = output({A: head(aliases="[/2019/old.html, /older/]")})
    for path in ("2019/old.html", "older/index.html"):
        assert (
            values(site[path], "a, link[rel=canonical]", "href")
            == ["https://example.org/blog/a/"] * 2
        )
        assert values(site[path], "meta[http-equiv=refresh]", "content") == [
            "0; url=https://example.org/blog/a/"
        ]
        assert values(site[path], "meta[name=robots]", "content") == ["noindex"]
