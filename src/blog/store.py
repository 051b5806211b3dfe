"""What the last build saw, wrote and had to say, so that the next can do less.

Kept beside the memo, in one SQLite file under `.blog/`. Where everything is as it was,
the build would come out as it did, and need not run; where a source is, it need not be
read; where a written file is, it need not be written. Nothing in the file is ever
executed, and what is wrong with it only costs time.
"""

import fcntl
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from blog.diagnostics import Diagnostic, Span
from blog.digests import digest_of, digest_of_file
from blog.stamps import Stamp, Stamps, moved_rows, of_file, ours

FILE = Path(".blog") / "store.sqlite"
PICTURES = Path(".blog") / "pictures"
"""Where pictures wait to be published."""
_FORMAT = "3"
"""Of our tables; others are taken for none."""

_MALFORMED = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What values raise that we did not write."""

Row = tuple[str, str, int, int, int]
"""A name and its stamp."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build that came out well has to say."""

    posts: int
    pages: int
    files: int
    held: tuple[tuple[str, str], ...]
    """Path and reason of each post that is not published."""
    diagnostics: tuple[Diagnostic, ...]
    since: float
    """Seconds since the epoch at which the build began."""
    due: float
    """Seconds since the epoch from which a post may be due; infinite if none is."""


@dataclass(slots=True, kw_only=True)
class Left:
    """What the last build left behind: its outcome, or else what is still so of it."""

    outcome: Outcome | None = None
    """What it said, if this one would say the same."""
    sources: Stamps = field(default_factory=dict)
    """Files that were read and have not changed, by path from the root."""
    visible: Stamps = field(default_factory=dict)
    """Files and folders of the output that are as they were written."""
    is_whole: bool = False
    """Whether the output holds just these."""
    spare: Stamps = field(default_factory=dict)
    """Of the tree before it, as it was."""
    rows: dict[str, Stamps] = field(default_factory=dict)
    """All of it as it was kept."""
    program: str = ""
    """The program that built it, where it is still the same; see `program()`."""


def look(root: Path, output: Path, key: str, now: float) -> Left:
    """Compares what the last build left with what is there."""
    with suppress(sqlite3.Error, OSError, *_MALFORMED), closing(_open(root)) as store:
        said = dict(store.execute("SELECT name, value FROM left"))
        if said.get("format") != _FORMAT:
            return Left()
        sources, visible = _rows(store, "source"), _rows(store, "visible")
        changed = moved_rows(str(root), sources, ours(root, output))
        touched = moved_rows(str(output), visible)
        if not changed and not touched and visible and said.get("key") == key:
            outcome = _outcome(json.loads(said["outcome"]))
            if outcome.since <= now < outcome.due:
                return Left(outcome=outcome)
        is_ours = said.get("key") == key and not _names_program(changed)
        rows = {"source": _stamps(sources), "visible": _stamps(visible)}
        rows["spare"] = _stamps(_rows(store, "spare"))
        return Left(
            rows=rows,
            sources=_known(rows["source"], changed),
            visible=_still_there(output, rows["visible"], touched),
            is_whole=bool(visible) and not touched,
            spare=rows["spare"],
            program=said.get("program", "") if is_ours else "",
        )
    return Left()


def _still_there(output: Path, visible: Stamps, touched: list[str]) -> Stamps:
    """What is left of the output: untouched, or with the same content."""
    # Times say little about a copy of the site; the content says all.
    found = {n: _read_again(output / n, visible[n]) for n in touched if n[-1] != "/"}
    mended = {name: stamp for name, stamp in found.items() if stamp}
    return dict(_without(visible, touched)) | mended


def _read_again(path: Path, stamp: Stamp) -> Stamp | None:
    try:
        digest = digest_of_file(path)
        return of_file(path.stat(), digest) if digest == stamp.digest else None
    except OSError:
        return None


def _without(stamps: Stamps, names: list[str]) -> Iterator[tuple[str, Stamp]]:
    gone = set(names)
    return ((n, s) for n, s in stamps.items() if n not in gone)


def _known(sources: Stamps, changed: list[str]) -> Stamps:
    """Files that need not be read; none, if the program itself may be another."""
    if _names_program(changed):
        return {}
    return {n: stamp for n, stamp in _without(sources, changed) if stamp.digest}


def _names_program(changed: list[str]) -> bool:
    """Whether something outside the site has changed: our sources, or the theme."""
    return any(name[0] == "/" for name in changed)


def _rows(store: sqlite3.Connection, tree: str) -> list[Row]:
    return store.execute(
        "SELECT name, digest, size, changed, inode FROM seen WHERE tree ="
        " (SELECT id FROM tree WHERE name = ?)",
        (tree,),
    ).fetchall()


def _stamps(rows: list[Row]) -> Stamps:
    make = Stamp._make
    return {row[0]: make(row[1:]) for row in rows if row[0]}


def remember(
    root: Path,
    key: str,
    outcome: Outcome,
    now: Mapping[str, Stamps],
    before: Mapping[str, Stamps],
    program: str,
) -> None:
    """Keeps what a build saw, wrote and said. Where nothing can be kept, nothing is.

    `key` is all that was asked for: another question has another answer. `now` has the
    trees `source`, `visible` and `spare`; `before` those that `look` has read.
    """
    said = {
        "format": _FORMAT,
        "key": key,
        "program": program,
        "outcome": json.dumps(asdict(outcome)),
    }
    try:
        (root / FILE).parent.mkdir(exist_ok=True)
        with closing(_open(root)) as store, store:
            store.execute("PRAGMA synchronous = OFF")
            for statement in _TABLES:
                store.execute(statement)
            if not _is_all(store, before):
                store.execute("DELETE FROM seen")
                before = {}
            before = _exchanged(store, before, now["visible"])
            for tree, stamps in now.items():
                _update(store, tree, before.get(tree, {}), stamps)
            store.executemany("INSERT OR REPLACE INTO left VALUES (?, ?)", said.items())
    except (sqlite3.Error, OSError):
        forget(root)


def _is_all(store: sqlite3.Connection, before: Mapping[str, Stamps]) -> bool:
    """Whether the rows are still those that were read: the file may be another now."""
    (count,) = store.execute("SELECT count(*) FROM seen").fetchone()
    return bool(count == sum(len(stamps) for stamps in before.values()))


def _exchanged(
    store: sqlite3.Connection, before: Mapping[str, Stamps], visible: Stamps
) -> Mapping[str, Stamps]:
    """The trees change places more often than their files change; so do their rows."""
    top, old = visible.get("./"), before.get("spare", {}).get("./")
    if top is None or old is None or top.inode != old.inode:
        return before
    store.execute("UPDATE tree SET name = 'x' WHERE name = 'spare'")
    store.execute("UPDATE tree SET name = 'spare' WHERE name = 'visible'")
    store.execute("UPDATE tree SET name = 'visible' WHERE name = 'x'")
    return {**before, "visible": before["spare"], "spare": before["visible"]}


def _update(
    store: sqlite3.Connection, tree: str, before: Stamps, stamps: Stamps
) -> None:
    """Makes the rows of a tree these stamps, touching no others."""
    (number,) = store.execute("SELECT id FROM tree WHERE name = ?", (tree,)).fetchone()
    gone = [(number, name) for name in before.keys() - stamps.keys()]
    new = [
        (number, name, *stamp)
        for name, stamp in stamps.items()
        if before.get(name) != stamp
    ]
    store.executemany("DELETE FROM seen WHERE tree = ? AND name = ?", gone)
    store.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?)", new)


_TABLES = (
    "CREATE TABLE IF NOT EXISTS left (name TEXT PRIMARY KEY, value TEXT)",
    "CREATE TABLE IF NOT EXISTS tree (id INTEGER PRIMARY KEY, name TEXT)",
    "INSERT OR IGNORE INTO tree VALUES (1, 'source'), (2, 'visible'), (3, 'spare')",
    "CREATE TABLE IF NOT EXISTS seen (tree INTEGER, name TEXT, digest TEXT,"
    " size INTEGER, changed INTEGER, inode INTEGER, PRIMARY KEY (tree, name))"
    " WITHOUT ROWID",
)


def forget(root: Path) -> None:
    """Takes away what was kept, as far as that can be done."""
    try:
        (root / FILE).unlink(missing_ok=True)
    except OSError:
        return


@contextmanager
def locked(root: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Two builds of a site at once become one after the other.

    `wait` is called if another one is at work.
    """
    try:
        lock = os.open(root, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                wait()
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


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


def _open(root: Path) -> sqlite3.Connection:
    return sqlite3.connect(root / FILE, timeout=0)


def program_stamps() -> Stamps:
    """Of our own sources, which somebody may be changing."""
    return {str(path): of_file(path.stat(), "") for path in _sources()}


def libraries() -> str:
    """Names what is installed beside us, by times: quick, and true for this machine."""
    stamps = [f"{place} {place.stat().st_mtime_ns}" for place in _installed()]
    return "\n".join([sys.version, *stamps])


def program() -> str:
    """Names the program by its content: our sources and the versions of libraries.

    The same on every machine that would build the same.
    """
    sources = [
        f"{path.relative_to(_HERE).as_posix()} {digest_of(path.read_bytes())}"
        for path in _sources()
    ]
    version = ".".join(map(str, sys.version_info[:3]))
    return "\n".join([version, digest_of("\n".join(sources).encode()), *_versions()])


_HERE = Path(__file__).resolve().parent


def _sources() -> list[Path]:
    return sorted(_HERE.rglob("*.py"))


def _installed() -> list[Path]:
    """The folders in which libraries lie."""
    ends = ("site-packages", "dist-packages")
    places = {Path(place) for place in sys.path if place.endswith(ends)}
    return sorted(place for place in places if place.is_dir())


def _versions() -> list[str]:
    """Name and version of each library that has a say in what a page looks like."""
    every = (each.name for place in _installed() for each in place.glob("*.dist-info"))
    named = ((name.partition("-")[0].lower(), name) for name in every)
    return sorted(n for k, n in named if k in _LIBRARIES or k.startswith("fontpkg_"))


_LIBRARIES = frozenset(
    [
        "feedgen",
        "jinja2",
        "latex2mathml",
        "lxml",
        "markdown_it_py",
        "markupsafe",
        "mdit_py_plugins",
        "mdurl",
        "pagefind",
        "pillow",
        "pydantic",
        "pydantic_core",
        "pygments",
        "python_dateutil",
        "python_frontmatter",
        "python_liquid",
        "pyyaml",
        "rich",
        "selectolax",
        "tzdata",
    ]
)
