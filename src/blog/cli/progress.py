"""How a build goes on, for those who wait, and how it went, for those who ask."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from blog.diagnostics import Abort, shown
from blog.engine import Made, Stage, Watcher

_PATIENCE = 0.5
"""Seconds after which people want to know what they are waiting for."""
_PAUSE = 0.1
"""Seconds between two changes of the line."""
_SLOWEST = 10

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "settings": "reading site.toml",
        "frame": "reading words",
        "sorted": "sorting files",
        "post": "reading posts",
        "data": "reading data",
        "outline": "arranging",
        "related": "relating posts",
        "size": "measuring pictures",
        "wanted": "choosing pictures",
        "picture": "making pictures",
        "codes": "finding diagrams",
        "diagram": "drawing diagrams",
        "body": "rendering texts",
        "card": "summing up",
        "poster": "drawing posters",
        "copies": "collecting files",
        "checked": "checking links",
        "cleaned": "cleaning pictures",
        "indexed": "indexing texts",
        "template": "reading templates",
        "portable": "preparing feeds",
        "page": "writing pages",
    }
)
"""What a step does, as people call it."""


class Progress(Watcher):
    """Shows a line on a terminal while a build lasts, and remembers its stages."""

    def __init__(self, *, quiet: bool) -> None:
        self.stages: list[Stage] = []
        self._is_shown = sys.stderr.isatty() and not quiet
        self._began = self._last = time.perf_counter()
        self._step = ""
        self._names: Sequence[str] = ()
        self._count = 0
        self._status: Any = None

    def begin(self, step: str, names: Sequence[str]) -> None:
        self._step, self._names, self._count = step, names, 0
        self._show()

    def done(self, _: str, /) -> None:
        self._count += 1
        self._show()

    def ended(self, stage: Stage) -> None:
        self.stages.append(stage)

    def close(self) -> None:
        """Takes the line away."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def _show(self) -> None:
        now = time.perf_counter()
        is_early = now - self._began < _PATIENCE or now - self._last < _PAUSE
        if not self._is_shown or is_early or not self._names:
            return
        self._last = now
        if self._status is None:
            # rich costs 40 ms, and is only there when somebody waits anyway. It must
            # not start a thread of its own: processes are forked while it shows.
            from rich.console import Console
            from rich.live import Live

            self._status = Live(
                console=Console(stderr=True), auto_refresh=False, transient=True
            )
            self._status.start()
        self._status.update(self._line(), refresh=True)

    def _line(self) -> Any:
        from rich.text import Text

        total = len(self._names)
        name = self._names[self._count] if self._count < total else ""
        what = NAMES.get(self._step, self._step)
        text = f"{what} {self._count}/{total}  {shown(name)}"
        return Text(text, no_wrap=True, overflow="ellipsis")


def table(stages: Sequence[Stage]) -> Iterator[str]:
    """Lines that say where the time went: each stage, then the slowest posts."""
    width = max(len(name) for name in NAMES.values())
    yield f"{'stage':{width}}  {'count':>6}  {'reused':>6}  {'s':>7}"
    for stage in stages:
        name, reused = NAMES.get(stage.step, stage.step), stage.names - len(stage.made)
        numbers = f"{stage.names:6}  {reused:6}  {stage.seconds:7.3f}"
        yield f"{name:{width}}  {numbers}"
    spent: Counter[str] = Counter()
    for stage in stages:
        for made in stage.made if stage.step in ("post", "body", "checked") else ():
            spent[made.name] += round(made.seconds * 1e6)
    if spent:
        yield ""
        yield "slowest posts"
    for name, micros in sorted(spent.items(), key=lambda s: (-s[1], s[0]))[:_SLOWEST]:
        yield f"{micros / 1000:9.1f} ms  {shown(name)}"


def write_profile(stages: Sequence[Stage], path: Path) -> None:
    """Writes what ran when, in each process, as https://www.speedscope.app reads it."""
    frames: dict[str, int] = {}

    def event(kind: str, name: str, at: float) -> dict[str, object]:
        return {"type": kind, "frame": frames.setdefault(name, len(frames)), "at": at}

    def around(name: str, began: float, seconds: float) -> Iterator[dict[str, object]]:
        yield event("O", name, began)
        yield event("C", name, began + seconds)

    by_process: dict[int, list[tuple[str, Made]]] = {}
    for stage in stages:
        for made in stage.made:
            name = f"{NAMES.get(stage.step, stage.step)} {made.name}".strip()
            by_process.setdefault(made.process, []).append((name, made))
    profiles = [
        _profile(
            "stages",
            [
                e
                for s in stages
                for e in around(NAMES.get(s.step, s.step), s.began, s.seconds)
            ],
        )
    ]
    for process, every in sorted(by_process.items()):
        ordered = sorted(every, key=lambda each: each[1].began)
        events = [e for n, m in ordered for e in around(n, m.began, m.seconds)]
        profiles.append(_profile(f"process {process}", events))
    document = {
        "$schema": "https://www.speedscope.app/file-format-schema.json",
        "exporter": "blog",
        "shared": {"frames": [{"name": name} for name in frames]},
        "profiles": profiles,
    }
    try:
        path.write_text(json.dumps(document), encoding="utf-8")
    except OSError as error:
        raise Abort(f"cannot write {path}: {error.strerror}") from None


def _profile(name: str, events: list[dict[str, Any]]) -> dict[str, object]:
    return {
        "type": "evented",
        "name": name,
        "unit": "seconds",
        "startValue": events[0]["at"] if events else 0,
        "endValue": events[-1]["at"] if events else 0,
        "events": events,
    }
