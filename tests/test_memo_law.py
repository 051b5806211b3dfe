"""The law of the memo: what its index finds stale is stale, and nothing else is."""

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from blog.codec import Codec
from blog.diagnostics import Diagnostic, Span, in_order
from blog.engine import Reader, Step, Wave
from blog.memo import EVERY, Key, Memo
from chances import cases

CODEC = Codec(Diagnostic, Span)
KINDS = ("one", "two", "three")
NAMES = "abc"
Graph = Mapping[Key, Sequence[Key]]
"""What the step of a kind reads for a name, in its order."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One build: its files, the names of each kind, and how it ends."""

    files: Mapping[str, int]
    names: Mapping[str, frozenset[str]]
    fate: str


GRAPHS = st.fixed_dictionaries(
    {
        (kind, name): st.lists(
            st.tuples(
                st.sampled_from(("file", *KINDS[:n])),
                st.sampled_from((*NAMES, EVERY)),
            ),
            max_size=3,
        )
        for n, kind in enumerate(KINDS)
        for name in NAMES
    }
)
BUILDS = st.lists(
    st.builds(
        Case,
        files=st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3)),
        names=st.fixed_dictionaries(
            {kind: st.frozensets(st.sampled_from(NAMES), min_size=1) for kind in KINDS}
        ),
        fate=st.sampled_from(["saved", "saved", "lost", "ended early"]),
    ),
    min_size=2,
    max_size=6,
)


class Ended(Exception):
    """Somebody ended the build."""


@dataclass(kw_only=True)
class Traces:
    """Every read of every step with its digest, kept in the plainest way."""

    reads: dict[Key, dict[str, Any]] = field(default_factory=dict)
    computed: list[Key] = field(default_factory=list)

    def stale(self, kind: str, names: frozenset[str], made: Wave) -> set[str]:
        """Walks through all traces and compares all digests."""
        return {
            name
            for name in names
            if (kind, name) not in self.reads
            or any(digest(r, made) != d for r, d in self.reads[kind, name].items())
        }


def digest(read: str, made: Wave) -> object:
    """Of a fact as it is now, or of all facts of a kind."""
    kind, _, name = read.partition(":")
    found = made.facts.digests(kind)
    return dict(found) if name == EVERY else found.get(name)


def walk(graph: Graph, case: Case, memo: Memo, traces: Traces) -> Wave:
    """One build; the traces learn what it reads, and what they find stale."""
    made = Wave(memo, CODEC, shared=["file"])
    made.give("file", case.files)
    for kind in KINDS:
        names = case.names[kind]
        stale = traces.stale(kind, names, made)
        traces.computed += [(kind, name) for name in sorted(stale)]
        made.each(kind, step_of(kind, graph, case, traces, made), names)
        for other in NAMES:
            if other not in names:
                traces.reads.pop((kind, other), None)
    return made


def step_of(kind: str, graph: Graph, case: Case, traces: Traces, made: Wave) -> Step:
    """A step that reads what its graph says, as long as it cares to go on."""

    def step(name: str, facts: Reader) -> int | None:
        if case.fate == "ended early" and (kind, name) == ("two", "b"):
            raise Ended
        total = 0
        for read_kind, read_name in graph[kind, name]:
            if read_name == EVERY:
                total += sum(facts.every(read_kind).values())
            else:
                total += facts.get(f"{read_kind}:{read_name}") or 5
            if total % 5 == 4:
                break
        if total % 3 == 1:
            facts.report.warning("missing-alt", Span(path=name), f"{kind} {total}")
        traces.reads[kind, name] = {r: digest(r, made) for r in facts.reads}
        return total % 4 or None

    return step


def outcome(made: Wave) -> object:
    """All facts, and all that was said."""
    facts = {kind: dict(made.facts.every(kind)) for kind in KINDS}
    return facts, in_order(made.diagnostics)


def check(graph: Graph, builds: Sequence[Case], memo: Memo) -> None:
    """Builds one after the other, each compared with a clean one and its traces."""
    traces = Traces()
    is_known = True
    for case in builds:
        trial = Traces(reads={k: dict(r) for k, r in traces.reads.items()})
        is_first = not memo.names("one")
        with suppress(Ended):
            made = walk(graph, case, memo, trial)
            clean = walk(graph, case, Memo(), Traces())
            assert outcome(made) == outcome(clean)
            if is_known:
                assert memo.computed == trial.computed
            if case.fate == "saved":
                made.save({})
                traces = trial
                continue
        # What a first build leaves on the disk when it ends early is known to it alone.
        is_known = is_known and not (is_first and memo.path)


@cases(250)
@given(GRAPHS, BUILDS)
def test_the_index_finds_just_what_a_walk_through_all_traces_finds(
    graph: Graph, builds: list[Case]
):
    check(graph, builds, Memo())


@cases(60)
@given(GRAPHS, BUILDS)
def test_it_does_so_on_a_disk_too_however_a_build_ends(
    graph: Graph, builds: list[Case]
):
    with tempfile.TemporaryDirectory() as folder:
        memo = Memo(path=Path(folder) / "memo.sqlite")
        check(graph, builds, memo)
        memo.close()
