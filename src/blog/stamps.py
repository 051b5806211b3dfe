"""Stamps of files and folders, by which what has not changed is known without reading.

A file is as it was if size, inode and time of change are; a folder if it still has the
same names. A time lies for what changes while it is read, so whatever was touched too
late is not trusted the next time, as in git's index.
"""

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from blog.digests import digest_of

RACY = 2_000_000_000
"""Nanoseconds before a build within which a change may share its stamp."""


class Stamp(NamedTuple):
    """How to know a file again, or a folder: its name ends with a slash then."""

    digest: str
    """Of the content; of a folder, of the names in it."""
    size: int
    changed: int
    """Nanoseconds since the epoch; of a folder, when a name last came or went. 0 where
    the stamp is not to be trusted.
    """
    inode: int


Stamps = dict[str, Stamp]
"""Stamps by name, of a tree of files and folders; its top is `./`."""


def of_file(found: os.stat_result, digest: str, trusted: int | None = None) -> Stamp:
    """The stamp of a file; untrusted if it was touched at `trusted` or later."""
    touched = max(found.st_ctime_ns, found.st_mtime_ns)
    is_known = trusted is None or touched < trusted
    changed = found.st_ctime_ns if is_known else 0
    return Stamp(digest, found.st_size, changed, found.st_ino)


def of_folder(
    found: os.stat_result, names: Iterable[str], trusted: int | None = None
) -> Stamp:
    """The stamp of a folder that holds `names`."""
    is_known = trusted is None or found.st_mtime_ns < trusted
    return Stamp(of_names(names), 0, found.st_mtime_ns if is_known else 0, found.st_ino)


def of_names(names: Iterable[str]) -> str:
    """The digest of the names in a folder, in whatever order they come."""
    return digest_of("\n".join(sorted(names)).encode(errors="surrogateescape"))


def moved(base: str, stamps: Mapping[str, Stamp]) -> list[str]:
    """The names below `base` that are not as their stamps say."""
    return moved_rows(base, ((name, *stamp) for name, stamp in stamps.items()))


def moved_rows(
    base: str,
    rows: Iterable[tuple[str, str, int, int, int]],
    ignored: Iterable[str] = (),
) -> list[str]:
    """The names below `base` that are not as they were; a row is a name and its stamp.

    An absolute name stands for itself. Names in `ignored` may come and go at the top.
    """
    skipped, found = frozenset(ignored), []
    begin = f"{base}/"
    for name, digest, size, changed, inode in rows:
        try:
            now = os.stat(name if name[0] == "/" else begin + name)  # noqa: PTH116
        except OSError:
            found.append(name)
            continue
        if name[-1] != "/":
            if now.st_ctime_ns != changed or now.st_size != size or now.st_ino != inode:
                found.append(name)
        elif now.st_mtime_ns != changed or now.st_ino != inode:
            place = name if name[0] == "/" else begin + name
            free = skipped if name == "./" else frozenset()
            if not stat.S_ISDIR(now.st_mode) or _names(place, free) != digest:
                found.append(name)
    return found


def _names(folder: str, skipped: frozenset[str]) -> str:
    try:
        with os.scandir(folder) as entries:
            return of_names(e.name for e in entries if e.name not in skipped)
    except OSError:
        return ""


def ours(root: Path, output: Path) -> set[str]:
    """Names in the folder of the site that come and go with our work."""
    is_inside = output.resolve().parent == root.resolve()
    return {".blog", f".{output.name}.blog"} | ({output.name} if is_inside else set())
