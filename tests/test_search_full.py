"""`search = "full"`: the index of whole texts, and what is in it."""

import sys

import pytest

from blog.build import Options, build
from blog.memo import Memo
from blog.shelf import MemoryShelf
from conftest import A, B, built, lines, snapshot
from sites import head, values

pytest.importorskip("pagefind")

FULL = 'title = "T"\nbase_url = "https://example.org/sub"\n[theme]\nsearch = "full"\n'
SITE = {"site.toml": FULL, A: head(), B: head(title="B", draft="true")}
ENTRY = "pagefind/pagefind-entry.json"


def paths(files: dict[str, str]) -> set[str]:
    return set(built(files, preview=False).artifacts)


def pagefind(files: dict[str, str]) -> dict[str, str]:
    """The digest of each file of the index by path."""
    found = built(files, preview=False).artifacts.items()
    return {p: a.blob.digest for p, a in found if p.startswith("pagefind/")}


def test_an_index_is_published_and_not_that_of_titles():
    found = paths(SITE)
    assert {ENTRY, "pagefind/pagefind.js"} <= found
    assert "search.json" not in found
    assert not any("-ui" in path for path in found)


def test_it_is_the_same_each_time():
    assert pagefind(SITE) == pagefind(SITE)


def test_what_is_held_back_is_not_in_it():
    without = {k: v for k, v in SITE.items() if k != B}
    assert pagefind(SITE) == pagefind(without)


def test_only_a_change_of_what_is_searched_makes_it_anew():
    memo, shelf = Memo(), MemoryShelf()

    def computed(files: dict[str, str]) -> set[str]:
        memo.computed.clear()
        assert build(snapshot(files), memo=memo, shelf=shelf).ok
        return {step for step, _ in memo.computed}

    assert "indexed" in computed(SITE)
    assert "indexed" not in computed({**SITE, "templates/404.html": "lost"})
    assert "indexed" in computed({**SITE, A: f"{head()}\nMore.\n"})


def test_pages_load_the_engine_late_and_allow_it_to_run():
    page = built(SITE, preview=False).artifacts["blog/a/index.html"].blob.data.decode()
    assert values(page, "#search", "data-index") == ["/sub/pagefind/"]
    assert "pagefind.js" not in page
    (policy,) = values(page, "meta[http-equiv=Content-Security-Policy]", "content")
    assert "'wasm-unsafe-eval'" in (policy or "")


def test_with_titles_no_page_may_run_such_an_engine():
    page = built({A: head()}).artifacts["blog/a/index.html"].blob.data.decode()
    assert "wasm" not in page


def test_a_preview_can_do_with_titles():
    result = build(snapshot(SITE), options=Options(preview=True))
    assert "search.json" in result.artifacts
    assert ENTRY not in result.artifacts


def test_a_site_without_posts_has_no_search():
    assert not any("pagefind" in path for path in paths({"site.toml": FULL}))


def test_where_the_program_is_missing_titles_are_searched_and_it_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "pagefind", None)
    monkeypatch.setattr("blog.fulltext.find_spec", lambda _: None)
    result = built(SITE, preview=False)
    assert lines(result) == [
        "site.toml:4:1: warning: full-text search needs pagefind, which is not installed"
        " [search-missing]",
        '  4 | search = "full"',
        "    | ^^^^^^ pip install 'blog[search]';"
        " until then titles and summaries are searched",
    ]
    assert "search.json" in result.artifacts
