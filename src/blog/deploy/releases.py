"""Folders of releases, one link to the live one: what `folder` and `ssh` do alike.

    releases/20240131T120000.000Z-1f2e3d4c/        a whole site
    releases/20240131T120000.000Z-1f2e3d4c.json    its manifest
    releases/incoming-1f2e3d4c5b6a7988/        one that is being sent
    current -> releases/20240131T120000.000Z-1f2e3d4c

A release begins as hard links to the files of the one before; what differs is sent and
compared, and one rename of the link makes it live. An `incoming` folder is named after
what it will hold, so a deploy that was cut goes on where it was.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Protocol

from blog.deploy.manifest import (
    File,
    Kept,
    Manifest,
    digest_of_files,
    from_bytes,
    is_fingerprinted,
    is_release,
    release_name,
)
from blog.deploy.plan import Held, Plan, in_the_way
from blog.deploy.target import Order, Release, Sent
from blog.diagnostics import Abort, suggest


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What lies in a folder of releases."""

    live: str = ""
    """Where `current` points to; empty if it does not exist."""
    since: str = ""
    """When it was made to, in ISO 8601."""
    releases: tuple[str, ...] = ()
    """Names of those that have a manifest, in order of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """The moment in which a release goes live."""

    incoming: str
    """The folder it was sent to; empty for one that is there already."""
    release: str
    manifest: bytes
    expected: str
    """The release that must still be live."""
    keep: int
    """Releases that stay, this one among them."""


class Host(Protocol):
    """A place where folders of releases can lie; names are those below `releases/`."""

    where: str

    def told(self) -> AbstractContextManager[None]:
        """Around all that is asked of it: what goes wrong there is an `Abort`."""

    def state(self) -> State: ...

    def manifests(self, releases: Sequence[str]) -> list[bytes]:
        """Those of these releases; empty where there is none."""

    def prepare(self, incoming: str, base: str, without: Collection[str]) -> None:
        """Makes a folder of hard links to those of `base`; one that exists stays."""

    def send(self, incoming: str, files: Mapping[str, File], sent: Sent) -> None:
        """Puts files into it, those that are there already not again."""

    def names(self, folder: str) -> set[str]:
        """The paths of all files in a folder."""

    def digests(self, folder: str, paths: Sequence[str]) -> list[str]:
        """The SHA-256 of each of these files."""

    def drop(self, incoming: str, paths: Collection[str]) -> None:
        """Takes files away."""

    def link(self, base: str, folder: str, paths: Collection[str]) -> None:
        """Makes files of one release part of another one, too."""

    def switch(self, switch: Switch) -> str:
        """Makes a release live, if `expected` still is; the one that was live."""

    def close(self) -> None: ...


class Releases:
    """A target that keeps releases on a host."""

    adds: ClassVar[Mapping[str, bytes]] = MappingProxyType({})

    def __init__(self, host: Host, order: Order, keep: int) -> None:
        self.where = host.where
        self._host = host
        self._now = order.now
        self._keep = keep
        self._verifies = False
        self._seen = State()

    def holds(self, wanted: Mapping[str, File], /, *, verify: bool) -> Held:
        """What is live; with `verify`, every byte of it is read there."""
        self._verifies = verify
        with self._host.told():
            state = self._host.state()
            return self._held(state, wanted) if state.live else Held()

    def _held(self, state: State, wanted: Mapping[str, File]) -> Held:
        manifest = self._manifests(state.live)[0]
        files = {path: file.digest for path, file in manifest.files.items()}
        kept = dict(manifest.kept)
        every, names = manifest.every, self._host.names(state.live)
        looked_at = every.keys() if self._verifies else ()
        for path in self._wrong(state.live, every, looked_at, names):
            kept.pop(path, None)
            if path in files:
                files[path] = ""
        foreign = names - every.keys()
        claimed = sorted(foreign & wanted.keys())
        digests = self._host.digests(state.live, claimed)
        return Held(
            release=state.live,
            since=state.since,
            files=files,
            kept=kept,
            foreign={
                **dict.fromkeys(sorted(foreign), ""),
                **dict(zip(claimed, digests, strict=True)),
            },
            version=state.live,
        )

    def apply(self, plan: Plan, sent: Sent) -> str:
        """Sends what differs into a folder of its own, compares it, and switches."""
        manifest = self._next(plan)
        incoming = f"incoming-{digest_of_files(manifest.every)[:16]}"
        differing = {*plan.gone, *plan.changed, *plan.overwritten}
        files = {path: plan.wanted[path] for path in plan.sent}
        with self._host.told():
            self._host.prepare(incoming, plan.held.release, differing)
            self._host.send(incoming, files, sent)
            self._compare(incoming, manifest, plan)
            self._switch(manifest, plan.held.release, incoming)
        return manifest.release

    def releases(self) -> tuple[Release, ...]:
        """Those that are kept, newest first."""
        with self._host.told():
            self._seen = state = self._host.state()
            manifests = map(from_bytes, self._host.manifests(state.releases))
            found = [*zip(state.releases, manifests, strict=True)]
        return tuple(
            Release(
                name=name,
                time=manifest.time,
                files=len(manifest.files),
                is_live=name == state.live,
            )
            for name, manifest in reversed(found)
            if manifest
        )

    def roll_back(self, release: str) -> None:
        """Points the link to an older release, whose bytes are compared first."""
        with self._host.told():
            self._roll_back(release)

    def close(self) -> None:
        """Lets go of the host."""
        self._host.close()

    def _roll_back(self, release: str) -> None:
        # Whoever agreed has seen this state, so it must be there still.
        state = self._seen if self._seen.live else self._host.state()
        old, now = self._manifests(release, state.live)
        wrong = self._spoiled(release, old.every)
        if wrong:
            raise Abort(
                f"{len(wrong)} files of the release {release} are not as they were "
                f"sent, e.g. {wrong[0]}",
                hint="choose another release, or deploy the site anew",
            )
        # Pages of the present release that readers have open still need its files.
        needed = {
            path: Kept(digest=digest, age=1)
            for path, digest in now.every.items()
            if is_fingerprinted(path) and path not in old.every
        }
        theirs = self._host.names(state.live) - now.every.keys() - old.every.keys()
        theirs -= in_the_way(theirs, old.every)
        self._host.link(state.live, release, {*needed, *theirs})
        manifest = Manifest(
            release=release, time=old.time, files=old.files, kept={**old.kept, **needed}
        )
        self._switch(manifest, state.live)

    def _next(self, plan: Plan) -> Manifest:
        digests = {path: file.digest for path, file in plan.wanted.items()}
        return Manifest(
            release=release_name(self._now, digest_of_files(digests)),
            time=self._now.isoformat(timespec="seconds"),
            files=plan.wanted,
            kept=plan.kept,
        )

    def _compare(self, incoming: str, manifest: Manifest, plan: Plan) -> None:
        """Makes sure that what was sent is what lies there; mends it once.

        Files of others that lie in the live release come along.
        """
        every = manifest.every
        theirs = plan.held.foreign.keys() - {*plan.overwritten} - every.keys()
        names = self._host.names(incoming)
        self._host.drop(incoming, names - every.keys() - theirs)
        self._host.link(plan.held.release, incoming, theirs - names)
        looked_at = every.keys() if self._verifies else {*plan.sent}
        wrong = self._wrong(incoming, every, looked_at, names)
        if not wrong:
            return
        self._host.drop(incoming, [path for path in wrong if path in names])
        again = {path: plan.wanted[path] for path in wrong if path in plan.wanted}
        self._host.send(incoming, again, lambda _: None)
        names = self._host.names(incoming)
        wrong = self._wrong(incoming, every, wrong, names)
        if wrong:
            raise Abort(
                f"{len(wrong)} files did not arrive at {self.where} as they were "
                f"sent, e.g. {wrong[0]}",
                hint="the site that is live is unchanged; deploy again",
            )

    def _wrong(
        self,
        folder: str,
        every: Mapping[str, str],
        looked_at: Iterable[str],
        names: Collection[str],
    ) -> list[str]:
        """Files that are missing, and those looked at that are others."""
        missing = every.keys() - set(names)
        paths = sorted(set(looked_at) - missing)
        found = zip(paths, self._host.digests(folder, paths), strict=True)
        return sorted({*missing, *(p for p, digest in found if digest != every[p])})

    def _spoiled(self, release: str, every: Mapping[str, str]) -> list[str]:
        return self._wrong(release, every, every, self._host.names(release))

    def _switch(self, manifest: Manifest, expected: str, incoming: str = "") -> None:
        switch = Switch(
            incoming=incoming,
            release=manifest.release,
            manifest=manifest.to_bytes(),
            expected=expected,
            keep=self._keep,
        )
        before = self._host.switch(switch)
        if before != expected:
            raise Abort(
                f"somebody else has deployed to {self.where} meanwhile "
                f"({before or 'its link is gone'})",
                hint="that site is whole and live; deploy again to replace it",
            )

    def _manifests(self, *releases: str) -> list[Manifest]:
        """Those of releases; raises `Abort` if one has none."""
        ours = all(is_release(name) for name in releases)
        data = self._host.manifests(releases) if ours else [b""] * len(releases)
        found = [from_bytes(each) for each in data]
        for name, manifest in zip(releases, found, strict=True):
            if manifest is None:
                known = self._host.state().releases
                raise Abort(
                    f"{self.where} has no release {name!r}",
                    hint=suggest(name, known) or _known(known),
                )
        return [manifest for manifest in found if manifest]


def _known(releases: Sequence[str]) -> str:
    if not releases:
        return "point its link `current` away, or choose an empty folder"
    return "`blog deploy status` names those there are"
