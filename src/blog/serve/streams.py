"""Who looks at what, and what they are told: server-sent events.

Each open stream names the pages that its tabs show, with the version each of them has.
Whenever something is shown that was not before, every stream looks its own pages up and
tells those that differ. So a stream that was broken off, a server that was begun anew
and a tab that slept are all brought up to date by the same few lines.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress

from blog.diagnostics import Diagnostic, plain
from blog.serve.shown import Problems, Shown

_PING = 15
"""Seconds of silence after which a comment shows that somebody is there."""
_RECENT = 60
"""Seconds for which a page counts as looked at although no script of it tells."""
_MOST_VISITED = 32
_RETRY = "retry: 300\n\n"


class Stream:
    """One connection: the pages of its tabs, and what is still to be sent."""

    def __init__(self, versions: Mapping[str, str]) -> None:
        """`versions` is what the tabs have, by decoded path."""
        self.versions = dict(versions)
        self.queue: asyncio.Queue[str | None] = asyncio.Queue()

    def tell(self, **event: object) -> None:
        self.queue.put_nowait(f"data: {json.dumps(event, ensure_ascii=False)}\n\n")


class Streams:
    """All open connections; but for `watched`, for the thread of the server alone."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._open: set[Stream] = set()
        self._told = shown.problems
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
        yield _RETRY
        stream.tell(problems=as_json(self._shown.problems))
        self._bring_up_to_date(stream, is_new=True)
        self._note_watched()
        try:
            while not self._is_closed:
                with suppress(TimeoutError):
                    message = await asyncio.wait_for(stream.queue.get(), _PING)
                    if message is None:
                        return
                    yield message
                    continue
                yield ": still here\n\n"
        finally:
            self._open.discard(stream)
            self._note_watched()

    def update(self) -> None:
        """Tells everybody what is shown now and was not before."""
        problems = self._shown.problems
        for stream in self._open:
            if problems != self._told:
                stream.tell(problems=as_json(problems))
            self._bring_up_to_date(stream)
        self._told = problems
        self._note_watched()

    def renew(self, addresses: Iterable[str]) -> None:
        """Files that pages show, such as pictures, have another content now."""
        changed = sorted(addresses)
        for stream in self._open if changed else ():
            stream.tell(files=changed)

    def close(self) -> None:
        """Ends all connections."""
        self._is_closed = True
        for stream in self._open:
            stream.queue.put_nowait(None)

    def _bring_up_to_date(self, stream: Stream, *, is_new: bool = False) -> None:
        table = self._shown.table
        for path, before in stream.versions.items():
            found = table.find(path)
            if found.version == before and not is_new:
                continue
            stream.versions[path] = found.version
            name = table.find(path).name
            event: dict[str, object] = {"page": path, "version": found.version}
            event["note"] = table.notes.get(name, "")
            if found.location:
                event["to"] = found.location
            elif found.status == 404 and before.startswith("200"):
                event["to"] = self._gone_to(path)
            stream.tell(**event)

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
