"""The input tree to a `Snapshot`: which files there are, and what is in them.

The only place that walks the disk for sources. Text is read into memory; pictures and
other large files are digested and referred to. Anything that cannot be read, leaves the
site or is no plain file is told by name: a folder that cannot be read is not an absent
one, or its posts would vanish.
"""

import os
import time
import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from zlib import decompress

from blog.diagnostics import Abort
from blog.digests import digest_of
from blog.model import Blob, Snapshot
from blog.snapshot.walk import MARK, Walk, looks_private
from blog.stamps import RACY, Stamp, of_file, ours

__all__ = [
    "MARK",
    "PAGES",
    "Changed",
    "check_output",
    "content_folders",
    "content_of",
    "looks_private",
    "packaged_theme",
    "settings_of",
    "take_snapshot",
]

PAGES = "content"
"""The folder whose Markdown files outside the posts are pages."""
_ALWAYS = (PAGES, "templates", "static")


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
    walk = Walk(
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


def _absolute(theme: "Walk") -> dict[str, Stamp]:
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
    """The bytes of a file.

    Raises `Abort` if it has changed since: what was seen of the rest may not fit it.
    """
    if blob.data is not None:
        return blob.data
    if blob.deflated is not None:
        return decompress(blob.deflated)
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


def _packaged(known: Mapping[str, Stamp], trusted: int) -> "Walk":
    here = Path(__file__).resolve().parents[1]
    base = here if (here / "templates").is_dir() else here.parents[1]
    begin = f"{base}/"
    own = {n.removeprefix(begin): s for n, s in known.items() if n.startswith(begin)}
    walk = Walk(root=base, output=base / "public", known=own, trusted=trusted)
    for name in ("templates", "static"):
        walk.folder(name)
    return walk


def _files(walk: "Walk") -> MappingProxyType[str, Blob]:
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
