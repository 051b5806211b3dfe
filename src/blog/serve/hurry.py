"""What somebody looks at, made before all else from what the last build knows."""

from collections.abc import Iterable, Mapping

from blog.assets import static_files
from blog.config import Config
from blog.engine import Facts
from blog.glimpse import Glimpse
from blog.model import Blob, Snapshot
from blog.serve.early import Audience, Early
from blog.serve.shown import Shown

_FEW = 4
"""Texts that come from an editor; of more, only those that somebody looks at hurry."""


class Hurry:
    """Knows the facts of the last build, once there has been one."""

    def __init__(self, shown: Shown, audience: Audience) -> None:
        self._shown = shown
        self._audience = audience
        self._facts: Facts | None = None
        self._glimpse: Glimpse | None = None
        self._rehearsed: tuple[str, ...] = ()
        """The pages for which all is at hand."""

    def hear(self, facts: Facts) -> None:
        """Takes in what a build knows."""
        self._facts, self._glimpse, self._rehearsed = facts, None, ()

    def show(
        self, texts: Mapping[str, Blob], early: Early, *, is_newer: bool = False
    ) -> None:
        """Shows those of the pages at once in which only a text has changed.

        If they are newer than a build that goes on, only pages of the texts themselves.
        """
        watched = self._audience.watched
        if self._shown.problems.errors or not texts or not watched:
            return
        if is_newer or len(texts) > _FEW:
            seen = {self._shown.table.sources.get(name) for name in watched}
            texts = {path: blob for path, blob in texts.items() if path in seen}
        early.show(self._made(texts, watched), is_newer=is_newer)

    def begin(self, snapshot: Snapshot, early: Early) -> None:
        """Has pages shown as soon as the build has made them; their looks differ."""
        if self._facts is not None and not self._shown.problems.errors:
            config: Config = self._facts.get("config", "whole")
            early.begin(static_files(snapshot, config.theme))

    def rehearse(self) -> None:
        """Loads what the next edit needs, by making the last one for nobody."""
        names = self._audience.watched[:_FEW]
        if names == self._rehearsed:
            return
        files = self._shown.snapshot.files
        sources = {self._shown.table.sources.get(name, "") for name in names}
        self._made({path: files[path] for path in sources & files.keys()}, names)
        self._rehearsed = names

    def _made(
        self, texts: Mapping[str, Blob], watched: Iterable[str]
    ) -> dict[str, bytes]:
        if self._facts is None:
            return {}
        self._glimpse = self._glimpse or Glimpse(self._facts)
        return self._glimpse.pages(texts, watched)
