"""Artifacts to a folder: whole or not at all, at the cost of what has changed.

There are two trees: the visible one, and a spare that is one build behind. The spare is
brought up to date and takes the place of the other in one step, so whoever opens a page
meets the old site or the new, never a mixture. Only a folder with our mark in it, or an
empty one, is ever replaced.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from blog.diagnostics import Abort
from blog.model import Artifact, Blob
from blog.publish.exchange import HELD, exchange, publish_in_place
from blog.publish.spare import Spare, are_inside, clear
from blog.snapshot import MARK
from blog.stamps import Stamps

_MARK = Blob.of(b"")


@dataclass(slots=True, kw_only=True)
class Trees:
    """What lies in the output, and in the tree that takes its place the next time.

    Files by path, and folders, whose names end with a slash; the top is `./`.
    """

    visible: Stamps = field(default_factory=dict)
    """Of the output, what is known to be as it was written."""
    is_whole: bool = False
    """Whether it holds just this."""
    spare: Stamps = field(default_factory=dict)
    """Of the other tree, as it was; empty if there is none."""


class Publication:
    """One build on its way to its readers."""

    def __init__(self, output: Path, root: Path, trees: Trees) -> None:
        """Raises `Abort` if `output` is not ours; `trees` is what lies where now."""
        self.output = output
        self.root = root
        self.trees = trees
        self._spare: Spare | None = None
        with self._told():
            check_ours(output)
            self._is_mount = output.is_mount()

    def put(self, path: str, digest: str, data: bytes) -> Blob:
        """Takes a page as soon as it is written, while others still are."""
        _check_inside([path])
        blob = Blob(digest=digest, size=len(data), data=data)
        if self._is_mount:
            return blob
        with self._told(blob):
            spare = self._opened()
            spare.write(path, blob)
            return Blob(digest=digest, size=len(data), source=f"{spare.place}/{path}")

    def finish(self, artifacts: Mapping[str, Artifact]) -> Trees:
        """Makes `output` hold exactly the artifacts; what lies where then.

        Raises `Abort` and changes nothing if that cannot be done.
        """
        wanted = {path: artifact.blob for path, artifact in artifacts.items()}
        wanted[MARK] = _MARK
        _check_inside(wanted)
        with self._told(*wanted.values()):
            if self.trees.is_whole and _holds(self.trees.visible, wanted):
                return self._unchanged()
            if self._is_mount:
                return self._finish_in_place(wanted)
            return self._exchanged(wanted)

    def _opened(self) -> Spare:
        if self._spare is None:
            self.output.parent.mkdir(parents=True, exist_ok=True)
            place = _workshop(self.root, self.output) / "spare"
            self._spare = Spare(place, self.trees.spare)
        return self._spare

    def _unchanged(self) -> Trees:
        if self._spare:
            self.trees.spare = self._spare.closed()
        return self.trees

    def _finish_in_place(self, wanted: Mapping[str, Blob]) -> Trees:
        stamps = publish_in_place(wanted, self.output, self.trees.visible)
        return Trees(visible=stamps, is_whole=True)

    def _exchanged(self, wanted: Mapping[str, Blob]) -> Trees:
        """Brings the spare tree up to date and puts it where `output` is."""
        spare = self._opened()
        stamps = spare.brought_up_to_date(wanted)
        try:
            exchange(spare.place, self.output)
        except OSError as error:
            if error.errno not in HELD:
                raise
            return self._finish_in_place(wanted)
        was_whole = self.trees.is_whole
        if not was_whole:
            spare.clear()
        return Trees(
            visible=stamps,
            is_whole=True,
            spare=self.trees.visible if was_whole else {},
        )

    @contextmanager
    def _told(self, *blobs: Blob) -> Iterator[None]:
        """Files are readable by all; a disk that refuses is one clear message."""
        before = os.umask(0o022)
        try:
            yield
        except OSError as error:
            where = Path(os.fsdecode(error.filename or self.output))
            is_read = str(where) in {blob.source for blob in blobs}
            raise Abort(
                f"cannot {'read' if is_read else 'write'} "
                f"{_relative(where, self.root)}: "
                f"{(error.strerror or 'unknown error').lower()}",
                hint="the site that was there is unchanged",
            ) from None
        finally:
            os.umask(before)

    def close(self) -> None:
        """Takes away what is of no use: half a tree may be what the disk is full of."""
        if self._spare and not self._spare.is_done:
            self._spare.clear()


def _check_inside(paths: Collection[str]) -> None:
    """Raises `Abort` for a path that leads out: no plan of ours has one."""
    if paths and not are_inside(paths):
        path = next(path for path in paths if not are_inside([path]))
        raise Abort(
            f"{path!r} leads out of the output folder",
            hint="somebody has changed what lies in .blog: delete it",
        )


def check_ours(output: Path) -> None:
    """Raises `Abort` unless `output` is absent, empty or marked as ours."""
    if output.is_symlink():
        raise Abort(
            f"the output folder {output} is a symbolic link",
            hint="name the folder it points to with --output",
        )
    if not output.exists():
        return
    if not output.is_dir():
        raise Abort(
            f"{output} is a file, so the site cannot be written there",
            hint="name a folder with --output",
        )
    if any(output.iterdir()) and not (output / MARK).is_file():
        raise Abort(
            f"the folder {output} holds files that are not ours",
            hint="empty it, or name another folder with --output",
        )


def _holds(stamps: Stamps, wanted: Mapping[str, Blob]) -> bool:
    """Whether a tree is already what is wanted."""
    files = {name: stamp.digest for name, stamp in stamps.items() if name[-1] != "/"}
    return files == {path: blob.digest for path, blob in wanted.items()}


def _workshop(root: Path, output: Path) -> Path:
    """A folder on the disk of `output`, for the spare tree."""
    place = root / ".blog"
    place.mkdir(exist_ok=True)
    if place.stat().st_dev != output.parent.stat().st_dev:
        place = output.parent / f".{output.name}.blog"
        place.mkdir(exist_ok=True)
    clear(place / "next")
    return place


def _relative(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path
