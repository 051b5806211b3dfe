"""The user's `git`, by its plumbing, with an index of our own that lies nowhere."""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from blog.deploy.manifest import File
from blog.deploy.programs import Failed, last_words, run
from blog.diagnostics import Abort

_SSH = (
    "ssh -oStrictHostKeyChecking=yes -oServerAliveInterval=10 -oServerAliveCountMax=3"
)
"""A host whose key is not known, or is another one now, is never talked to."""


class Repository:
    """The repository that the site lies in, or one of our own where it lies in none."""

    def __init__(self, root: Path, name: str, remote: str) -> None:
        self._remote = remote
        self._reference = f"refs/blog/{name}"
        # Programs that git begins may stand in another folder.
        self._root = root.resolve()
        self._own = self._root / ".blog" / "deploy.git"
        self._folder = ""

    def blobs_of(self, files: Mapping[str, File]) -> dict[str, str]:
        """Mode and name of the blob of each file by path; nothing is written."""
        return self._hashed(files)

    def store(self, files: Mapping[str, File]) -> None:
        """Writes the blobs of files, as they are, whatever the user's filters."""
        self._hashed(files, "-w")

    def _hashed(self, files: Mapping[str, File], *how: str) -> dict[str, str]:
        rows = "".join(
            f"{Path(f.folder).resolve()}/{path}\n" for path, f in files.items()
        )
        if not rows:
            return {}
        said = self._git(
            "hash-object", *how, "--no-filters", "--stdin-paths", given=rows
        )
        blobs = (f"100644 {blob}" for blob in said.split())
        return dict(zip(files, blobs, strict=True))

    def tree(self, blobs: Mapping[str, str]) -> str:
        """Writes a tree of these blobs, with their modes, by path; its name."""
        rows = "".join(f"{blob}\t{path}\0" for path, blob in blobs.items())
        with TemporaryDirectory(prefix="blog-") as folder:
            own = {"GIT_INDEX_FILE": f"{folder}/index"}
            self._git("read-tree", "--empty", variables=own)
            self._git("update-index", "-z", "--index-info", given=rows, variables=own)
            return self._git("write-tree", variables=own).strip()

    def commit(
        self, tree: str, parents: Sequence[str], message: str, now: datetime
    ) -> str:
        """Writes a commit; its name."""
        above = [word for parent in parents for word in ("-p", parent)]
        date = f"{int(now.timestamp())} +0000"
        variables = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        if not self._knows_its_user():
            for role in ("AUTHOR", "COMMITTER"):
                variables[f"GIT_{role}_NAME"] = "blog"
                variables[f"GIT_{role}_EMAIL"] = "noreply@blog.invalid"
        command = ("commit-tree", tree, *above, "-F", "-")
        return self._git(*command, given=message, variables=variables).strip()

    def fetch(self, branch: str, depth: int) -> str:
        """The newest commit of a branch, fetched with what it rests on; empty if none.

        Where the user's clone is shallow, no more than `depth` commits are fetched.
        """
        full = f"refs/heads/{branch}"
        newest = self._asked("ls-remote", self._remote, full).partition("\t")[0].strip()
        if not newest or newest == self._known():
            return newest
        is_shallow = self._git("rev-parse", "--is-shallow-repository").strip() == "true"
        how = [f"--depth={depth}"] if is_shallow else []
        only = ("--no-tags", "--no-recurse-submodules", "--no-write-fetch-head")
        options = (*only, "--quiet", *how)
        self._asked("fetch", *options, self._remote, f"+{full}:{self._reference}")
        return self._known()

    def _known(self) -> str:
        """The newest commit that was fetched before; empty if there is none."""
        try:
            return self._run(
                "rev-parse", "--verify", "--quiet", self._reference
            ).strip()
        except Failed:
            return ""

    def push(self, commit: str, branch: str) -> bool:
        """Makes a commit the newest of a branch; False if it is not on top of it."""
        target = f"{commit}:refs/heads/{branch}"
        try:
            only = ("--no-verify", "--no-follow-tags", "--no-recurse-submodules")
            self._asked_or_failed("push", *only, self._remote, target)
        except Failed as failed:
            is_full = _FULL in failed.said
            if not is_full and any(sign in failed.said for sign in _MOVED):
                return False
            raise self._abort(failed) from None
        return True

    def log(
        self, commit: str
    ) -> Iterator[tuple[str, tuple[str, ...], str, Sequence[str]]]:
        """Name, parents, seconds since the epoch, and the lines of the message.

        Of the commits of the branch itself, newest first.
        """
        said = self._git(
            *("log", "--first-parent", "--no-show-signature"),
            *("--format=%H%n%P%n%ct%n%B%x00", commit),
        )
        for each in said.split("\0"):
            lines = each.strip("\n").split("\n")
            if len(lines) >= 3:
                yield lines[0], tuple(lines[1].split()), lines[2], lines[3:]

    def files(self, commit: str) -> dict[str, str]:
        """Mode and name of each blob by path."""
        said = self._git("ls-tree", "-r", "-z", "--full-tree", commit)
        rows = (row.partition("\t") for row in said.split("\0") if row)
        # In between stands what it is: a blob, or the commit of a submodule.
        return {path: " ".join(about.split()[::2]) for about, _, path in rows}

    def _git_folder(self) -> Path:
        if not self._folder:
            self._folder = str(self._found())
        return Path(self._folder)

    def _found(self) -> Path:
        """Where the repository lies that holds the site."""
        try:
            said = run(
                ["git", "-C", str(self._root), "rev-parse", "--absolute-git-dir"]
            )
            return Path(os.fsdecode(said).strip())
        except Failed as failed:
            if "not a git repository" not in failed.said:
                raise self._abort(failed) from None
            if "/" not in self._remote and ":" not in self._remote:
                raise Abort(
                    f"the site lies in no git repository with a {self._remote!r}",
                    hint='give the address of the repository: remote = "https://…"',
                ) from None
        if not self._own.is_dir():
            run(["git", "init", "--quiet", "--bare", str(self._own)])
        return self._own

    def _knows_its_user(self) -> bool:
        try:
            self._run("var", "GIT_COMMITTER_IDENT")
        except Failed:
            return False
        return True

    def _git(
        self, *command: str, given: str = "", variables: Mapping[str, str] | None = None
    ) -> str:
        """What git answers of what lies here."""
        try:
            return self._run(*command, given=given, variables=variables)
        except Failed as failed:
            raise self._abort(failed) from None

    def _asked(self, *command: str) -> str:
        """What git answers of what lies there."""
        try:
            return self._asked_or_failed(*command)
        except Failed as failed:
            raise self._abort(failed) from None

    def _asked_or_failed(self, *command: str) -> str:
        variables = {"GIT_TERMINAL_PROMPT": "0"}
        if (
            not {"GIT_SSH", "GIT_SSH_COMMAND"} & os.environ.keys()
            and not self._own_ssh()
        ):
            variables["GIT_SSH_COMMAND"] = _SSH
        # A line on which nothing moves any more is given up.
        slow = ("-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=40")
        return self._run(*slow, *command, variables=variables)

    def _own_ssh(self) -> bool:
        try:
            return bool(self._run("config", "core.sshCommand").strip())
        except Failed:
            return False

    def _run(
        self, *command: str, given: str = "", variables: Mapping[str, str] | None = None
    ) -> str:
        words = ["git", f"--git-dir={self._git_folder()}", *command]
        data = given.encode(errors="surrogateescape")
        # A relative address of a remote is one from the root of the site.
        found = run(words, given=data, variables=variables, cwd=str(self._root))
        return found.decode(errors="surrogateescape")

    def _abort(self, failed: Failed) -> Abort:
        reason = next(
            (line for line in failed.said.splitlines() if line.startswith(_FATAL)),
            last_words(failed.said),
        )
        hint = next((hint for sign, hint in _HINTS if sign in failed.said), _AGAIN)
        return Abort(f"git cannot do it: {reason or failed.code}", hint=hint)


_MOVED = (
    "[rejected]",
    "fetch first",
    "non-fast-forward",
    "cannot lock ref",
    "incorrect old value",
)
"""What git says where a branch is not where it was."""
_FULL = "No space left"
_FATAL = ("fatal: ", "error: ", "remote: error", "! [remote rejected]")
_AGAIN = "the branch is as it was; deploy again when this is mended"
_HINTS = (
    (
        "REMOTE HOST IDENTIFICATION HAS CHANGED",
        "the server is not the one you know: find out why before you "
        "remove the old key with `ssh-keygen -R`",
    ),
    (
        "Host key verification failed",
        "log in once with `ssh`, compare the key, and say yes",
    ),
    (
        "could not read Username",
        "log in with a credential helper, or use an ssh address",
    ),
    (
        "Authentication failed",
        "the token or password of your credential helper is refused",
    ),
    ("does not appear to be a git repository", "check `remote` in site.toml"),
    ("protected branch", "allow pushes to this branch in the settings of the host"),
    (_FULL, "make room on the server; the branch is as it was"),
)
