"""The socket, and the thread in which requests are answered."""

import asyncio
import errno
import logging
import socket
import sys
import threading
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from blog.diagnostics import Abort

_TRIES = 20
"""Ports that are tried if none was asked for."""
_GRACE = 1
"""Seconds that open connections have when the server ends."""


def bound(host: str, port: int, *, is_asked: bool) -> socket.socket:
    """A socket that listens on a port, or the next free one if none `is_asked` for.

    Whoever connects before anybody answers waits. Raises `Abort` if there is no port.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in range(port, port + (1 if is_asked else _TRIES)):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, number))
            listener.listen(1024)
        except (OSError, OverflowError) as error:
            listener.close()
            if getattr(error, "errno", 0) != errno.EADDRINUSE:
                reason = getattr(error, "strerror", None) or str(error)
                raise Abort(
                    f"cannot listen on {host} port {number}: {reason.lower()}",
                    hint="name an address of this machine with --host, and a port"
                    " from 1024 to 65535 with --port",
                ) from None
        else:
            return listener
    which = f"port {port} is" if is_asked else f"the ports from {port} on are"
    raise Abort(
        f"{which} taken by another program",
        hint=f"see which with `ss -ltnp 'sport = :{port}'`, or name another --port",
    )


def address_here() -> str:
    """The address under which other machines find this one; empty if there is none."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            # Nothing is sent: it only tells which way a packet would go.
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
    except OSError:
        return ""


_TURN = 0.001
"""Seconds after which a thread that computes lets others have a turn."""


class Hosting:
    """Answers requests in a thread of its own, from `start` to `close`."""

    def __init__(self, app: ASGIApp, listener: socket.socket) -> None:
        # What a stranger sends is no news; our own mistakes are told by the guard.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        settings = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        self._server = uvicorn.Server(settings)
        self._listener = listener
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begins to answer."""
        # A build in another thread lets those go first who only fetch a page.
        sys.setswitchinterval(_TURN)
        self._thread.start()

    def call(self, function: Callable[..., None], *arguments: object) -> None:
        """Has something done between two answers, soon."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(function, *arguments)

    def close(self) -> None:
        """Answers no more; every connection is closed within a second or so."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(1.5 * _GRACE)
        self._listener.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._server.serve([self._listener]))
        finally:
            self._loop.close()
