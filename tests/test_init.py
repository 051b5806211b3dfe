"""A new site builds at once, and what is there stays."""

from datetime import date
from pathlib import Path

import pytest

from blog.diagnostics import Abort
from blog.init import init
from conftest import built

TODAY = date(2024, 1, 31)


def texts(folder: Path) -> dict[str, str | bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_new_site_builds_without_a_word(tmp_path: Path):
    init(tmp_path / "new", TODAY)
    result = built(texts(tmp_path / "new"))
    assert (result.diagnostics, len(result.site.posts)) == ((), 1)


def test_the_first_post_is_dated_by_the_day_it_is_written_on(tmp_path: Path):
    init(tmp_path, TODAY)
    assert "date: 2024-01-31" in (tmp_path / "content/posts/hello.md").read_text()


@pytest.mark.parametrize("path", ["site.toml", "content/posts/hello.md", ".gitignore"])
def test_nothing_is_written_where_one_of_the_files_exists(tmp_path: Path, path: str):
    mine = tmp_path / path
    mine.parent.mkdir(parents=True, exist_ok=True)
    mine.write_text("mine")
    with pytest.raises(Abort, match="exists already, so nothing was written"):
        init(tmp_path, TODAY)
    assert texts(tmp_path) == {path: "mine"}
