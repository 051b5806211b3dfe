"""What pages show of a front matter has the signs of print, as texts have."""

import json

import pytest

from conftest import A, B, output
from sites import head, texts, values, words

TITLE = '"It\'s done" -- or `is it`?'
SET = "“It’s done” – or `is it`?"
BASE = 'title = "T"\nbase_url = "https://example.org"\n'


def site(files: dict[str, str]) -> dict[str, str]:
    return output({"site.toml": BASE, **files})


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def test_a_title_is_set_wherever_it_is_shown():
    made = site({A: head(quoted(TITLE)), B: head("B", day="2024-02-01")})
    page = made["blog/a/index.html"]
    assert texts(page, "h1, title") == [f"{SET} · T", SET]
    assert values(page, "meta[property='og:title']", "content") == [SET]
    assert texts(made["blog/index.html"], "main .p-name") == ["B", SET]
    assert texts(made["archive/index.html"], "main .p-name") == ["B", SET]
    assert texts(made["blog/b/index.html"], ".pager b") == [SET]


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de", "„It’s done“ – or `is it`?"),
        ("fr", "«\u202fIt’s done\u202f» – or `is it`?"),
    ],
)
def test_it_has_the_quotes_of_its_language(language, title):
    page = site({A: head(quoted(TITLE), lang=language)})["blog/a/index.html"]
    assert words(page, "h1") == " ".join(title.split())


def test_descriptions_series_and_corrections_are_set_too():
    fields = {
        "description": quoted('It\'s "short"'),
        "series": quoted("Ada's way"),
        "planned": '["What\'s next"]',
        "updates": "[{date: 2024-03-01, note: It's mended}]",
    }
    made = site(
        {A: head(**fields), B: head(day="2024-02-01", series=quoted("Ada's way"))}
    )
    page = made["blog/a/index.html"]
    assert texts(page, ".lede") == ["It’s “short”"]
    assert texts(page, ".changes dd") == ["It’s mended"]
    series = words(page, ".series")
    assert "Ada’s way" in series
    assert "What’s next (to come)" in series
    assert "It’s “short”" in words(made["blog/index.html"])


def test_addresses_and_what_stands_twice_are_those_of_the_title_as_written():
    written = head(quoted("Don't")).replace("Hello.", "# Don't\n\nHello.")
    made = site({"content/posts/dont.md": written})
    assert texts(made["blog/dont/index.html"], "h1") == ["Don’t"]


def test_feeds_have_the_title_of_the_page_as_plain_text():
    made = site({A: head(quoted(TITLE))})
    assert json.loads(made["feed.json"])["items"][0]["title"] == SET
    for name in ("rss.xml", "atom.xml"):
        assert f"<title>{SET}</title>" in made[name]


def test_who_types_straight_quotes_finds_the_title():
    (post,) = json.loads(site({A: head(quoted(TITLE))})["search.json"])
    assert post["title"] == SET
    assert "its done" in post["text"]


FOLDER = '[[content]]\npath = "blog"\ndialect = "docusaurus"\nbase = "/blog/"\n'


@pytest.mark.parametrize(
    ("path", "settings"), [(A, "[markdown]\nsmart = false\n"), ("blog/a.md", FOLDER)]
)
def test_where_texts_stay_as_they_are_titles_do_too(path, settings):
    made = output({"site.toml": BASE + settings, path: head(quoted(TITLE))})
    assert TITLE in texts(made["archive/index.html"], "h3")
