"""Real hosts on this machine, for the tests of deploys: each as its users have it."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

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
        return Order(
            name="there",
            settings=self.settings,
            root=root,
            output=root / "public",
            now=now,
        )

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
        branch = git(remote, "rev-parse", branch).strip()
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
        wanted = wanted_by(target, order)
        held = target.holds(wanted, verify=verify)
        return plan(held, wanted, keep=int(order.settings.get("keep", 5)))


def wanted_by(target: Target, order: Order) -> Mapping[str, File]:
    """What a target is to hold of the build."""
    return files_for(target, order)


def deployed(
    place: Place, root: Path, files: Mapping[str, str], *, verify: bool = False
) -> list[str]:
    """Deploys a site; the paths that were sent, in the order of their arrival."""
    built(root, files)
    sent: list[str] = []
    with opened(place, root) as (target, order):
        wanted = wanted_by(target, order)
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


def run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def git(folder: str, *command: str) -> str:
    return run("git", f"--git-dir={folder}", *command)
