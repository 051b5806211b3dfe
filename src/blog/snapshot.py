"""The input tree to a `Snapshot`: which files there are, and what is in them.

The only place that walks the disk for sources. Text is read into memory; pictures and
other large files are digested and referred to. Anything that cannot be read, leaves the
site or is no plain file is told by name: a folder that cannot be read is not an absent
one, or its posts would vanish.
"""

import os
import re
import stat
import time
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType

from blog.codec import digest_of
from blog.diagnostics import Abort, Report, Span
from blog.model import Blob, Snapshot
from blog.stamps import RACY, Stamp, of_file, of_folder, ours

PAGES = "content"
"""The folder whose Markdown files outside the posts are pages."""
_ALWAYS = (PAGES, "templates", "static")
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


class Changed(Abort):
    """A file is not as it was when the snapshot was taken."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was changed while the site was built", hint="build once more"
        )
        self.path = path

    def __reduce__(self) -> tuple[type["Changed"], tuple[Path]]:
        """It may come from another process."""
        return Changed, (self.path,)


MARK = ".blog-output"
"""The empty file that says: this folder was written by us."""


def take_snapshot(
    root: Path,
    *,
    config: str = "site.toml",
    output: Path,
    now: datetime,
    known: Mapping[str, Stamp] | None = None,
) -> Snapshot:
    """Everything under `root` that a build may know of, as it is now.

    What is `known` and has not changed is not read. Raises `Abort` where there is no
    site, or where `output` would swallow its sources.
    """
    trusted = time.time_ns() - RACY
    settings = settings_of(root, config)
    settings_stamp = of_file((root / config).stat(), digest_of(settings), trusted)
    folders = content_folders(settings)
    check_output(root, output, folders)
    walk = _Walk(
        root=root.resolve(),
        output=output,
        known=known or {},
        trusted=trusted,
        ignored=frozenset(ours(root, output)),
    )
    for folder in _outermost((*_ALWAYS, *folders)):
        walk.folder(folder)
    walk.siblings(folders)
    for above in {p for f in (*folders, config) for p in Path(f).parents}:
        walk.look_into("" if above == Path() else f"{above}/", root / above)
    theme = _packaged(known or {}, trusted)
    return Snapshot(
        files=MappingProxyType(
            dict(sorted({**walk.found, "site.toml": Blob.of(settings)}.items()))
        ),
        theme=_files(theme),
        now=now,
        diagnostics=tuple(walk.report.found),
        stamps=MappingProxyType(
            {**walk.stamps, config: settings_stamp, **_absolute(theme)}
        ),
    )


def _absolute(theme: "_Walk") -> dict[str, Stamp]:
    return {f"{theme.root}/{name}": stamp for name, stamp in theme.stamps.items()}


def settings_of(root: Path, config: str = "site.toml") -> bytes:
    """The configuration of the site in `root`; raises `Abort` where there is none."""
    try:
        if not (root / config).is_file():
            raise FileNotFoundError
        return (root / config).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise Abort(
            f"there is no {config} in {'this folder' if root == Path() else root}",
            hint="run `blog init` to begin one there, or name its folder with --root",
            usage=True,
        ) from None
    except OSError as error:
        raise Abort(f"{root / config} cannot be read: {error.strerror}") from None


def content_of(blob: Blob) -> bytes:
    """The bytes of a file of the snapshot.

    Raises `Abort` if it has changed since: what was seen of the rest may not fit it.
    """
    if blob.data is not None:
        return blob.data
    try:
        data = Path(blob.source).read_bytes()
    except OSError:
        data = b""
    if digest_of(data) != blob.digest:
        raise Changed(Path(blob.source))
    return data


def packaged_theme() -> MappingProxyType[str, Blob]:
    """The default `templates/` and `static/`: package data first, else the checkout."""
    return _files(_packaged({}, 0))


def _packaged(known: Mapping[str, Stamp], trusted: int) -> "_Walk":
    here = Path(__file__).resolve().parent
    base = here if (here / "templates").is_dir() else here.parents[1]
    begin = f"{base}/"
    own = {n.removeprefix(begin): s for n, s in known.items() if n.startswith(begin)}
    walk = _Walk(root=base, output=base / "public", known=own, trusted=trusted)
    for name in ("templates", "static"):
        walk.folder(name)
    return walk


def _files(walk: "_Walk") -> MappingProxyType[str, Blob]:
    return MappingProxyType(dict(sorted(walk.found.items())))


def content_folders(settings: bytes) -> tuple[str, ...]:
    """The folders of `[[content]]`; the default one if the text is no valid TOML."""
    try:
        raw = tomllib.loads(settings.decode().removeprefix("\ufeff"))
        entries = raw.get("content", [])
        return tuple(
            os.path.normpath(str(entry.get("path", "content/posts")))
            for entry in entries
        )
    except (ValueError, AttributeError, TypeError, RecursionError):
        return ()


def check_output(root: Path, output: Path, folders: Iterable[str]) -> None:
    """Raises `Abort` if the output folder is, holds or lies in a source folder."""
    place = Path(os.path.abspath(output))  # noqa: PTH100 - a link must not be followed
    home = Path(os.path.abspath(root))  # noqa: PTH100
    if place == home or place in home.parents:
        raise Abort(
            f"the output folder {output} holds the site itself",
            hint="name a folder of its own, e.g. --output public",
            usage=True,
        )
    for folder in sorted({*_ALWAYS, *folders} - {"."}):
        source = home / folder
        if place == source or place in source.parents or source in place.parents:
            raise Abort(
                f"the output folder {output} and the source folder {folder} overlap",
                hint="name a folder of its own, e.g. --output site",
                usage=True,
            )


def _outermost(folders: Iterable[str]) -> list[str]:
    """The folders without those that lie in another of them."""
    kept: list[str] = []
    for folder in sorted(set(folders)):
        inside = any(folder.startswith(f"{k}/") or k == "." for k in kept)
        if not inside and not folder.startswith(".."):
            kept.append(folder)
    return kept


@dataclass(slots=True, kw_only=True)
class _Walk:
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
            if f"{prefix}{name}" in self.known:
                self._known_file(f"{prefix}{name}", f"{path}/{name}")
            elif not self._skipped(prefix, name):
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
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                target = self._followed(name, path, above)
                if target is None:
                    return
                path, mode = target, target.stat().st_mode
        except OSError as error:
            self._refuse(
                "unreadable", name, f"cannot be read: {error.strerror}", _RIGHTS
            )
            return
        if stat.S_ISDIR(mode):
            if path != self.output.resolve():
                self._children(f"{name}/", path, above)
        elif stat.S_ISREG(mode):
            self._file(name, path)
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

    def _file(self, name: str, path: Path) -> None:
        try:
            found = path.stat()
            if Path(name).suffix.lower() in _TEXT or name.startswith("templates/"):
                blob = Blob.of(path.read_bytes())
            else:
                blob = _referred(path)
            self.found[name] = blob
            self.stamps[name] = of_file(found, blob.digest, self.trusted)
        except OSError as error:
            self._refuse(
                "unreadable", name, f"cannot be read: {error.strerror}", _RIGHTS
            )

    def _refuse(self, code: str, name: str, message: str, hint: str = "") -> None:
        self.report.error(code, Span(path=name), message, hint=hint)


def _referred(path: Path) -> Blob:
    """The digest of a file that stays on the disk."""
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
        size = file.tell()
    return Blob(digest=digest.hexdigest(), size=size, source=str(path))


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
