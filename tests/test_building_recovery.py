"""What a build makes of a store that is damaged, held or not to be believed."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from blog.diagnostics import Abort
from blog.model import Artifact, Blob
from blog.publish import Publication, Trees
from command import blog, known
from conftest import POST, A, B
from disk import tree, write

STORE = ".blog/store.sqlite"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that was built before."""
    write(tmp_path, {A: POST, B: POST.replace("A post", "Another")})
    known(tmp_path)
    return tmp_path


def break_values(root: Path) -> None:
    """Every value in the memo is something else now."""
    with sqlite3.connect(root / STORE) as store:
        store.execute("UPDATE value SET data = x'7b'")


def test_after_a_damaged_memo_later_edits_are_seen(site: Path):
    break_values(site)
    (site / A).write_text(f"{POST}More.\n")
    code, _, errors = blog(site, "build")
    assert (code, "could not be used" in errors) == (0, True)
    known(site)
    (site / B).unlink()
    assert blog(site, "build")[0] == 0
    assert not (site / "public/blog/b/index.html").exists()


def test_a_store_that_somebody_reads_stays_theirs(site: Path):
    (site / A).write_text(f"{POST}More.\n")
    with sqlite3.connect(site / STORE) as held:
        held.execute("BEGIN EXCLUSIVE")
        code, _, errors = blog(site, "build")
        held.execute("ROLLBACK")
    assert (code, "locked" in errors) == (0, True)
    assert "More." in (site / "public/blog/a/index.html").read_text()
    (site / B).unlink()
    assert blog(site, "build")[0] == 0
    assert not (site / "public/blog/b/index.html").exists()


def test_a_page_that_cannot_be_written_whole_is_not_published(site: Path):
    before = tree(site / "public")
    (site / A).write_text(f"{POST}{'Long. ' * 300_000}\n")
    done = subprocess.run(
        ["bash", "-c", f"ulimit -f 900; {sys.executable} -m blog build --jobs 1"],
        cwd=site,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert tree(site / "public") == before
    assert blog(site, "build")[0] == 0
    assert (site / "public/blog/a/index.html").stat().st_size > 1_800_000


@pytest.mark.parametrize("name", [".blog", STORE, ".public.blog"])
def test_a_workshop_that_leads_elsewhere_is_refused(site: Path, name: str):
    other = site.parent / "precious"
    write(other, {"next/keep": "x", "spare/keep": "x"})
    before = tree(other)
    shutil.rmtree(site / ".blog")
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).symlink_to(other)
    code, _, errors = blog(site, "build")
    assert (code, "is a symbolic link" in errors) == (1, True)
    assert tree(other) == before


@pytest.mark.parametrize("path", ["../x.html", "/x.html", "a/../../x.html", "a//x"])
def test_no_path_leads_out_of_the_output_whoever_wrote_it(tmp_path: Path, path: str):
    publication = Publication(tmp_path / "public", tmp_path, Trees())
    with pytest.raises(Abort, match="leads out of the output"):
        publication.put(path, "digest", b"text")
    with pytest.raises(Abort, match="leads out of the output"):
        publication.finish({path: Artifact(path=path, blob=Blob.of(b"text"))})
    assert list(tmp_path.iterdir()) == []
