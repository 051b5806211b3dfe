"""Where files that were made of others wait to be published: pictures in many sizes.

Each file is named after its content, and a record says what was made by a recipe. All
of it can be made again; what is not as its name says is taken for not there.
"""

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from blog.diagnostics import Abort
from blog.digests import digest_of, digest_of_file
from blog.model import Blob

_NAME = re.compile(r"[0-9a-f]{32}\.[a-z]{3,4}")
_RECORD = "json"
_DAYS = 30
"""For which a file is kept that no build has used."""


class Shelf(Protocol):
    """Takes files, and has them later on."""

    is_shared: bool
    """Whether other processes can put something on it."""

    def put(self, data: bytes, suffix: str) -> str:
        """Keeps the bytes; their name."""

    def holds(self, file: str, size: int) -> bool:
        """Whether a file of this name and size is there."""

    def blob(self, file: str, size: int) -> Blob:
        """A file that is there."""

    def note(self, recipe: str, record: bytes) -> None:
        """Keeps what was made by a recipe."""

    def noted(self, recipe: str) -> bytes | None:
        """What was made by a recipe, if that is known."""


@dataclass(slots=True)
class MemoryShelf:
    """Holds everything in memory, for a site that has no disk."""

    files: dict[str, bytes] = field(default_factory=dict)
    is_shared: bool = False

    def put(self, data: bytes, suffix: str) -> str:
        name = f"{digest_of(data)}.{suffix}"
        self.files[name] = data
        return name

    def holds(self, file: str, size: int) -> bool:
        return len(self.files.get(file, b"")) == size

    def blob(self, file: str, size: int) -> Blob:
        return Blob(digest=file.partition(".")[0], size=size, data=self.files[file])

    def note(self, recipe: str, record: bytes) -> None:
        self.files[f"{recipe}.{_RECORD}"] = record

    def noted(self, recipe: str) -> bytes | None:
        return self.files.get(f"{recipe}.{_RECORD}")


@dataclass(slots=True)
class FolderShelf:
    """Files in a folder; each comes into being whole, whoever is ended meanwhile."""

    folder: Path
    is_shared: bool = True
    _sizes: dict[str, int] | None = None
    """Of the files that were there when somebody looked."""

    def put(self, data: bytes, suffix: str) -> str:
        """Keeps the bytes; raises `Abort` if the disk refuses."""
        name = f"{digest_of(data)}.{suffix}"
        self._write(name, data)
        return name

    def holds(self, file: str, size: int) -> bool:
        if self._sizes is None:
            self._sizes = self._look()
        if file not in self._sizes and _NAME.fullmatch(file):
            # Another process may have put it there since.
            with suppress(OSError):
                self._sizes[file] = (self.folder / file).lstat().st_size
        return self._sizes.get(file) == size

    def blob(self, file: str, size: int) -> Blob:
        assert _NAME.fullmatch(file), file
        digest = file.partition(".")[0]
        return Blob(digest=digest, size=size, source=str(self.folder / file))

    def note(self, recipe: str, record: bytes) -> None:
        # A digest before the record: a file that is cut short must not count.
        self._write(f"{recipe}.{_RECORD}", digest_of(record).encode() + record)

    def noted(self, recipe: str) -> bytes | None:
        try:
            found = (self.folder / f"{recipe}.{_RECORD}").read_bytes()
        except OSError:
            return None
        digest, record = found[:32], found[32:]
        return record if digest == digest_of(record).encode() else None

    def mend(self) -> None:
        """Takes away all files that are not what their names say."""
        for name in self._look():
            path = self.folder / name
            is_record = path.suffix == f".{_RECORD}"
            with suppress(OSError):
                if not is_record and digest_of_file(path) != path.stem:
                    path.unlink()

    def tidy(self, used: Iterable[str], now: float) -> None:
        """Takes away what no build has used for long.

        `used` are the names that this one has used, `now` the seconds since the epoch.
        """
        kept = set(used)
        with suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                age = now - entry.stat(follow_symlinks=False).st_mtime
                if entry.name in kept and age > 86400:
                    os.utime(entry.path, (now, now))
                elif entry.name not in kept and age > _DAYS * 86400:
                    Path(entry.path).unlink()

    def _look(self) -> dict[str, int]:
        with suppress(OSError), os.scandir(self.folder) as entries:
            return {
                entry.name: entry.stat(follow_symlinks=False).st_size
                for entry in entries
                if _NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
            }
        return {}

    def _write(self, name: str, data: bytes) -> None:
        target = self.folder / name
        new = self.folder / f"{name}.{os.getpid()}.new"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(data)
            new.replace(target)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            reason = (error.strerror or "unknown error").lower()
            raise Abort(
                f"cannot write {target}: {reason}",
                hint="the site that was there is unchanged",
            ) from None
        if self._sizes is not None:
            self._sizes[name] = len(data)
