"""Facts in, facts out: computes only what has become stale since the last time.

A *fact* is anything a step may know, named `kind:name`; that it is absent is a fact
too. A *step* is a pure function `(name, facts) -> value`, and its value is a new fact.
A *trace* says what a step read, and holds while all of that is as it was. A *wave* is
one walk through the steps, in an order in which each comes after what it reads: what
has changed marks the traces that read it, these are computed again, and where the value
comes out the same, the wave stops. Nothing here knows what a blog is.
"""

from blog.engine.facts import ABSENT, Facts, Reader
from blog.engine.running import (
    Made,
    Put,
    Stage,
    Step,
    Watcher,
    Workers,
    blocks,
    compute,
    here,
)
from blog.engine.wave import Wave

__all__ = [
    "ABSENT",
    "Facts",
    "Made",
    "Put",
    "Reader",
    "Stage",
    "Step",
    "Watcher",
    "Wave",
    "Workers",
    "blocks",
    "compute",
    "here",
]
