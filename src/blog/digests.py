"""Digests of content: short, hexadecimal, the same on every machine."""

from hashlib import blake2b, file_digest
from pathlib import Path

_SIZE = 16
"""Bytes; twice as many signs."""


def digest_of(data: bytes) -> str:
    """The digest of bytes."""
    return blake2b(data, digest_size=_SIZE).hexdigest()


def digest_of_file(path: Path) -> str:
    """The digest of what lies in a file, which is not read into memory whole."""
    with path.open("rb") as file:
        return file_digest(file, lambda: blake2b(digest_size=_SIZE)).hexdigest()
