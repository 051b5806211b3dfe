"""Wake, look, build, show: for as long as the server lives.

What somebody looks at is shown first, then the rest. A build that comes out with errors
changes nothing of what is shown but for what is said.
"""

import gc
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from blog.assets import STATIC
from blog.build import Options, build
from blog.config import FILE
from blog.diagnostics import Abort, Diagnostic, Span
from blog.engine import Facts, Watcher
from blog.memo import Memo
from blog.model import Build, Snapshot
from blog.serve.early import Audience, Early, Meanwhile, Outdated
from blog.serve.hurry import Hurry
from blog.serve.overview import Row
from blog.serve.shown import Problems, Shown
from blog.serve.sources import Sources, edited, is_same
from blog.serve.states import differing, renamed, rows_of, table_of
from blog.shelf import Shelf
from blog.snapshot import Changed

_SETTLE = (0, 0.01, 0.02, 0.04)
"""Seconds between looks at a file that is away or empty while an editor saves it."""
_PATIENCE = 3
"""Times that a first build is begun anew, because its sources do not keep still."""


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
        self._table = shown.table
        """That of the last good build; early pages of the next may lie over it."""
        self._is_outlined = False
        """Whether there may be other pages than in that table."""
        self._facts: Facts | None = None
        self._hurry = Hurry(shown, audience)
        self._refusal: Diagnostic | None = None
        """What the world has to say, if it is that which was said last."""
        self._lock = threading.Lock()

    def begin(self, jobs: int, watcher: Watcher) -> Rebuilt:
        """The first build, in as many processes; nobody looks on yet."""
        made = None
        for _ in range(_PATIENCE):
            made = made or self._turn(self._sources.all, jobs=jobs, watcher=watcher)
        if made is None:
            raise Abort(
                "the files of the site do not keep still", hint="begin once they do"
            )
        # What is there now stays; looking through it for garbage takes long.
        gc.collect()
        gc.freeze()
        gc.disable()
        return made

    def edit(self, named: frozenset[str]) -> Rebuilt | None:
        """Takes in what these paths have become; None if that is nothing new."""
        return self._turn(lambda: self._settled(named), named)

    def look(self) -> Rebuilt | None:
        """Takes in whatever has changed, told or not; None if that is nothing."""
        moved = self._sources.moved()
        if not moved and not self._refusal:
            return None
        return self._turn(
            lambda: self._sources.with_edits(moved) or self._sources.all()
        )

    def again(self) -> Rebuilt | None:
        """Reads everything, and makes what waits for that: the index of all texts."""
        return self._turn(self._sources.anew, is_whole=True)

    def rest(self) -> None:
        """Does what there is time for when nobody waits."""
        gc.collect()
        with self._lock, suppress(Abort):
            self._hurry.rehearse()

    def overview(self) -> tuple[list[Row], str]:
        """All posts with their state, and the title of the site; from any thread."""
        with self._lock:
            return rows_of(self._facts, self._shown.table) if self._facts else ([], "")

    def _settled(self, named: frozenset[str]) -> Snapshot:
        for pause in _SETTLE:
            time.sleep(pause)
            if snapshot := self._sources.with_edits(named):
                return snapshot
        return self._sources.all()

    def _turn(
        self,
        take: Callable[[], Snapshot],
        named: frozenset[str] = frozenset(),
        *,
        is_whole: bool = False,
        jobs: int = 1,
        watcher: Watcher | None = None,
    ) -> Rebuilt | None:
        early = Early(self._shown, self._audience)
        try:
            with self._lock:
                texts = self._sources.texts(named)
                self._hurry.show(early.unmet(texts, self._built), early)
                snapshot = take()
                is_old = is_same(snapshot, self._built) and not self._refusal
                if is_old and not is_whole:
                    self._take_back()
                    return None
                options = replace(self._options, index=is_whole)
                return self._rebuilt(snapshot, options, early, jobs, watcher)
        except Outdated:
            return self._turn(self._sources.all)
        except Changed:
            # Whoever writes on wakes us again.
            return None
        except Abort as error:
            return self._refused(error, early)

    def _take_back(self) -> None:
        """Takes back what was shown of an edit that was undone before its build."""
        if self._shown.table is not self._table:
            self._shown.table = self._table
            self._audience.update()

    def _refused(self, error: Abort, early: Early) -> Rebuilt | None:
        """The world refuses: that is said, and what was shown stays."""
        told = Diagnostic(
            severity="error",
            code=_WORLD,
            message=str(error),
            span=Span(path=FILE),
            hint=error.hint,
        )
        if self._refusal == told:
            return None
        self._refusal = told
        self._shown.problems = Problems(errors=(told,))
        self._audience.update()
        return Rebuilt(
            edits=(),
            changed=(),
            shown_after=None,
            seconds=time.perf_counter() - early.start,
            diagnostics=(told,),
        )

    def _rebuilt(
        self,
        snapshot: Snapshot,
        options: Options,
        early: Early,
        jobs: int,
        watcher: Watcher | None,
    ) -> Rebuilt:
        edits = edited(self._built, snapshot)
        texts = {path: blob for path, blob in edits.items() if blob is not None}
        self._hurry.show(early.unmet(texts, self._built), early)
        if edits and all(path.startswith(_LOOKS) for path in edits):
            self._hurry.begin(snapshot, early)
        hurry = partial(self._hurry_meanwhile, snapshot, early)
        result = build(
            snapshot,
            options=options,
            memo=self._memo,
            jobs=jobs,
            watcher=watcher or Meanwhile(hurry),
            put=early.put,
            shelf=self._shelf,
            first=self._audience.watched,
            told=self._hear,
        )
        changed = self._show(snapshot, result, early)
        self._built, self._refusal = snapshot, None
        return Rebuilt(
            edits=tuple(sorted(edits)),
            changed=changed,
            shown_after=early.after,
            seconds=time.perf_counter() - early.start,
            diagnostics=result.diagnostics,
        )

    def _hear(self, facts: Facts) -> None:
        if not self._memo.trouble:
            facts.leave_to_memo()
        self._facts = facts
        self._hurry.hear(facts)

    def _hurry_meanwhile(self, snapshot: Snapshot, early: Early) -> None:
        """Shows what somebody looks at and writes on, although a build goes on.

        Raises `Outdated` where the whole build is for nothing.
        """
        told = self._told()
        if self._sources.have_changed(told, ("templates/", FILE), snapshot):
            raise Outdated
        texts = early.unmet(self._sources.texts(told), snapshot)
        self._hurry.show(texts, early, is_newer=True)

    def _show(self, snapshot: Snapshot, result: Build, early: Early) -> tuple[str, ...]:
        """Replaces what is shown, if it came out well; the output paths that differ."""
        shown, before = self._shown, self._table
        shown.snapshot = snapshot
        shown.problems = Problems.of(result.diagnostics)
        self._is_outlined |= ("outline", "") in self._memo.computed
        if not result.ok or self._facts is None:
            self._audience.update()
            return ()
        files = {path: artifact.blob for path, artifact in result.artifacts.items()}
        table = table_of(files, self._facts, None if self._is_outlined else before)
        self._is_outlined = False
        changed = differing(before, table)
        shown.went = {**shown.went, **renamed(before, table, self._built, snapshot)}
        self._table = table
        shown.table = table.with_files(early.newer) if early.newer else table
        self._audience.update()
        renewed = (n for n in changed if n in before.files and _is_seen(n))
        self._audience.renew([table.address_of(name) for name in renewed])
        return changed


_WORLD = "unreadable"
_LOOKS = ("templates/", STATIC)
"""Where files lie that change how pages look, but not what they say."""


def _is_seen(name: str) -> bool:
    """Whether pages show a file under an address that stays the same."""
    return not name.endswith((".html", ".css", ".js", ".xml", ".json", ".txt"))
