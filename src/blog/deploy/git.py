"""A branch of a repository: GitHub Pages, GitLab, Codeberg and their like.

Each deploy is one commit on the branch, on top of what is there, with two parents: the
commit before it, and one whose tree is the site and nothing else. So the history says
what is ours, no file of the site has to, and what others commit to the branch stays.
The user's own branch, index and files are not touched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import ClassVar

from blog.config import Git, target_of
from blog.deploy.manifest import File, Kept, is_fingerprinted
from blog.deploy.plan import Held, Plan, in_the_way
from blog.deploy.repository import Repository
from blog.deploy.target import Order, Release, Sent
from blog.diagnostics import Abort

_SIGN = "Deployed-by: blog"
_FILES = "Files: "
"""Before their number, in the message of a deploy."""
_SHORT = 12
"""Signs of a commit's name that people see."""
_SEEN = 20
"""Deploys that can be put back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A deploy on the branch."""

    name: str
    parents: tuple[str, ...]
    time: str
    files: int
    """Of the site that it brought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """What lies on the branch."""

    commit: str = ""
    """Its newest commit; empty if there is no branch."""
    tree: Mapping[str, str] = field(default_factory=dict)
    """All files: mode and name of the blob by path."""
    deploys: tuple[Commit, ...] = ()
    """Those of ours, newest first."""


class GitTarget:
    """A branch on a remote."""

    adds: ClassVar[Mapping[str, bytes]] = MappingProxyType(
        # Without it GitHub leaves out whatever begins with an underscore.
        {".nojekyll": b""}
    )

    def __init__(self, order: Order) -> None:
        settings = target_of(order.settings)
        assert isinstance(settings, Git)
        self._remote = settings.remote
        self._branch = settings.branch
        self._keep = settings.keep
        self._repository = Repository(order.root, order.name, self._remote)
        self._now = order.now
        self._blobs: Mapping[str, str] = {}
        self._tip = Tip()

    @property
    def where(self) -> str:
        return f"{self._branch} of {self._remote}"

    def holds(
        self,
        wanted: Mapping[str, File],
        /,
        *,
        verify: bool,  # noqa: ARG002 - names of blobs are digests, looked at each time
    ) -> Held:
        """What lies on the branch, which is fetched."""
        self._tip = self._read_tip(self._keep)
        self._blobs = self._repository.blobs_of(wanted)
        if not self._tip.commit:
            return Held()

        def digest(path: str, blob: str) -> str:
            is_same = self._blobs.get(path) == blob
            return wanted[path].digest if is_same else f"git:{blob}"

        ours = self._site(self._tip.deploys[0]) if self._tip.deploys else {}
        kept = self._kept(ours)
        # What somebody has deleted from the branch is not there, whoever put it there.
        files = {p: digest(p, b) for p, b in self._tip.tree.items() if p in ours}
        rest = {p: b for p, b in self._tip.tree.items() if p not in ours}
        return Held(
            release=self._tip.deploys[0].name[:_SHORT] if self._tip.deploys else "",
            since=self._tip.deploys[0].time if self._tip.deploys else "",
            files=files,
            kept={
                path: Kept(digest=digest(path, rest[path]), age=age)
                for path, age in kept.items()
            },
            foreign={p: digest(p, blob) for p, blob in rest.items() if p not in kept},
            version=self._tip.commit,
        )

    def apply(self, plan: Plan, sent: Sent) -> str:
        """One commit, and one push that nothing can be half of."""
        self._repository.store({path: plan.wanted[path] for path in plan.sent})
        site = {path: self._blobs[path] for path in plan.wanted}
        stays = {*plan.kept, *plan.held.foreign} - site.keys()
        commit = self._commit(site, stays, "Deploy the site")
        for path in plan.sent:
            sent(path)
        return commit[:_SHORT]

    def releases(self) -> tuple[Release, ...]:
        """The last deploys that the branch remembers, newest first."""
        self._tip = self._read_tip(_SEEN)
        return tuple(
            Release(
                name=commit.name[:_SHORT],
                time=commit.time,
                files=commit.files,
                is_live=number == 0,
            )
            for number, commit in enumerate(self._tip.deploys[:_SEEN])
        )

    def roll_back(self, release: str) -> None:
        """A new commit with the site of an old one: history is never taken away."""
        # Whoever agreed has seen this tip, so it must be there still.
        if not self._tip.commit:
            self._tip = self._read_tip(_SEEN)
        found = [c for c in self._tip.deploys if c.name.startswith(release)]
        if not found:
            raise Abort(
                f"{self.where} has no deploy {release!r}",
                hint="`blog deploy status` names those there are",
            )
        site, live = self._site(found[0]), self._site(self._tip.deploys[0])
        stays = {p for p in self._tip.tree if p not in live or is_fingerprinted(p)}
        self._commit(site, stays - site.keys(), f"Put {found[0].name[:_SHORT]} back")

    def close(self) -> None:
        """There is nothing to let go of."""

    def _commit(self, site: Mapping[str, str], stays: set[str], title: str) -> str:
        """Makes the site and what stays the newest commit of the branch."""
        make = self._repository
        tree = make.tree(site)
        # A file of ours may need the place of a folder, or the other way round.
        stays -= in_the_way(stays, site)
        rest = {path: self._tip.tree[path] for path in stays}
        whole = make.tree({**rest, **site})
        alone = make.commit(tree, (), "The site", self._now)
        parents = (self._tip.commit, alone) if self._tip.commit else (alone, alone)
        message = f"{title}\n\n{_SIGN}\n{_FILES}{len(site)}"
        commit = make.commit(whole, tuple(dict.fromkeys(parents)), message, self._now)
        if not make.push(commit, self._branch):
            raise Abort(
                f"somebody else has changed {self.where} meanwhile",
                hint="nothing of theirs is lost; deploy again to come after them",
            )
        return commit

    def _read_tip(self, deploys: int) -> Tip:
        """What lies on the branch, with at least as many of its last deploys."""
        # In a shallow clone each deploy is two commits deep.
        commit = self._repository.fetch(self._branch, deploys + 2)
        if not commit:
            return Tip()
        commits = (
            Commit(name=name, parents=parents, time=_time(at), files=_files_in(message))
            for name, parents, at, message in self._repository.log(commit)
            if parents and _SIGN in message
        )
        tree = self._repository.files(commit)
        return Tip(commit=commit, tree=tree, deploys=tuple(commits))

    def _site(self, deploy: Commit) -> Mapping[str, str]:
        """The site that a deploy brought: its last parent has nothing else."""
        return self._repository.files(deploy.parents[-1])

    def _kept(self, ours: Mapping[str, str]) -> dict[str, int]:
        """Fingerprinted files of earlier deploys that are there, and how many deploys
        ago they were part of the site.
        """
        open_ones = {p for p in self._tip.tree if p not in ours and is_fingerprinted(p)}
        found: dict[str, int] = {}
        for age, deploy in enumerate(self._tip.deploys[1:], 1):
            if not open_ones:
                break
            old = open_ones & self._site(deploy).keys()
            found.update(dict.fromkeys(old, age))
            open_ones -= old
        return found


def _files_in(message: Sequence[str]) -> int:
    said = next((line for line in message if line.startswith(_FILES)), "")
    return int(said.removeprefix(_FILES)) if said[len(_FILES) :].isdecimal() else 0


def _time(seconds: str) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).isoformat(timespec="seconds")
