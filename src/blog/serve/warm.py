"""What earlier builds of the site have kept, so that the first one here can do less."""

from pathlib import Path
from types import MappingProxyType

from blog.digests import digest_of
from blog.memo import Memo
from blog.model import Blob
from blog.store import FILE, look, program

_OURS = "serve"
"""Asked for as no build is, so what is kept is looked through, never taken as it is."""


def warm_memo(root: Path, output: Path, now: float, place: Path | None = None) -> Memo:
    """All that `blog build` has computed, in a file of our own, or else in memory.

    Empty if that is nothing. Its pages are read from the output. Nothing is ever
    written back.
    """
    if not (root / FILE).is_file():
        return Memo(path=place)
    memo = Memo.copied(root / FILE, program(), place)
    visible = look(root, output, _OURS, now).visible
    pages = {}
    for name, digest in memo.digests("page").items():
        if name in visible and visible[name].digest == digest:
            page = _read(output / name, digest)
            if page:
                pages[name] = page
    memo.kept = MappingProxyType(pages)
    return memo


def _read(path: Path, digest: str) -> Blob | None:
    try:
        data = path.read_bytes()
    except OSError:
        return None
    return Blob.small(digest, data) if digest_of(data) == digest else None
