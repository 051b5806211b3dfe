"""What we know of a bucket, kept in the bucket: one object that only we read.

The bucket may be open to all, so the ledger says nothing that an open bucket does not:
names stand in it as digests, and who holds the name of a file can ask for the file.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from blog.deploy.manifest import Kept

PLACE = ".blog/deploy.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What was put into a bucket."""

    release: str = ""
    """The last deploy that was finished."""
    time: str = ""
    """When, in ISO 8601."""
    files: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Digest of the content, and the tag it got, by mark of its path. While a deploy is
    at work also what it is about to write, without a tag.
    """
    kept: Mapping[str, Kept] = field(default_factory=dict)
    """Fingerprinted files of earlier deploys, by mark."""
    worker: str = ""
    """Who is at work; empty when nobody is."""

    def to_bytes(self) -> bytes:
        data = {
            "format": _FORMAT,
            "release": self.release,
            "time": self.time,
            "files": {mark: list(each) for mark, each in sorted(self.files.items())},
            "kept": {m: [k.digest, k.age] for m, k in sorted(self.kept.items())},
            "worker": self.worker,
        }
        return json.dumps(data).encode()


def from_bytes(data: bytes) -> Ledger | None:
    """The ledger in `data`; None for anything else."""
    try:
        found: Any = json.loads(data)
        if found["format"] != _FORMAT:
            return None
        return Ledger(
            release=str(found["release"]),
            time=str(found["time"]),
            files={str(m): (str(a), str(b)) for m, (a, b) in found["files"].items()},
            kept={
                str(mark): Kept(digest=str(digest), age=int(age))
                for mark, (digest, age) in found["kept"].items()
            },
            worker=str(found["worker"]),
        )
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def mark(path: str) -> str:
    """How the ledger calls a path."""
    return hashlib.sha256(path.encode(errors="surrogateescape")).hexdigest()[:32]
