"""Real hosts on this machine, for the tests of deploys: each as its users have it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from blog.deploy import File, Order, Plan, Target, files_for, plan, target_for

KEYS = {
    "AWS_ACCESS_KEY_ID": "testkeyid0123456789",
    "AWS_SECRET_ACCESS_KEY": "testsecret0123456789",
}
NOW = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass(kw_only=True)
class Place:
    """A target on a real host, and a look at it past our own program."""

    settings: dict[str, Any]
    live: Path | None = None
    """The folder that readers see."""
    deploys: int = field(default=0)

    def order(self, root: Path) -> Order:
        """Each deploy is a second after the one before."""
        self.deploys += 1
        now = NOW + timedelta(seconds=self.deploys)
        return Order(name="there", settings=self.settings, root=root, now=now)

    def tree(self) -> dict[str, str]:
        """All files that readers can get, by path."""
        if self.settings["kind"] == "git":
            return self._git_tree()
        if self.settings["kind"] == "s3":
            return self._objects()
        assert self.live is not None
        return {
            str(path.relative_to(self.live)): path.read_text()
            for path in sorted(self.live.rglob("*"))
            if path.is_file()
        }

    def put(self, path: str, text: str) -> None:
        """Somebody else writes a file there."""
        if self.settings["kind"] == "git":
            self._commit(path, text)
        elif self.settings["kind"] == "s3":
            import obstore

            obstore.put(self._store(), path, text.encode())
        else:
            assert self.live is not None
            (self.live / path).parent.mkdir(parents=True, exist_ok=True)
            (self.live / path).unlink(missing_ok=True)
            (self.live / path).write_text(text)

    def _store(self) -> Any:
        from obstore.store import S3Store

        return S3Store(
            self.settings["bucket"],
            prefix=self.settings.get("prefix"),
            endpoint=self.settings["endpoint"],
            region="us-east-1",
            access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
            client_options={"allow_http": True},
        )

    def _objects(self) -> dict[str, str]:
        import obstore

        store = self._store()
        found = [each["path"] for chunk in obstore.list(store) for each in chunk]
        return {
            path: bytes(obstore.get(store, path).bytes()).decode()
            for path in sorted(found)
            if path != ".blog/deploy.json"
        }

    def _git_tree(self) -> dict[str, str]:
        remote, branch = self.settings["remote"], self.settings["branch"]
        names = git(remote, "ls-tree", "-r", "-z", "--name-only", branch).split("\0")
        return {
            name: git(remote, "cat-file", "blob", f"{branch}:{name}")
            for name in names
            if name and name != ".nojekyll"
        }

    def _commit(self, path: str, text: str) -> None:
        remote, branch = self.settings["remote"], self.settings["branch"]
        clone = Path(f"{remote}.clone")
        if not clone.exists():
            run("git", "clone", "-q", remote, str(clone))
        run("git", "-C", str(clone), "pull", "-q", "origin", branch)
        run("git", "-C", str(clone), "checkout", "-q", "-B", branch, "FETCH_HEAD")
        (clone / path).parent.mkdir(parents=True, exist_ok=True)
        (clone / path).write_text(text)
        run("git", "-C", str(clone), "add", "-f", ".")
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        run("git", "-C", str(clone), *who, "commit", "-qm", "theirs")
        run("git", "-C", str(clone), "push", "-q", "origin", branch)


def built(root: Path, files: Mapping[str, str]) -> Path:
    """A finished build in a folder."""
    output = root / "public"
    shutil.rmtree(output, ignore_errors=True)
    for name, text in files.items():
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return output


@contextmanager
def opened(place: Place, root: Path) -> Iterator[tuple[Target, Order]]:
    """A target, ready to be asked."""
    order = place.order(root)
    target = target_for(order, ())
    try:
        yield target, order
    finally:
        target.close()


def planned(place: Place, root: Path, *, verify: bool = False) -> Plan:
    """What a deploy of the build in `root` would do."""
    with opened(place, root) as (target, order):
        wanted = wanted_by(target, order, root)
        held = target.holds(wanted, verify=verify)
        return plan(held, wanted, keep=int(order.settings.get("keep", 5)))


def wanted_by(target: Target, order: Order, root: Path) -> Mapping[str, File]:
    """What a target is to hold of the build in `root`."""
    return files_for(target, order, root / "public")


def deployed(
    place: Place, root: Path, files: Mapping[str, str], *, verify: bool = False
) -> list[str]:
    """Deploys a site; the paths that were sent, in the order of their arrival."""
    built(root, files)
    sent: list[str] = []
    with opened(place, root) as (target, order):
        wanted = wanted_by(target, order, root)
        held = target.holds(wanted, verify=verify)
        found = plan(held, wanted, keep=int(order.settings.get("keep", 5)))
        if not found.is_empty:
            target.apply(found, sent.append)
        assert plan(target.holds(wanted, verify=verify), wanted, keep=5).is_empty
    return [path for path in sent if path != ".nojekyll" and path[-1] != "/"]


# the hosts


def folder(where: Path) -> Place:
    return Place(
        settings={"kind": "folder", "path": str(where / "www"), "keep": 3},
        live=where / "www" / "current",
    )


def bare(where: Path) -> Place:
    remote = str(where / "site.git")
    run("git", "init", "-q", "--bare", remote)
    settings = {"kind": "git", "remote": remote, "branch": "gh-pages", "keep": 3}
    return Place(settings=settings)


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


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def git(folder: str, *command: str) -> str:
    return run("git", f"--git-dir={folder}", *command)


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
