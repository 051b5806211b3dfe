"""Two trees take turns: what has not changed is not written, and nothing is trusted."""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from blog.digests import digest_of
from blog.publish import Publication, Trees
from blog.stamps import moved
from disk import publish, tree
from test_publish import artifacts, files_of

ONE = {"index.html": "one", "blog/a/index.html": "a", "blog/b/index.html": "b"}
TWO = {**ONE, "index.html": "two"}
THREE = {**ONE, "index.html": "three", "c.txt": "c"}


def inodes(folder: Path) -> dict[str, int]:
    """Which file is which."""
    return {str(p.relative_to(folder)): p.stat().st_ino for p in folder.rglob("*")}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The folder of a site; its output is `public`."""
    return tmp_path


@pytest.fixture
def trees(site: Path) -> Trees:
    """What lies where after two builds: both trees are there."""
    first = publish(artifacts(ONE), site / "public", site)
    return publish(artifacts(TWO), site / "public", site, first)


# What is written


def test_the_first_build_leaves_no_other_tree(site: Path):
    trees = publish(artifacts(ONE), site / "public", site)
    assert (trees.is_whole, trees.spare) == (True, {})
    assert [path.name for path in site.iterdir()] == ["public"]


def test_the_trees_are_what_they_are_said_to_be(site: Path, trees: Trees):
    assert files_of(site / "public") == TWO
    assert files_of(site / ".blog/spare") == ONE
    assert moved(str(site / "public"), trees.visible) == []
    assert moved(str(site / ".blog/spare"), trees.spare) == []


def test_where_nothing_differs_nothing_happens(site: Path, trees: Trees):
    before = inodes(site)
    assert publish(artifacts(TWO), site / "public", site, trees) is trees
    assert inodes(site) == before


def test_only_what_differs_is_written(site: Path, trees: Trees):
    spare = inodes(site / ".blog/spare")
    old = inodes(site / "public")
    trees = publish(artifacts(THREE), site / "public", site, trees)
    third = inodes(site / "public")
    assert files_of(site / "public") == THREE
    assert third.pop("c.txt")
    assert third == spare
    publish(artifacts(TWO), site / "public", site, trees)
    assert files_of(site / "public") == TWO
    assert inodes(site / "public") == old


def test_a_file_that_is_written_anew_leaves_the_others_alone(site: Path, trees: Trees):
    page = site / ".blog/spare/blog/a/index.html"
    before = page.stat().st_mtime_ns
    publish(artifacts(THREE), site / "public", site, trees)
    assert (site / "public/blog/a/index.html").stat().st_mtime_ns == before


def test_many_builds_in_a_row_are_each_what_they_should_be(site: Path):
    trees = Trees()
    for files in (ONE, TWO, THREE, ONE, {"a": "1"}, THREE, TWO, TWO, {"a/b": "2"}, ONE):
        trees = publish(artifacts(files), site / "public", site, trees)
        assert files_of(site / "public") == files
        assert moved(str(site / "public"), trees.visible) == []
        assert moved(str(site / ".blog/spare"), trees.spare) == []


def test_everyone_may_read_what_a_later_build_writes(site: Path, trees: Trees):
    before = os.umask(0o077)
    try:
        publish(artifacts({**THREE, "new/d.txt": "d"}), site / "public", site, trees)
    finally:
        os.umask(before)
    found = [site / "public", *(site / "public").rglob("*")]
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in found}
    assert modes == {(True, 0o755), (False, 0o644)}


# What is not trusted


def linked(path: Path, target: Path) -> None:
    """A link in the place of what was there."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(target)


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda t: (t / "index.html").write_text("by hand"),
    "edited to the same length": lambda t: (t / "blog/a/index.html").write_text("x"),
    "added": lambda t: (t / "blog/added.html").write_text("by hand"),
    "removed": lambda t: (t / "blog/b/index.html").unlink(),
    "a folder removed": lambda t: shutil.rmtree(t / "blog/b"),
    "all of it removed": lambda t: shutil.rmtree(t),
    "a link for a file": lambda t: linked(
        t / "index.html", t.parents[1] / "precious/a/index.html"
    ),
    "a link for a folder": lambda t: linked(t / "blog", t.parents[1] / "precious"),
    "a link for all of it": lambda t: linked(t, t.parents[1] / "precious"),
    "half-written": lambda t: (
        (t / "index.html").unlink(),
        (t / "blog/a/index.html").write_text("ha"),
        (t / "blog/c").mkdir(),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_spare_tree_that_somebody_changed_is_not_used(
    site: Path, trees: Trees, change: Callable[[Path], object]
):
    for page in ("precious/a/index.html", "precious/b/index.html"):
        (site / page).parent.mkdir(parents=True)
        (site / page).write_text("mine")
    precious = tree(site / "precious")
    change(site / ".blog/spare")
    publish(artifacts(THREE), site / "public", site, trees)
    assert files_of(site / "public") == THREE
    assert tree(site / "precious") == precious


# What a page is before its site is finished


def test_pages_are_put_aside_until_all_of_them_are_there(site: Path, trees: Trees):
    with closing(Publication(site / "public", site, trees)) as publication:
        publication.put("index.html", digest_of(b"three"), b"three")
        publication.put("c.txt", digest_of(b"c"), b"c")
        assert files_of(site / "public") == TWO
        publication.finish(artifacts(THREE))
    assert files_of(site / "public") == THREE


def test_pages_of_a_build_that_fails_are_taken_away(site: Path, trees: Trees):
    with closing(Publication(site / "public", site, trees)) as publication:
        publication.put("index.html", digest_of(b"three"), b"three")
    assert files_of(site / "public") == TWO
    assert not (site / ".blog").exists()
    publish(artifacts(THREE), site / "public", site, trees)
    assert files_of(site / "public") == THREE


def test_pages_of_a_build_that_was_killed_are_no_part_of_the_next(
    site: Path, trees: Trees
):
    killed = Publication(site / "public", site, trees)
    killed.put("index.html", digest_of(b"half"), b"half")
    killed.put("half/index.html", digest_of(b"half"), b"half")
    publish(artifacts(THREE), site / "public", site, trees)
    assert files_of(site / "public") == THREE


@pytest.mark.parametrize(
    ("path", "text"),
    [("blog", "a file"), ("index.html/deep.html", "in a folder")],
)
def test_a_page_may_take_the_place_of_a_folder_and_the_other_way_round(
    site: Path, trees: Trees, path: str, text: str
):
    with closing(Publication(site / "public", site, trees)) as publication:
        blob = publication.put(path, digest_of(text.encode()), text.encode())
        assert blob.size == len(text)
        publication.finish(artifacts({path: text}))
    assert files_of(site / "public") == {path: text}


# Outputs of another kind


def test_trees_on_another_disk_take_turns_there(site: Path, other_disk: Path):
    output = other_disk / "public"
    trees = publish(artifacts(ONE), output, site)
    trees = publish(artifacts(TWO), output, site, trees)
    spare = inodes(other_disk / ".public.blog/spare")
    publish(artifacts(ONE), output, site, trees)
    assert (files_of(output), inodes(output)) == (ONE, spare)


@pytest.fixture
def mounted(site: Path) -> Iterator[Path]:
    """An output that is a mount point: no other folder can take its place."""
    output, behind = site / "public", site / "behind"
    output.mkdir()
    behind.mkdir()
    command = ["mount", "--bind", str(behind), str(output)]
    if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("nothing may be mounted here")
    yield output
    subprocess.run(["umount", str(output)], check=True)


def test_an_output_that_is_a_mount_point_is_published_in_place(
    site: Path, mounted: Path
):
    trees = publish(artifacts(ONE), mounted, site)
    before = inodes(mounted)
    trees = publish(artifacts(THREE), mounted, site, trees)
    after = inodes(mounted)
    assert (files_of(mounted), trees.is_whole) == (THREE, True)
    assert {path for path in before if before[path] != after[path]} == {"index.html"}
    assert moved(str(mounted), trees.visible) == []
    (mounted / "blog/new").mkdir()
    (mounted / "blog/a/index.html.blog-new").write_text("half")
    publish(artifacts(ONE), mounted, site, Trees(visible=trees.visible))
    assert files_of(mounted) == ONE
