"""One build's walk through its steps."""

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from blog.codec import Codec
from blog.diagnostics import Diagnostic
from blog.digests import digest_of
from blog.engine.facts import ABSENT, Facts, Kind, Names, Reader, unpacked
from blog.engine.running import Made, Put, Stage, Step, Watcher, Workers, here
from blog.memo import Fact, Key, Memo, Record

_DIGEST = 32
"""Signs of a digest, which stands before what a step said."""
_MANY = 256
"""Traces that are written together."""
_WHOLE = "whole"
"""The setting that says: a build was kept that went through all its stages."""
_ROOM = 1 << 25
"""Bytes of values that are held in memory although they could be read again."""


class Wave:
    """One build's walk through its steps."""

    def __init__(
        self,
        memo: Memo,
        codec: Codec,
        *,
        workers: Workers = here,
        shared: Iterable[str] = (),
        watcher: Watcher | None = None,
    ) -> None:
        """`shared` are kinds of which many traces read the very same facts."""
        self.memo = memo
        self.codec = codec
        self.facts = Facts(codec, memo)
        self.diagnostics: list[Diagnostic] = []
        self._workers = workers
        self._shared = frozenset(shared)
        self._watcher = watcher or Watcher()
        self._news: list[Fact] = []
        self._records: list[Record] = []
        self._gone: list[Key] = []
        memo.computed = []
        memo.forget_changes()
        self._is_first = memo.is_new
        self._is_whole = bool(memo.setting(_WHOLE))
        self._written = 0

    def give(
        self,
        kind: str,
        values: Mapping[str, Any],
        digests: Mapping[str, str] | None = None,
    ) -> None:
        """Facts from outside; their digests are taken, unless they are known."""
        if digests is None:
            digests = {n: self.codec.digest(v) for n, v in values.items()}
        before = self.memo.digests(kind)
        is_same = digests.keys() == before.keys()
        self.facts.kinds[kind] = self._kind(
            kind, live=values, every=dict(digests), has_same_names=is_same, given=True
        )
        gone = before.keys() - digests.keys() if not is_same else ()
        new = (n for n, digest in digests.items() if before.get(n) != digest)
        changed = sorted([*gone, *new])
        self.memo.change(kind, changed)
        for name in changed:
            digest = digests.get(name, ABSENT)
            self._news.append(Fact(kind=kind, name=name, digest=digest))

    def each(
        self,
        kinds: str | tuple[str, ...],
        step: Step,
        names: Iterable[str],
        *,
        few: int = 0,
        put: Put | None = None,
        workers: Workers | None = None,
        holds: Callable[[Any], bool] | None = None,
        first: Collection[str] = (),
    ) -> None:
        """Runs a step for each name where it is stale; it makes facts `kind:name`.

        Fewer than `few` are not worth sharing out; `workers` are others than those of
        the wave. With `put`, values are not kept in the memo but put where it says;
        those of earlier builds are in `memo.kept`, or else are computed again. So are
        values for which `holds` is false, because what they speak of is gone.
        Names in `first` come before all others.
        """
        kinds = (kinds,) if isinstance(kinds, str) else kinds
        label, began = kinds[0], time.perf_counter()
        stale, gone, count = self._what_to_do(label, names)
        if put:
            stale |= self._not_kept(label) - gone
        for kind in kinds:
            self.facts.kinds[kind] = self._kind(kind)
        if holds:
            stale |= self._lost(label, stale | gone, holds)
        self._say_again(label, stale | gone)
        work = here if len(stale) < few else workers or self._workers
        order = sorted(stale, key=lambda name: (name not in first, name))
        made = self._run(label, step, kinds, order, work, put)
        self._gone += [(label, name) for name in sorted(gone)]
        for kind in kinds:
            self._drop(kind, sorted(gone))
        self._flush()
        self._end(label, count, made, began)

    def _what_to_do(
        self, label: str, names: Iterable[str]
    ) -> tuple[set[str], set[str], int]:
        """The names for which a step is stale, those for which it is no more, and how
        many there are of all.
        """
        touched = self.memo.touched(label)
        if self._is_whole and isinstance(names, Names) and names.are_as_before:
            return touched, set(), self.memo.count(label)
        wanted, old = set(names), self.memo.names(label)
        return (wanted - old) | (wanted & touched), set(old) - wanted, len(wanted)

    def spread(self, label: str, step: Step, kinds: Sequence[str]) -> None:
        """Runs a step that makes all facts of several kinds at once, if it is stale.

        Its value is a mapping of kind to name to value.
        """
        began = time.perf_counter()
        is_stale = not self.memo.names(label) or bool(self.memo.touched(label))
        made: tuple[Made, ...] = ()
        for kind in kinds:
            self.facts.kinds[kind] = self._kind(kind)
        if not is_stale:
            self._say_again(label, set())
        else:
            found: list[Mapping[str, Mapping[str, Any]]] = []

            def spreading(name: str, reader: Reader) -> None:
                found.append(step(name, reader))

            made = self._run(label, spreading, (), [""], here)
            for kind in kinds:
                self._spread(kind, found[0][kind])
            self._flush()
        self._end(label, 1, made, began)

    def leave(self, kind: str) -> None:
        """Facts of a kind stay as they are, though they may be stale.

        The step that makes them runs as soon as a build asks for it.
        """
        self.facts.kinds[kind] = self._kind(kind)
        # Without its trace, nothing is known of it that could be thought to hold.
        self._gone += [(kind, name) for name in sorted(self.memo.touched(kind))]

    def save(self, settings: Mapping[str, str]) -> None:
        """Keeps in the memo all that this build has learned, in one step."""
        settings = {**settings, _WHOLE: "yes"}
        self.memo.save(self._news, self._records, self._gone, settings)

    def _kind(self, kind: str, **given: Any) -> Kind:
        """Facts of a kind, of which the memo is right so far."""
        every: dict[str, str] | None = {} if self._is_first else None
        shared: dict[str, Any] | None = {} if kind in self._shared else None
        common = {"every": every, "shared": shared}
        return Kind(memo=self.memo, name=kind, **{**common, **given})

    def _run(
        self,
        label: str,
        step: Step,
        kinds: Sequence[str],
        stale: Sequence[str],
        workers: Workers,
        put: Put | None = None,
    ) -> tuple[Made, ...]:
        """Computes what is stale, and takes it in."""
        self._watcher.begin(label, stale)
        every: list[Made] = []
        changed: dict[str, list[str]] = {kind: [] for kind in kinds}
        for made in workers(step, kinds, stale, self.facts) if stale else ():
            for kind, value in zip(kinds, made.values, strict=True):
                if self._take(kind, made.name, value, is_kept=not put):
                    changed[kind].append(made.name)
                if value and put:
                    put(made.name, *value)
                elif value:
                    self.facts.kinds[kind].packed[made.name] = value[1]
            self._records.append(self._record(label, made))
            self.diagnostics += made.diagnostics
            self.memo.computed.append((label, made.name))
            self._watcher.done(made.name)
            every.append(replace(made, values=(), reads=(), diagnostics=()))
            if len(self._records) >= _MANY:
                self._flush()
        for kind, names in changed.items():
            self.memo.change(kind, names)
        return tuple(every)

    def _take(
        self,
        kind: str,
        name: str,
        value: tuple[str, bytes] | None,
        *,
        is_kept: bool = True,
    ) -> bool:
        """Takes in a value that was computed; whether it is another than before."""
        digest, data = value or (ABSENT, None)
        of = self.facts.kinds[kind]
        is_new = of.digest(name) != digest
        if is_new:
            kept = data if is_kept else None
            of.put(name, digest)
            self._news.append(Fact(kind=kind, name=name, digest=digest, value=kept))
        return is_new

    def _drop(self, kind: str, gone: Sequence[str]) -> None:
        """Facts that are no more."""
        of = self.facts.kinds[kind]
        gone = [name for name in gone if of.digest(name)]
        self.memo.change(kind, gone)
        for name in gone:
            of.put(name, ABSENT)
            self._news.append(Fact(kind=kind, name=name, digest=ABSENT))

    def _end(self, step: str, names: int, made: tuple[Made, ...], began: float) -> None:
        seconds = time.perf_counter() - began
        self._watcher.ended(
            Stage(step=step, names=names, made=made, began=began, seconds=seconds)
        )

    def _flush(self) -> None:
        """Writes what there is so far, while other processes work.

        Only into a memo that was empty, where no older trace can be mistaken for one
        that holds; otherwise all of a build is kept, or nothing.
        """
        if self._is_first and self._news and self.memo.path:
            self.memo.save(self._news, self._records, (), {})
            self._written += sum(len(fact.value or b"") for fact in self._news)
            if self._written > _ROOM:
                for fact in self._news:
                    self.facts.kinds[fact.kind].packed.pop(fact.name, None)
            self._news, self._records = [], []

    def _record(self, label: str, made: Made) -> Record:
        keys = [tuple(fact.split(":", 1)) for fact in made.reads]
        own = tuple(k for k in keys if k[0] not in self._shared)
        shared = tuple(sorted(k for k in keys if k[0] in self._shared))
        said = self.codec.encode(made.diagnostics) if made.diagnostics else b""
        said = digest_of(said).encode() + said
        return Record(step=label, name=made.name, reads=own, shared=shared, said=said)  # type: ignore[arg-type]

    def _spread(self, kind: str, values: Mapping[str, Any]) -> None:
        of = self.facts.kinds[kind]
        gone = sorted(of.digests().keys() - values.keys())
        changed = []
        for name, value in values.items():
            data = self.codec.encode(value)
            if self._take(kind, name, (digest_of(data), data)):
                changed.append(name)
        of.live = values
        self.memo.change(kind, changed)
        self._drop(kind, gone)

    def _not_kept(self, kind: str) -> set[str]:
        """The names whose value of an earlier build cannot be had any more."""
        kept = self.memo.kept
        return {
            name
            for name, digest in self.memo.digests(kind).items()
            if name not in kept or kept[name].digest != digest
        }

    def _lost(
        self, kind: str, others: set[str], holds: Callable[[Any], bool]
    ) -> set[str]:
        """The names of values that speak of something that is gone."""
        of, at_hand = self.facts.kinds[kind], self.memo.at_hand.get(kind, {})
        digests = of.digests()
        of.live = {
            name: value
            for name, (digest, value) in at_hand.items()
            if digests.get(name) == digest
        }
        every = self.facts.every(kind)
        lost = {n for n, v in every.items() if n not in others and not holds(v)}
        # What is computed anew will not be what was looked at.
        of.live = {n: v for n, v in every.items() if n not in others and n not in lost}
        self.memo.at_hand[kind] = {n: (digests[n], v) for n, v in of.live.items()}
        return lost

    def _say_again(self, label: str, others: set[str]) -> None:
        """What a step had to say the last time, but for the other names."""
        for name, said in self.memo.said(label).items():
            if name not in others:
                digest, packed = said[:_DIGEST].decode(errors="replace"), said[_DIGEST:]
                self.diagnostics += unpacked(self.codec, packed, digest)
