"""`blog serve` as its users run it, and what they ask of it, for its tests."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from blog.build import Options
from conftest import POST, A

SITE = {
    "site.toml": 'title = "Test"\nbase_url = "https://example.org"\n',
    A: POST,
}
WAIT = 20
"""Seconds after which a test gives up."""


class Server:
    """A running server, and the site it serves."""

    def __init__(self, root: Path, *arguments: str, port: int = 0) -> None:
        self.root = root
        self.log = root.parent / f"{root.name}.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "blog", "serve", *arguments],
                cwd=root,
                env={**os.environ, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until(lambda: "Ctrl-C" in self.said() or self.process.poll() is not None)
        found = re.search(r"http://[^/]*:(\d+)/", self.said())
        self.port = int(found[1]) if found else port
        self.url = f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        """All that was printed so far."""
        return self.log.read_text()

    def get(
        self, path: str = "/", method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers in lower case and text of an answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with contextlib.closing(line):
            line.request(method, path, headers=named)
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
            found = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, found, text

    def post(self, question: object, **headers: str) -> tuple[int, str]:
        """Status and text of the answer to a click."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        given = {"Content-Type": "application/json", **headers}
        with contextlib.closing(line):
            line.request("POST", "/_blog/open", json.dumps(question), given)
            answer = line.getresponse()
            return answer.status, answer.read().decode()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Saves files of the site."""
        save(self.root, files)

    def shows(self, text: str, path: str = "/blog/a/") -> bool:
        """Whether a page has a text, at once or within some seconds."""
        return until(lambda: text in self.get(path)[2])

    def end(self, number: int = signal.SIGINT) -> tuple[int, float]:
        """Exit code, and seconds until it ended."""
        start = time.perf_counter()
        self.process.send_signal(number)
        return self.process.wait(WAIT), time.perf_counter() - start


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def save(root: Path, files: Mapping[str, str | bytes]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def until(claim: Callable[[], bool], seconds: float = WAIT) -> bool:
    """Whether a claim comes true within some seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if claim():
                return True
        time.sleep(0.02)
    return False


@contextlib.contextmanager
def served(
    root: Path, files: Mapping[str, str | bytes], *arguments: str
) -> Iterator[Server]:
    """A server of the site in `files`, which is ended in the end."""
    save(root, files)
    server = Server(root, *arguments)
    try:
        yield server
        assert "bug in blog" not in server.said(), server.said()
        assert "Traceback" not in server.said(), server.said()
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()


def without_script(html: str) -> str:
    """A page without what only the server adds to it."""
    return re.sub(
        r'<script type="module" src="/_blog/live.js"[^>]*></script>', "", html
    )


PREVIEW = Options(drafts=True, future=True)
"""What the server builds, unless it is told otherwise."""
