"""What wakes the loop: the system's word that a folder has changed, or the clock.

Exactly the folders are watched that a snapshot looked into. A word may come late, twice
or never, so it is only a reason to look; and every few seconds we look without one.
"""

import queue
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from watchfiles import watch

from blog.stamps import Stamp

_STEP = 4
"""Milliseconds of silence after which a change is told."""
_LONGEST = 80
"""Milliseconds after which it is told although more come."""
LOST = ""
"""Told instead of a path: nothing is watched any more."""


class Wakes:
    """Paths that may have changed, from whatever watches them now."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._queue: queue.SimpleQueue[frozenset[str]] = queue.SimpleQueue()
        self._folders: frozenset[tuple[str, int]] = frozenset()
        self._stop = threading.Event()
        self._pending: set[str] = set()
        self.is_lost = False

    def follow(self, stamps: Mapping[str, Stamp], ignored: Iterable[str]) -> bool:
        """Watches the folders among what was seen; whether they are others than before.

        Then something may have changed unseen meanwhile.
        """
        folders = frozenset(
            (name, stamp.inode) for name, stamp in stamps.items() if name[-1] == "/"
        )
        if folders == self._folders:
            return False
        self._folders = folders
        self._stop.set()
        self._stop = threading.Event()
        self.is_lost = False
        places = [str(self._root / name) for name, _ in sorted(folders)]
        skipped = frozenset(str(self._root / name) for name in ignored)
        threading.Thread(
            target=self._watch, args=(places, skipped, self._stop), daemon=True
        ).start()
        return True

    def wait(self, seconds: float) -> frozenset[str]:
        """The paths told of, as soon as there are any; none after so many seconds."""
        if not self._pending:
            with suppress(queue.Empty):
                self._pending |= self._queue.get(timeout=seconds)
        told = self.told()
        self._pending = set()
        return told - {LOST}

    def nudge(self) -> None:
        """Ends a `wait`, although nothing is told; from any thread."""
        self._queue.put(frozenset())

    def told(self) -> frozenset[str]:
        """The paths told of so far, which `wait` will give."""
        with suppress(queue.Empty):
            while True:
                self._pending |= self._queue.get_nowait()
        self.is_lost |= LOST in self._pending
        return frozenset(self._pending)

    def close(self) -> None:
        """Watches no more."""
        self._stop.set()

    def _watch(
        self, places: list[str], skipped: frozenset[str], stop: threading.Event
    ) -> None:
        try:
            for changes in watch(
                *places,
                watch_filter=lambda _, path: path not in skipped,
                debounce=_LONGEST,
                step=_STEP,
                stop_event=stop,
                raise_interrupt=False,
                recursive=False,
            ):
                self._queue.put(frozenset(path for _, path in changes))
        except (OSError, RuntimeError):
            # No watches are left, or a folder has just gone.
            self._queue.put(frozenset({LOST}))


def is_remote(place: Path, mounts: str) -> bool:
    """Whether a folder lies where no change is told: `mounts` is `/proc/mounts`."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ").rstrip("/")
        if f"{place}/".startswith(f"{point}/") and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind.startswith(_REMOTE)


_REMOTE = ("nfs", "cifs", "smb", "9p", "fuse", "vboxsf", "afs", "ceph", "drvfs")
"""File systems of which a part may change on another machine."""
