"""What a deploy put into a target: the files, and the old ones that stay for a while.

A manifest is what lets the next deploy send the difference, remove only what is ours,
and put an earlier state back.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

_FORMAT = 1
_RELEASE = re.compile(r"\d{8}T\d{6}\.\d{3}Z-[0-9a-f]{8}")
_FINGERPRINTED = re.compile(
    # A day, as in `talk-20240131.pdf`, is none.
    r"[.-](?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\.)"
    r"[0-9a-f]{8,64}\.(?!html\b)[a-z0-9]+(?:\.(?:gz|br))?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the site."""

    digest: str
    """SHA-256, hexadecimal: every server has a program for it."""
    size: int
    """In bytes."""
    folder: str = field(default="", compare=False)
    """The folder on this machine that holds it under its path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A fingerprinted file of an earlier deploy, for pages that readers have open."""

    digest: str
    age: int
    """Deploys since it was last part of the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One deploy."""

    release: str
    time: str
    """When it was made, in ISO 8601."""
    files: Mapping[str, File] = field(default_factory=lambda: MappingProxyType({}))
    """The site by path."""
    kept: Mapping[str, Kept] = field(default_factory=lambda: MappingProxyType({}))
    """What lies there besides, by path."""

    @property
    def every(self) -> dict[str, str]:
        """The digest of all that lies there by path."""
        files = {path: file.digest for path, file in self.files.items()}
        return files | {path: kept.digest for path, kept in self.kept.items()}

    def to_bytes(self) -> bytes:
        """As it is kept; `from_bytes` reads it."""
        files = {path: [f.digest, f.size] for path, f in sorted(self.files.items())}
        kept = {p: [k.digest, k.age] for p, k in sorted(self.kept.items())}
        data = {
            "format": _FORMAT,
            "release": self.release,
            "time": self.time,
            "files": files,
            "kept": kept,
        }
        return json.dumps(data, ensure_ascii=False).encode(errors="surrogateescape")


def from_bytes(data: bytes) -> Manifest | None:
    """The manifest in `data`; None for anything else."""
    try:
        found: Any = json.loads(data)
        if found["format"] != _FORMAT:
            return None
        return Manifest(
            release=str(found["release"]),
            time=str(found["time"]),
            files={
                str(path): File(digest=str(digest), size=int(size))
                for path, (digest, size) in found["files"].items()
            },
            kept={
                str(path): Kept(digest=str(digest), age=int(age))
                for path, (digest, age) in found["kept"].items()
            },
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def digest_of_files(files: Mapping[str, str]) -> str:
    """One digest for all of these digests by path."""
    rows = "".join(f"{digest} {path}\n" for path, digest in sorted(files.items()))
    return hashlib.sha256(rows.encode(errors="surrogateescape")).hexdigest()


def digest_of_file(path: str | Path) -> str:
    """The SHA-256 of what lies in a file, which is not read into memory whole."""
    with open(path, "rb") as file:  # noqa: PTH123 - thousands of them
        return hashlib.file_digest(file, "sha256").hexdigest()


def release_name(now: datetime, digest: str) -> str:
    """The name of a deploy, in the order of time: `20240131T120000.000Z-1f2e3d4c`."""
    return f"{now:%Y%m%dT%H%M%S}.{now.microsecond // 1000:03}Z-{digest[:8]}"


def is_release(name: str) -> bool:
    """Whether a folder is called as our releases are."""
    return bool(_RELEASE.fullmatch(name))


def is_fingerprinted(path: str) -> bool:
    """Whether a name carries a digest of the content: `theme.1f2e3d4c.css`.

    A page never does: whatever it is called, it may change.
    """
    return bool(_FINGERPRINTED.search(path.rpartition("/")[2]))
