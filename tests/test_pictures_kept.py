"""What was made of a picture is kept in `.blog/pictures`, and believed by its content."""

import os
import shutil
from pathlib import Path

import pytest

from blog.build import build
from blog.memo import Memo
from blog.shelf import FolderShelf, MemoryShelf
from command import blog
from conftest import A, B, changed, lines, snapshot
from disk import tree, write
from photos import file, halves, photo
from sites import HEAD

CAT, DOG = "content/posts/cat.jpg", "content/posts/dog.png"
FILES = {
    CAT: photo(700, 500),
    DOG: file(halves(600, 600), "PNG"),
    A: HEAD + "![A cat](./cat.jpg)\n",
    B: HEAD + "![A dog](./dog.png) [A cat](cat.jpg)\n",
}
MONTHS = 100 * 86400


def shelf(root: Path) -> dict[str, bytes]:
    """All that is kept of pictures, by name."""
    folder = root / ".blog" / "pictures"
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*"))}


def built_here(root: Path, *options: str) -> None:
    """Builds the site; it must come out well."""
    code, _, errors = blog(root, "build", *options)
    assert code == 0, errors


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with two pictures that has been built."""
    write(tmp_path, FILES)
    built_here(tmp_path)
    return tmp_path


def test_neither_processes_nor_a_shelf_change_a_byte(tmp_path: Path):
    alone = build(snapshot(FILES))
    kept = MemoryShelf()
    build(snapshot(FILES), shelf=kept)
    for shelf in (kept, FolderShelf(tmp_path / "pictures")):
        for jobs in (2, 1):
            again = build(snapshot(FILES), shelf=shelf, jobs=jobs)
            assert changed(alone, again) == set()
            assert lines(alone) == lines(again)


def test_a_build_after_another_makes_nothing(tmp_path: Path):
    memo, folder = Memo(), tmp_path / "pictures"
    build(snapshot(FILES), memo=memo, shelf=FolderShelf(folder))
    build(snapshot(FILES), memo=memo, shelf=FolderShelf(folder))
    assert memo.computed == []


def test_builds_with_one_shelf_see_what_other_processes_put_there(tmp_path: Path):
    memo, shelf = Memo(), FolderShelf(tmp_path / "pictures")
    others = {CAT: photo(640, 480), DOG: file(halves(640, 640), "PNG")}
    for files in (FILES, FILES | others):
        build(snapshot(files), memo=memo, shelf=shelf, jobs=2)
        build(snapshot(files), memo=memo, shelf=shelf, jobs=2)
        assert memo.computed == []


def test_a_replaced_picture_is_made_and_no_other(tmp_path: Path):
    memo, folder = Memo(), tmp_path / "pictures"
    build(snapshot(FILES), memo=memo, shelf=FolderShelf(folder))
    other = {**FILES, CAT: photo(640, 480)}
    build(snapshot(other), memo=memo, shelf=FolderShelf(folder))
    made = [key for key in memo.computed if key[0] in ("picture", "cleaned")]
    assert made == [("picture", CAT), ("cleaned", CAT)]


def test_a_shelf_that_is_gone_is_filled_again_though_the_memo_knows_all(tmp_path: Path):
    memo, folder = Memo(), tmp_path / "pictures"
    before = build(snapshot(FILES), memo=memo, shelf=FolderShelf(folder))
    shutil.rmtree(folder)
    after = build(snapshot(FILES), memo=memo, shelf=FolderShelf(folder))
    assert {name for kind, name in memo.computed if kind == "picture"} == {CAT, DOG}
    assert changed(before, after) == set()
    assert all(
        Path(artifact.blob.source).is_file()
        for artifact in after.artifacts.values()
        if artifact.blob.data is None
    )


def test_a_lost_memo_costs_no_picture(site: Path):
    before = shelf(site)
    times = {p.name: p.stat().st_mtime_ns for p in (site / ".blog/pictures").glob("*")}
    (site / ".blog/store.sqlite").unlink()
    built_here(site)
    assert shelf(site) == before
    assert times == {
        p.name: p.stat().st_mtime_ns for p in (site / ".blog/pictures").glob("*")
    }


@pytest.mark.parametrize("damage", ["flipped", "cut", "gone", "record", "folder"])
def test_what_is_damaged_on_the_shelf_is_made_again(site: Path, damage: str):
    before, output = shelf(site), tree(site / "public")
    name = next(
        n for n in before if n.endswith(".json" if damage == "record" else "jpg")
    )
    place, data = site / ".blog/pictures" / name, before[name]
    place.unlink()
    match damage:
        case "flipped" | "record":
            place.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        case "cut":
            place.write_bytes(data[:-9])
        case "folder":
            shutil.rmtree(site / ".blog/pictures")
    shutil.rmtree(site / "public")
    (site / ".blog/store.sqlite").unlink()
    shutil.rmtree(site / ".blog/spare", ignore_errors=True)
    built_here(site)
    assert tree(site / "public") == output
    assert shelf(site) == before


def test_damage_that_only_the_content_shows_is_mended_by_the_next_build(site: Path):
    before, output = shelf(site), tree(site / "public")
    for name, data in before.items():
        if not name.endswith(".json"):
            flipped = data[:-1] + bytes([data[-1] ^ 1])
            (site / ".blog/pictures" / name).write_bytes(flipped)
    shutil.rmtree(site / "public")
    shutil.rmtree(site / ".blog/spare", ignore_errors=True)
    built_here(site)
    assert tree(site / "public") == output


def test_asking_writes_nothing(tmp_path: Path):
    write(tmp_path, FILES)
    for command in ("check", "list"):
        assert blog(tmp_path, command)[0] == 0
    assert not (tmp_path / ".blog").exists()


def test_check_finds_a_damaged_picture(tmp_path: Path):
    write(tmp_path, {**FILES, CAT: photo()[:9000]})
    assert "picture-unreadable" in blog(tmp_path, "check")[2]


def test_what_no_build_uses_for_long_is_taken_away(site: Path):
    folder = site / ".blog/pictures"
    used = set(shelf(site))
    (folder / f"{'0' * 32}.avif").write_bytes(b"old")
    (folder / f"{'1' * 32}.avif").write_bytes(b"new")
    (folder / "half.123.new").write_bytes(b"half")
    now = 1893456000.0  # that of `blog` in the tests
    os.utime(folder / f"{'1' * 32}.avif", (now, now))
    for name in (f"{'0' * 32}.avif", "half.123.new", *used):
        os.utime(folder / name, (now - MONTHS, now - MONTHS))
    FolderShelf(folder).tidy(used, now)
    assert set(shelf(site)) == used | {f"{'1' * 32}.avif"}
    assert all((folder / name).stat().st_mtime == now for name in used)


def test_a_shelf_that_leads_elsewhere_is_refused(tmp_path: Path):
    write(tmp_path, FILES)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / ".blog").mkdir()
    (tmp_path / ".blog/pictures").symlink_to(tmp_path / "elsewhere")
    code, _, errors = blog(tmp_path, "build")
    assert (code, "is a symbolic link" in errors) == (1, True)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_build_that_is_killed_leaves_nothing_that_is_believed(site: Path):
    folder = site / ".blog/pictures"
    before = shelf(site)
    some = sorted(before)[0]
    (folder / f"{some}.99.new").write_bytes(before[some][:10])
    built_here(site, "--force")
    assert {n: d for n, d in shelf(site).items() if not n.endswith(".new")} == before
