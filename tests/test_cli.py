"""`blog build` and `blog check`: what they print where, and how they end."""

from command import DRAFT, FUTURE, NO_DATE, NO_DATE_TOLD, TYPO, TYPO_TOLD, blog, objects
from conftest import POST, A, B
from disk import tree, write

# build


def test_build_publishes_the_site_and_counts_what_it_did(tmp_path):
    write(tmp_path, {A: POST})
    assert blog(tmp_path, "build") == (0, "1 post, 6 pages → public/ in N s\n", "")
    assert "Hello." in (tmp_path / "public/blog/a/index.html").read_text()


def test_build_of_a_site_without_posts_publishes_what_there_is(tmp_path):
    write(tmp_path, {})
    code, _, err = blog(tmp_path, "build")
    assert (code, err) == (0, "")
    assert (tmp_path / "public/index.html").is_file()


def test_build_names_what_it_holds_back_and_why(tmp_path):
    write(
        tmp_path, {A: POST, "content/posts/d.md": DRAFT, "content/posts/f.md": FUTURE}
    )
    assert blog(tmp_path, "build") == (
        0,
        "held back: content/posts/f.md (dated 2031-01-01, in the future)\n"
        "held back: content/posts/d.md (draft)\n"
        "1 post, 6 pages, 2 held back (1 draft, 1 future) → public/ in N s\n",
        "",
    )


def test_build_shows_drafts_and_posts_of_the_future_when_asked(tmp_path):
    write(
        tmp_path, {A: POST, "content/posts/d.md": DRAFT, "content/posts/f.md": FUTURE}
    )
    code, out, err = blog(tmp_path, "build", "-D", "--future")
    assert (code, err) == (0, "")
    assert out.startswith("3 posts, ")
    assert (tmp_path / "public/blog/d/index.html").is_file()
    assert (tmp_path / "public/blog/f/index.html").is_file()


def test_warnings_go_to_standard_error_and_do_not_stop_the_build(tmp_path):
    write(tmp_path, {A: POST, B: TYPO})
    code, out, err = blog(tmp_path, "build")
    assert (code, err) == (0, TYPO_TOLD)
    assert out.endswith(", 1 warning → public/ in N s\n")


def test_strict_makes_warnings_fail(tmp_path):
    write(tmp_path, {A: POST, B: TYPO})
    assert blog(tmp_path, "build", "--strict") == (
        1,
        "",
        f"{TYPO_TOLD}0 errors, 1 warning; nothing was written\n",
    )
    assert not (tmp_path / "public").exists()


def test_errors_leave_the_site_that_was_there(tmp_path):
    write(tmp_path, {A: POST})
    blog(tmp_path, "build")
    before = tree(tmp_path / "public")
    write(tmp_path, {B: NO_DATE})
    assert blog(tmp_path, "build") == (
        1,
        "",
        f"{NO_DATE_TOLD}1 error, 0 warnings; nothing was written\n",
    )
    assert tree(tmp_path / "public") == before


def test_quiet_leaves_only_errors(tmp_path):
    write(tmp_path, {A: POST, B: TYPO})
    assert blog(tmp_path, "build", "-q") == (0, "", "")
    write(tmp_path, {B: NO_DATE})
    assert blog(tmp_path, "build", "-q") == (1, "", NO_DATE_TOLD)


def test_more_than_fifty_warnings_are_counted_and_all_shown_with_v(tmp_path):
    posts = {f"content/posts/{n}.md": TYPO for n in range(52)}
    write(tmp_path, posts)
    _, _, err = blog(tmp_path, "check")
    assert err.count("[unknown-field]") == 50
    assert err.endswith("… and 2 more warnings (-v)\n")
    _, _, err = blog(tmp_path, "check", "-v")
    assert err.count("[unknown-field]") == 52


def test_build_with_json_prints_objects_only(tmp_path):
    write(tmp_path, {A: POST, B: TYPO, "content/posts/d.md": DRAFT})
    code, out, err = blog(tmp_path, "build", "--json")
    warning, summary = objects(out)
    assert code == 0
    assert err == TYPO_TOLD
    assert warning == {
        "kind": "diagnostic",
        "severity": "warning",
        "code": "unknown-field",
        "message": "unknown field 'titel'",
        "file": "content/posts/b.md",
        "line": 2,
        "column": 1,
        "hint": "did you mean 'title'?",
        "related": [],
    }
    assert summary == {
        "kind": "summary",
        "ok": True,
        "posts": 2,
        "pages": 7,
        "files": len([t for t in tree(tmp_path / "public").values() if t != "<folder>"])
        - 1,
        "held": {"content/posts/d.md": "draft"},
        "warnings": 1,
        "reused": False,
        "seconds": 0,
    }


def test_a_build_that_fails_says_so_in_json(tmp_path):
    write(tmp_path, {A: POST, B: NO_DATE})
    code, out, _ = blog(tmp_path, "build", "--json", "-q")
    assert code == 1
    assert [o["kind"] for o in objects(out)] == ["diagnostic", "summary"]
    summary = {"kind": "summary", "ok": False, "errors": 1, "warnings": 0}
    assert objects(out)[-1] == summary


def test_the_address_can_be_given_with_the_call(tmp_path):
    write(tmp_path, {A: POST})
    blog(tmp_path, "build", "--base-url", "https://preview.example/42/")
    page = (tmp_path / "public/blog/a/index.html").read_text()
    assert 'href="https://preview.example/42/blog/a/"' in page
    assert "example.org" not in "".join(tree(tmp_path / "public").values())


def test_the_site_and_the_output_can_lie_elsewhere(tmp_path):
    write(tmp_path / "site", {A: POST})
    code, out, err = blog(tmp_path, "build", "--root", "site", "--output", "out/www")
    assert (code, err) == (0, "")
    assert out.endswith("→ site/out/www/ in N s\n")
    assert (tmp_path / "site/out/www/index.html").is_file()


def test_another_configuration_can_be_named(tmp_path):
    other = 'title = "Other"\nbase_url = "https://other.example"\n'
    write(tmp_path, {A: POST, "other.toml": other})
    assert blog(tmp_path, "build", "--config", "other.toml")[0] == 0
    assert "https://other.example" in (tmp_path / "public/sitemap.xml").read_text()


# check


def test_check_says_what_a_build_would_and_writes_nothing(tmp_path):
    write(tmp_path, {A: POST, B: TYPO})
    before = tree(tmp_path)
    told = (0, "0 errors, 1 warning in 2 posts\n", TYPO_TOLD)
    assert blog(tmp_path, "check") == told
    assert tree(tmp_path) == before


def test_check_fails_where_a_build_would(tmp_path):
    write(tmp_path, {A: POST, B: NO_DATE})
    code, out, err = blog(tmp_path, "check")
    assert (code, out) == (1, "1 error, 0 warnings in 1 post\n")
    assert err == NO_DATE_TOLD


def test_check_with_json_ends_with_a_summary(tmp_path):
    write(tmp_path, {A: POST})
    summary = {"kind": "summary", "ok": True, "errors": 0, "warnings": 0}
    code, out, err = blog(tmp_path, "check", "--json")
    assert (code, objects(out), err) == (0, [summary], "")
