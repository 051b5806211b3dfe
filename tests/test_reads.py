"""Reads that are easily forgotten: what a memo must notice all the same."""

from collections.abc import Mapping

from blog.memo import Memo
from conftest import POST, SITE, A, B, built, lines
from sites import head

JEKYLL = 'title = "T"\nbase_url = "https://example.org"\n[[content]]\npath = "."\n'


def again(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Both sites, one after the other with a memo, and the second by itself."""
    memo = Memo()
    built(before, memo=memo)
    reused, clean = built(after, memo=memo), built(after)
    assert lines(reused) == lines(clean)
    assert reused.artifacts == clean.artifacts


def test_a_picture_of_the_front_matter_that_moves_is_told_at_its_new_line():
    head = "---\ntitle: A\nimage: ./gone.png\ndate: 2024-01-31\n---\n"
    moved = "---\nimage: ./gone.png\ntitle: A\ndate: 2024-01-31\n---\n"
    again({A: head}, {A: moved})


def test_a_template_that_is_imported_by_an_imported_one_is_a_read_of_every_page():
    site = {
        A: POST,
        B: POST,
        "templates/post.html": '{% import "m.html" as m %}{{ m.word() }}',
        "templates/m.html": '{% import "n.html" as n %}'
        "{% macro word() %}{{ n.word() }}{% endmacro %}",
        "templates/n.html": "{% macro word() %}one{% endmacro %}",
    }
    again(site, {**site, "templates/n.html": "{% macro word() %}two{% endmacro %}"})


def test_quotes_around_a_default_of_jekyll_are_a_difference():
    site = {
        "site.toml": f'{JEKYLL}dialect = "jekyll"\ntimezone = "America/New_York"\n',
        "_posts/2024-01-01-a.md": "---\ntitle: A\n---\n",
    }
    defaults = "defaults:\n- scope: {path: ''}\n  values: {date: %s}\n"
    plain = {**site, "_config.yml": defaults % "2024-01-02 02:00:00"}
    quoted = {**site, "_config.yml": defaults % "'2024-01-02 02:00:00'"}
    again(plain, quoted)


def test_a_new_post_leaves_the_pages_of_others_with_its_tag_alone():
    site = {
        f"content/posts/p{n:02}.md": head(day=f"2024-01-{n:02}", tags="[x]")
        for n in range(1, 31)
    }
    newest = {"content/posts/new.md": head(day="2024-01-31", tags="[x]")}
    memo = Memo()
    built(site, memo=memo)
    built({**site, **newest}, memo=memo)
    posts = {output for _, output in memo.computed if output.startswith("blog/")}
    assert posts == {
        *("blog/index.html", "blog/page/2/index.html", "blog/page/3/index.html"),
        "blog/page/4/index.html",
        "blog/new/index.html",
        "blog/p30/index.html",  # which now has a newer one
        *("blog/p29/index.html", "blog/p28/index.html"),  # now related to the new one
    }


def test_the_order_in_which_posts_are_coloured_changes_none_of_them():
    csound = "```csound-orc\ninstr 1\n  aout myop 1\nendin\n```\n"
    with_opcode = "```csound-orc\nopcode myop, a, i\nendop\n```\n"
    alone = built({B: POST + csound}).artifacts["blog/b/index.html"]
    built({A: POST + with_opcode})
    assert built({B: POST + csound}).artifacts["blog/b/index.html"] == alone


def test_a_key_without_a_name_in_site_toml_is_kept_like_any_other():
    site = {"site.toml": f'{SITE["site.toml"]}[tags.""]\nslug = "x"\n', A: POST}
    memo = Memo()
    built(site, memo=memo)
    built(site, memo=memo)
    assert (memo.computed, memo.trouble) == ([], "")
