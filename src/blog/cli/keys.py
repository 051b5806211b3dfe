"""Single keys of a terminal, for as long as a command runs."""

import os
import signal
import sys
import termios
import threading
import tty
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

_LOST = (OSError, termios.error)
"""What a terminal says that has gone, or is somebody else's now."""


@contextmanager
def listening(keys: Mapping[str, Callable[[], object]]) -> Iterator[bool]:
    """Calls what a key stands for, in a thread, until the end; whether it does.

    Not where nobody sits at a terminal. It is left as it was found.
    """
    try:
        place = sys.stdin.fileno()
        found = termios.tcgetattr(place) if _is_ours(place) else None
    except (ValueError, AttributeError, *_LOST):
        found = None
    if found is None or not sys.stdout.isatty():
        yield False
        return
    # In the background, whoever reads from a terminal would be stopped by it.
    before = signal.signal(signal.SIGTTIN, signal.SIG_IGN)
    again = signal.signal(signal.SIGCONT, lambda *_: _begin(place))
    try:
        _begin(place)
        threading.Thread(target=_read, args=(place, keys), daemon=True).start()
        yield True
    finally:
        signal.signal(signal.SIGCONT, again)
        signal.signal(signal.SIGTTIN, before)
        with suppress(*_LOST):
            if _is_ours(place):
                termios.tcsetattr(place, termios.TCSADRAIN, found)


def _is_ours(place: int) -> bool:
    """Whether it is a terminal, and this program the one it listens to."""
    return os.isatty(place) and os.tcgetpgrp(place) == os.getpgrp()


def _begin(place: int) -> None:
    """Keys come one by one and are not shown; Ctrl-C stays what it is."""
    with suppress(*_LOST):
        if _is_ours(place):
            tty.setcbreak(place, termios.TCSADRAIN)


def _read(place: int, keys: Mapping[str, Callable[[], object]]) -> None:
    with suppress(OSError):
        while key := os.read(place, 1):
            keys.get(key.decode(errors="replace").lower(), lambda: None)()
