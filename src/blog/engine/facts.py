"""What steps may know: the facts of one build, and the door to them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from blog.codec import Codec
from blog.diagnostics import Report
from blog.digests import digest_of
from blog.memo import EVERY, Damaged, Memo

_FEW = 32
"""Values that are asked for one by one."""
ABSENT = ""
"""The digest of a fact that does not exist."""


@dataclass(slots=True, kw_only=True)
class Kind:
    """All facts of one kind in this build: those of the memo, and what differs."""

    memo: Memo
    name: str
    changed: dict[str, str] = field(default_factory=dict)
    """Digests of this build where they may differ; `ABSENT` for what is gone."""
    live: Mapping[str, Any] = field(default_factory=dict)
    """Values at hand."""
    shared: dict[str, Any] | None = None
    """Values that were asked for, where many steps ask for the same."""
    packed: dict[str, bytes] = field(default_factory=dict)
    """Values in bytes, computed in this build."""
    every: dict[str, str] | None = None
    """Digest by name, once all of them were asked for."""
    given: bool = False
    """Whether the values come from outside: no memo has them."""
    has_same_names: bool = True
    """Whether there are facts of the same names as in the memo."""

    def digest(self, name: str) -> str:
        """The digest of a fact; `ABSENT` if it does not exist."""
        known = self.known(name)
        return self.memo.digest(self.name, name) if known is None else known

    def known(self, name: str) -> str | None:
        """The same, as far as it can be told without the memo."""
        if self.every is not None:
            return self.every.get(name, ABSENT)
        return self.changed.get(name)

    def digests(self) -> dict[str, str]:
        """The digest of every fact that exists, by name."""
        if self.every is None:
            found = {**self.memo.digests(self.name), **self.changed}
            self.every = {n: digest for n, digest in found.items() if digest}
        return self.every

    def put(self, name: str, digest: str) -> None:
        """Says what a fact is from now on."""
        if bool(digest) != bool(self.digest(name)):
            self.has_same_names = False
        self.changed[name] = digest
        if self.shared:
            self.shared.pop(name, None)
        if self.every is not None and digest:
            self.every[name] = digest
        elif self.every is not None:
            self.every.pop(name, None)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of all facts of some kinds; they are only looked up if need be."""

    kinds: tuple[Kind, ...]

    def __iter__(self) -> Iterator[str]:
        for kind in self.kinds:
            yield from kind.digests()

    @property
    def are_as_before(self) -> bool:
        """Whether they are those of the last build."""
        return all(kind.has_same_names for kind in self.kinds)


class Facts:
    """The facts of one build, by kind and name; values are loaded when asked for."""

    def __init__(self, codec: Codec, memo: Memo) -> None:
        self.codec = codec
        self.memo = memo
        self.kinds: dict[str, Kind] = {}

    def get(self, kind: str, name: str) -> Any:
        """The value of a fact, or None if there is no such fact."""
        of = self._kind(kind)
        if name in of.live:
            return of.live[name]
        if of.shared is None:
            return self._read(of, name)
        if name not in of.shared:
            of.shared[name] = self._read(of, name)
        return of.shared[name]

    def _read(self, of: Kind, name: str) -> Any:
        """A value that is not at hand."""
        if name in of.packed:
            return self.codec.decode(of.packed[name])
        digest = of.known(name)
        if digest is None:
            digest, packed = self.memo.fact(of.name, name)
        elif digest:
            packed = self.memo.fact(of.name, name)[1]
        return unpacked(self.codec, packed, digest) if digest else None

    def every(self, kind: str) -> Mapping[str, Any]:
        """All facts of a kind by name, in the order of their names."""
        of = self._kind(kind)
        digests = of.digests()
        missing = digests.keys() - of.live.keys()
        if missing:
            kept = self._kept(of, missing - of.packed.keys())
            loaded = dict(of.live)
            for name in missing:
                packed = of.packed.get(name) or kept.get(name) or b""
                loaded[name] = unpacked(self.codec, packed, digests[name])
            of.live = loaded
        return MappingProxyType({name: of.live[name] for name in sorted(digests)})

    def _kept(self, of: Kind, names: Collection[str]) -> Mapping[str, bytes]:
        """Values of the memo, or more than these if they are many."""
        if len(names) > _FEW:
            return self.memo.values(of.name)
        return {name: self.memo.fact(of.name, name)[1] for name in names}

    def digests(self, kind: str) -> Mapping[str, str]:
        """The digest of each fact of a kind by name."""
        return self._kind(kind).digests()

    def names(self, *kinds: str) -> "Names":
        """Of all facts of these kinds."""
        return Names(tuple(self._kind(kind) for kind in kinds))

    def leave_to_memo(self) -> None:
        """Forgets values that the memo has as well, once it has kept this build."""
        for of in self.kinds.values():
            of.packed.clear()
            if not of.given:
                of.live = {}

    def _kind(self, kind: str) -> Kind:
        assert kind in self.kinds, f"no facts of the kind {kind!r} so far"
        return self.kinds[kind]

    def __getstate__(self) -> tuple[Codec, dict[str, Any]]:
        """All of it, for processes that cannot see the memo."""
        kinds = {}
        for kind, of in self.kinds.items():
            digests = of.digests()
            missing = digests.keys() - of.live.keys() - of.packed.keys()
            kept = self.memo.values(kind) if missing else {}
            packed = of.packed | {name: kept[name] for name in missing if name in kept}
            kinds[kind] = (digests, of.live, packed)
        return self.codec, kinds

    def __setstate__(self, state: tuple[Codec, dict[str, Any]]) -> None:
        self.codec, kinds = state
        self.memo = Memo()
        self.kinds = {
            kind: Kind(memo=self.memo, name=kind, live=live, packed=packed, every=every)
            for kind, (every, live, packed) in kinds.items()
        }


def unpacked(codec: Codec, packed: bytes, digest: str) -> Any:
    """The value in `packed`; raises `Damaged` if it is not the one that was kept."""
    try:
        if digest_of(packed) == digest:
            return codec.decode(packed)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise Damaged(str(error)) from error
    raise Damaged("a value is not the one that was kept")


class Reader:
    """One step's only door to knowledge; what passes through it is recorded."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[str, Any] = {}
        self.report = Report()

    def get(self, fact: str) -> Any:
        """The value of `kind:name`, or None; both answers are recorded."""
        if fact not in self._known:
            kind, _, name = fact.partition(":")
            self._known[fact] = self._facts.get(kind, name)
        return self._known[fact]

    def __getitem__(self, fact: str) -> Any:
        """The value of `kind:name`, which must exist."""
        value = self.get(fact)
        assert value is not None, f"no fact {fact!r}"
        return value

    def every(self, kind: str) -> Mapping[str, Any]:
        """All facts of a kind by name, sorted; which there are is recorded, too."""
        found: Mapping[str, Any] = self._facts.every(kind)
        self._known[f"{kind}:{EVERY}"] = found
        return found

    def names(self, kind: str) -> tuple[str, ...]:
        """The names of all facts of a kind, sorted; which there are is recorded."""
        found = tuple(sorted(self._facts.digests(kind)))
        self._known.setdefault(f"{kind}:{EVERY}", found)
        return found

    @property
    def reads(self) -> tuple[str, ...]:
        """Everything that was asked for, each once."""
        return tuple(self._known)
