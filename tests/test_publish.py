"""Artifacts to a folder: whole or not at all, and never anyone else's files."""

import os
import stat
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from blog.diagnostics import Abort
from blog.digests import digest_of
from blog.model import Artifact, Blob
from disk import publish, tree

OLD = {"index.html": "old", "blog/a/index.html": "old a", "blog/b/index.html": "old b"}
NEW = {"index.html": "new", "blog/a/index.html": "new a", "c.txt": "new c"}


def artifacts(files: Mapping[str, str | Path]) -> dict[str, Artifact]:
    """Artifacts out of a dict: text, or the path of a file that is referred to."""
    return {path: Artifact(path=path, blob=blob(what)) for path, what in files.items()}


def blob(what: str | Path) -> Blob:
    """Content in memory, or in a file as it is now."""
    if isinstance(what, str):
        return Blob.of(what.encode())
    data = what.read_bytes() if what.exists() else b"gone"
    return Blob(digest=digest_of(data), size=len(data), source=str(what))


def files_of(folder: Path) -> dict[str, str]:
    """The files below a folder, without the mark."""
    found = tree(folder)
    assert found.pop(".blog-output") == ""
    return {path: text for path, text in found.items() if text != "<folder>"}


def refused(root: Path, output: Path) -> tuple[str, str]:
    """Message and hint of a refusal, which changes nothing at all."""
    before = tree(root)
    with pytest.raises(Abort) as abort:
        publish(artifacts(NEW), output, root)
    assert tree(root) == before
    assert abort.value.usage is False
    return str(abort.value), abort.value.hint


# What is there afterwards


def test_the_output_holds_exactly_the_artifacts_and_the_mark(tmp_path):
    publish(artifacts(OLD), tmp_path / "public", tmp_path)
    assert tree(tmp_path / "public") == {
        ".blog-output": "",
        "blog": "<folder>",
        "blog/a": "<folder>",
        "blog/a/index.html": "old a",
        "blog/b": "<folder>",
        "blog/b/index.html": "old b",
        "index.html": "old",
    }


def test_the_next_build_leaves_nothing_of_the_one_before(tmp_path):
    publish(artifacts(OLD), tmp_path / "public", tmp_path)
    publish(artifacts(NEW), tmp_path / "public", tmp_path)
    assert files_of(tmp_path / "public") == NEW


def test_a_file_may_become_a_folder_and_a_folder_a_file(tmp_path):
    publish(artifacts({"a": "file", "b/c": "deep"}), tmp_path / "public", tmp_path)
    publish(artifacts({"a/c": "deep", "b": "file"}), tmp_path / "public", tmp_path)
    assert files_of(tmp_path / "public") == {"a/c": "deep", "b": "file"}


def test_what_was_changed_in_the_output_by_hand_is_mended(tmp_path):
    output = tmp_path / "public"
    publish(artifacts(NEW), output, tmp_path)
    (output / "index.html").write_text("by hand")
    (output / "c.txt").unlink()
    (output / "added.txt").write_text("by hand")
    publish(artifacts(NEW), output, tmp_path)
    assert files_of(output) == NEW


def test_nothing_but_the_output_changes(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("Hello.")
    before = tree(tmp_path)
    for files in (OLD, NEW):
        publish(artifacts(files), tmp_path / "public", tmp_path)
    after = tree(tmp_path)
    ours = ("public", ".blog")
    assert {p: t for p, t in after.items() if p.split("/")[0] not in ours} == before


def test_an_output_some_folders_down_is_made(tmp_path):
    publish(artifacts(NEW), tmp_path / "a/b/public", tmp_path)
    assert files_of(tmp_path / "a/b/public") == NEW


def test_an_output_outside_the_site_is_written(tmp_path):
    site, output = tmp_path / "site", tmp_path / "www"
    site.mkdir()
    publish(artifacts(OLD), output, site)
    publish(artifacts(NEW), output, site)
    assert files_of(output) == NEW
    assert {path.name for path in tmp_path.iterdir()} == {"site", "www"}


def test_an_output_on_another_disk_is_written(tmp_path, other_disk):
    output = other_disk / "public"
    publish(artifacts(OLD), output, tmp_path)
    publish(artifacts(NEW), output, tmp_path)
    assert files_of(output) == NEW
    assert [path.name for path in other_disk.iterdir()] == ["public"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "public").mkdir()
    publish(artifacts(NEW), tmp_path / "public", tmp_path)
    assert files_of(tmp_path / "public") == NEW


def test_everyone_may_read_the_site_whatever_the_umask(tmp_path):
    source = tmp_path / "cat.png"
    source.write_text("x")
    source.chmod(0o600)
    before = os.umask(0o077)
    try:
        pages = artifacts({**NEW, "cat.png": source})
        publish(pages, tmp_path / "public", tmp_path)
    finally:
        os.umask(before)
    found = [tmp_path / "public", *(tmp_path / "public").rglob("*")]
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in found}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_a_picture_is_a_copy_of_its_source(tmp_path):
    source = tmp_path / "cat.png"
    source.write_text("a cat")
    publish(artifacts({"cat.png": source}), tmp_path / "public", tmp_path)
    (tmp_path / "public/cat.png").write_text("changed")
    assert source.read_text() == "a cat"


def test_what_a_link_in_the_output_leads_to_is_never_touched(tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/a.txt").write_text("mine")
    publish(artifacts(OLD), tmp_path / "public", tmp_path)
    (tmp_path / "public/link").symlink_to(tmp_path / "precious")
    publish(artifacts(NEW), tmp_path / "public", tmp_path)
    assert tree(tmp_path / "precious") == {"a.txt": "mine"}
    assert files_of(tmp_path / "public") == NEW


# What is refused


@pytest.mark.parametrize("stray", ["letter.txt", ".git/config", ".blog-output/x"])
def test_a_folder_with_files_of_others_is_refused(tmp_path, stray):
    output = tmp_path / "public"
    (output / stray).parent.mkdir(parents=True)
    (output / stray).write_text("mine")
    assert refused(tmp_path, output) == (
        f"the folder {output} holds files that are not ours",
        "empty it, or name another folder with --output",
    )


def test_a_file_in_the_place_of_the_output_is_refused(tmp_path):
    output = tmp_path / "public"
    output.write_text("mine")
    assert refused(tmp_path, output) == (
        f"{output} is a file, so the site cannot be written there",
        "name a folder with --output",
    )


@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_an_output_that_is_a_link_is_refused(tmp_path, target):
    publish(artifacts(OLD), tmp_path / "elsewhere", tmp_path)
    output = tmp_path / "public"
    output.symlink_to(tmp_path / target)
    assert refused(tmp_path, output) == (
        f"the output folder {output} is a symbolic link",
        "name the folder it points to with --output",
    )


def test_an_output_below_a_file_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    message, _ = refused(tmp_path, tmp_path / "notes.txt/public")
    assert message.startswith("cannot write notes.txt")


def test_an_output_with_a_name_no_disk_can_hold_is_refused(tmp_path):
    message, _ = refused(tmp_path, tmp_path / ("x" * 300))
    assert message.endswith(": file name too long")


# What goes wrong half-way


def test_a_picture_that_vanished_leaves_the_site_that_was_there(tmp_path):
    output, gone = tmp_path / "public", tmp_path / "content/cat.png"
    publish(artifacts(OLD), output, tmp_path)
    before = tree(tmp_path)
    with pytest.raises(Abort) as abort:
        publish(artifacts({**NEW, "z.png": gone}), output, tmp_path)
    assert "content/cat.png: no such file or directory" in str(abort.value)
    assert abort.value.hint == "the site that was there is unchanged"
    assert tree(tmp_path) == before


def test_a_first_build_that_fails_leaves_no_output(tmp_path):
    with pytest.raises(Abort):
        publish(artifacts({"a": tmp_path / "gone"}), tmp_path / "public", tmp_path)
    assert not (tmp_path / "public").exists()


def test_the_leavings_of_a_build_that_was_killed_are_no_part_of_the_next(tmp_path):
    for name in ("spare", "next"):
        (tmp_path / ".blog" / name / "blog").mkdir(parents=True)
        (tmp_path / ".blog" / name / "blog/half.html").write_text("ha")
    publish(artifacts(OLD), tmp_path / "public", tmp_path)
    publish(artifacts(NEW), tmp_path / "public", tmp_path)
    assert files_of(tmp_path / "public") == NEW
    assert not any("half" in path for path in tree(tmp_path))


def test_a_page_can_be_opened_at_every_moment_of_a_build(tmp_path):
    page = tmp_path / "public/index.html"
    publish(artifacts(OLD), tmp_path / "public", tmp_path)
    seen = set()
    with ThreadPoolExecutor(1) as pool:
        for files in (NEW, OLD) * 5:
            done = pool.submit(publish, artifacts(files), page.parent, tmp_path)
            while not done.done():
                seen.add(page.read_text())
            done.result()
    assert seen <= {"old", "new"}
