"""A walk through the folders of a site, which tells what it cannot take in."""

import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from blog.diagnostics import Report, Span
from blog.digests import digest_of_file
from blog.model import Blob
from blog.stamps import Stamp, of_file, of_folder

_TEXT = frozenset(
    {".md", ".mdx", ".markdown", ".mkd", ".html", ".jinja", ".yml", ".yaml", ".toml"}
    | {".css", ".js", ".mjs", ".json", ".xml", ".txt", ".svg"}
)
_JEKYLL = frozenset({"_posts", "_drafts", "_data", "_includes", "_config.yml"})
_PUBLIC = frozenset({".well-known", ".nojekyll"})
_LITTER = re.compile(
    r".*~|#.*#|.*\.(swp|swo|bak|orig|rej|pyc|tmp)|Thumbs\.db|desktop\.ini", re.I
)
_PRIVATE = re.compile(
    r"id_(rsa|dsa|ecdsa|ed25519)(\.pub)?|.*\.(pem|key|p12|pfx|kdbx|sqlite3?|db)", re.I
)
_RIGHTS = "give yourself the right to read it, or move it out of the site"
_PACKAGES = frozenset({"node_modules", "vendor", "venv"})
"""Folders of other programs that lie beside the posts of a Jekyll site."""
MARK = ".blog-output"
"""The empty file that says: this folder was written by us."""


def looks_private(name: str) -> bool:
    """Whether a file or folder of this name has no place before readers."""
    is_hidden = name.startswith(".") and name not in _PUBLIC
    return is_hidden or bool(_LITTER.fullmatch(name) or _PRIVATE.fullmatch(name))


@dataclass(slots=True, kw_only=True)
class Walk:
    root: Path
    output: Path
    found: dict[str, Blob] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    known: Mapping[str, Stamp] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    trusted: int = 0
    ignored: frozenset[str] = frozenset()

    def folder(self, name: str) -> None:
        """Takes in the folder `name` with all below it, if it exists."""
        path = self.root if name == "." else self.root / name
        if path.is_symlink():
            self._entry(name, path)
        elif path.exists():
            self._children("" if name == "." else f"{name}/", path, ())

    def siblings(self, folders: Iterable[str]) -> None:
        """Takes in `static` beside a Docusaurus blog: its `/img/…` lies there."""
        for folder in folders:
            name = os.path.normpath(f"{folder}/../static")
            if not name.startswith("..") and name != "static":
                self.folder(name)

    def _children(self, prefix: str, path: Path, above: tuple[Path, ...]) -> None:
        try:
            names = self.look_into(prefix, path)
        except OSError as error:
            self._refuse(
                "unreadable",
                prefix or ".",
                f"cannot be read: {error.strerror}",
                _RIGHTS,
            )
            return
        if MARK in names:
            return
        for name in names:
            if self._skipped(prefix, name):
                continue
            if f"{prefix}{name}" in self.known:
                self._known_file(f"{prefix}{name}", f"{path}/{name}")
            else:
                self._entry(f"{prefix}{name}", path / name, (*above, path))

    def look_into(self, prefix: str, path: Path) -> list[str]:
        """The names in a folder, sorted; they are part of what was seen."""
        found = path.stat()
        with os.scandir(path) as entries:
            names = sorted(entry.name for entry in entries)
        ignored = frozenset() if prefix else self.ignored
        inside = (name for name in names if name not in ignored)
        self.stamps[prefix or "./"] = of_folder(found, inside, self.trusted)
        return names

    def _skipped(self, prefix: str, name: str) -> bool:
        if name in _JEKYLL or name in _PUBLIC:
            return False
        if name.startswith((".", "_")) and not self._keeps_underscore(prefix, name):
            if name.startswith((".env", ".git", ".ht")) and prefix.startswith(
                "static/"
            ):
                self._left_out(f"{prefix}{name}")
            return True
        if _LITTER.fullmatch(name) or (not prefix and name in _PACKAGES):
            return True
        if _PRIVATE.fullmatch(name):
            self._left_out(f"{prefix}{name}")
            return True
        return False

    @staticmethod
    def _keeps_underscore(prefix: str, name: str) -> bool:
        return name.startswith("_") and prefix.startswith(("templates/", "static/"))

    def _left_out(self, name: str) -> None:
        self.report.warning(
            "not-copied",
            Span(path=name),
            f"{name!r} looks private and is not published",
            hint="move it out of the site, or rename it if it is meant for readers",
        )

    def _entry(self, name: str, path: Path, above: tuple[Path, ...] = ()) -> None:
        if not _is_text(name):
            self._refuse("bad-name", name, "the file name is not UTF-8", "rename it")
            return
        try:
            found = path.lstat()
            is_link = stat.S_ISLNK(found.st_mode)
            if is_link:
                target = self._followed(name, path, above)
                if target is None:
                    return
                path, found = target, target.stat()
        except OSError as error:
            self._refuse(
                "unreadable", name, f"cannot be read: {error.strerror}", _RIGHTS
            )
            return
        if stat.S_ISDIR(found.st_mode):
            if path != self.output.resolve():
                self._children(f"{name}/", path, above)
        elif stat.S_ISREG(found.st_mode):
            self._file(name, path, found, is_link=is_link)
        else:
            self._refuse(
                "special-file", name, "is neither file nor folder", "move it away"
            )

    def _known_file(self, name: str, place: str) -> None:
        """A file that is as it was when it was last read."""
        stamp = self.stamps[name] = self.known[name]
        self.found[name] = Blob(digest=stamp.digest, size=stamp.size, source=place)

    def _followed(self, name: str, path: Path, above: tuple[Path, ...]) -> Path | None:
        """Where a symbolic link leads, if it stays in the site and ends."""
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):
            self._refuse("link-outside", name, "the link leads nowhere", "remove it")
            return None
        hidden = target.is_relative_to(self.root) and any(
            part.startswith(".") or _PRIVATE.fullmatch(part)
            for part in target.relative_to(self.root).parts
        )
        if not target.is_relative_to(self.root) or hidden:
            self._refuse(
                "link-outside",
                name,
                "the link leads out of the site",
                "copy what it points to into the site",
            )
            return None
        if target == self.root or target in {a.resolve() for a in above}:
            self._refuse("link-outside", name, "the link leads in circles", "remove it")
            return None
        return target

    def _file(
        self, name: str, path: Path, found: os.stat_result, *, is_link: bool
    ) -> None:
        try:
            suffix = os.path.splitext(name)[1]  # noqa: PTH122 - thousands of them
            if suffix.lower() in _TEXT or name.startswith("templates/"):
                with path.open("rb", buffering=0) as file:
                    blob = Blob.of(file.read())
            else:
                blob = _referred(path)
            self.found[name] = blob
            # A link is followed anew each time: what it led to may have moved away.
            digest = "" if is_link else blob.digest
            self.stamps[name] = of_file(found, digest, self.trusted)
        except OSError as error:
            self._refuse(
                "unreadable", name, f"cannot be read: {error.strerror}", _RIGHTS
            )

    def _refuse(self, code: str, name: str, message: str, hint: str = "") -> None:
        self.report.error(code, Span(path=name), message, hint=hint)


def _referred(path: Path) -> Blob:
    """The digest of a file that stays on the disk."""
    size = path.stat().st_size
    return Blob(digest=digest_of_file(path), size=size, source=str(path))


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
