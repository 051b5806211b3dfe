"""`[comments]`: off, until a site names whose they are."""

import pytest

from conftest import A, built, lines, output
from sites import head, texts, values

LEAST = 'title = "T"\nbase_url = "https://example.org"\n'
GISCUS = (
    '[comments]\nkind = "giscus"\nrepo = "ada/blog"\nrepo_id = "R_1"\n'
    'category = "Notes"\ncategory_id = "C_1"\n'
)
UTTERANCES = '[comments]\nkind = "utterances"\nrepo = "ada/blog"\n'


def site(settings: str, **files: str) -> dict[str, str]:
    return output({"site.toml": LEAST + settings, A: head(), **files})


def policy(page: str) -> dict[str, str]:
    """What the page may do, by directive."""
    (text,) = values(page, "meta[http-equiv=Content-Security-Policy]", "content")
    return dict(each.split(" ", 1) for each in (text or "").split("; "))


def test_without_a_word_there_are_none():
    page = site("")["blog/a/index.html"]
    assert texts(page, ".comments") == []
    assert "frame-src" not in policy(page)


@pytest.mark.parametrize(
    ("settings", "host", "style"),
    [
        (GISCUS, "https://giscus.app", "'self' https://giscus.app"),
        (UTTERANCES, "https://utteranc.es", "'self' 'unsafe-inline'"),
    ],
)
def test_a_post_allows_what_its_comments_need_and_no_more(
    settings: str, host: str, style: str
):
    pages = site(settings)
    without = policy(site("")["blog/a/index.html"])
    with_them = policy(pages["blog/a/index.html"])
    changed = {k: v for k, v in with_them.items() if without.get(k) != v}
    assert changed == {
        "script-src": without["script-src"].replace("'self'", f"'self' {host}"),
        "style-src": style,
        "frame-src": host,
    }
    assert policy(pages["blog/index.html"]) == policy(site("")["blog/index.html"])


def test_giscus_is_told_where_the_comments_are_and_in_which_language():
    page = site(f'language = "de"\n{GISCUS}')["blog/a/index.html"]
    script = ".comments script"
    names = ("data-repo", "data-repo-id", "data-category", "data-category-id")
    found = [values(page, script, name)[0] for name in (*names, "data-lang")]
    assert found == ["ada/blog", "R_1", "Notes", "C_1", "de"]
    assert texts(page, ".comments h2") == ["Kommentare"]


def test_without_scripts_readers_are_told_what_is_missing():
    page = site(UTTERANCES)["blog/a/index.html"]
    assert "Comments need scripts, and load from utteranc.es." in page


def test_a_part_of_the_sites_own_may_take_their_place():
    own = {
        "templates/comments.html": '<p><a href="mailto:me@example.org">Write</a></p>'
    }
    page = site('[comments]\nkind = "custom"\n', **own)["blog/a/index.html"]
    assert texts(page, ".comments p") == ["Write"]


def test_a_post_may_do_without():
    pages = output({"site.toml": LEAST + UTTERANCES, A: head(comments="false")})
    assert texts(pages["blog/a/index.html"], ".comments") == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            '[comments]\nkind = "giscus"\nrepo = "ada/blog"\n',
            "site.toml:4:1: error: giscus needs repo_id, category, category_id"
            " [config-key]",
        ),
        (
            '[comments]\nkind = "utterances"\nrepo = "https://x.example"\n',
            "site.toml:5:1: error: 'comments.repo' is no repository of GitHub:"
            " 'https://x.example' [config-value]",
        ),
    ],
)
def test_comments_that_cannot_work_are_told(settings: str, told: str):
    assert lines(built({"site.toml": LEAST + settings, A: head()}))[0] == told


def test_a_part_that_is_not_there_is_told():
    result = built({"site.toml": f'{LEAST}[comments]\nkind = "custom"\n', A: head()})
    assert [d.message for d in result.diagnostics] == [
        "there is no template 'comments.html'"
    ]
