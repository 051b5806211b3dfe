"""One login, kept open for all that a deploy has to say to a server."""

import secrets
import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO

from blog.deploy.programs import Failed, absent, run_by_line
from blog.deploy.target import Sent

_OPTIONS = (
    # A host whose key is not known, or is another one now, is never talked to.
    "-oStrictHostKeyChecking=yes",
    # No program of ours asks for a password: keys and the agent answer.
    "-oBatchMode=yes",
    "-oConnectTimeout=15",
    "-oServerAliveInterval=10",
    "-oServerAliveCountMax=3",
)
_PATIENCE = "--timeout=40"
"""Seconds without a byte after which rsync gives up."""
_LOOP = """
take() { head -c "$1"; }
# Some servers have a head that swallows what comes after.
[ "$(printf ab | { head -c 1 >/dev/null; cat; })" = b ] ||
    take() { dd bs=1 count="$1" 2>/dev/null; }
while read -r length given; do
    script=$(take "$length")
    said=$(take "$given" | {
        sh -c "$script" 2>&1 >&3; code=$?; cat >/dev/null; exit $code
    }) && code=0 || code=$?
    printf '\\n%s\\n%s\\n%s\\n%s\\n' "$1" "$code" "$said" "$1"
done 3>&1
"""
"""Runs script after script in one login: a shell of the user can be slow to begin.

Each is told by its length and that of its input; its output ends with a mark, the exit
code, what it said to standard error, and the mark again.
"""


class Connection:
    """A login to a host, opened when it is first needed."""

    def __init__(self, command: str, host: str) -> None:
        """`command` is `ssh`, perhaps with options."""
        self.host = host
        self._folder = tempfile.TemporaryDirectory(prefix="blog-")
        socket = Path(self._folder.name) / "ssh"
        self._ssh = [*shlex.split(command), *_OPTIONS, f"-oControlPath={socket}"]
        self._mark = secrets.token_hex(16).encode()
        # What the login itself says, which nobody may read before it ends.
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, script: str, arguments: Sequence[str], *, given: bytes) -> bytes:
        """What a script writes there; raises `Failed`."""
        process = self._opened()
        assert process.stdin is not None
        text = f"set -- {shlex.join(arguments)}\n{script}".encode(
            errors="surrogateescape"
        )
        data = b"%d %d\n" % (len(text), len(given)) + text + given
        # The answer may be long, too: who writes must not wait for who reads.
        writer = Thread(target=_write, args=(process.stdin, data), daemon=True)
        writer.start()
        found, code = self._until_mark(), self._code()
        said = self._until_mark(b"")
        writer.join()
        if code:
            raise Failed(code, said.decode(errors="replace"))
        return found

    def copy(
        self,
        folder: str,
        paths: Sequence[str],
        target: str,
        others: Sequence[str],
        sent: Sent,
    ) -> None:
        """Makes files of a folder here lie in `target` there; raises `Failed`.

        What lies there with the same content stays; `others`, folders beside it, are
        looked into for the same.
        """
        self._opened()
        command = [
            "rsync",
            "--files-from=-",
            "--from0",
            "--checksum",
            "--compress",
            "--perms",
            "--chmod=F644,D755",
            "--partial-dir=.rsync-partial",
            "--protect-args",
            "--out-format=%n",
            _PATIENCE,
            *(f"--link-dest=../{other}" for other in others),
            f"--rsh={shlex.join(self._ssh)}",
            f"{folder}/",
            f"{self.host}:{target}/",
        ]
        rows = (path.encode(errors="surrogateescape") for path in paths)
        run_by_line(command, given=b"\0".join(rows), heard=sent)

    def _opened(self) -> "subprocess.Popen[bytes]":
        """Logs in; the server hangs up when we are gone, however we end."""
        if self._process and self._process.poll() is None:
            return self._process
        # Whatever shell the user has there, sh runs the scripts.
        loop = shlex.join(["exec", "sh", "-c", _LOOP, "sh", self._mark.decode()])
        command = [*self._ssh, "-oControlMaster=yes", "--", self.host, loop]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
            )
        except FileNotFoundError:
            raise absent(command[0]) from None
        return self._process

    def _until_mark(self, before: bytes = b"\n") -> bytes:
        """What is said up to the mark; raises `Failed` where the line is cut."""
        found = bytearray()
        end = before + self._mark + b"\n"
        while not found.endswith(end):
            found += self._line()
        return bytes(found[: -len(end)])

    def _code(self) -> int:
        return int(self._line())

    def _line(self) -> bytes:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            code = process.wait()
            self._errors.seek(0)
            raise Failed(code, self._errors.read().decode(errors="replace"))
        return line

    def close(self) -> None:
        """Logs out."""
        process, self._process = self._process, None
        if process:
            assert process.stdin is not None
            with suppress(OSError):
                process.stdin.close()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout:
                process.stdout.close()
        self._errors.close()
        self._folder.cleanup()


def _write(stream: IO[bytes], data: bytes) -> None:
    # Where the line is cut, whoever reads the answer will say so.
    with suppress(OSError, ValueError):
        stream.write(data)
        stream.flush()
