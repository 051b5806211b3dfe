"""What the tests share: a site is a dict of path to text, and needs no disk."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from blog.build import Options, build
from blog.diagnostics import plain
from blog.memo import Memo
from blog.model import Blob, Build, Snapshot
from blog.snapshot import packaged_theme

THEME: Mapping[str, Blob] = packaged_theme()

SITE = {"site.toml": 'title = "Test"\nbase_url = "https://example.org"\n'}
"""The least that a site needs."""

POST = "---\ntitle: A post\ndate: 2024-01-31\n---\n\nHello.\n"
A = "content/posts/a.md"
B = "content/posts/b.md"


def snapshot(files: Mapping[str, str | bytes]) -> Snapshot:
    """A site out of a dict, with the least `site.toml` unless it brings its own."""
    return Snapshot.of({**SITE, **files}, theme=THEME)


def built(
    files: Mapping[str, str | bytes],
    *,
    memo: Memo | None = None,
    drafts: bool = False,
    future: bool = False,
    preview: bool = True,
) -> Build:
    """The build of a site out of a dict; today is 1 January 2030.

    Without what takes long, unless it is no `preview`.
    """
    options = Options(drafts=drafts, future=future, preview=preview)
    return build(snapshot(files), options=options, memo=memo)


def output(files: Mapping[str, str | bytes], **options: bool) -> dict[str, str]:
    """The finished site as text by path; it must have no errors."""
    result = built(files, **options)
    assert result.ok, "\n".join(plain(d) for d in result.diagnostics)
    return {
        path: artifact.blob.data.decode(errors="replace")
        for path, artifact in result.artifacts.items()
        if artifact.blob.data is not None
    }


def lines(result: Build) -> list[str]:
    """All diagnostics as they are shown, line by line."""
    return [line for d in result.diagnostics for line in plain(d).split("\n")]


def said(files: Mapping[str, str | bytes], **options: bool) -> str:
    """What a build of the site says, as it is shown."""
    return "\n".join(lines(built(files, **options)))


def changed(before: Build, after: Build) -> set[str]:
    """The files that differ between two builds."""
    old = {p: a.blob.digest for p, a in before.artifacts.items()}
    new = {p: a.blob.digest for p, a in after.artifacts.items()}
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    """An empty folder on another disk than that of the test."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("this machine has no second disk to write to")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)
