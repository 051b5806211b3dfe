"""Artifacts to a folder: whole or not at all.

The new tree is written beside the old one and takes its place in one step, so whoever
opens a page meets the old site or the new, never a mixture. Only a folder with our mark
in it, or an empty one, is ever replaced.
"""

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from blog.diagnostics import Abort
from blog.model import Artifact
from blog.snapshot import MARK

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}


def publish(
    artifacts: Mapping[str, Artifact],
    output: Path,
    root: Path,
    *,
    then: Callable[[], None] = lambda: None,
) -> None:
    """Makes `output` hold exactly the artifacts; raises `Abort` and changes nothing
    if that cannot be done.

    `then` is called before any other build may publish.
    """
    try:
        check_ours(output)
        with _workshop(root, output) as workshop:
            new = workshop / "next"
            _clear(new)
            _write(artifacts, new)
            _exchange(new, output)
            then()
    except OSError as error:
        where = Path(os.fsdecode(error.filename or output))
        is_read = where in {a.blob.source for a in artifacts.values()}
        raise Abort(
            f"cannot {'read' if is_read else 'write'} {_relative(where, root)}: "
            f"{(error.strerror or 'unknown error').lower()}",
            hint="the site that was there is unchanged",
        ) from None


def folders_of(artifacts: Mapping[str, Artifact], output: Path) -> list[Path]:
    """The folders in which the artifacts lie below `output`, it among them; sorted."""
    inside = {above for path in artifacts for above in PurePosixPath(path).parents}
    return sorted(output / folder for folder in inside | {PurePosixPath()})


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


@contextmanager
def _workshop(root: Path, output: Path) -> Iterator[Path]:
    """A folder on the disk of `output` for the new tree; gone afterwards.

    Two builds at once end as one after the other: they wait at the site's own folder.
    """
    lock = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        output.parent.mkdir(parents=True, exist_ok=True)
        place = root / ".blog"
        place.mkdir(exist_ok=True)
        if place.stat().st_dev != output.parent.stat().st_dev:
            place = output.parent / f".{output.name}.blog"
            place.mkdir(exist_ok=True)
        yield place
    finally:
        for folder in (root / ".blog", output.parent / f".{output.name}.blog"):
            with suppress(OSError):
                _clear(folder / "next")
                folder.rmdir()
        os.close(lock)


def _write(artifacts: Mapping[str, Artifact], folder: Path) -> None:
    """The artifacts as files, readable by all whatever the umask."""
    folder.mkdir()
    folder.chmod(0o755)
    made: set[Path] = {folder}
    for path, artifact in artifacts.items():
        target = folder / path
        _make(target.parent, made)
        if artifact.blob.data is not None:
            target.write_bytes(artifact.blob.data)
        elif artifact.blob.source is not None:
            shutil.copyfile(artifact.blob.source, target)
        target.chmod(0o644)
    mark = folder / MARK
    mark.touch()
    mark.chmod(0o644)


def _make(folder: Path, made: set[Path]) -> None:
    if folder not in made:
        _make(folder.parent, made)
        folder.mkdir()
        folder.chmod(0o755)
        made.add(folder)


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


def _clear(folder: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)


def _relative(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path
