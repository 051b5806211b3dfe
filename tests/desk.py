"""A site on the disk and the loop of the preview, without a server."""

import gc
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from blog.build import build
from blog.engine import Watcher
from blog.memo import Memo
from blog.serve.loop import Loop
from blog.serve.shown import Shown
from blog.serve.sources import Sources
from blog.shelf import MemoryShelf
from blog.snapshot import content_of
from serving import PREVIEW, save

PAGE_A = "blog/a/index.html"


class Reader:
    """Looks at some pages, and remembers what was shown when."""

    def __init__(self, shown: Shown, watched: tuple[str, ...]) -> None:
        self.watched = watched
        self.seen: list[str] = []
        self.looks: Callable[[], None] = lambda: None
        self.renewed: list[str] = []
        self._shown = shown

    def update(self) -> None:
        blob = self._shown.table.files.get(self.watched[0])
        self.seen.append(content_of(blob).decode() if blob else "")
        self.looks()

    def renew(self, addresses: list[str]) -> None:
        self.renewed += addresses


class Desk:
    """A site on the disk, the loop that shows it, and who looks on."""

    def __init__(self, root: Path, files: Mapping[str, str], *watched: str) -> None:
        save(root, files)
        self.root = root
        self.sources = Sources(root, config="site.toml", output=root / "public")
        self.shown = Shown()
        self.reader = Reader(self.shown, watched or (PAGE_A,))
        self.told: frozenset[str] = frozenset()
        self.loop = Loop(
            self.sources,
            PREVIEW,
            self.shown,
            self.reader,
            lambda: self.told,
            Memo(),
            MemoryShelf(),
        )
        self.loop.begin(1, Watcher())

    def edit(self, files: Mapping[str, str | bytes]):
        save(self.root, files)
        return self.loop.edit(frozenset(str(self.root / name) for name in files))

    def text(self, name: str) -> str:
        blob = self.shown.table.files[name]
        return content_of(blob).decode()

    def digests(self) -> dict[str, str]:
        return {name: blob.digest for name, blob in self.shown.table.files.items()}

    def clean(self) -> dict[str, str]:
        """What a build from nothing makes of the same files."""
        fresh = Sources(self.root, config="site.toml", output=self.root / "public")
        made = build(fresh.all(), options=PREVIEW)
        assert made.ok, made.diagnostics
        return {name: each.blob.digest for name, each in made.artifacts.items()}


def desk_of(root: Path, files: Mapping[str, str], *watched: str) -> Iterator[Desk]:
    """One for a test, after which garbage is looked for again."""
    try:
        yield Desk(root, files, *watched)
    finally:
        gc.unfreeze()
        gc.enable()
