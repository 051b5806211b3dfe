"""`blog init`: a new site builds at once, and what is there stays."""

from datetime import date
from pathlib import Path

import pytest

from blog.diagnostics import Abort
from blog.init import init
from command import blog
from conftest import built

TODAY = date(2024, 1, 31)


def texts(folder: Path) -> dict[str, str | bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_new_site_has_two_posts_an_about_page_and_settings(tmp_path: Path):
    init(tmp_path / "new", TODAY)
    assert list(texts(tmp_path / "new")) == [
        ".gitignore",
        "content/about.md",
        "content/index.md",
        "content/posts/a-post-with-everything/hills.svg",
        "content/posts/a-post-with-everything/index.md",
        "content/posts/hello.md",
        "site.toml",
    ]


def test_a_new_site_builds_without_a_word(tmp_path: Path):
    init(tmp_path / "new", TODAY)
    result = built(texts(tmp_path / "new"))
    assert (result.diagnostics, result.summary.posts) == ((), 2)


def test_its_posts_are_dated_by_the_day_it_is_begun_on(tmp_path: Path):
    init(tmp_path, TODAY)
    posts = [t for path, t in texts(tmp_path).items() if "posts/" in path]
    assert ["date: 2024-01-31\n" in str(post) for post in posts] == [False, True, True]


def test_every_setting_that_stands_in_it_is_the_default(tmp_path: Path):
    init(tmp_path, TODAY)
    settings = (tmp_path / "site.toml").read_text()
    theme = settings[settings.index("[theme]") :]
    plain = built({**texts(tmp_path), "site.toml": settings.replace(theme, "")})
    assert built(texts(tmp_path)).artifacts == plain.artifacts


@pytest.mark.parametrize("path", ["site.toml", "content/posts/hello.md", ".gitignore"])
def test_nothing_is_written_where_one_of_the_files_exists(tmp_path: Path, path: str):
    mine = tmp_path / path
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("mine")
    with pytest.raises(Abort, match="exists already, so nothing was written"):
        init(tmp_path, TODAY)
    assert texts(tmp_path) == {path: "mine"}


def test_the_command_says_what_it_wrote_and_how_to_go_on(tmp_path: Path):
    code, said, errors = blog(tmp_path, "init", "demo")
    assert (code, errors) == (0, "")
    assert said.splitlines()[-2:] == [
        "wrote demo/site.toml",
        "Now: cd demo && blog build",
    ]
    assert blog(tmp_path / "demo", "build", "--strict")[0] == 0
