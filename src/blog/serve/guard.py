"""Who may ask: this machine under its own name, and no page from elsewhere.

A name that an attacker has made to point here is refused, and so is every other host
that a page may come from; an address in digits cannot be made to point anywhere else.
"""

import re
from collections.abc import Callable, Iterable
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

OWN = "/_blog/"
"""Where what is ours is asked for, besides the files of the site."""
OPEN = f"{OWN}open"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(
    r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[a-z0-9.-]+))(?::(?P<port>\d{1,5}))?"
)


class Guard:
    """Answers what must not be answered otherwise, and passes on the rest."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        host: str,
        names: Iterable[str],
        port: int,
        crashed: Callable[[Exception], None],
    ) -> None:
        """`host` is what is listened on, `names` what else this machine is called.

        `crashed` hears of what must not happen.
        """
        self._app = app
        self._crashed = crashed
        self._port = port
        self._is_open = host not in LOOPBACK
        self._names = frozenset({*LOOPBACK, host.lower(), *names})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        refused = self._refusal(scope["method"], scope["path"], headers)
        try:
            await (refused or self._app)(scope, receive, send)
        except Exception as error:
            # Whoever asked was answered 500 already; the server must not end by it.
            self._crashed(error)

    def _refusal(self, method: str, path: str, headers: Headers) -> Response | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            return PlainTextResponse("This host is not served here.\n", 403)
        if method not in (("POST",) if path == OPEN else ("GET", "HEAD")):
            return PlainTextResponse("Only reading.\n", 405, {"Allow": "GET, HEAD"})
        if path.startswith(OWN) and not _is_same_origin(headers, hosts[0]):
            return PlainTextResponse("Only for pages of this site.\n", 403)
        return None

    def _is_ours(self, host: str) -> bool:
        found = _HOST.fullmatch(host.lower())
        if not found or int(found["port"] or 80) != self._port:
            return False
        name = found["v6"] or found["name"]
        return name in self._names or (self._is_open and _is_address(name))


def _is_same_origin(headers: Headers, host: str) -> bool:
    origin = headers.get("origin")
    if origin is not None and origin.lower() != f"http://{host.lower()}":
        return False
    return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
