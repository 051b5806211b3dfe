"""The sources as they are now, at the cost of what has changed.

Whoever wakes us may name what it believes to have changed. Where that is no more than
the content of files that are known, only they are read; a look at everything follows
when there is time, and it alone is the truth.
"""

import os
import re
import stat
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from blog.model import Blob, Snapshot
from blog.snapshot import take_snapshot
from blog.stamps import RACY, Stamp, moved, of_file

_PASSING = re.compile(r"\..*|.*~|#.*#|4913|.*\.(swp|swx|tmp)(-\w+)?", re.IGNORECASE)
"""Names of files that editors make while they save, and take away again."""


class Sources:
    """One site on the disk, and the last that was seen of it."""

    def __init__(self, root: Path, *, config: str, output: Path) -> None:
        self.root = root.resolve()
        self._given = root
        self._config = config
        self._output = output
        self._seen = Snapshot(files=MappingProxyType({}))

    @property
    def stamps(self) -> Mapping[str, Stamp]:
        """Of all files and folders that were seen."""
        return self._seen.stamps

    def all(self) -> Snapshot:
        """Everything, of which only what has changed is read; raises `Abort`."""
        gone = set(moved(str(self.root), self._seen.stamps))
        stamps = self._seen.stamps.items()
        known = {n: s for n, s in stamps if n not in gone and s.digest}
        # Posts of the future are shown; the time only says that they are.
        now = datetime.now(UTC)  # noqa: TID251
        taken = take_snapshot(
            self._given, config=self._config, output=self._output, now=now, known=known
        )
        before = self._seen
        self._seen = replace(
            taken,
            files=_held(before.files, taken.files),
            theme=_held(before.theme, taken.theme),
        )
        return self._seen

    def anew(self) -> Snapshot:
        """Everything, all of it read again; raises `Abort`."""
        self._seen = replace(self._seen, stamps=MappingProxyType({}))
        return self.all()

    def moved(self) -> frozenset[str]:
        """The paths of all files and folders that may not be as they were last seen."""
        names = moved(str(self.root), self._seen.stamps)
        return frozenset(str(self.root / name) for name in names)

    def texts(self, named: Iterable[str]) -> dict[str, Blob]:
        """Those of the files that are known texts, as they are now; by path."""
        names = ((os.path.relpath(path, self.root), path) for path in named)
        known = ((name, path) for name, path in names if name in self._seen.files)
        read = ((name, _read(path)) for name, path in known if name.endswith(_TEXTS))
        return {name: blob for name, blob in read if blob}

    def have_changed(
        self, named: Iterable[str], begins: tuple[str, ...], since: Snapshot
    ) -> bool:
        """Whether one of the files, if its name begins so, is not as it was then."""
        names = ((os.path.relpath(path, self.root), path) for path in named)
        found = ((n, _read(path)) for n, path in names if n.startswith(begins))
        return any(b and b.digest != _digest(since, name) for name, b in found)

    def with_edits(self, named: Iterable[str]) -> Snapshot | None:
        """What was last seen, with these files read again.

        None if they are not all texts that were there before: then all must be seen.
        """
        edits: dict[str, Blob] = {}
        stamps: dict[str, Stamp] = {}
        for path in named:
            name = os.path.relpath(path, self.root)
            known = self._seen.files.get(name)
            if known is None:
                if os.path.lexists(path) and not _PASSING.fullmatch(Path(path).name):
                    return None
                continue
            stamp, blob = _stamped(path) if name.endswith(_TEXTS) else (_UNKNOWN, None)
            if blob is None or name == self._config:
                return None
            stamps[name] = stamp
            if blob.digest != known.digest:
                edits[name] = blob
        seen = self._seen
        every = MappingProxyType({**seen.stamps, **stamps}) if stamps else seen.stamps
        files = MappingProxyType({**seen.files, **edits}) if edits else seen.files
        self._seen = replace(seen, files=files, stamps=every)
        return self._seen


_TEXTS = (".md", ".mdx", ".markdown", ".html", ".css", ".js")
_UNKNOWN = Stamp("", 0, 0, 0)
"""Of a file that the next look at everything is to read."""


def _held(before: Mapping[str, Blob], now: Mapping[str, Blob]) -> Mapping[str, Blob]:
    """The files of now; what is in memory already stays there."""
    found = {}
    for path, blob in now.items():
        old = before.get(path)
        found[path] = old if old and old.digest == blob.digest else blob
    return MappingProxyType(found)


def _read(path: str) -> Blob | None:
    """A file with something in it; an empty one is often half saved."""
    return _stamped(path)[1]


def _stamped(path: str) -> tuple[Stamp, Blob | None]:
    """The same, and how to know it again."""
    try:
        at = os.lstat(path)
        data = Path(path).read_bytes() if stat.S_ISREG(at.st_mode) else b""
    except OSError:
        data = b""
    if not data:
        return _UNKNOWN, None
    blob = Blob.of(data)
    return of_file(at, blob.digest, time.time_ns() - RACY), blob


def is_same(one: Snapshot, other: Snapshot) -> bool:
    """Whether a build would make the same of both."""
    pairs = ((one.files, other.files), (one.theme, other.theme))
    return one.diagnostics == other.diagnostics and all(
        a is b or _digests(a) == _digests(b) for a, b in pairs
    )


def edited(before: Snapshot, after: Snapshot) -> dict[str, Blob | None]:
    """The files that differ, by path; None for what is no more."""
    old, new = before.files, after.files
    found = {p: b for p, b in new.items() if p not in old or old[p].digest != b.digest}
    return {**found, **dict.fromkeys(old.keys() - new.keys())}


def _digest(snapshot: Snapshot, name: str) -> str:
    blob = snapshot.files.get(name)
    return blob.digest if blob else ""


def _digests(files: Mapping[str, Blob]) -> dict[str, str]:
    return {path: blob.digest for path, blob in files.items()}
