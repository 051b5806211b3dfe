"""Builds that others get in the way of: whole outputs, or one clear message."""

import ctypes
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from command import blog
from conftest import POST, A, B
from disk import tree, write

COMMAND = [sys.executable, "-m", "blog", "build"]
TEXTS = ["Short.", "A little longer.", "Long, very long, and longer still. " * 50]


def post(title: str, text: str) -> str:
    """A post of which it can be seen whether all of it is there."""
    return f"---\ntitle: {title}\ndate: 2024-01-31\n---\n\n{text} {title}\n"


def outputs(root: Path, title: str) -> list[dict[str, str]]:
    """The outputs of clean builds with each of the texts."""
    found = []
    for text in TEXTS:
        other = root.parent / "clean"
        shutil.rmtree(other, ignore_errors=True)
        ours = shutil.ignore_patterns(".blog", "public")
        shutil.copytree(root, other, ignore=ours)
        write(other, {A: post(title, text)})
        assert blog(other, "build")[0] == 0
        found.append(tree(other / "public"))
    return found


@pytest.mark.parametrize("is_first", [True, False], ids=["first", "later"])
def test_builds_at_once_all_end_well(tmp_path: Path, is_first: bool):
    site = tmp_path / "site"
    write(site, {A: POST, B: POST})
    if not is_first:
        assert blog(site, "build")[0] == 0
        write(site, {A: post("A", "Text.")})
    builds = [
        subprocess.Popen(COMMAND, cwd=site, stdout=-1, stderr=-1, text=True)
        for _ in range(4)
    ]
    ends = [(*build.communicate(timeout=60), build.returncode) for build in builds]
    waiting = "waiting for another build of this site to end\n"
    assert [code for *_, code in ends] == [0] * 4
    assert {errors for _, errors, _ in ends} <= {"", waiting}
    found = tree(site / "public")
    shutil.rmtree(site / "public")
    shutil.rmtree(site / ".blog")
    assert blog(site, "build")[0] == 0
    assert tree(site / "public") == found


def test_builds_into_two_outputs_at_once_end_well(tmp_path: Path):
    write(tmp_path, {A: POST, B: POST})
    builds = [
        subprocess.Popen([*COMMAND, "-q", "--output", o], cwd=tmp_path, stderr=-1)
        for o in ("one", "two", "one", "two")
    ]
    ends = [(build.communicate(timeout=60)[1], build.returncode) for build in builds]
    assert ends == [(b"", 0)] * 4
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_a_post_that_is_written_on_during_a_build_is_one_whole_text_or_the_other(
    tmp_path: Path,
):
    site = tmp_path / "site"
    write(site, {A: post("A", TEXTS[0]), B: POST})
    possible = outputs(site, "A")
    is_over = threading.Event()

    def write_on() -> None:
        new = site / "new"
        while not is_over.is_set():
            for text in TEXTS:
                new.write_text(post("A", text))
                new.replace(site / A)

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for _ in range(10):
            code, _, errors = blog(site, "build", "-q")
            assert (code, errors) == (0, "") or (
                code == 1
                and "was changed while the site was built\n  build once more" in errors
            )
            assert not (site / "public").exists() or tree(site / "public") in possible
    finally:
        is_over.set()
        writer.join()
    assert blog(site, "build")[0] == 0
    written = next(n for n, t in enumerate(TEXTS) if post("A", t) == site_text(site))
    assert tree(site / "public") == possible[written]


def site_text(site: Path) -> str:
    return (site / A).read_text()


def test_a_build_that_is_killed_at_any_time_does_no_harm(tmp_path: Path):
    site = tmp_path / "site"
    write(site, {A: post("A", TEXTS[0]), B: POST})
    possible = outputs(site, "A")
    for n, delay in enumerate((0.2, 0.3, 0.35, 0.4, 0.5)):
        text = TEXTS[n % 3]
        write(site, {A: post("A", text)})
        build = subprocess.Popen([*COMMAND, "-q"], cwd=site)
        try:
            build.wait(delay)
        except subprocess.TimeoutExpired:
            build.kill()
            build.wait()
        assert not (site / "public").exists() or tree(site / "public") in possible
        assert blog(site, "build")[0] == 0
        assert tree(site / "public") == possible[n % 3]


def as_anyone() -> None:
    """Takes from root what only root has: to read and write where that is forbidden."""
    override, read_search = 1, 2
    for power in (override, read_search):
        ctypes.CDLL(None).prctl(24, power, 0, 0, 0)


def built_by_anyone(site: Path, name: str) -> tuple[int, str]:
    """How a build ends where something cannot be written to, and what it says."""
    (site / name).chmod(0o500)
    try:
        done = subprocess.run(
            [*COMMAND, "--output", "../out", "-q"],
            cwd=site,
            capture_output=True,
            text=True,
            preexec_fn=as_anyone,
        )
    finally:
        (site / name).chmod(0o700)
    return done.returncode, done.stderr


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="takes Linux' powers")


@on_linux
def test_a_site_whose_store_cannot_be_written_is_built_all_the_same(tmp_path: Path):
    write(tmp_path / "site", {A: POST, ".blog/store.sqlite": ""})
    assert built_by_anyone(tmp_path / "site", ".blog/store.sqlite") == (0, "")
    assert "blog/a/index.html" in tree(tmp_path / "out")


@on_linux
@pytest.mark.parametrize("name", [".", ".blog"])
def test_a_site_that_cannot_be_written_to_is_one_clear_message(
    tmp_path: Path, name: str
):
    write(tmp_path / "site", {A: POST})
    if name == ".blog":
        (tmp_path / "site/.blog").mkdir()
    code, said = built_by_anyone(tmp_path / "site", name)
    assert (code, said.startswith("error: cannot write .blog")) == (1, True), said


def test_a_file_in_the_place_of_our_folder_is_one_clear_message(tmp_path: Path):
    write(tmp_path, {A: POST, ".blog": "mine"})
    code, _, said = blog(tmp_path, "build")
    assert (code, said.startswith("error: cannot write .blog")) == (1, True), said


def test_many_posts_are_kept_while_others_are_still_rendered(tmp_path: Path):
    posts = {f"content/posts/p{n:03}.md": POST for n in range(700)}
    write(tmp_path, posts)
    code, _, errors = blog(tmp_path, "build", "--jobs", "2")
    assert (code, errors) == (0, "")
    for name in sorted(posts)[:60]:
        (tmp_path / name).write_text(f"{POST}More.\n")
    code, _, errors = blog(tmp_path, "build", "--jobs", "2")
    assert (code, errors) == (0, "")
