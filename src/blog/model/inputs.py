"""What lies on the disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from zlib import compress

from blog.diagnostics import Diagnostic
from blog.digests import digest_of
from blog.stamps import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """The content of a file: in memory, or where to read it."""

    digest: str
    """Hexadecimal, of the bytes."""
    size: int
    """In bytes."""
    data: bytes | None = field(default=None, repr=False)
    """The bytes, unless the file is only referred to."""
    source: str = field(default="", repr=False)
    """Where the file lies, if it is only referred to."""
    deflated: bytes | None = field(default=None, repr=False)
    """The bytes in less room, where too many files are held."""

    @classmethod
    def of(cls, data: bytes) -> "Blob":
        """A blob of bytes in memory."""
        return cls(digest=digest_of(data), size=len(data), data=data)

    @classmethod
    def small(cls, digest: str, data: bytes) -> "Blob":
        """A blob of bytes in memory, of which many are held and few are asked for."""
        return cls(digest=digest, size=len(data), deflated=compress(data, _FAST))


_FAST = 1
"""A fifth of the room for HTML; more effort takes twice as long and gains little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The whole input of a build, as it was at one moment."""

    files: Mapping[str, Blob]
    """The site's own files by path, sorted: content, `templates/`, `static/`, …"""
    theme: Mapping[str, Blob] = field(default_factory=lambda: MappingProxyType({}))
    """The packaged `templates/` and `static/`, under the same names."""
    now: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    """The instant that decides what lies in the future; aware."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What could not be read."""
    stamps: Mapping[str, Stamp] = field(default_factory=lambda: MappingProxyType({}))
    """Of every file that was read and every folder that was looked into, by path from
    the root; of the packaged theme, by absolute path.
    """

    @classmethod
    def of(
        cls,
        files: Mapping[str, str | bytes],
        *,
        theme: Mapping[str, Blob] | None = None,
        now: datetime = datetime(2030, 1, 1, tzinfo=UTC),
    ) -> "Snapshot":
        """A site out of a mapping of path to text, so that no disk is needed."""
        blobs = {
            path: Blob.of(text.encode() if isinstance(text, str) else text)
            for path, text in sorted(files.items())
        }
        return cls(files=MappingProxyType(blobs), theme=theme or {}, now=now)
