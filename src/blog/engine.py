"""Facts in, traces out: computes only what its facts no longer vouch for.

A *fact* is anything a step may know, named `kind:name`; that it is absent is a fact
too. A *step* is a pure function `(name, facts) -> value`. A *trace* keeps the value
with what was read for it, and holds while every read still has the digest it had.
Nothing here knows what a blog is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from blog.diagnostics import Diagnostic, Report

Value = TypeVar("Value")

ABSENT = ""
"""The digest of a fact that does not exist."""


class Digested(Protocol):
    """A value that knows its own digest, e.g. a file that is not in memory."""

    @property
    def digest(self) -> str: ...


def digest_of(value: object) -> str:
    """A short hexadecimal digest; equal values give equal digests on every machine.

    Values are frozen dataclasses, tuples, read-only mappings and plain scalars, whose
    `repr` is complete and in a fixed order; sets are not allowed.
    """
    if value is None:
        return ABSENT
    known = getattr(value, "digest", None)
    if isinstance(known, str):
        return known
    content = value if isinstance(value, bytes) else repr(value).encode()
    return blake2b(content, digest_size=16).hexdigest()


class Facts:
    """All facts of one build, by kind and name; digests are computed on demand."""

    def __init__(self, kinds: Mapping[str, Mapping[str, object]]) -> None:
        self._kinds = dict(kinds)
        self._digests: dict[str, str] = {}

    def with_kind(self, kind: str, values: Mapping[str, object]) -> "Facts":
        """These facts and one more kind; digests that are known stay known."""
        assert kind not in self._kinds, kind
        facts = Facts({**self._kinds, kind: values})
        facts._digests = self._digests
        return facts

    def with_traces(self, kind: str, traces: "Mapping[str, Trace[Any]]") -> "Facts":
        """These facts and one more kind, made of what a step computed."""
        facts = self.with_kind(kind, values(traces))
        facts._digests |= {f"{kind}:{name}": t.digest for name, t in traces.items()}
        return facts

    def get(self, fact: str) -> Any:
        """The value of `kind:name`, or None if there is no such fact."""
        kind, _, name = fact.partition(":")
        values = self._kinds.get(kind)
        assert values is not None, f"no facts of the kind {kind!r}"
        return values.get(name)

    def names(self, kind: str) -> Iterable[str]:
        """The names of all facts of a kind."""
        return self._kinds[kind].keys()

    def digest(self, fact: str) -> str:
        """The digest of `kind:name`; `ABSENT` if there is no such fact."""
        if fact not in self._digests:
            self._digests[fact] = digest_of(self.get(fact))
        return self._digests[fact]

    def holds(self, reads: Mapping[str, str]) -> bool:
        """Whether every fact of `reads` still has the digest recorded for it."""
        return all(self.digest(fact) == digest for fact, digest in reads.items())


class Reader:
    """One step's only door to knowledge; what passes through it is recorded."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[str, Any] = {}
        self.reads: dict[str, str] = {}
        self.report = Report()

    def get(self, fact: str) -> Any:
        """The value of `kind:name`, or None; both answers are recorded."""
        if fact not in self._known:
            self.reads[fact] = self._facts.digest(fact)
            self._known[fact] = self._facts.get(fact)
        return self._known[fact]

    def __getitem__(self, fact: str) -> Any:
        """The value of `kind:name`, which must exist."""
        value = self.get(fact)
        assert value is not None, f"no fact {fact!r}"
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace(Generic[Value]):
    """What a step computed, and why that still holds."""

    value: Value
    digest: str
    """Of the value; where it is the same again, nothing that reads it is stale."""
    reads: Mapping[str, str]
    """Digest at the time by fact."""
    diagnostics: tuple[Diagnostic, ...]
    """Shown again whenever the value is reused."""


Step = Callable[[str, Reader], Value]


@dataclass(slots=True)
class Memo:
    """Traces by step and name, from earlier builds and from this one."""

    old: Mapping[tuple[str, str], Trace[Any]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    new: dict[tuple[str, str], Trace[Any]] = field(default_factory=dict)
    computed: list[tuple[str, str]] = field(default_factory=list)
    """What had to be computed in this build, in order."""

    def next(self) -> "Memo":
        """The memo to begin the next build with."""
        return Memo(old=MappingProxyType(self.new))


Workers = Callable[[Step[Any], Sequence[str], Facts], Iterable[Trace[Any]]]
"""Computes a step for many names, in their order."""


def here(step: Step[Any], names: Sequence[str], facts: Facts) -> Iterable[Trace[Any]]:
    """The least of all `Workers`: one after the other, in this process."""
    return (computed(step, name, facts) for name in names)


def run(
    label: str,
    step: Step[Value],
    names: Iterable[str],
    facts: Facts,
    memo: Memo,
    workers: Workers = here,
) -> dict[str, Trace[Value]]:
    """The trace of `step` for each of `names`, in the order of the names.

    Traces that hold are reused; the others are computed and noted in `memo`.
    """
    ordered = sorted(names)
    found: dict[str, Trace[Value]] = {}
    for name in ordered:
        known = memo.old.get((label, name))
        if known is not None and facts.holds(known.reads):
            found[name] = known
    stale = [name for name in ordered if name not in found]
    found.update(zip(stale, workers(step, stale, facts), strict=True))
    memo.computed.extend((label, name) for name in stale)
    memo.new.update(((label, name), found[name]) for name in ordered)
    return {name: found[name] for name in ordered}


def values(traces: Mapping[str, Trace[Value]]) -> dict[str, Value]:
    """The bare values by name."""
    return {name: trace.value for name, trace in traces.items()}


def diagnostics(*groups: Mapping[str, Trace[Any]]) -> list[Diagnostic]:
    """What all steps had to say, reused or not."""
    return [d for group in groups for t in group.values() for d in t.diagnostics]


def computed(step: Step[Value], name: str, facts: Facts) -> Trace[Value]:
    """The trace of one step, computed now."""
    reader = Reader(facts)
    value = step(name, reader)
    return Trace(
        value=value,
        digest=digest_of(value),
        reads=MappingProxyType(reader.reads),
        diagnostics=tuple(reader.report.found),
    )
