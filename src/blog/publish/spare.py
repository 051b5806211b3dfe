"""The tree that is about to be published, brought up to date by the difference."""

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from blog.digests import digest_of, digest_of_file
from blog.model import Blob
from blog.snapshot import Changed
from blog.stamps import Stamp, Stamps, moved, of_file, of_folder


class Spare:
    """The tree that is about to be published."""

    def __init__(self, place: Path, stamps: Stamps) -> None:
        """Begins with what is known to lie there; if that is not so, with nothing."""
        self.place = place
        self.stamps = dict(stamps)
        self.touched: set[str] = set()
        self.is_done = False
        is_sound = are_inside(stamps.keys() - {"./"})
        if not stamps or not is_sound or moved(str(place), stamps):
            clear(place)
            place.mkdir()
            self.stamps, self.touched = {"./": Stamp("", 0, 0, 0)}, {"./"}

    def write(self, path: str, blob: Blob) -> None:
        """Writes a file, unless it is there already."""
        known = self.stamps.get(path)
        if known is None or known.digest != blob.digest:
            if f"{path}/" in self.stamps:
                self._remove([n for n in self.stamps if n.startswith(f"{path}/")])
            self._make_folders(path)
            self.stamps[path] = written(f"{self.place}/{path}", blob)

    def brought_up_to_date(self, wanted: Mapping[str, Blob]) -> Stamps:
        """Makes it hold exactly what is wanted."""
        self._remove_all_but(wanted)
        for path, blob in wanted.items():
            known = self.stamps.get(path)
            if known is None or known.digest != blob.digest:
                self.write(path, blob)
        return self.closed()

    def closed(self) -> Stamps:
        """What lies there, now that nothing more will be written."""
        stamp_folders(self.place, self.touched & self.stamps.keys(), self.stamps)
        self.is_done = True
        return self.stamps

    def clear(self) -> None:
        """Takes it away, and the folder above it if nothing else is there."""
        with suppress(OSError):
            clear(self.place)
            self.place.parent.rmdir()

    def _remove_all_but(self, wanted: Mapping[str, Blob]) -> None:
        """Takes away all other files, and the folders that are empty then."""
        others = self.stamps.keys() - wanted.keys()
        if any(name[-1] != "/" for name in others):
            self._remove(others - folders_of(wanted))

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


def are_inside(paths: Iterable[str]) -> bool:
    """Whether all paths stay in the folder they are counted from, whoever wrote them.

    Those of folders end with a slash.
    """
    lines = "\n".join(["", *paths, ""])
    return not any(part in lines for part in _OUTWARD)


_OUTWARD = sorted(
    {
        f"{above}{name}{below}"
        for name in ("", ".", "..")
        for above in "\n/"
        for below in "/\n"
    }
    - {"/\n"}
)
"""A part of a path that is empty, `.` or `..`; each path has a line of its own."""


def _folder(name: str) -> str:
    """The folder in which a file or folder lies."""
    above = name.rstrip("/").rpartition("/")[0]
    return f"{above}/" if above else "./"


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders in which these files lie, the top among them."""
    found = {"./"}
    for path in paths:
        folder = _folder(path)
        while folder not in found:
            found.add(folder)
            folder = _folder(folder)
    return found


def stamp_folders(spare: Path, touched: set[str], stamps: Stamps) -> None:
    """New stamps for the folders in which names have come or gone."""
    names: dict[str, list[str]] = {name: [] for name in touched}
    for name in stamps:
        if name != "./" and (inside := names.get(_folder(name))) is not None:
            inside.append(name.rstrip("/").rpartition("/")[2])
    for name, inside in names.items():
        stamps[name] = of_folder((spare / name).stat(), inside)


def written(target: str, blob: Blob) -> Stamp:
    """Writes a file in the place of what may be there; its stamp."""
    if blob.data is None:
        return _copied(target, blob)
    with open(target, "wb") as file:  # noqa: PTH123 - thousands of them
        file.write(blob.data)
        file.flush()
        return of_file(os.fstat(file.fileno()), blob.digest)


def _copied(target: str, blob: Blob) -> Stamp:
    """Copies a file that nobody has changed meanwhile."""
    if blob.size < _SMALL:
        data = Path(blob.source).read_bytes()
        if digest_of(data) != blob.digest:
            raise Changed(Path(blob.source))
        return written(target, Blob(digest=blob.digest, size=blob.size, data=data))
    shutil.copyfile(blob.source, target)
    if digest_of_file(Path(target)) != blob.digest:
        raise Changed(Path(blob.source))
    return of_file(Path(target).stat(), blob.digest)


_SMALL = 1 << 22
"""Bytes of a file that may pass through memory."""


def clear(folder: Path) -> None:
    """Takes a folder away with all that is in it, if it is there; never what a link
    leads to.
    """
    if folder.is_symlink():
        folder.unlink()
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
