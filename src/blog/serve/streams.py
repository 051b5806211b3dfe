"""Who looks at what, and what they are told: server-sent events.

Each open stream names the pages that its tabs show, with the version each of them has.
Whenever something is shown that was not before, every stream looks its own pages up and
sends those that differ. So a stream that was broken off, a server that was begun anew
and a tab that slept are all brought up to date by the same few lines.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping

from blog.diagnostics import Diagnostic, plain
from blog.serve.shown import Problems, Shown
from blog.serve.table import Found

_PING = 15
"""Seconds of silence after which a comment shows that somebody is there."""
_RECENT = 60
"""Seconds for which a page counts as looked at although no script of it tells."""
_MOST_VISITED = 32
_RETRY = "retry: 300\n\n"


class Stream:
    """One connection: the pages of its tabs as they have them, and what is new."""

    def __init__(self, versions: Mapping[str, str]) -> None:
        """`versions` is what the tabs have, by decoded path."""
        self.versions = dict(versions)
        self.untold = set(versions)
        """Paths of which nothing has been said so far."""
        self.problems: Problems | None = None
        """Those that were told last."""
        self.files: set[str] = set()
        """Addresses of what has another content, not told so far."""
        self.wake = asyncio.Event()


class Streams:
    """All open connections; but for `watched`, for the thread of the server alone."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._open: set[Stream] = set()
        self._is_closed = False
        self._visited: dict[str, float] = {}
        self._followed: frozenset[str] = frozenset()

    @property
    def watched(self) -> tuple[str, ...]:
        """Output paths of the pages that somebody looks at, or has just asked for."""
        since = time.monotonic() - _RECENT
        visited = {name for name, at in list(self._visited.items()) if at > since}
        return tuple(sorted(self._followed | visited))

    def visit(self, name: str) -> None:
        """Somebody has asked for a page."""
        self._visited.pop(name, None)
        self._visited[name] = time.monotonic()
        if len(self._visited) > _MOST_VISITED:
            del self._visited[next(iter(self._visited))]

    async def follow(self, stream: Stream) -> AsyncIterator[str]:
        """Everything that a new connection is to be told, as long as it lasts."""
        self._open.add(stream)
        try:
            self._note_watched()
            yield _RETRY
            while not self._is_closed:
                # Whoever reads slowly is told of the last state, not of all between.
                stream.wake.clear()
                for event in self._news(stream):
                    yield f"data: {json.dumps(event, ensure_ascii=False)}\n\n"
                try:
                    await asyncio.wait_for(stream.wake.wait(), _PING)
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._open.discard(stream)
            self._note_watched()

    def update(self) -> None:
        """Something is shown that was not before."""
        for stream in self._open:
            stream.wake.set()
        self._note_watched()

    def renew(self, addresses: Iterable[str]) -> None:
        """Files that pages show, such as pictures, have another content now."""
        for stream in self._open:
            stream.files.update(addresses)
            stream.wake.set()

    def close(self) -> None:
        """Ends all connections."""
        self._is_closed = True
        self.update()

    def _news(self, stream: Stream) -> Iterator[Mapping[str, object]]:
        """What is shown now, and the tabs of a connection have not been told."""
        problems = self._shown.problems
        if stream.problems != problems:
            stream.problems = problems
            yield {"problems": as_json(problems)}
        for path, before in stream.versions.items():
            found = self._shown.table.find(path)
            if found.version != before or path in stream.untold:
                stream.versions[path] = found.version
                stream.untold.discard(path)
                yield {"page": path, **self._state(path, found, before)}
        if stream.files:
            files, stream.files = sorted(stream.files), set()
            yield {"files": files}

    def _state(self, path: str, found: Found, before: str) -> Mapping[str, object]:
        """What a tab needs that shows a page in the version `before`."""
        state: dict[str, object] = {"version": found.version}
        state["note"] = self._shown.table.notes.get(found.name, "")
        if found.location:
            state["to"] = found.location
        elif found.status == 404 and before.startswith("200"):
            state["to"] = self._gone_to(path)
        elif found.version != before and found.blob is not None:
            state["html"] = found.page.decode(errors="replace")
        return state

    def _gone_to(self, path: str) -> str:
        """Where the page went that was at this address; empty if it is no more."""
        name = path[len(self._shown.table.base) + 1 :]
        names = (f"{name}index.html", name, f"{name}/index.html", f"{name}.html")
        went = self._shown.went
        return next((went[each] for each in names if each in went), "")

    def _note_watched(self) -> None:
        table = self._shown.table
        pages = (table.find(path).name for s in self._open for path in s.versions)
        self._followed = frozenset(name for name in pages if name)


def as_json(problems: Problems) -> dict[str, object]:
    """Problems as the page shows them."""
    return {
        "errors": [_told(d) for d in problems.errors],
        "warnings": [_told(d) for d in problems.warnings[:_MOST]],
        "count": len(problems.errors) + len(problems.warnings),
    }


_MOST = 100
"""Warnings that fit into a page."""


def _told(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    return {
        "file": span.path,
        "line": span.line,
        "column": span.column,
        "text": plain(diagnostic),
    }
