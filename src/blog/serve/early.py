"""What is shown before the build it belongs to is done, and while it goes on."""

import time
from collections.abc import Callable, Mapping
from typing import Protocol

from blog.engine import Stage, Watcher
from blog.model import Blob, Snapshot
from blog.serve.shown import Shown

_PAUSE = 0.02
"""Seconds of a build after which it is asked whether somebody writes on."""

_YIELD = 0.005
"""Seconds in which a page is sent."""


class Audience(Protocol):
    """Those who look at the pages; all of it may be called from any thread."""

    @property
    def watched(self) -> tuple[str, ...]:
        """Output paths of the pages that somebody looks at."""

    def update(self) -> None:
        """Something is shown that was not before."""

    def renew(self, addresses: list[str]) -> None:
        """Files that pages show have another content."""


class Early:
    """Pages that are shown before the build they belong to is done."""

    def __init__(self, shown: Shown, audience: Audience) -> None:
        self._shown = shown
        self._audience = audience
        self._waited: frozenset[str] = frozenset()
        self._met: dict[str, str] = {}
        self.start = time.perf_counter()
        self.newer: dict[str, Blob] = {}
        """Pages of sources that were edited after the build had begun."""
        self.after: float | None = None
        """Seconds until something was shown."""

    def begin(self, static: Mapping[str, Blob]) -> None:
        """From now on, pages that somebody looks at are shown as soon as they are made.

        `static` is what they refer to.
        """
        self._waited = frozenset(self._audience.watched)
        self._shown.table = self._shown.table.with_files(static)

    def put(self, path: str, digest: str, data: bytes) -> Blob:
        """Takes a page of the build."""
        blob = Blob.small(digest, data)
        if path in self._waited and data:
            self._lay_over({path: blob})
        return blob

    def show(self, pages: Mapping[str, bytes], *, is_newer: bool = False) -> None:
        """Shows pages at once; newer ones stay when the build is done."""
        if pages:
            files = {path: Blob.of(data) for path, data in pages.items()}
            if is_newer:
                self.newer |= files
            self._lay_over(files)

    def unmet(self, texts: Mapping[str, Blob], since: Snapshot) -> dict[str, Blob]:
        """Those that are not as they were, neither `since` then nor here before."""
        found = {}
        for path, blob in texts.items():
            known = since.files.get(path)
            before = self._met.get(path, known.digest if known else "")
            self._met[path] = blob.digest
            if blob.digest != before:
                found[path] = blob
        return found

    def _lay_over(self, files: Mapping[str, Blob]) -> None:
        self._shown.table = self._shown.table.with_files(files)
        self._audience.update()
        if self.after is None:
            self.after = time.perf_counter() - self.start
        if self._audience.watched:
            # The build that goes on would keep those waiting who are sent the page now.
            time.sleep(_YIELD)


class Outdated(Exception):
    """Every page that is being written will have to be written again."""


class Meanwhile(Watcher):
    """Looks up from a build now and then."""

    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look
        self._next = time.perf_counter() + _PAUSE

    def done(self, _: str, /) -> None:
        """A step has run for one name."""
        self._look_up()

    def ended(self, _: Stage) -> None:
        """A step is done."""
        self._look_up()

    def _look_up(self) -> None:
        if time.perf_counter() > self._next:
            self._look()
            self._next = time.perf_counter() + _PAUSE
