"""Servers that a deploy can talk to, on this machine, as their own programs."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest

from hosts import KEYS, Place, run


@contextmanager
def sshd(where: Path) -> Iterator[str]:
    """A server that lets this user in; the command that connects to it."""
    program = shutil.which("sshd") or "/usr/sbin/sshd"
    if not Path(program).exists() or not shutil.which("rsync"):
        pytest.skip("sshd and rsync are not installed")
    port = free_port()
    for name in ("host", "id"):
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(where / name))
    (where / "keys").write_text((where / "id.pub").read_text())
    key = " ".join((where / "host.pub").read_text().split()[:2])
    (where / "known_hosts").write_text(f"[127.0.0.1]:{port} {key}\n")
    (where / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {where}/host\n"
        f"AuthorizedKeysFile {where}/keys\nPidFile {where}/pid\nUsePAM no\n"
        "StrictModes no\nPasswordAuthentication no\nMaxStartups 100\n"
        # What a user's shell does when it begins is not ours to wait for.
        "SetEnv SHLVL=5\n"
    )
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    with served([program, "-D", "-e", "-f", str(where / "config")], port):
        yield f"ssh -p {port} -i {where}/id -o UserKnownHostsFile={where}/known_hosts"


@contextmanager
def rclone(where: Path) -> Iterator[str]:
    """Storage with real signatures, without conditions; its address."""
    program = shutil.which("rclone", path=f"{Path(sys.executable).parent}:/usr/bin")
    if program is None:
        pytest.skip("rclone is not installed")
    port = free_port()
    (where / "data" / "site").mkdir(parents=True)
    keys = ",".join(KEYS.values())
    command = [program, "serve", "s3", "--config", "/dev/null", "--auth-key", keys]
    command += ["--addr", f"127.0.0.1:{port}", "--vfs-cache-mode", "full"]
    command += ["--cache-dir", str(where / "cache"), str(where / "data")]
    with served(command, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def moto() -> Iterator[str]:
    """Storage that keeps conditions; its address."""
    program = Path(sys.executable).with_name("moto_server")
    if not program.exists():
        pytest.skip("moto is not installed")
    port = free_port()
    with served([str(program), "-H", "127.0.0.1", "-p", str(port)], port):
        from urllib.request import Request, urlopen

        address = f"http://127.0.0.1:{port}"
        urlopen(Request(f"{address}/site", method="PUT")).close()
        yield address


@contextmanager
def served(command: list[str], port: int) -> Iterator[None]:
    """A program that listens, until it is not needed any more."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, command
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Servers:
    """Servers that are started when they are first needed, and then shared."""

    def __init__(self, places: pytest.TempPathFactory) -> None:
        self._places = places
        self._stack = ExitStack()
        self._started: dict[str, str] = {}
        self._made = 0

    def __enter__(self) -> "Servers":
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def ssh(self, where: Path) -> Place:
        command = self._on("ssh", lambda: sshd(self._places.mktemp("ssh")))
        settings = {
            "kind": "ssh",
            "host": "127.0.0.1",
            "path": str(where / "my www"),
            "ssh": command,
            "keep": 3,
        }
        return Place(settings=settings, live=where / "my www" / "current")

    def s3(self, _: Path) -> Place:
        return self._bucket(self._on("s3", lambda: rclone(self._places.mktemp("s3"))))

    def s3_with_conditions(self, _: Path) -> Place:
        return self._bucket(self._on("moto", moto))

    def _bucket(self, endpoint: str) -> Place:
        self._made += 1
        settings = {
            "kind": "s3",
            "bucket": "site",
            "prefix": f"number/{self._made}",
            "endpoint": endpoint,
            "keep": 3,
        }
        return Place(settings=settings)

    def _on(self, name: str, start: "Callable[[], AbstractContextManager[str]]") -> str:
        if name not in self._started:
            self._started[name] = self._stack.enter_context(start())
        return self._started[name]
