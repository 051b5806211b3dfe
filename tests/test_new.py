"""`blog new`: a dated post in the right place, in the manner of its folder."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blog.build import arrange_site
from blog.config import Config, Content
from blog.diagnostics import Abort
from blog.new import new_post
from command import blog
from conftest import SITE, built, snapshot
from disk import tree, write

NOW = datetime(2024, 1, 31, 23, 30, tzinfo=UTC)


def config(dialect: str = "native", **more: str) -> Config:
    content = Content(path="posts", dialect=dialect)  # type: ignore[arg-type]
    return Config(title="T", base_url="https://e.org", content=(content,), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("dialect", "written"),
    [
        (
            "native",
            {"a-title.md": "---\ntitle: A title\ndate: 2024-01-31\ntags: []\n---\n\n"},
        ),
        (
            "docusaurus",
            {
                "2024-01-31-a-title.md": "---\nslug: a-title\ntitle: A title\ntags: []\n---\n\n"
            },
        ),
        (
            "jekyll",
            {
                "_posts": "<folder>",
                "_posts/2024-01-31-a-title.md": "---\nlayout: post\ntitle: A title\n"
                "date: 2024-01-31 23:30:00+00:00\ntags: []\n---\n\n",
            },
        ),
    ],
)
def test_a_post_is_begun_in_the_manner_of_its_folder(
    tmp_path: Path, dialect: str, written: dict[str, str]
):
    new_post(tmp_path, config(dialect), "A  title", now=NOW)
    assert tree(tmp_path / "posts") == written


@pytest.mark.parametrize(
    ("dialect", "path"),
    [
        ("native", "posts/a-title.md"),
        ("docusaurus", "posts/2024-01-31-a-title.md"),
        ("jekyll", "posts/_drafts/a-title.md"),
    ],
)
def test_a_draft_is_held_back_until_its_author_says_otherwise(
    tmp_path: Path, dialect: str, path: str
):
    new_post(tmp_path, config(dialect), "A title", now=NOW, draft=True)
    toml = f'{SITE["site.toml"]}[[content]]\npath = "posts"\ndialect = "{dialect}"\n'
    result = built({"site.toml": toml, path: (tmp_path / path).read_text()})
    assert result.summary.held == ((path, "draft"),)


def test_a_post_may_be_a_folder_with_room_for_pictures(tmp_path: Path):
    path = new_post(tmp_path, config(), "A title", now=NOW, folder=True)
    assert path == tmp_path / "posts/a-title/index.md"


def test_a_post_is_dated_by_the_day_it_is_where_the_site_lives(tmp_path: Path):
    oslo = config(timezone="Europe/Oslo")
    assert "date: 2024-02-01\n" in new_post(tmp_path, oslo, "A", now=NOW).read_text()


def test_a_title_keeps_every_sign_it_has(tmp_path: Path):
    title = 'Why: "we\'re" #back – ça va? 冪等'
    text = new_post(tmp_path, config(), title, now=NOW).read_text()
    site = arrange_site(snapshot({"content/posts/a.md": text})).site
    assert [post.title for post in site.posts] == [title]


@pytest.mark.parametrize("old", ["posts/a-title.md", "posts/a-title/index.md"])
@pytest.mark.parametrize("folder", [True, False])
def test_what_exists_is_never_overwritten(tmp_path: Path, old: str, folder: bool):
    write(tmp_path, {old: "mine"})
    with pytest.raises(Abort, match="exists already, and stays as it is"):
        new_post(tmp_path, config(), "A title", now=NOW, folder=folder)
    assert (tmp_path / old).read_text() == "mine"


def test_a_folder_is_refused_where_the_dialect_knows_none(tmp_path: Path):
    with pytest.raises(Abort, match="jekyll has no posts that are folders"):
        new_post(tmp_path, config("jekyll"), "A", now=NOW, folder=True)


def test_a_post_without_a_title_is_not_begun(tmp_path: Path):
    with pytest.raises(Abort, match="the title is empty"):
        new_post(tmp_path, config(), " ", now=NOW)


def test_the_command_takes_the_title_with_or_without_quotes(tmp_path: Path):
    write(tmp_path, {})
    assert blog(tmp_path, "new", "A", "long title") == (
        0,
        "wrote content/posts/a-long-title.md\n",
        "",
    )


def test_the_command_opens_the_post_in_the_editor(tmp_path: Path):
    write(tmp_path, {"editor": '#!/bin/sh\necho "Edited." >> "$1"\n'})
    (tmp_path / "editor").chmod(0o755)
    editor = os.fspath(tmp_path / "editor")
    assert blog(tmp_path, "new", "A", "--edit", EDITOR=editor, VISUAL="")[0] == 0
    text = (tmp_path / "content/posts/a.md").read_text()
    assert text.endswith("---\n\nEdited.\n")


def test_a_broken_site_toml_is_told_and_nothing_is_written(tmp_path: Path):
    write(tmp_path, {"site.toml": "title = \n"})
    code, _, errors = blog(tmp_path, "new", "A")
    assert (code, errors.splitlines()[0]) == (
        2,
        "site.toml:1:9: error: not valid TOML: invalid value [config-syntax]",
    )
    assert list(tree(tmp_path)) == ["site.toml"]
