"""The tables of the memo, and how one build is written into them."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from blog.digests import digest_of

FORMAT = "4"
"""Of the database; another one is taken for none."""

Key = tuple[str, str]
"""A fact by kind and name."""

SILENCE = digest_of(b"").encode()
"""The diagnostics of a step that had nothing to say: a digest, and then nothing."""

EVERY = "*"
"""Stands for the name where a step read all facts of a kind."""


class Damaged(Exception):
    """The database cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact to be kept."""

    kind: str
    name: str
    digest: str
    """Empty for a fact that is no more."""
    value: bytes | None = None
    """None where the value comes from elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A trace to be kept: what a step read when it last ran."""

    step: str
    name: str
    reads: tuple[Key, ...]
    shared: tuple[Key, ...]
    """Reads that it has in common with many others."""
    said: bytes
    """Its diagnostics, after their digest."""


class Writer:
    """Writes one build; knows the numbers of the facts it has seen."""

    def __init__(self, db: sqlite3.Connection, *, is_new: bool) -> None:
        self.db = db
        self.is_new = is_new
        self.ids: dict[Key, int] = {}
        (self.last,) = db.execute("SELECT coalesce(max(id), 0) FROM fact").fetchone()
        (self.trace,) = db.execute("SELECT coalesce(max(id), 0) FROM trace").fetchone()

    def facts(self, facts: Iterable[Fact]) -> None:
        rows, values, emptied = [], [], []
        for fact in facts:
            number = self.id_of((fact.kind, fact.name))
            rows.append((number, fact.kind, fact.name, fact.digest))
            if fact.value is not None:
                values.append((number, fact.value))
            elif not fact.digest:
                emptied.append((number,))
        self.db.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?, ?, ?)", rows)
        self.db.executemany("INSERT OR REPLACE INTO value VALUES (?, ?)", values)
        self.db.executemany("DELETE FROM value WHERE fact = ?", emptied)

    def id_of(self, key: Key) -> int:
        """The number of a fact; a new one if it has none yet."""
        number = self.ids.get(key)
        if number is None and not self.is_new:
            row = self.db.execute(
                "SELECT id FROM fact WHERE kind = ? AND name = ?", key
            ).fetchone()
            number = row[0] if row else None
        if number is None:
            self.last += 1
            number = self.last
        self.ids[key] = number
        return number

    def read_id(self, key: Key) -> int:
        """The number of a fact that a step read, though it may not exist."""
        is_known = key in self.ids
        before = self.last
        number = self.id_of(key)
        if not is_known and self.last > before:
            self.db.execute("INSERT INTO fact VALUES (?, ?, ?, '')", (number, *key))
        return number

    def gone(self, traces: Iterable[Key]) -> None:
        every = list(traces)
        self.db.executemany(
            "DELETE FROM read WHERE trace ="
            " (SELECT id FROM trace WHERE step = ? AND name = ?)",
            every if not self.is_new else (),
        )
        self.db.executemany("DELETE FROM trace WHERE step = ? AND name = ?", every)

    def records(self, records: Sequence[Record]) -> None:
        self.gone((r.step, r.name) for r in records)
        traces, reads = [], []
        bundles: dict[tuple[Key, ...], int] = {}
        for record in records:
            self.trace += 1
            if record.shared not in bundles:
                bundles[record.shared] = self._bundle(record.shared)
            bundle = bundles[record.shared]
            traces.append((self.trace, record.step, record.name, bundle, record.said))
            reads += [(self.trace, self.read_id(key)) for key in record.reads]
        self.db.executemany("INSERT INTO trace VALUES (?, ?, ?, ?, ?)", traces)
        self.db.executemany("INSERT OR IGNORE INTO read VALUES (?, ?)", reads)

    def _bundle(self, reads: tuple[Key, ...]) -> int:
        """The number of a set of reads that many traces share."""
        ids = sorted(self.read_id(key) for key in reads)
        name = " ".join(map(str, ids))
        row = self.db.execute(
            "SELECT id FROM bundle WHERE facts = ?", (name,)
        ).fetchone()
        if row:
            return int(row[0])
        found = self.db.execute("INSERT INTO bundle (facts) VALUES (?)", (name,))
        number = int(found.lastrowid or 0)
        self.db.executemany(
            "INSERT INTO shared VALUES (?, ?)", [(each, number) for each in ids]
        )
        return number


class Guarded:
    """Whatever SQLite has to complain about is damage to us."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, (sqlite3.Error, ValueError, TypeError)):
            raise Damaged(str(error)) from error


TABLES = {
    "news": "(fact INTEGER PRIMARY KEY)",
    "setting": "(name TEXT PRIMARY KEY, value TEXT)",
    "fact": "(id INTEGER PRIMARY KEY, kind TEXT, name TEXT, digest TEXT,"
    " UNIQUE (kind, name))",
    "value": "(fact INTEGER PRIMARY KEY, data BLOB)",
    "trace": "(id INTEGER PRIMARY KEY, step TEXT, name TEXT, bundle INTEGER,"
    " said BLOB, UNIQUE (step, name))",
    "read": "(trace INTEGER, fact INTEGER, PRIMARY KEY (trace, fact)) WITHOUT ROWID",
    "bundle": "(id INTEGER PRIMARY KEY, facts TEXT UNIQUE)",
    "shared": "(fact INTEGER, bundle INTEGER, PRIMARY KEY (fact, bundle))"
    " WITHOUT ROWID",
}
