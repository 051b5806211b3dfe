"""A new tree takes the place of the one before: in one step, in two, or in place."""

import ctypes
import errno
import os
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath

from blog.model import Blob
from blog.publish.spare import clear, folders_of, stamp_folders, written
from blog.stamps import Stamp, Stamps, of_file

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}
HELD = {errno.EBUSY, errno.EXDEV}
"""What a folder answers that others hold on to, e.g. a mount point."""
_NEW = ".blog-new"
"""Ends the names of files that are not yet in their place."""


def exchange(new: Path, output: Path) -> None:
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
    clear(old)
    output.rename(old)
    try:
        new.rename(output)
    except OSError:
        old.rename(output)
        raise
    old.rename(new)


def publish_in_place(
    wanted: Mapping[str, Blob], output: Path, visible: Stamps
) -> Stamps:
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
        written(str(new), blob)
        new.replace(target)
        stamps[path] = of_file(target.stat(), blob.digest)
    folders = folders_of(wanted)
    _remove_others(output, wanted.keys() | folders)
    stamps.update(dict.fromkeys(folders, Stamp("", 0, 0, 0)))
    stamp_folders(output, folders, stamps)
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
