"""A server that one can log in to: the user's own `ssh` and `rsync`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from blog.config import Ssh, target_of
from blog.deploy.connection import Connection
from blog.deploy.manifest import File, is_release
from blog.deploy.programs import Failed, last_words
from blog.deploy.releases import Releases, State, Switch
from blog.deploy.target import Order, Sent
from blog.diagnostics import Abort


def ssh_target(order: Order) -> Releases:
    """Releases on a server."""
    settings = target_of(order.settings)
    assert isinstance(settings, Ssh)
    connection = Connection(settings.ssh, settings.host)
    # Every login begins in the home of its user, and no shell there reads a path.
    path = settings.path.removeprefix("~/")
    return Releases(SshHost(connection, path), order, settings.keep)


class SshHost:
    """A folder of releases on a server. Each method is one short script there."""

    def __init__(self, connection: Connection, path: str) -> None:
        self.where = f"{connection.host}:{path}"
        self._connection = connection
        self._path = path

    @contextmanager
    def told(self) -> Iterator[None]:
        """What the programs say is one clear message."""
        try:
            yield
        except Failed as failed:
            signs = [sign for sign, _ in _HINTS]
            reason = last_words(failed.said, signs) or f"it ended with {failed.code}"
            raise Abort(
                f"cannot deploy to {self.where}: {reason}", hint=_way_out(failed.said)
            ) from None

    def state(self) -> State:
        said = self._run(_STATE)
        lines = dict(line.partition("=")[::2] for line in said.splitlines()[:2])
        if lines.get("current") == "/":
            raise Abort(
                f"{self.where}/current is not a link that this program made",
                hint="move it away, or deploy to another folder",
            )
        names = set(said.splitlines()[2:])
        return State(
            live=lines.get("current", "").rpartition("/")[2],
            since=lines.get("since", ""),
            releases=tuple(
                sorted(n for n in names if is_release(n) and f"{n}.json" in names)
            ),
        )

    def manifests(self, releases: Sequence[str]) -> list[bytes]:
        if not releases:
            return []
        said = self._run_for_bytes(_MANIFESTS, *releases)
        return said.split(b"\n")[: len(releases)]

    def prepare(self, incoming: str, base: str, without: Collection[str]) -> None:
        self._run(_PREPARE, incoming, base, given=_listed(without))

    def send(self, incoming: str, files: Mapping[str, File], sent: Sent) -> None:
        """Those that are there with the same content are not sent again."""
        others = self._run(_OTHERS, incoming).splitlines()
        target = f"{self._path}/releases/{incoming}"
        for folder in sorted({file.folder for file in files.values()}):
            paths = [path for path, file in files.items() if file.folder == folder]
            self._connection.copy(folder, paths, target, others, sent)

    def names(self, folder: str) -> set[str]:
        found = self._run_for_bytes(_NAMES, folder).split(b"\0")
        texts = (name.decode(errors="surrogateescape") for name in found if name)
        return {name.removeprefix("./") for name in texts}

    def digests(self, folder: str, paths: Sequence[str]) -> list[str]:
        if not paths:
            return []
        said = self._run(_DIGESTS, folder, given=_listed(paths))
        # Names with odd signs are told with a backslash before the digest.
        found = [line.lstrip("\\")[:64] for line in said.splitlines()]
        return (found + [""] * len(paths))[: len(paths)]

    def drop(self, incoming: str, paths: Collection[str]) -> None:
        if paths:
            self._run(_DROP, incoming, given=_listed(paths))

    def link(self, base: str, folder: str, paths: Collection[str]) -> None:
        if paths:
            self._run(_LINK, base, folder, given=_listed(paths))

    def switch(self, switch: Switch) -> str:
        said = self._run(
            _SWITCH,
            switch.incoming,
            switch.release,
            switch.expected,
            str(switch.keep),
            str(len(switch.manifest)),
            given=switch.manifest,
        )
        words = said.split()
        return words[1] if len(words) > 1 else ""

    def close(self) -> None:
        self._connection.close()

    def _run(self, script: str, *arguments: str, given: bytes = b"") -> str:
        found = self._run_for_bytes(script, *arguments, given=given)
        return found.decode(errors="surrogateescape")

    def _run_for_bytes(self, script: str, *arguments: str, given: bytes = b"") -> bytes:
        words = (self._path, *arguments)
        return self._connection.run(_BEGIN + script, words, given=given)


def _listed(paths: Collection[str]) -> bytes:
    """Paths as `xargs -0` reads them."""
    rows = (f"./{path}".encode(errors="surrogateescape") for path in sorted(paths))
    return b"".join(row + b"\0" for row in rows)


def _way_out(said: str) -> str:
    for sign, hint in _HINTS:
        if sign in said:
            return hint
    return (
        "the live site is unchanged; deploy again: what has arrived is not sent twice"
    )


_HINTS = (
    (
        "REMOTE HOST IDENTIFICATION HAS CHANGED",
        "the server is not the one you know: find out why before you "
        "remove the old key with `ssh-keygen -R`",
    ),
    (
        "Host key verification failed",
        "log in once with `ssh`, compare the key, and say yes; "
        "in CI put the key into known_hosts",
    ),
    ("Permission denied (", "load your key into the agent: ssh-add"),
    ("No space left on device", "make room on the server; the live site is unchanged"),
    ("rsync: command not found", "install rsync on the server, too"),
    ("rsync: not found", "install rsync on the server, too"),
    ("Could not resolve hostname", "check `host` in site.toml"),
)

_BEGIN = """set -eu
umask 022
lock() { if command -v flock >/dev/null; then exec 9>.lock; flock -w 60 9; fi; }
# Takes empty folders away: a server would answer 403 for them. rmdir spares the others.
tidy() { find . -depth -type d -exec rmdir {} + 2>/dev/null || true; }
"""
"""Before each script; its first argument is the folder, the others are named there."""

_STATE = """
cd "$1" 2>/dev/null || { echo current=; echo since=; exit 0; }
if [ -L current ]; then
    echo "current=$(readlink current)"
    at=$(stat -c %Y current 2>/dev/null || stat -f %m current)
    echo "since=$(date -u -d "@$at" +%Y-%m-%dT%H:%M:%S+00:00 2>/dev/null ||
        date -u -r "$at" +%Y-%m-%dT%H:%M:%S+00:00)"
elif [ -e current ]; then echo current=/; echo since=
else echo current=; echo since=; fi
ls releases 2>/dev/null || true
"""
_MANIFESTS = """
cd "$1/releases"; shift
for each; do cat "$each.json" 2>/dev/null || true; echo; done
"""
"""Each is one line."""
_PREPARE = """
mkdir -p "$1/releases"; cd "$1/releases"; lock
if [ -d "$2" ]; then touch "$2"; exit 0; fi
rm -rf "$2.part"
if [ -n "$3" ]; then
    cp -al "$3" "$2.part"
    (cd "$2.part"; xargs -0 rm -f --; tidy)
else mkdir "$2.part"; fi
mv "$2.part" "$2"
"""
_OTHERS = """
cd "$1/releases"
ls -dt incoming-*/ [0-9]*T*Z-*/ 2>/dev/null | grep -v "^$2/" | head -n 10 || true
"""
_NAMES = """
cd "$1/releases/$2"; find . ! -type d -print0
"""
_DIGESTS = """
cd "$1/releases/$2"
if command -v sha256sum >/dev/null; then xargs -0 sha256sum --
else xargs -0 shasum -a 256 --; fi
"""
_DROP = """
cd "$1/releases/$2"; xargs -0 rm -f --
tidy
"""
_LINK = """
cd "$1/releases"; lock; cd "$2"
xargs -0 sh -c 'to=$1; shift
for path; do mkdir -p "$to/${path%/*}"; ln -f "$path" "$to/$path"; done' sh "../$3"
"""
_SWITCH = """
cd "$1/releases"; lock
live=; if [ -L ../current ]; then live=$(readlink ../current); live=${live##*/}; fi
if [ "$live" != "$4" ]; then echo "live $live"; exit 0; fi
cat >"$3.json.new"
[ "$(wc -c <"$3.json.new")" -eq "$6" ]
if [ -n "$2" ]; then mv "$2" "$3"; fi
mv "$3.json.new" "$3.json"
rm -f ../current.new; ln -s "releases/$3" ../current.new
mv -T ../current.new ../current 2>/dev/null || mv -h ../current.new ../current
echo "live $live"
left=$(($5 - 1))
ls | sed 's/[.]json.*//' | grep -Ex '[0-9]{8}T[0-9]{6}[.][0-9]{3}Z-[0-9a-f]{8}' |
    sort -ru | grep -vx "$3" | while read -r old; do
    if [ "$left" -eq 0 ]; then rm -rf "$old.json" "$old.json.new" "$old"
    # One whose switch was cut has no manifest: it goes when it is old.
    elif [ -e "$old.json" ]; then left=$((left - 1)); fi
done || true
find . -maxdepth 1 -name 'incoming-*' -mtime +0 -exec rm -rf {} + || true
"""
