"""What a command costs: time, and memory of one process and of all."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LAUNCH = Path(__file__).with_name("launch.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of all processes together."""
    largest: float
    """Peak of the largest process, MiB; what it shares with others counts."""


def run(command: Sequence[str], folder: Path) -> Cost:
    """Runs a command in a folder and measures it. It must succeed."""
    return _run(command, folder, sampled=False)[0]


def memory_of_all(command: Sequence[str], folder: Path) -> float:
    """Peak of all processes of a command together, MiB; shared memory counts once.

    Looking slows the command down, so its times are not measured. Zero where there is
    no `/proc`.
    """
    return _run(command, folder, sampled=True)[1]


def _run(command: Sequence[str], folder: Path, *, sampled: bool) -> tuple[Cost, float]:
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(LAUNCH), *command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
        peak = _peak(process) if sampled else 0.0
        printed = process.communicate()[0].split()
        if process.returncode or printed[-1] != "0":
            said.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{said.read()[-2000:]}")
    wall, cpu, largest, _ = map(float, printed)
    return Cost(wall=wall, cpu=cpu, largest=largest / 1024), peak


def _peak(process: subprocess.Popen[str]) -> float:
    """MiB of all that `process` started. Often at first, for what is over soon."""
    peak, start = 0, time.perf_counter()
    while process.poll() is None:
        peak = max(peak, sum(map(_share, _below(process.pid))))
        time.sleep(min(0.05, 0.005 + (time.perf_counter() - start) / 20))
    return peak / 1024


def _below(process: int) -> Iterator[int]:
    """What a process started, and what that started."""
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (thread / "children").read_text().split()):
                yield child
                yield from _below(child)


def _share(process: int) -> int:
    """KiB of a process; of what several share, its part. Zero once it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
