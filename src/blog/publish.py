"""Artifacts to a folder: whole or not at all, at the cost of what has changed.

There are two trees: the visible one, and a spare that is one build behind. The spare is
brought up to date and takes the place of the other in one step, so whoever opens a page
meets the old site or the new, never a mixture. Only a folder with our mark in it, or an
empty one, is ever replaced.
"""

import ctypes
import errno
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from blog.codec import digest_of
from blog.diagnostics import Abort
from blog.model import Artifact, Blob
from blog.snapshot import MARK, Changed
from blog.stamps import Stamp, moved, of_file, of_folder

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}
_HELD = {errno.EBUSY, errno.EXDEV}
"""What a folder answers that others hold on to, e.g. a mount point."""
_NEW = ".blog-new"
"""Ends the names of files that are not yet in their place."""

_MARK = Blob.of(b"")

Stamps = dict[str, Stamp]


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
        self._spare: _Spare | None = None
        with self._told():
            check_ours(output)

    def put(self, path: str, digest: str, data: bytes) -> Blob:
        """Takes a page as soon as it is written, while others still are."""
        blob = Blob(digest=digest, size=len(data), data=data)
        if self.output.is_mount():
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
        with self._told(*wanted.values()):
            if self.trees.is_whole and _holds(self.trees.visible, wanted):
                return self._unchanged()
            if self.output.is_mount():
                return self._finish_in_place(wanted)
            return self._exchanged(wanted)

    def _opened(self) -> "_Spare":
        if self._spare is None:
            self.output.parent.mkdir(parents=True, exist_ok=True)
            place = _workshop(self.root, self.output) / "spare"
            self._spare = _Spare(place, self.trees.spare)
        return self._spare

    def _unchanged(self) -> Trees:
        if self._spare:
            self.trees.spare = self._spare.closed()
        return self.trees

    def _finish_in_place(self, wanted: Mapping[str, Blob]) -> Trees:
        stamps = _in_place(wanted, self.output, self.trees.visible)
        return Trees(visible=stamps, is_whole=True)

    def _exchanged(self, wanted: Mapping[str, Blob]) -> Trees:
        """Brings the spare tree up to date and puts it where `output` is."""
        spare = self._opened()
        stamps = spare.brought_up_to_date(wanted)
        try:
            _exchange(spare.place, self.output)
        except OSError as error:
            if error.errno not in _HELD:
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
    _clear(place / "next")
    return place


class _Spare:
    """The tree that is about to be published."""

    def __init__(self, place: Path, stamps: Stamps) -> None:
        """Begins with what is known to lie there; if that is not so, with nothing."""
        self.place = place
        self.stamps = dict(stamps)
        self.touched: set[str] = set()
        self.is_done = False
        if not stamps or moved(str(place), stamps):
            _clear(place)
            place.mkdir()
            self.stamps, self.touched = {"./": Stamp("", 0, 0, 0)}, {"./"}

    def write(self, path: str, blob: Blob) -> None:
        """Writes a file, unless it is there already."""
        known = self.stamps.get(path)
        if known is None or known.digest != blob.digest:
            if f"{path}/" in self.stamps:
                self._remove([n for n in self.stamps if n.startswith(f"{path}/")])
            self._make_folders(path)
            self.stamps[path] = _written(f"{self.place}/{path}", blob)

    def brought_up_to_date(self, wanted: Mapping[str, Blob]) -> Stamps:
        """Makes it hold exactly what is wanted."""
        self._remove_all_but(wanted)
        for path, blob in wanted.items():
            self.write(path, blob)
        return self.closed()

    def closed(self) -> Stamps:
        """What lies there, now that nothing more will be written."""
        _stamp_folders(self.place, self.touched & self.stamps.keys(), self.stamps)
        self.is_done = True
        return self.stamps

    def clear(self) -> None:
        """Takes it away, and the folder above it if nothing else is there."""
        with suppress(OSError):
            _clear(self.place)
            self.place.parent.rmdir()

    def _remove_all_but(self, wanted: Mapping[str, Blob]) -> None:
        kept = _folders(wanted)
        self._remove(self.stamps.keys() - wanted.keys() - kept)

    def _remove(self, names: Iterable[str]) -> None:
        """Takes away files and folders, which are empty when it is their turn."""
        for name in sorted(names, reverse=True):
            place = self.place / name
            place.rmdir() if name[-1] == "/" else place.unlink()
            del self.stamps[name]
            self.touched.add(_folder(name))

    def _make_folders(self, path: str) -> None:
        """Makes the folders of a file, and notes where there is a new name."""
        folder = _folder(path)
        if folder not in self.stamps:
            if folder[:-1] in self.stamps:
                self._remove([folder[:-1]])
            self._make_folders(folder[:-1])
            os.mkdir(f"{self.place}/{folder}")  # noqa: PTH102 - thousands of them
            self.stamps[folder] = Stamp("", 0, 0, 0)
        if path not in self.stamps:
            self.touched |= {folder}


def _folder(name: str) -> str:
    """The folder in which a file or folder lies."""
    above = name.rstrip("/").rpartition("/")[0]
    return f"{above}/" if above else "./"


def _folders(paths: Iterable[str]) -> set[str]:
    """All folders in which these files lie, the top among them."""
    found = {"./"}
    for path in paths:
        folder = _folder(path)
        while folder not in found:
            found.add(folder)
            folder = _folder(folder)
    return found


def _stamp_folders(spare: Path, touched: set[str], stamps: Stamps) -> None:
    """New stamps for the folders in which names have come or gone."""
    names: dict[str, list[str]] = {name: [] for name in touched}
    for name in stamps:
        if name != "./" and (inside := names.get(_folder(name))) is not None:
            inside.append(name.rstrip("/").rpartition("/")[2])
    for name, inside in names.items():
        stamps[name] = of_folder((spare / name).stat(), inside)


def _written(target: str, blob: Blob) -> Stamp:
    """Writes a file in the place of what may be there; its stamp."""
    if blob.data is None:
        return _copied(target, blob)
    with open(target, "wb", buffering=0) as file:  # noqa: PTH123 - thousands of them
        file.write(blob.data)
        return of_file(os.fstat(file.fileno()), blob.digest)


def _copied(target: str, blob: Blob) -> Stamp:
    """Copies a file that nobody has changed meanwhile."""
    if blob.size < _SMALL:
        data = Path(blob.source).read_bytes()
        if digest_of(data) != blob.digest:
            raise Changed(Path(blob.source))
        return _written(target, Blob(digest=blob.digest, size=blob.size, data=data))
    shutil.copyfile(blob.source, target)
    written = Path(target).stat()
    if written.st_size != blob.size:
        raise Changed(Path(blob.source))
    return of_file(written, blob.digest)


_SMALL = 1 << 22
"""Bytes of a file that may pass through memory."""


def _exchange(new: Path, output: Path) -> None:
    """Puts `new` where `output` is; what was there is then at `new`."""
    if not output.exists():
        new.rename(output)
        return
    code = _exchange_in_one_step(new, output)
    if code in _NO_EXCHANGE:
        _exchange_in_two(new, output)
    elif code:
        raise OSError(code, os.strerror(code), str(output))


def _exchange_in_one_step(new: Path, output: Path) -> int:
    """Linux' exchange of two names; the error number, 0 for success."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return errno.ENOSYS
    names = os.fsencode(new), os.fsencode(output)
    done = rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE)
    return 0 if done == 0 else ctypes.get_errno()


def _exchange_in_two(new: Path, output: Path) -> None:
    """Two renames; the first is taken back if the second fails."""
    old = new.with_name("previous")
    _clear(old)
    output.rename(old)
    try:
        new.rename(output)
    except OSError:
        old.rename(output)
        raise
    old.rename(new)


def _in_place(wanted: Mapping[str, Blob], output: Path, visible: Stamps) -> Stamps:
    """Publishes into a folder that cannot be exchanged, one file after the other.

    What pages refer to comes before them, feeds after them, removals last; each file
    takes its place whole. What is left undone the next build does.
    """
    stamps: Stamps = {}
    for path in sorted(wanted, key=lambda path: (_turn(path), path)):
        blob, target, known = wanted[path], output / path, visible.get(path)
        if known is not None and known.digest == blob.digest:
            stamps[path] = known
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(f"{target.name}{_NEW}")
        _written(str(new), blob)
        new.replace(target)
        stamps[path] = of_file(target.stat(), blob.digest)
    folders = _folders(wanted)
    _remove_others(output, wanted.keys() | folders)
    stamps.update(dict.fromkeys(folders, Stamp("", 0, 0, 0)))
    _stamp_folders(output, folders, stamps)
    return stamps


def _remove_others(output: Path, wanted: Collection[str]) -> None:
    """Takes away all files and folders but those."""
    for place, _, files in os.walk(output, topdown=False):
        folder = Path(place).relative_to(output)
        for name in files:
            if (folder / name).as_posix() not in wanted:
                (output / folder / name).unlink()
        if f"{folder.as_posix()}/" not in wanted:
            (output / folder).rmdir()


def _turn(path: str) -> int:
    """When a file is published: new ones before what leads to them."""
    suffix = PurePosixPath(path).suffix
    return {".html": 1, ".xml": 2, ".json": 2}.get(suffix, 0)


def _clear(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)


def _relative(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path
