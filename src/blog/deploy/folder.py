"""A folder of this machine, or one that is mounted into it."""

import errno
import fcntl
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from blog.config import Folder, target_of
from blog.deploy.manifest import File, digest_of_file, is_release
from blog.deploy.releases import Releases, State, Switch
from blog.deploy.target import Order, Sent
from blog.diagnostics import Abort

_NEW = ".blog-new"
"""Ends the names of files that are not yet in their place."""
_DAY = 86_400.0
"""Seconds for which a deploy that was cut may be taken up again."""


def folder_target(order: Order) -> Releases:
    """Releases in a folder, which must not be one that a build reads or writes."""
    settings = target_of(order.settings)
    assert isinstance(settings, Folder)
    place = order.root / Path(settings.path).expanduser()
    for ours in (order.output, order.root / "static"):
        if place.resolve().is_relative_to(ours.resolve()):
            raise Abort(
                f"{place} lies in {ours}, which is part of the build",
                hint="deploy to a folder beside it",
                usage=True,
            )
    return Releases(FolderHost(place, order.now), order, settings.keep)


class FolderHost:
    """A folder of releases on a disk."""

    def __init__(self, place: Path, now: datetime) -> None:
        self.where = str(place)
        self._place = place
        self._now = now
        self._all = place / "releases"

    @contextmanager
    def told(self) -> Iterator[None]:
        """Files are readable by all; a disk that refuses is one clear message."""
        before = os.umask(0o022)
        try:
            yield
        except OSError as error:
            reason = (error.strerror or "unknown error").lower()
            hint = (
                "the site that is live is unchanged; deploy again when this is mended"
            )
            if error.errno in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS):
                hint = "releases need a disk that has symbolic links"
            # A copy that fails names its source, whichever end refuses.
            name = self._place if error.errno in _FULL else error.filename
            where = os.fsdecode(name or self._place)
            raise Abort(f"cannot deploy to {where}: {reason}", hint=hint) from None
        finally:
            os.umask(before)

    def state(self) -> State:
        link = self._place / "current"
        if link.exists() and not link.is_symlink():
            raise Abort(
                f"{link} is not a link that this program made",
                hint="move it away, or deploy to another folder",
            )
        if not self._all.is_dir():
            return State()
        names = {path.name for path in self._all.iterdir()}
        releases = sorted(n for n in names if is_release(n) and f"{n}.json" in names)
        if not link.is_symlink():
            return State(releases=tuple(releases))
        since = datetime.fromtimestamp(link.lstat().st_mtime, UTC)
        return State(
            live=link.readlink().name,
            since=since.isoformat(timespec="seconds"),
            releases=tuple(releases),
        )

    def manifests(self, releases: Sequence[str]) -> list[bytes]:
        files = (self._all / f"{release}.json" for release in releases)
        return [file.read_bytes() if file.is_file() else b"" for file in files]

    def prepare(self, incoming: str, base: str, without: Collection[str]) -> None:
        target = self._all / incoming
        self._all.mkdir(parents=True, exist_ok=True)
        with self._locked():
            if target.is_dir():
                os.utime(target)
                return
            part = self._all / f"{incoming}.part"
            _clear(part)
            part.mkdir()
            if base:
                self._link(base, part.name, self.names(base) - set(without))
            part.rename(target)

    def link(self, base: str, folder: str, paths: Collection[str]) -> None:
        with self._locked():
            self._link(base, folder, paths)

    def _link(self, base: str, folder: str, paths: Collection[str]) -> None:
        for path in sorted(paths):
            target = self._all / folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(self._all / base / path, target, follow_symlinks=False)
            except FileExistsError:
                continue
            except OSError as error:
                if error.errno not in _UNLINKABLE:
                    raise
                shutil.copyfile(self._all / base / path, target, follow_symlinks=False)

    def send(self, incoming: str, files: Mapping[str, File], sent: Sent) -> None:
        for path, file in files.items():
            target = self._all / incoming / path
            if not (target.is_file() and digest_of_file(target) == file.digest):
                target.parent.mkdir(parents=True, exist_ok=True)
                new = target.with_name(f"{target.name}{_NEW}")
                shutil.copyfile(Path(file.folder) / path, new)
                new.replace(target)
            sent(path)

    def names(self, folder: str) -> set[str]:
        return set(_names(str(self._all / folder), ""))

    def digests(self, folder: str, paths: Sequence[str]) -> list[str]:
        return [digest_of_file(self._all / folder / path) for path in paths]

    def drop(self, incoming: str, paths: Collection[str]) -> None:
        for path in paths:
            (self._all / incoming / path).unlink()

    def switch(self, switch: Switch) -> str:
        with self._locked():
            live = self.state().live
            if live != switch.expected:
                return live
            manifest = self._all / f"{switch.release}.json"
            new = manifest.with_name(f"{manifest.name}{_NEW}")
            new.write_bytes(switch.manifest)
            if switch.incoming:
                (self._all / switch.incoming).rename(self._all / switch.release)
            new.replace(manifest)
            link = self._place / f"current{_NEW}"
            link.unlink(missing_ok=True)
            link.symlink_to(f"releases/{switch.release}")
            link.replace(self._place / "current")
            self._prune(switch)
            return live

    def _prune(self, switch: Switch) -> None:
        """Takes away releases that are too many, and what was never finished."""
        # One whose switch was cut has no manifest: it goes when it is old.
        names = {path.name.partition(".json")[0] for path in self._all.iterdir()}
        left = switch.keep - 1
        for name in sorted(filter(is_release, names - {switch.release}), reverse=True):
            manifest = self._all / f"{name}.json"
            if left:
                left -= manifest.exists()
                continue
            manifest.unlink(missing_ok=True)
            manifest.with_name(f"{manifest.name}{_NEW}").unlink(missing_ok=True)
            _clear(self._all / name)
        for path in self._all.glob("incoming-*"):
            if self._now.timestamp() - path.stat().st_mtime > _DAY:
                _clear(path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One at a time looks at the link and changes it."""
        lock = os.open(self._all, os.O_RDONLY)
        try:
            # Some mounted disks know no locks; the link is compared all the same.
            with suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def close(self) -> None:
        """There is nothing to let go of."""


def _names(folder: str, before: str) -> Iterator[str]:
    """The paths of all that lies in a folder and is none itself."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _names(entry.path, f"{before}{entry.name}/")
            else:
                yield before + entry.name


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_UNLINKABLE = frozenset(
    {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV}
)
"""What a disk answers that has no hard links."""


def _clear(folder: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
