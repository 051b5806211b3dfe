"""A table of costs, for people or as Markdown."""

import os
import platform
import re
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cost import Cost

COLUMNS = (
    ("work", 20),
    ("program", 19),
    ("wall s", 8),
    ("CPU s", 8),
    ("MiB, largest", 12),
    ("MiB, all", 8),
    ("MiB written", 11),
    ("ratio, wall", 11),
    ("CPU", 6),
)
"""Headings and widths. Names stand left, figures right."""
NAMES = 2
"""Columns that are no figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one generator took for one kind of work."""

    costs: Sequence[Cost]
    """One of each turn, in order."""
    written: float
    """MiB of all files written below the output, in the median turn."""
    together: float
    """Peak of all processes, MiB; 0 if it was not measured."""


def heading(markdown: bool) -> str:
    """The first lines of the table."""
    line = _line([name for name, _ in COLUMNS], markdown)
    if not markdown:
        return line
    rules = ["---"] * NAMES + ["---:"] * (len(COLUMNS) - NAMES)
    return f"{line}\n{_line(rules, markdown)}"


def row(
    work: str, title: str, measured: Measured, ours: Sequence[Cost], markdown: bool
) -> str:
    """A line of the table; `ours` is what `blog` took in the same turns."""
    costs = measured.costs
    cells = [
        work,
        title,
        f"{_median(costs, lambda c: c.wall):.2f}",
        f"{_median(costs, lambda c: c.cpu):.2f}",
        f"{_median(costs, lambda c: c.largest):.0f}",
        f"{measured.together:.0f}" if measured.together else "",
        f"{measured.written:.2f}",
    ]
    if costs is not ours:
        pairs = list(zip(ours, costs, strict=True))
        cells += [
            f"{statistics.median(a.wall / b.wall for a, b in pairs):.3g}",
            f"{statistics.median(a.cpu / b.cpu for a, b in pairs):.3g}",
        ]
    return _line([*cells, *[""] * (len(COLUMNS) - len(cells))], markdown)


def caption(count: int, runs: int, programs: Mapping[str, str]) -> str:
    """What was measured where and when; `programs` are versions by name."""
    versions = ", ".join(f"{name} {version}" for name, version in programs.items())
    return (
        f"{count:,} posts on {machine()}, {time.strftime('%d %B %Y').lstrip('0')}; "
        f"{versions}; {'one turn' if runs == 1 else f'medians of {runs} turns'}; "
        "the ratios are what blog took to what the program of the line took"
    )


def machine() -> str:
    """Cores, processor, system and Python of the machine that this runs on."""
    cores = len(os.sched_getaffinity(0))
    with Path("/proc/cpuinfo").open() as lines:
        models = [line.split(":")[1].strip() for line in lines if "model name" in line]
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    return (
        f"{cores} cores of {models[0] if models else platform.machine()} "
        f"({system}, Python {platform.python_version()})"
    )


def version(executable: str, argument: str) -> str:
    """The first number with a dot that a program says when asked for its version."""
    said = subprocess.run([executable, argument], capture_output=True, text=True)
    found = re.search(r"\d+\.[\w.]*\w", said.stdout)
    return found[0] if found else "?"


def _median(costs: Sequence[Cost], of: Callable[[Cost], float]) -> float:
    return statistics.median(map(of, costs))


def _line(cells: Sequence[str], markdown: bool) -> str:
    if markdown:
        return f"| {' | '.join(cells)} |"
    widths = [width for _, width in COLUMNS]
    names = [c.ljust(w) for c, w in zip(cells[:NAMES], widths, strict=False)]
    figures = [c.rjust(w) for c, w in zip(cells[NAMES:], widths[NAMES:], strict=True)]
    return "  ".join([*names, *figures]).rstrip()
