"""Where nothing has changed nothing is done, and whatever has changed is seen."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from math import inf
from pathlib import Path

import pytest

from blog.diagnostics import Diagnostic, Span
from blog.store import FILE, Outcome, forget, recall, remember
from command import TYPO, blog
from conftest import POST, A, B
from disk import tree, write

OUTCOME = Outcome(
    posts=2,
    pages=7,
    files=20,
    held=(("content/posts/d.md", "draft"),),
    diagnostics=(
        Diagnostic(
            severity="warning",
            code="series-part",
            message="“both” are part 2",
            span=Span(path=A, line=3, column=1, length=4, source="part: 2"),
            hint="change one",
            related=(Span(path=B, line=3),),
        ),
    ),
    due=inf,
)
LATER = 10_000_000_000
"""Nanoseconds after the files were written, when their stamps can be trusted."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of sources and one of results, and what a build remembers of them."""
    files = {"in/a.md": "one", "in/deep/b.md": "two", "out/a.html": "three"}
    write(tmp_path, files)
    (tmp_path / "in/link.md").symlink_to("../elsewhere.md")
    (tmp_path / "elsewhere.md").write_text("four")
    keep(tmp_path)
    return tmp_path


def keep(root: Path, outcome: Outcome = OUTCOME, wait: int = LATER) -> None:
    """Remembers a build that began `wait` ns after the last file was written."""
    last = max(p.lstat().st_ctime_ns for p in root.rglob("*"))
    read = [root, root / "in", root / "in/deep"]
    remember(root, "key", outcome, read, [root / "out"], last + wait)


def test_a_build_that_would_come_out_the_same_is_remembered_whole(site: Path):
    assert recall(site, "key", 0) == OUTCOME


def touch_size(path: Path) -> None:
    """Other text of the same length at the same time."""
    before = path.stat()
    path.write_text(path.read_text()[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda p: (p / "in/a.md").write_text("other"),
    "edited behind one's back": lambda p: touch_size(p / "in/a.md"),
    "edited below": lambda p: (p / "in/deep/b.md").write_text("other"),
    "added": lambda p: (p / "in/new.md").write_text(""),
    "added below": lambda p: (p / "in/deep/new.md").write_text(""),
    "a folder added": lambda p: (p / "in/new").mkdir(),
    "removed": lambda p: (p / "in/a.md").unlink(),
    "renamed": lambda p: (p / "in/a.md").rename(p / "in/c.md"),
    "a folder removed": lambda p: shutil.rmtree(p / "in/deep"),
    "forbidden": lambda p: (p / "in/a.md").chmod(0o600),
    "the target of a link edited": lambda p: (p / "elsewhere.md").write_text("other"),
    "a link turned": lambda p: (
        (p / "in/link.md").unlink(),
        (p / "in/link.md").symlink_to("a.md"),
    ),
    "a result edited": lambda p: (p / "out/a.html").write_text("other"),
    "a result removed": lambda p: (p / "out/a.html").unlink(),
    "a result added": lambda p: (p / "out/b.html").write_text(""),
    "all results removed": lambda p: shutil.rmtree(p / "out"),
    "the settings edited": lambda p: (p / "site.toml").write_text("title = 1"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changes_is_seen(site: Path, change: Callable[[Path], object]):
    change(site)
    assert recall(site, "key", 0) is None


def test_another_question_has_another_answer(site: Path):
    assert recall(site, "other key", 0) is None


def test_a_post_that_may_be_due_has_to_be_looked_at(site: Path):
    keep(site, Outcome(posts=0, pages=0, files=0, held=(), diagnostics=(), due=100.0))
    assert [recall(site, "key", now) is None for now in (99, 100)] == [False, True]


@pytest.mark.parametrize("wait", [-1, 0, 1_900_000_000])
def test_a_file_that_was_touched_just_before_a_build_is_not_trusted(
    site: Path, wait: int
):
    keep(site, wait=wait)
    assert recall(site, "key", 0) is None


DAMAGES: dict[str, Callable[[Path], object]] = {
    "gone": lambda f: f.unlink(),
    "empty": lambda f: f.write_bytes(b""),
    "no database": lambda f: f.write_bytes(b"no database at all" * 999),
    "cut off": lambda f: f.write_bytes(f.read_bytes()[:5000]),
    "a folder": lambda f: (f.unlink(), f.mkdir()),
    "another format": lambda f: sql(f, "UPDATE fact SET value = 0 WHERE name='format'"),
    "other tables": lambda f: sql(f, "DROP TABLE entry"),
    "odd values": lambda f: sql(f, "UPDATE fact SET value='[]' WHERE name='outcome'"),
    "odd fields": lambda f: sql(
        f, "UPDATE fact SET value = replace(value, 'posts', 'beds')"
    ),
    "deep values": lambda f: sql(
        f, f"UPDATE fact SET value = '{'[' * 99_999}' WHERE name='outcome'"
    ),
}


def sql(file: Path, command: str) -> None:
    """Changes a database as somebody else might."""
    with sqlite3.connect(file) as store:
        store.execute(command)
    store.close()


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_store_is_as_good_as_none(
    site: Path, damage: Callable[[Path], object]
):
    damage(site / FILE)
    assert recall(site, "key", 0) is None


def test_a_store_that_somebody_is_writing_is_not_waited_for(site: Path):
    with sqlite3.connect(site / FILE) as store:
        store.execute("BEGIN EXCLUSIVE")
        assert recall(site, "key", 0) is None
    store.close()


def test_what_is_forgotten_is_not_known(site: Path):
    forget(site)
    assert recall(site, "key", 0) is None


def built(root: Path, *options: str) -> str:
    """What `blog build` says."""
    code, said, errors = blog(root, "build", *options)
    assert code == 0
    return errors + said


def inodes(root: Path) -> dict[str, int]:
    """Which file is which."""
    return {str(p): p.stat().st_ino for p in (root / "public").rglob("*")}


def test_the_second_build_says_the_same_and_writes_nothing(tmp_path: Path):
    write(tmp_path, {A: POST, B: TYPO.replace("titel: A", "title: A\ntitel: A")})
    first = built(tmp_path)
    while "nothing changed" not in built(tmp_path):
        """Stamps can be trusted two seconds after the files were written."""
    before = inodes(tmp_path)
    said = built(tmp_path)
    assert said == first.replace("in N s", "in N s (nothing changed)")
    assert "unknown field 'titel'" in said
    assert inodes(tmp_path) == before


@pytest.mark.parametrize("option", ["--force", "--drafts", "--future"])
def test_another_question_is_built_anew(tmp_path: Path, option: str):
    write(tmp_path, {A: POST})
    while "nothing changed" not in built(tmp_path):
        """Until stamps can be trusted."""
    assert "nothing changed" not in built(tmp_path, option)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_site_whose_store_cannot_be_written_is_built_all_the_same(tmp_path: Path):
    write(tmp_path, {A: POST})
    (tmp_path / ".blog").mkdir(mode=0o500)
    built(tmp_path, "--output", "../out")


def test_a_store_in_the_way_does_no_harm(tmp_path: Path):
    write(tmp_path, {A: POST, ".blog/store.sqlite/x": "in the way"})
    built(tmp_path)
    assert "blog/a/index.html" in tree(tmp_path / "public")


def known(root: Path, *options: str) -> Path:
    """A site that is built, and known to be as it was."""
    write(root, {A: POST, "content/about.md": "# About\n"})
    while "nothing changed" not in built(root.parent, *options):
        """Until stamps can be trusted."""
    return root


def test_a_site_elsewhere_is_looked_at_where_it_lies(tmp_path: Path):
    site = known(tmp_path / "s", "--root", "s")
    for change in (
        lambda: (site / "site.toml").write_text('title="U"\nbase_url="https://e.org"'),
        lambda: (site / "public/index.html").write_text("other"),
        lambda: shutil.rmtree(site / "public"),
        lambda: write(site, {"templates/404.html": "mine"}),
    ):
        change()
        assert "nothing changed" not in built(tmp_path, "--root", "s")
        while "nothing changed" not in built(tmp_path, "--root", "s"):
            """Until stamps can be trusted."""


def test_a_site_behind_a_link_is_looked_at_where_it_lies(tmp_path: Path):
    (tmp_path / "deep/er/s").mkdir(parents=True)
    (tmp_path / "link").symlink_to("deep/er/s")
    site = known(tmp_path / "link", "--root", str(tmp_path / "link"))
    (site / A).write_text(f"{POST}More.\n")
    assert "nothing changed" not in built(tmp_path, "--root", str(tmp_path / "link"))


def test_settings_in_another_folder_are_looked_at(tmp_path: Path):
    site = tmp_path / "s"
    write(site, {"conf/site.toml": 'title="T"\nbase_url="https://e.org"\n'})
    options = ("--root", "s", "--config", "conf/site.toml")
    known(site, *options)
    write(site, {"conf/site.toml": 'title="U"\nbase_url="https://e.org"\n'})
    assert "nothing changed" not in built(tmp_path, *options)


def test_a_name_that_went_away_during_a_build_is_missed_the_next_time(site: Path):
    began = max(p.lstat().st_ctime_ns for p in site.rglob("*")) + LATER
    (site / "in/a.md").unlink()
    os.utime(site / "in", ns=(began + 1, began + 1))
    remember(site, "key", OUTCOME, [site, site / "in"], [site / "out"], began)
    assert recall(site, "key", 0) is None


def test_a_link_that_leads_on_to_another_place_is_seen(site: Path):
    (site / "v1").mkdir()
    (site / "v2").mkdir()
    (site / "current").symlink_to("v1")
    (site / "in/way").symlink_to("../current")
    last = max(p.lstat().st_ctime_ns for p in site.rglob("*"))
    remember(site, "key", OUTCOME, [site / "in"], [], last + LATER)
    assert recall(site, "key", 0) == OUTCOME
    (site / "current").unlink()
    (site / "current").symlink_to("v2")
    assert recall(site, "key", 0) is None
