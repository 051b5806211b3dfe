"""What the last build saw and wrote, so that the next can tell that nothing changed.

One SQLite file under `.blog/` holds the names and stamps of everything in the folders
that were read, and in the one that was written. Where all of them are as they were, the
build would come out as it did, and need not run. Nothing in the file is ever executed;
a file that is damaged, foreign, locked or in the way is as good as none.

Stamps can lie for files that change while they are read. So whatever was touched since
the build began, or just before, is not trusted the next time, as in git's index.
"""

import json
import os
import sqlite3
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from blog.diagnostics import Diagnostic, Span

FILE = Path(".blog") / "store.sqlite"
_FORMAT = "1"
"""Of the file; another one is taken for none."""
_RACY = 2_000_000_000
"""Nanoseconds before a build within which a change may share its stamp."""
_UNKNOWN = "unknown"

_MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What values raise that we did not write."""

Entry = tuple[str, str, str]
"""A folder, a name in it, and the stamp of what has that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build that came out well has to say."""

    posts: int
    pages: int
    files: int
    held: tuple[tuple[str, str], ...]
    """Path and reason of each post that is not published."""
    diagnostics: tuple[Diagnostic, ...]
    due: float
    """Seconds since the epoch from which a post may be due; infinite if none is."""


def recall(root: Path, key: str, now: float) -> Outcome | None:
    """The outcome of the last build, if it would come out the same again."""
    try:
        with closing(_open(root / FILE, "ro")) as store:
            found = dict(store.execute("SELECT name, value FROM fact"))
            if found.get("format") != _FORMAT or found.get("key") != key:
                return None
            outcome = _outcome(json.loads(found["outcome"]))
            return outcome if now < outcome.due and _holds(store) else None
    except (sqlite3.Error, OSError, *_MALFORMED):
        return None


def remember(
    root: Path,
    key: str,
    outcome: Outcome,
    read: Sequence[Path],
    written: Sequence[Path],
    began: int,
) -> None:
    """Keeps what a build saw and wrote; `began` is when, in ns since the epoch.

    `key` is all that was asked for: another question has another answer. `read` and
    `written` are folders, of which all entries count, but not those of folders in them.
    Where nothing can be kept, nothing is.
    """
    facts = {
        "format": _FORMAT,
        "key": key,
        "outcome": json.dumps(asdict(outcome)),
    }
    sources = (*read, *_program_folders())
    try:
        # First, for it is itself a name in one of the folders.
        (root / FILE).parent.mkdir(exist_ok=True)
        seen = {*_entries(sources, began - _RACY), *_entries(written, None)}
        # The results themselves come and go in these, and so does the store.
        for place in (root, *(folder.parent for folder in written)):
            seen.discard((str(place.resolve()), ".", _UNKNOWN))
        with closing(_open(root / FILE, "rwc")) as store, store:
            for table in ("fact", "entry"):
                store.execute(f"DROP TABLE IF EXISTS {table}")
            store.execute("CREATE TABLE fact (name TEXT, value TEXT)")
            store.execute("CREATE TABLE entry (folder TEXT, name TEXT, stamp TEXT)")
            store.executemany("INSERT INTO fact VALUES (?, ?)", facts.items())
            store.executemany("INSERT INTO entry VALUES (?, ?, ?)", sorted(seen))
    except (sqlite3.Error, OSError):
        forget(root)


def forget(root: Path) -> None:
    """Takes away what was kept, as far as that can be done."""
    try:
        (root / FILE).unlink(missing_ok=True)
    except OSError:
        return


def _outcome(found: Any) -> Outcome:
    """An outcome as JSON has it; raises for anything else."""
    diagnostics = tuple(
        Diagnostic(
            **{**each, "span": Span(**each["span"]), "related": _spans(each["related"])}
        )
        for each in found.pop("diagnostics")
    )
    held = tuple((str(path), str(reason)) for path, reason in found.pop("held"))
    return Outcome(**found, held=held, diagnostics=diagnostics)


def _spans(found: Iterable[Any]) -> tuple[Span, ...]:
    return tuple(Span(**each) for each in found)


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=0
    )


def _holds(store: sqlite3.Connection) -> bool:
    """Whether every folder holds just what it held, and nothing was touched."""
    folders: dict[str, dict[str, str]] = {}
    for folder, name, stamp in store.execute("SELECT folder, name, stamp FROM entry"):
        if stamp == _UNKNOWN:
            return False
        folders.setdefault(folder, {})[name] = stamp
    return all(_same(_stamps(folder), held) for folder, held in folders.items())


def _same(now: dict[str, str], held: dict[str, str]) -> bool:
    """Whether a folder is as it was; its own stamp counts where one was kept."""
    if "." not in held:
        now.pop(".", None)
    return now == held


def _entries(folders: Iterable[Path], trusted: int | None) -> Iterator[Entry]:
    for folder in folders:
        name = str(folder.resolve())
        for child, stamp in _stamps(name, trusted).items():
            yield name, child, stamp


def _stamps(folder: str, trusted: int | None = None) -> dict[str, str]:
    """The stamp of each name in a folder, and of the folder itself as `.`.

    Where `trusted` is given, what was touched after it is unknown. A name that has gone
    is told by the stamp of the folder.
    """
    try:
        found = {".": _folder_stamp(os.stat(folder), trusted)}  # noqa: PTH116
        with os.scandir(folder) as entries:
            for entry in entries:
                own = _stamp(entry.stat(follow_symlinks=False), trusted)
                target = _target(entry.path, trusted) if entry.is_symlink() else ""
                found[entry.name] = _UNKNOWN if target == _UNKNOWN else own + target
    except OSError:
        return {".": _UNKNOWN}
    return found


def _folder_stamp(found: os.stat_result, trusted: int | None) -> str:
    touched = max(found.st_mtime_ns, found.st_ctime_ns)
    is_known = trusted is None or touched < trusted
    return f"{found.st_mtime_ns} {found.st_ino}" if is_known else _UNKNOWN


def _target(link: str, trusted: int | None) -> str:
    """The stamp of what a link leads to."""
    try:
        stamp = _stamp(os.stat(link), trusted)  # noqa: PTH116 - thousands of them
        return stamp if stamp == _UNKNOWN else f"{stamp} {Path(link).resolve()}"
    except OSError as error:
        return f"error {error.errno}"


def _stamp(found: os.stat_result, trusted: int | None) -> str:
    """What changes when a file does; of a folder only that it is one."""
    if stat.S_ISDIR(found.st_mode):
        return f"folder {found.st_mode:o}"
    touched = max(found.st_mtime_ns, found.st_ctime_ns)
    if trusted is not None and touched >= trusted:
        return _UNKNOWN
    parts = (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return " ".join(str(part) for part in (*parts, found.st_ino))


def _program_folders() -> Iterator[Path]:
    """The folders of our own sources, which somebody may be changing."""
    here = Path(__file__).resolve().parent
    yield here
    yield from (p for p in here.rglob("*") if p.is_dir() and p.name != "__pycache__")


def program() -> str:
    """Names the program that builds: its version of Python and of all libraries."""
    places = {
        Path(p) for p in sys.path if p.endswith(("site-packages", "dist-packages"))
    }
    stamps = [f"{p} {p.stat().st_mtime_ns}" for p in sorted(places) if p.is_dir()]
    return "\n".join([sys.version, *stamps])
