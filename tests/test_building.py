"""`blog build` again and again: it does what is left to do, and all of that."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from command import TYPO, blog, known
from conftest import POST, A, B
from disk import TOML, tree, write
from photos import PNG

ABOUT = "content/about.md"
C = "content/posts/c.md"


def built(root: Path, *options: str) -> str:
    """What `blog build` says."""
    code, said, errors = blog(root, "build", *options)
    assert code == 0, errors
    return errors + said


CLEAN: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
"""Outputs by the sources that they were made of."""


def clean(root: Path) -> dict[str, str]:
    """The output of a build of these sources that knows of no other."""
    ours = (".blog", "public")
    sources = {p: t for p, t in tree(root).items() if p.split("/")[0] not in ours}
    key = tuple(sources.items())
    if key not in CLEAN:
        with tempfile.TemporaryDirectory() as folder:
            files = [p for p, text in sources.items() if text != "<folder>"]
            write(Path(folder), {p: (root / p).read_bytes() for p in files})
            built(Path(folder))
            CLEAN[key] = tree(Path(folder) / "public")
    return CLEAN[key]


def inodes(root: Path) -> dict[str, int]:
    """Which file of the output is which."""
    public = root / "public"
    return {str(p.relative_to(public)): p.stat().st_ino for p in public.rglob("*")}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that is built."""
    site = tmp_path / "site"
    write(site, {A: POST, B: POST.replace("A post", "B"), ABOUT: "# About\n"})
    built(site)
    return site


# Nothing has changed


def test_the_second_build_says_the_same_and_writes_nothing(tmp_path: Path):
    write(tmp_path, {A: POST, B: TYPO.replace("titel: A", "title: A\ntitel: A")})
    first = built(tmp_path)
    known(tmp_path)
    before = inodes(tmp_path)
    said = built(tmp_path)
    assert said == first.replace("in N s", "in N s (nothing changed)")
    assert "unknown field 'titel'" in said
    assert inodes(tmp_path) == before


HEAVY = """
import sys
import tempfile
import time
sys.argv = ["blog", "build"]
try:
    from blog.cli import run
    run()
except SystemExit as end:
    assert end.code == 0, end.code
heavy = ("jinja2", "markdown_it", "pydantic", "PIL", "feedgen", "yaml", "pygments")
print(sorted(name for name in heavy if name in sys.modules))
"""


def test_that_nothing_changed_is_known_without_what_a_build_needs(site: Path):
    known(site)
    done = subprocess.run(
        [sys.executable, "-c", HEAVY], cwd=site, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
    assert "nothing changed" in done.stdout


@pytest.mark.parametrize("option", ["--force", "--drafts", "--base-url=https://e.org"])
def test_another_question_is_built_anew(site: Path, option: str):
    said = built(site, option, "-v")
    assert "writing pages" in said


# Something has


def swapped(path: Path) -> None:
    """Other text of the same length, at the same time."""
    before = path.stat()
    path.write_text(path.read_text().replace("Hello", "Howdy"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a post edited": lambda p: write(p, {A: POST + "\nMore.\n"}),
    "a post edited to the same length": lambda p: swapped(p / A),
    "a post added": lambda p: write(p, {C: POST.replace("A post", "C")}),
    "a post removed": lambda p: (p / A).unlink(),
    "a post renamed": lambda p: (p / A).rename(p / C),
    "a post in a folder called like the output": lambda p: write(
        p, {"content/posts/public/index.md": POST}
    ),
    "a page edited": lambda p: write(p, {ABOUT: "# Me\n"}),
    "the settings edited": lambda p: write(
        p, {"site.toml": TOML.replace("Test", "Tested")}
    ),
    "a template added": lambda p: write(p, {"templates/404.html": "mine"}),
    "a static file added": lambda p: write(p, {"static/x.txt": "x"}),
    "a result edited": lambda p: write(p, {"public/index.html": "by hand"}),
    "a result edited to the same length": lambda p: swapped(
        p / "public/blog/a/index.html"
    ),
    "a result added": lambda p: write(p, {"public/added/x.html": "by hand"}),
    "a result removed": lambda p: (p / "public/rss.xml").unlink(),
    "some results removed": lambda p: shutil.rmtree(p / "public/blog"),
    "all results removed": lambda p: shutil.rmtree(p / "public"),
    "a result turned into a folder": lambda p: (
        (p / "public/404.html").unlink(),
        write(p, {"public/404.html/x": "by hand"}),
    ),
    "the store removed": lambda p: shutil.rmtree(p / ".blog"),
    "the store damaged": lambda p: write(p, {".blog/store.sqlite": "odd" * 9999}),
    "the store replaced by a folder": lambda p: (
        (p / ".blog/store.sqlite").unlink(),
        write(p, {".blog/store.sqlite/x": "in the way"}),
    ),
}


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> dict[str, Path]:
    """For each change a site that was built, and is known to be as it was."""
    first = tmp_path_factory.mktemp("sites") / "first"
    write(first, {A: POST, B: POST.replace("A post", "B"), ABOUT: "# About\n"})
    built(first)
    found = {name: first.with_name(f"site {n}") for n, name in enumerate(CHANGES)}
    for site in found.values():
        shutil.copytree(first, site)
    time.sleep(2.1)
    for site in found.values():
        built(site)
    return found


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_happens_the_next_build_is_the_clean_build(
    sites: dict[str, Path], name: str
):
    site = sites[name]
    CHANGES[name](site)
    assert "nothing changed" not in built(site)
    assert tree(site / "public") == clean(site)


def test_without_the_spare_tree_the_next_edit_is_published_all_the_same(site: Path):
    shutil.rmtree(site / ".blog/spare", ignore_errors=True)
    assert "nothing changed" in built(site)
    write(site, {A: POST + "\nMore.\n"})
    built(site)
    assert tree(site / "public") == clean(site)


def test_an_edit_of_a_post_writes_only_what_differs(site: Path):
    trees = []
    for text in ("One", "Two", "Three", "Four"):
        write(site, {A: POST.replace("Hello", text)})
        built(site)
        trees.append(inodes(site))
    one, _, three, _ = trees
    assert three == one
    assert trees[3] == trees[1]
    assert tree(site / "public") == clean(site)


def test_edits_that_are_made_one_by_one_are_the_clean_build(site: Path):
    edits = [
        {A: POST.replace("title", "tags: [x]\ntitle")},
        {"content/posts/pic.png": PNG, B: POST + "\n![Me](pic.png)\n"},
        {B: POST},
        {"site.toml": TOML + "[[content]]\nper_page = 1\n"},
        {"site.toml": TOML, A: POST},
    ]
    for files in edits:
        write(site, files)
        built(site)
        assert tree(site / "public") == clean(site)


def test_a_build_that_fails_leaves_the_site_that_was_there(site: Path):
    before = tree(site / "public")
    write(site, {A: "---\ntitle: No date\n---\n"})
    assert blog(site, "build")[0] == 1
    assert tree(site / "public") == before
    write(site, {A: POST})
    built(site)
    assert tree(site / "public") == before


# A site elsewhere


def test_a_clone_of_the_whole_site_computes_nothing(site: Path, tmp_path: Path):
    clone = tmp_path / "deep/er/clone"
    shutil.copytree(site, clone, symlinks=True)
    stages = built(clone, "-v").partition("\n\n")[0]
    counts = [row.split()[-3:-1] for row in stages.splitlines()[1:]]
    assert [names for names, reused in counts if names != reused] == []
    assert len(counts) > 10
    assert tree(clone / "public") == tree(site / "public")


def test_an_edit_of_a_clone_costs_what_it_costs_at_home(site: Path, tmp_path: Path):
    clone = tmp_path / "clone"
    shutil.copytree(site, clone, symlinks=True)
    write(clone, {A: POST + "\nMore.\n"})
    built(clone)
    assert tree(clone / "public") == clean(clone)


def test_the_output_may_lie_on_another_disk(site: Path, other_disk: Path):
    output = other_disk / "public"
    for text in ("One", "Two", "Three"):
        write(site, {A: POST.replace("Hello", text)})
        built(site, "--output", str(output))
        assert tree(output) == clean(site)
    assert {p.name for p in other_disk.iterdir()} <= {"public", ".public.blog"}


def test_two_outputs_of_one_site_are_both_right(site: Path):
    for text, output in (("One", "public"), ("Two", "www"), ("Three", "public")):
        write(site, {A: POST.replace("Hello", text)})
        built(site, "--output", output)
    found = tree(site / "public")
    shutil.rmtree(site / "www")
    assert found == clean(site)
