"""One site that is served: its parts put together."""

import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from blog.build import Options
from blog.engine import Watcher
from blog.serve.answers import Answers
from blog.serve.editor import Editor, editor_of
from blog.serve.guard import LOOPBACK, Guard
from blog.serve.hosting import Hosting
from blog.serve.loop import Loop, Rebuilt
from blog.serve.overview import overview_page
from blog.serve.shown import Shown
from blog.serve.sources import Sources
from blog.serve.streams import Streams
from blog.serve.warm import warm_memo
from blog.serve.watching import Wakes, is_remote
from blog.shelf import FolderShelf
from blog.stamps import ours
from blog.store import PICTURES

_LOOK = 2.0
"""Seconds between two looks at everything, where changes are told."""
_LOOK_OFTEN = 0.5
"""And where they are not."""
_SHARE = 100
"""The part of the time that is spent with looking at everything, at most, inverted."""
_SOON = 1.0
"""Seconds of quiet after an edit until everything is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is served, and to whom."""

    root: Path
    config: str
    output: Path
    options: Options
    host: str
    names: tuple[str, ...] = ()
    """What else this machine is called by those who may ask."""
    editor: str = ""
    """The command of `[serve] editor`."""
    jobs: int = 1


class Preview:
    """A site on the screen; `tell` hears of every turn, `crashed` of our mistakes."""

    def __init__(
        self,
        settings: Settings,
        listener: socket.socket,
        tell: Callable[[Rebuilt], None],
        crashed: Callable[[Exception], None],
    ) -> None:
        self._settings = settings
        self._tell = tell
        self._crashed = crashed
        self._shown = Shown()
        self._streams = Streams(self._shown)
        sources = Sources(settings.root, config=settings.config, output=settings.output)
        self._sources = sources
        self._wakes = Wakes(sources.root)
        self._is_remote = is_remote(sources.root, _mounts())
        self._hosting = Hosting(self._guarded(listener), listener)
        self._is_asked = False
        self._room = _room()
        place = Path(self._room.name, "memo.sqlite") if self._room else None
        now = time.time()  # noqa: TID251 - whether a build is of today
        self._memo = warm_memo(sources.root, settings.output, now, place)
        self._loop = Loop(
            sources,
            settings.options,
            self._shown,
            self,
            self._wakes.told,
            self._memo,
            FolderShelf(sources.root / PICTURES),
        )

    def _guarded(self, listener: socket.socket) -> Guard:
        settings = self._settings
        is_here = settings.host in LOOPBACK
        command = editor_of(settings.editor, os.environ)
        editor = Editor(settings.root, command) if is_here else None
        answers = Answers(self._shown, self._streams, editor, self._overview)
        port = listener.getsockname()[1]
        return Guard(
            answers.app(),
            host=settings.host,
            names=settings.names,
            port=port,
            crashed=self._crashed,
        )

    @property
    def watched(self) -> tuple[str, ...]:
        """Output paths of the pages that somebody looks at."""
        return self._streams.watched

    def update(self) -> None:
        """Something is shown that was not before."""
        self._hosting.call(self._streams.update)

    def renew(self, addresses: list[str]) -> None:
        """Files that pages show have another content."""
        self._hosting.call(self._streams.renew, addresses)

    def begin(self, watcher: Watcher) -> Rebuilt:
        """Builds, and begins to answer."""
        made = self._loop.begin(self._settings.jobs, watcher)
        self._memo.vanish()
        self._leave_room()
        self._follow()
        self._hosting.start()
        return made

    def run(self) -> None:
        """Goes on until an exception, such as that of Ctrl-C, ends it."""
        pause = _SOON
        while True:
            named = self._wakes.wait(pause)
            try:
                pause = self._turn(named)
            except Exception as error:
                # A mistake of ours must not take the page from the writer.
                self._crashed(error)
                pause = _LOOK

    def again(self) -> None:
        """Has everything read and built anew, soon; from any thread."""
        self._is_asked = True
        self._wakes.nudge()

    def _turn(self, named: frozenset[str]) -> float:
        """One turn of the loop; the seconds after which to look without a reason."""
        start = time.perf_counter()
        if self._is_asked:
            self._is_asked, made = False, self._loop.again()
        else:
            made = self._loop.edit(named) if named else self._loop.look()
        if made:
            self._tell(made)
        is_new = self._follow()
        if named or is_new:
            return _SOON
        self._loop.rest()
        seconds = time.perf_counter() - start
        return max(_LOOK_OFTEN if self.is_polling else _LOOK, _SHARE * seconds)

    @property
    def is_polling(self) -> bool:
        """Whether changes are looked for, since nobody tells of them."""
        return self._wakes.is_lost or self._is_remote

    def _follow(self) -> bool:
        root = self._sources.root
        output = (root / self._settings.output).resolve()
        return self._wakes.follow(self._sources.stamps, ours(root, output))

    def _overview(self) -> str:
        return overview_page(*self._loop.overview())

    def close(self) -> None:
        """Ends what was begun."""
        self._wakes.close()
        self._hosting.call(self._streams.close)
        self._hosting.close()
        self._leave_room()

    def _leave_room(self) -> None:
        if self._room:
            self._room.cleanup()


def _room() -> TemporaryDirectory[str] | None:
    """Where what is known of the site lies; None if only memory is left for it."""
    try:
        return TemporaryDirectory(prefix="blog-serve-", ignore_cleanup_errors=True)
    except OSError:
        return None


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(errors="replace")
    except OSError:
        return ""
