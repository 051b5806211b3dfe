"""What earlier builds computed: one SQLite database, on disk or in memory.

Facts have a digest, and those that a step made a value; a trace says what a step read
to make them. An index leads from a fact to the traces that read it, so that what has
become stale is found without looking at the rest.

Everything is valid by content: no time stamp, no path of a machine. Nothing that is
read is ever executed. Where the database is not what it should be, `Damaged` is raised,
and a build goes on without it.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from blog.memo.queries import BUNDLES, FACT, READS, TOUCHED, TOUCHED_SHARED
from blog.memo.tables import (
    EVERY,
    FORMAT,
    SILENCE,
    TABLES,
    Damaged,
    Fact,
    Guarded,
    Key,
    Record,
    Writer,
)
from blog.model import Blob

_PATIENCE = 30
"""Seconds that workers wait for the process that writes."""
_BRIEF = 2
"""Seconds to wait for somebody else who holds the database."""

__all__ = ["EVERY", "FORMAT", "Damaged", "Fact", "Key", "Memo", "Record"]


@dataclass(slots=True)
class Memo:
    """Facts and traces of earlier builds; by default of none, and in memory.

    Another `program` would make other things of the same facts, so it begins anew.
    """

    path: Path | None = None
    program: str = ""
    kept: Mapping[str, Blob] = field(default_factory=lambda: MappingProxyType({}))
    """Files of the last output, where their content can still be had."""
    computed: list[Key] = field(default_factory=list)
    """The steps that the last build ran, each with a name, in order."""
    at_hand: dict[str, dict[str, tuple[str, Any]]] = field(default_factory=dict)
    """Values with their digests, by kind and name, that each build looks at."""
    trouble: str = ""
    """Why the database could not be used, or nothing could be kept in it."""
    is_new: bool = False
    """Whether there was nothing in it when the build began."""
    _db: sqlite3.Connection | None = None
    _process: int = 0
    _writer: Writer | None = None
    _has_failed: bool = False
    """Whether something could not be written; then nothing more is, in this build."""
    _digests: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of all facts of a kind, where they were asked for; as they stand on the disk."""
    _names: dict[str, set[str]] = field(default_factory=dict)
    """For which a step has run; likewise."""
    _version: int = 0
    """Of the database, as SQLite counts what other connections write."""
    _inherited: list[sqlite3.Connection] = field(default_factory=list)
    """Connections of the process this one came from, which must not be closed here."""

    @property
    def db(self) -> sqlite3.Connection:
        """The connection of this process; one must not cross a fork."""
        with Guarded():
            if self._db is None:
                self._db, self._process = self._opened(), os.getpid()
            elif self.path and self._process != os.getpid():
                self._inherited.append(self._db)
                self._db, self._process = self._joined(self.path), os.getpid()
        return self._db

    @staticmethod
    def _joined(path: Path) -> sqlite3.Connection:
        """What another process has opened, to be read."""
        place = f"{path.resolve().as_uri()}?mode=ro"
        return sqlite3.connect(place, uri=True, timeout=_PATIENCE)

    def _opened(self) -> sqlite3.Connection:
        place = str(self.path) if self.path else ":memory:"
        db = sqlite3.connect(
            place, timeout=_BRIEF, check_same_thread=False, isolation_level=None
        )
        # Values are large, and what an unclean end loses is computed again.
        db.execute("PRAGMA page_size = 16384")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA temp_store = MEMORY")
        kind = {"format": FORMAT, "program": self.program}
        if not self._is_ours(db, kind):
            for table in TABLES:
                db.execute(f"DROP TABLE IF EXISTS {table}")
        for table, columns in TABLES.items():
            db.execute(f"CREATE TABLE IF NOT EXISTS {table} {columns}")
        db.execute("CREATE INDEX IF NOT EXISTS read_fact ON read (fact)")
        db.executemany("INSERT OR IGNORE INTO setting VALUES (?, ?)", kind.items())
        db.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
        return db

    @staticmethod
    def _is_ours(db: sqlite3.Connection, kind: Mapping[str, str]) -> bool:
        """Whether this very program has written the database."""
        try:
            found = dict(db.execute("SELECT name, value FROM setting"))
        except sqlite3.OperationalError:
            return False
        return all(found.get(name) == value for name, value in kind.items())

    def digest(self, kind: str, name: str) -> str:
        """The digest of a fact; empty if it does not exist."""
        with Guarded():
            row = self.db.execute(
                "SELECT digest FROM fact WHERE kind = ? AND name = ?", (kind, name)
            ).fetchone()
            return str(row[0]) if row else ""

    def digests(self, kind: str) -> Mapping[str, str]:
        """Digest by name, of every fact of a kind that exists."""
        if kind not in self._digests:
            with Guarded():
                found = self.db.execute(
                    "SELECT name, digest FROM fact WHERE kind = ? AND digest != ''",
                    (kind,),
                )
                self._digests[kind] = dict(found)
        return MappingProxyType(self._digests[kind])

    def fact(self, kind: str, name: str) -> tuple[str, bytes]:
        """Digest and value of a fact; two empty ones if it does not exist.

        Raises `Damaged` if there is no value though there is a digest.
        """
        with Guarded():
            digest, data = self.db.execute(FACT, (kind, name)).fetchone() or ("", b"")
            if digest and not isinstance(data, bytes):
                raise Damaged(f"{kind}:{name}")
            return str(digest), data

    def values(self, kind: str) -> dict[str, bytes]:
        """Value by name, of every fact of a kind that has one."""
        with Guarded():
            found = self.db.execute(
                "SELECT name, data FROM fact JOIN value ON fact = id WHERE kind = ?",
                (kind,),
            )
            return dict(found)

    def names(self, step: str) -> Set[str]:
        """The names for which a step has run."""
        if step not in self._names:
            with Guarded():
                rows = self.db.execute("SELECT name FROM trace WHERE step = ?", (step,))
                self._names[step] = {name for (name,) in rows}
        return self._names[step]

    def count(self, step: str) -> int:
        """For how many names a step has run."""
        with Guarded():
            (number,) = self.db.execute(
                "SELECT count(*) FROM trace WHERE step = ?", (step,)
            ).fetchone()
            return int(number)

    def said(self, step: str) -> dict[str, bytes]:
        """What a step had to say by name, where that is anything."""
        with Guarded():
            found = self.db.execute(
                "SELECT name, said FROM trace WHERE step = ? AND said != ?",
                (step, SILENCE),
            )
            return {name: bytes(said) for name, said in found}

    def reads(self, step: str, name: str) -> list[str]:
        """All that a step read, as `kind:name`, sorted."""
        with Guarded():
            rows = self.db.execute(READS, {"step": step, "name": name})
            return sorted(f"{kind}:{fact}" for kind, fact in rows)

    @classmethod
    def to_read(cls, path: Path, program: str) -> "Memo":
        """What there is to be read, even while another process writes.

        An empty one in memory, if that is nothing, or of another program.
        """
        try:
            with Guarded():
                memo = cls(path=path, program=program)
                memo._db, memo._process = cls._joined(path), os.getpid()
                if cls._is_ours(memo._db, {"format": FORMAT, "program": program}):
                    return memo
        except Damaged:
            pass
        return cls()

    @classmethod
    def copied(cls, path: Path, program: str, to: Path | None = None) -> "Memo":
        """What there is, in memory or `to` another file; as in `to_read`.

        Nothing is written back.
        """
        memo = cls(path=to, program=program)
        try:
            with Guarded(), closing(cls._joined(path)) as found:
                if cls._is_ours(found, {"format": FORMAT, "program": program}):
                    found.backup(memo.db)
                    memo._forget()
        except Damaged:
            memo.clear("")
        return memo

    def vanish(self) -> None:
        """Takes the file away that only this process knows; what is in it stays.

        So nothing is left of it when the process ends, however it does.
        """
        if self.path:
            with suppress(Damaged), Guarded():
                self.db.execute("PRAGMA journal_mode = MEMORY")
            self.path.unlink(missing_ok=True)
            self.path = None

    def close(self) -> None:
        """Ends the connection; one file is left."""
        self._forget()
        if self._db is not None:
            with suppress(sqlite3.Error):
                self._db.execute("PRAGMA journal_mode = DELETE")
            self._db.close()
            self._db = None

    def clear(self, trouble: str) -> bool:
        """Begins anew, without anything of what was; in memory if it must be.

        False if it has begun anew in memory before: it cannot get any better.
        """
        if self.trouble and self.path is None:
            return False
        if self.trouble or "locked" in trouble:
            # It is not ours to take away, or it was taken away in vain.
            self.path = None
        self.trouble = trouble
        self.close()
        self.kept = MappingProxyType({})
        try:
            if self.path:
                self.path.unlink(missing_ok=True)
            self.db.execute("SELECT 1 FROM fact")
        except (OSError, sqlite3.Error, Damaged):
            self.path = self._db = None
        return True

    def reasons(self, step: str, name: str) -> list[str]:
        """What a step had read that had changed in the last build, as `kind:name`.

        Empty if it held, or if there was no build before that one.
        """
        with Guarded():
            rows = self.db.execute("SELECT kind, name FROM news JOIN fact ON fact = id")
            news = {f"{kind}:{fact}" for kind, fact in rows}
        return [fact for fact in self.reads(step, name) if fact in news]

    def readers(self, kind: str, name: str) -> list[Key]:
        """The steps, each with a name, that have read a fact by itself; sorted."""
        with Guarded():
            rows = self.db.execute(
                "SELECT step, trace.name FROM fact JOIN read ON fact = fact.id"
                " JOIN trace ON trace = trace.id WHERE kind = ? AND fact.name = ?",
                (kind, name),
            )
            return sorted(rows)

    def forget_changes(self) -> None:
        """Begins a build: nothing is known to have changed."""
        with Guarded():
            (version,) = self.db.execute("PRAGMA data_version").fetchone()
            if version != self._version:
                self._forget()
                self._version = version
            found = self.db.execute("SELECT 1 FROM fact LIMIT 1").fetchone()
            self.is_new, self._writer, self._has_failed = not found, None, False
            if self.is_new:
                # Others read what is written while the build goes on.
                self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute(
                "CREATE TEMP TABLE IF NOT EXISTS changed (fact INTEGER PRIMARY KEY)"
            )
            self.db.execute("DELETE FROM changed")

    def _forget(self) -> None:
        """What was read may not stand in the database any more."""
        self._digests, self._names = {}, {}

    def change(self, kind: str, names: Iterable[str]) -> None:
        """Says that these facts are not as they were."""
        every = [(kind, name) for name in names]
        if self.is_new or not every:
            return
        with Guarded(), self._transaction("BEGIN"):
            self.db.executemany(
                "INSERT OR IGNORE INTO changed"
                " SELECT id FROM fact WHERE kind = ? AND name = ?",
                [*every, (kind, EVERY)],
            )

    def touched(self, step: str) -> set[str]:
        """The names for which a step has read something that has changed."""
        with Guarded():
            found = {name for (name,) in self.db.execute(TOUCHED, (step,))}
            if self.db.execute(BUNDLES + " LIMIT 1").fetchone():
                found |= {n for (n,) in self.db.execute(TOUCHED_SHARED, (step,))}
            return found

    def setting(self, name: str) -> str:
        """What was kept under a name; may be empty."""
        with Guarded():
            row = self.db.execute(
                "SELECT value FROM setting WHERE name = ?", (name,)
            ).fetchone()
            return str(row[0]) if row else ""

    def save(
        self,
        facts: Sequence[Fact],
        records: Sequence[Record],
        gone: Sequence[Key],
        settings: Mapping[str, str],
    ) -> None:
        """Keeps a whole build in one step; `gone` are traces by step and name.

        Where it cannot be kept, nothing is, and the memo is as it was.
        """
        if self._has_failed:
            return
        try:
            with Guarded(), self._transaction():
                writer = self._writer or Writer(self.db, is_new=self.is_new)
                self._writer = writer if self.is_new else None
                writer.facts(facts)
                writer.gone(gone)
                writer.records(records)
                self.db.executemany(
                    "INSERT OR REPLACE INTO setting VALUES (?, ?)", settings.items()
                )
                self._note_news(writer, facts)
        except Damaged as damage:
            self.trouble, self._has_failed = str(damage), True
        else:
            self._keep_up(facts, records, gone)

    def _keep_up(
        self, facts: Iterable[Fact], records: Iterable[Record], gone: Iterable[Key]
    ) -> None:
        """Makes what was read before what has been written since."""
        for fact in facts:
            digests = self._digests.get(fact.kind)
            if digests is not None and fact.digest:
                digests[fact.name] = fact.digest
            elif digests is not None:
                digests.pop(fact.name, None)
        for step, name in gone:
            self._names.get(step, set()).discard(name)
        for record in records:
            self._names.get(record.step, set()).add(record.name)

    def _note_news(self, writer: Writer, facts: Sequence[Fact]) -> None:
        """Keeps what has changed in this build, unless it is all there is."""
        self.db.execute("DELETE FROM news")
        if not self.is_new:
            ids = ((writer.ids[fact.kind, fact.name],) for fact in facts)
            self.db.executemany("INSERT OR IGNORE INTO news VALUES (?)", ids)

    @contextmanager
    def _transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        self.db.execute(begin)
        try:
            yield
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")
