"""Where nothing has changed nothing is done, and whatever has changed is seen."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from math import inf
from pathlib import Path

import pytest

from blog.diagnostics import Diagnostic, Span
from blog.model import Artifact, Blob
from blog.publish import Trees
from blog.stamps import Stamp
from blog.store import FILE, Left, Outcome, forget, look, program, remember
from conftest import POST, A, B
from disk import publish, taken, write

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
    since=0,
    due=inf,
)
DEEP = "content/posts/deep/c.md"
OUTPUT = {"a.html": "three", "blog/b.html": "four"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built long ago, and is remembered."""
    write(tmp_path, {A: POST, DEEP: POST, "static/x.css": "p {}", "other.md": POST})
    (tmp_path / "content/posts/link.md").symlink_to("../../other.md")
    keep(tmp_path)
    return tmp_path


def keep(root: Path, outcome: Outcome = OUTCOME, output: str = "public") -> Trees:
    """Publishes something and remembers it as what was made of the site."""
    pages = {
        path: Artifact(path=path, blob=Blob.of(text.encode()))
        for path, text in OUTPUT.items()
    }
    (root / ".blog").mkdir(exist_ok=True)
    trees = publish(pages, root / output, root)
    stamps = settled(root, taken(root, output).stamps)
    now = {"source": stamps, "visible": trees.visible, "spare": trees.spare}
    remember(root, "key", outcome, now=now, before={}, program="")
    return trees


def settled(root: Path, stamps: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """The stamps that these files would have if they had been written long ago."""
    found = {}
    for name, stamp in stamps.items():
        now = (root / name).stat()
        changed = now.st_mtime_ns if name.endswith("/") else now.st_ctime_ns
        found[name] = stamp._replace(changed=changed)
    return found


def left(root: Path, key: str = "key", now: float = 0, output: str = "public") -> Left:
    """What is left of the last build."""
    return look(root, root / output, key, now)


# What is remembered


def test_a_build_that_would_come_out_the_same_is_remembered_whole(site: Path):
    assert left(site).outcome == OUTCOME
    found = left(site, key="other")
    assert (found.outcome, found.is_whole) == (None, True)
    assert {A, DEEP, "static/x.css", "site.toml"} <= found.sources.keys()
    assert found.visible.keys() == {
        *("./", ".blog-output", "a.html", "blog/", "blog/b.html"),
    }


def touch_size(path: Path) -> None:
    """Other text of the same length at the same time."""
    before = path.stat()
    path.write_text(path.read_text()[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda p: (p / A).write_text("other"),
    "edited behind one's back": lambda p: touch_size(p / A),
    "edited below": lambda p: (p / DEEP).write_text("other"),
    "added": lambda p: (p / B).write_text(""),
    "added below": lambda p: (p / DEEP).with_name("new.md").write_text(""),
    "a folder added": lambda p: (p / "content/posts/new").mkdir(),
    "a folder added beside": lambda p: (p / "templates").mkdir(),
    "a folder added that is called like the output": lambda p: write(
        p, {"content/posts/public/index.md": POST}
    ),
    "a file added that is called like the output": lambda p: write(
        p, {"static/public": ""}
    ),
    "removed": lambda p: (p / A).unlink(),
    "renamed": lambda p: (p / A).rename(p / B),
    "a folder removed": lambda p: shutil.rmtree((p / DEEP).parent),
    "forbidden": lambda p: (p / A).chmod(0o600),
    "replaced by a copy": lambda p: (
        shutil.copy2(p / A, p / "copy"),
        (p / "copy").rename(p / A),
    ),
    "the target of a link edited": lambda p: (p / "other.md").write_text("other"),
    "a link turned": lambda p: (
        (p / "content/posts/link.md").unlink(),
        (p / "content/posts/link.md").symlink_to("a.md"),
    ),
    "a result edited": lambda p: (p / "public/a.html").write_text("other"),
    "a result edited behind one's back": lambda p: touch_size(p / "public/a.html"),
    "a result removed": lambda p: (p / "public/a.html").unlink(),
    "a result added": lambda p: (p / "public/blog/c.html").write_text(""),
    "a folder of results removed": lambda p: shutil.rmtree(p / "public/blog"),
    "all results removed": lambda p: shutil.rmtree(p / "public"),
    "the settings edited": lambda p: (p / "site.toml").write_text("title = 1"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changes_is_seen(site: Path, change: Callable[[Path], object]):
    change(site)
    assert left(site).outcome is None


@pytest.mark.parametrize(
    "change",
    [
        lambda p: (p / ".blog/more").write_text(""),
        lambda p: (p / "content/.hidden").mkdir() or (p / "content/.hidden").rmdir(),
        lambda p: os.utime(p / "public"),
        lambda p: os.utime(p / A) or keep(p),
    ],
    ids=["our own folder", "there and gone", "touched folder", "touched and built"],
)
def test_what_changes_nothing_is_no_change(
    site: Path, change: Callable[[Path], object]
):
    change(site)
    assert left(site).outcome == OUTCOME


def test_what_has_not_changed_need_not_be_read_again(site: Path):
    (site / A).write_text("other")
    (site / "public/a.html").write_text("other")
    found = left(site)
    assert A not in found.sources
    assert {DEEP, "static/x.css"} <= found.sources.keys()
    assert {n for n in found.visible if n[-1] != "/"} == {
        ".blog-output",
        "blog/b.html",
    }
    assert found.is_whole is False


def test_another_question_has_another_answer(site: Path):
    assert left(site, "other key").outcome is None
    assert left(site, "other key").is_whole


def test_before_a_build_and_when_a_post_may_be_due_nothing_is_certain(site: Path):
    keep(site, replace(OUTCOME, since=50.0, due=100.0))
    outcomes = [left(site, now=now).outcome for now in (49, 50, 99, 100)]
    assert [outcome is None for outcome in outcomes] == [True, False, False, True]


def test_files_touched_just_before_a_build_are_read_again(tmp_path: Path):
    write(tmp_path, {A: POST, B: POST})
    os.utime(tmp_path / A, (0, 0))
    stamps = dict(taken(tmp_path).stamps)
    trees = {"source": stamps, "visible": {}, "spare": {}}
    remember(tmp_path, "key", OUTCOME, now=trees, before={}, program="")
    assert left(tmp_path).sources.keys() & {A, B, "site.toml"} == set()


# What is known of an output elsewhere


def test_another_output_is_another_tree(site: Path):
    found = left(site, output="elsewhere")
    assert (found.outcome, found.visible, found.is_whole) == (None, {}, False)


def test_a_site_that_was_moved_is_known_where_it_is_now(site: Path, tmp_path_factory):
    there = tmp_path_factory.mktemp("there") / "site"
    site.rename(there)
    assert left(there).outcome == OUTCOME
    assert left(there, key="other").is_whole


def test_a_copy_of_a_site_has_the_files_of_its_output(site: Path, tmp_path_factory):
    copy = tmp_path_factory.mktemp("there") / "site"
    shutil.copytree(site, copy, symlinks=True)
    before = left(site, key="other").visible
    found = left(copy)
    assert {n: s.digest for n, s in found.visible.items()} == {
        n: s.digest for n, s in before.items()
    }
    assert {A, DEEP, "site.toml"} & found.sources.keys() == set()
    assert (found.outcome, found.is_whole) == (None, False)


# What is wrong with it


DAMAGES: dict[str, Callable[[Path], object]] = {
    "gone": lambda f: f.unlink(),
    "empty": lambda f: f.write_bytes(b""),
    "no database": lambda f: f.write_bytes(b"no database at all" * 999),
    "cut off": lambda f: f.write_bytes(f.read_bytes()[:5000]),
    "a folder": lambda f: (f.unlink(), f.mkdir()),
    "another format": lambda f: sql(f, "UPDATE left SET value=0 WHERE name='format'"),
    "other tables": lambda f: sql(f, "DROP TABLE seen"),
    "odd values": lambda f: sql(f, "UPDATE left SET value='[]' WHERE name='outcome'"),
    "odd fields": lambda f: sql(
        f, "UPDATE left SET value = replace(value, 'posts', 'beds')"
    ),
    "odd stamps": lambda f: sql(f, "UPDATE seen SET name = x'ff' WHERE name = './'"),
    "deep values": lambda f: sql(
        f, f"UPDATE left SET value = '{'[' * 99_999}' WHERE name='outcome'"
    ),
}


def sql(file: Path, command: str) -> None:
    """Changes a database as somebody else might."""
    with closing(sqlite3.connect(file)) as store, store:
        store.execute(command)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_store_is_as_good_as_none(
    site: Path, damage: Callable[[Path], object]
):
    damage(site / FILE)
    assert left(site) == Left()


def test_a_store_that_somebody_is_writing_is_not_waited_for(site: Path):
    with closing(sqlite3.connect(site / FILE)) as store:
        store.execute("BEGIN EXCLUSIVE")
        assert left(site) == Left()


def test_what_is_forgotten_is_not_known(site: Path):
    forget(site)
    assert left(site) == Left()


def test_a_link_that_leads_on_to_another_place_is_seen(site: Path):
    write(site, {"v1/x.md": POST, "v2/x.md": POST})
    (site / "current").symlink_to("v1")
    (site / "content/posts/way").symlink_to("../../current")
    keep(site)
    assert left(site).outcome == OUTCOME
    (site / "current").unlink()
    (site / "current").symlink_to("v2")
    assert left(site).outcome is None


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("fontpkg_inter", "fontpkg_inter"),
        ("latex2mathml", "latex2mathml"),
        ("liquid", "python_liquid"),
        ("pagefind", "pagefind"),
    ],
)
def test_an_extra_that_comes_or_goes_is_another_program(module: str, name: str):
    pytest.importorskip(module)
    assert any(line.lower().startswith(f"{name}-") for line in program().splitlines())
