"""Running a step: here, elsewhere, and under the eyes of a watcher."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from blog.diagnostics import Diagnostic
from blog.digests import digest_of
from blog.engine.facts import Facts, Reader

Step = Callable[[str, Reader], Any]
"""A pure function of a name and what it reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What one step made, as it comes from the process that ran it."""

    name: str
    values: tuple[tuple[str, bytes] | None, ...]
    """Digest and bytes of each value; None for a fact that does not exist."""
    reads: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    began: float
    """Seconds on a clock that all processes share."""
    seconds: float
    process: int


def compute(step: Step, kinds: Sequence[str], name: str, facts: Facts) -> Made:
    """Runs one step; with several kinds, it gives a value for each."""
    began, reader = time.perf_counter(), Reader(facts)
    value = step(name, reader)
    values = value if len(kinds) > 1 else (value,) * len(kinds)
    packed = [None if v is None else facts.codec.encode(v) for v in values]
    return Made(
        name=name,
        values=tuple(None if p is None else (digest_of(p), p) for p in packed),
        reads=reader.reads,
        diagnostics=tuple(reader.report.found),
        began=began,
        seconds=time.perf_counter() - began,
        process=os.getpid(),
    )


Workers = Callable[[Step, Sequence[str], Sequence[str], Facts], Iterable[Made]]
"""Runs a step (with the kinds it makes) for many names, in their order."""


def here(
    step: Step, kinds: Sequence[str], names: Sequence[str], facts: Facts
) -> Iterable[Made]:
    """The least of all `Workers`: one after the other, in this process."""
    return (compute(step, kinds, name, facts) for name in names)


Put = Callable[[str, str, bytes], None]
"""Where values go that the memo does not keep: name, digest, bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How one step went in this build."""

    step: str
    names: int
    made: tuple[Made, ...]
    """What was computed, without its values."""
    began: float
    """As in `Made`."""
    seconds: float


class Watcher:
    """Is told how a build goes on; this one does not care."""

    def begin(self, step: str, names: Sequence[str]) -> None:
        """A step is about to run for these names, in this order."""

    def done(self, name: str, /) -> None:
        """It has run for one of them."""

    def ended(self, stage: Stage) -> None:
        """The step is done, whether anything was stale or not."""


def blocks(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The names in pieces of at most `size`."""
    return (names[start : start + size] for start in range(0, len(names), size))
