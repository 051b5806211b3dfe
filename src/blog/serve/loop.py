"""Wake, look, build, show: for as long as the server lives.

What somebody looks at is shown first, then the rest. A build that comes out with errors
changes nothing of what is shown but for what is said.
"""

import gc
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from blog.assets import STATIC, static_files
from blog.build import Options, build
from blog.config import FILE, Config
from blog.diagnostics import Abort, Diagnostic, Span
from blog.engine import Facts, Watcher
from blog.glimpse import Glimpse
from blog.memo import Memo
from blog.model import Blob, Build, Snapshot
from blog.serve.early import Audience, Early, Meanwhile, Outdated
from blog.serve.overview import Row
from blog.serve.shown import Problems, Shown
from blog.serve.sources import Sources, edited, is_same
from blog.serve.states import differing, renamed, rows_of, table_of
from blog.serve.table import Table
from blog.shelf import Shelf
from blog.snapshot import Changed

_SETTLE = 0.06
"""Seconds that a file may be away or empty while an editor saves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """How one turn of the loop went."""

    edits: tuple[str, ...]
    """Paths of the sources that differ, sorted."""
    changed: tuple[str, ...]
    """Output paths that differ, sorted."""
    shown_after: float | None
    """Seconds until what somebody looks at was there, if that came before the rest."""
    seconds: float
    diagnostics: tuple[Diagnostic, ...]


class Loop:
    """One site, kept up to date."""

    def __init__(
        self,
        sources: Sources,
        options: Options,
        shown: Shown,
        audience: Audience,
        told: Callable[[], frozenset[str]],
        memo: Memo,
        shelf: Shelf,
    ) -> None:
        """`told` gives the paths that have changed since a turn began."""
        self._told = told
        self._sources = sources
        self._options = options
        self._shown = shown
        self._audience = audience
        self._memo = memo
        self._shelf = shelf
        self._built = Snapshot(files=MappingProxyType({}))
        self._facts: Facts | None = None
        self._glimpse: Glimpse | None = None
        self._lock = threading.Lock()

    def begin(self, jobs: int, watcher: Watcher) -> Rebuilt:
        """The first build, in as many processes; nobody looks on yet."""
        made = self._turn(self._sources.all, jobs=jobs, watcher=watcher)
        # What is there now stays; looking through it for garbage takes long.
        gc.collect()
        gc.freeze()
        gc.disable()
        assert made is not None
        return made

    def edit(self, named: frozenset[str]) -> Rebuilt | None:
        """Takes in what these paths have become; None if that is nothing new."""
        return self._turn(lambda: self._settled(named))

    def look(self) -> Rebuilt | None:
        """Takes in whatever has changed, told or not; None if that is nothing."""
        if self._sources.is_as_seen():
            return None
        return self._turn(self._sources.all)

    def rest(self) -> None:
        """Does what there is time for when nobody waits."""
        gc.collect()

    def overview(self) -> tuple[list[Row], str]:
        """All posts with their state, and the title of the site; from any thread."""
        with self._lock:
            return rows_of(self._facts, self._shown.table) if self._facts else ([], "")

    def _settled(self, named: frozenset[str]) -> Snapshot:
        for pause in (0.0, _SETTLE):
            time.sleep(pause)
            if snapshot := self._sources.with_edits(named):
                return snapshot
        return self._sources.all()

    def _turn(
        self,
        take: Callable[[], Snapshot],
        *,
        jobs: int = 1,
        watcher: Watcher | None = None,
    ) -> Rebuilt | None:
        start = time.perf_counter()
        try:
            with self._lock:
                snapshot = take()
                if is_same(snapshot, self._built) and not self._is_stuck():
                    return None
                return self._rebuilt(snapshot, start, jobs, watcher)
        except Outdated:
            return self._turn(self._sources.all)
        except Changed:
            # Whoever writes on wakes us again.
            return None
        except Abort as error:
            return self._refused(error, start)

    def _is_stuck(self) -> bool:
        """Whether what is said is about the world, not about what was built."""
        return any(d.code == _WORLD for d in self._shown.problems.errors)

    def _refused(self, error: Abort, start: float) -> Rebuilt | None:
        """The world refuses: that is said, and what was shown stays."""
        told = Diagnostic(
            severity="error",
            code=_WORLD,
            message=str(error),
            span=Span(path=FILE),
            hint=error.hint,
        )
        if self._shown.problems.errors == (told,):
            return None
        self._shown.problems = Problems(errors=(told,))
        self._audience.update()
        return Rebuilt(
            edits=(),
            changed=(),
            shown_after=None,
            seconds=time.perf_counter() - start,
            diagnostics=(told,),
        )

    def _rebuilt(
        self, snapshot: Snapshot, start: float, jobs: int, watcher: Watcher | None
    ) -> Rebuilt:
        edits, before = edited(self._built, snapshot), self._shown.table
        early = Early(self._shown, self._audience, start)
        if self._facts and not self._shown.problems.errors:
            self._hurry(snapshot, edits, early)
        hurry = partial(self._hurry_meanwhile, snapshot, early)
        result = build(
            snapshot,
            options=self._options,
            memo=self._memo,
            jobs=jobs,
            watcher=watcher or Meanwhile(hurry),
            put=early.put,
            shelf=self._shelf,
            first=self._audience.watched,
            told=self._hear,
        )
        changed = self._show(snapshot, result, before, early.newer)
        self._built = snapshot
        return Rebuilt(
            edits=tuple(sorted(edits)),
            changed=changed,
            shown_after=early.after,
            seconds=time.perf_counter() - start,
            diagnostics=result.diagnostics,
        )

    def _hear(self, facts: Facts) -> None:
        if not self._memo.trouble:
            facts.leave_to_memo()
        self._facts, self._glimpse = facts, None

    def _hurry(
        self, snapshot: Snapshot, edits: Mapping[str, Blob | None], early: Early
    ) -> None:
        """Shows what somebody looks at before all else, where that can be known."""
        assert self._facts is not None
        watched, sources = self._audience.watched, self._shown.table.sources
        texts = {path: blob for path, blob in edits.items() if blob is not None}
        if any(path == FILE or path.startswith(_LOOKS) for path in edits):
            if FILE not in edits and not any(p.endswith(_CONTENT) for p in edits):
                config: Config = self._facts.get("config", "whole")
                early.begin(static_files(snapshot, config.theme))
            return
        if len(texts) > _FEW:
            seen = {sources.get(name) for name in watched}
            texts = {path: blob for path, blob in texts.items() if path in seen}
        early.show(self._glimpsed(texts))

    def _glimpsed(self, texts: Mapping[str, Blob]) -> dict[str, bytes]:
        assert self._facts is not None
        self._glimpse = self._glimpse or Glimpse(self._facts)
        return self._glimpse.pages(texts, self._audience.watched)

    def _hurry_meanwhile(self, snapshot: Snapshot, early: Early) -> None:
        """Shows what somebody looks at and writes on, although a build goes on.

        Raises `Outdated` where the whole build is for nothing.
        """
        told = self._told()
        if self._sources.have_changed(told, ("templates/", FILE), snapshot):
            raise Outdated
        if self._facts is None or self._shown.problems.errors:
            return
        seen = {self._shown.table.sources.get(n) for n in self._audience.watched}
        texts = {
            path: blob
            for path, blob in self._sources.texts(told).items()
            if path in seen and early.is_newer(path, blob, snapshot)
        }
        if texts:
            early.show(self._glimpsed(texts), is_newer=True)

    def _show(
        self,
        snapshot: Snapshot,
        result: Build,
        before: Table,
        newer: Mapping[str, Blob],
    ) -> tuple[str, ...]:
        """Replaces what is shown, if it came out well; the output paths that differ."""
        shown = self._shown
        shown.snapshot = snapshot
        shown.problems = Problems.of(result.diagnostics)
        if not result.ok or self._facts is None:
            self._audience.update()
            return ()
        files = {path: artifact.blob for path, artifact in result.artifacts.items()}
        is_outlined = ("outline", "") in self._memo.computed
        table = table_of(files, self._facts, before if not is_outlined else None)
        changed = differing(before, table)
        shown.went = {**shown.went, **renamed(before, table, self._built, snapshot)}
        shown.table = table.with_files(newer) if newer else table
        self._audience.update()
        renewed = (n for n in changed if n in before.files and _is_seen(n))
        self._audience.renew([table.address_of(name) for name in renewed])
        return changed


_WORLD = "unreadable"
_CONTENT = (".md", ".mdx", ".markdown", ".mkd", ".html")
_LOOKS = ("templates/", STATIC)
_FEW = 4
"""Texts that come from an editor; of more, only those that somebody looks at hurry."""


def _is_seen(name: str) -> bool:
    """Whether pages show a file under an address that stays the same."""
    return not name.endswith((".html", ".css", ".js", ".xml", ".json", ".txt"))
