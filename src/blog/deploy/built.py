"""The files of a finished build, and those that a target needs besides."""

import gzip
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from html import unescape
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlsplit

from blog.deploy.manifest import File, digest_of_file, is_fingerprinted
from blog.deploy.plan import address_of
from blog.deploy.serving import YEAR
from blog.diagnostics import Abort
from blog.snapshot import MARK

_MOVED = re.compile(
    rb'<link rel="canonical" href="([^"]+)">\s*<meta name="robots" content="noindex">'
    rb'\s*<meta http-equiv="refresh" content="0; url='
)
_UNTOLD = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Line breaks and their like, and bytes that are no UTF-8."""
_SMALL = 4096
"""Bytes that hold the head of a page that only leads elsewhere."""
_PACKABLE = frozenset(
    {".html", ".css", ".js", ".mjs", ".svg", ".xml", ".json", ".txt", ".webmanifest"}
)
_WORTH = 1024
"""Bytes from which packing pays."""


def built_files(output: Path) -> dict[str, File]:
    """All files of a finished build by path, sorted; our mark is none of them."""
    found = {}
    for place, folders, names in os.walk(output):
        folders.sort()
        for name in sorted(names):
            full = os.path.join(place, name)  # noqa: PTH118 - thousands of them
            path = full[len(str(output)) + 1 :].replace(os.sep, "/")
            found[path] = _file(output, path)
    found.pop(MARK, None)
    for path in found:
        if _UNTOLD.search(path):
            raise Abort(
                f"the name {path!r} holds signs that hosts cannot be told",
                hint="rename the file",
            )
    if not found:
        raise Abort(f"there is no site in {output}", hint="`blog build` writes one")
    return dict(sorted(found.items()))


def _file(folder: Path, path: str) -> File:
    full = f"{folder}/{path}"
    size = os.stat(full).st_size  # noqa: PTH116 - thousands of them
    return File(digest=digest_of_file(full), size=size, folder=str(folder))


class Extras:
    """Files that are made for one target; they lie in `.blog/deploy/NAME/`."""

    def __init__(self, root: Path, name: str) -> None:
        self._folder = root / ".blog" / "deploy" / name
        self._index = self._folder.with_name(f"{name}.json")

    def added(
        self, files: Mapping[str, File], adds: Mapping[str, bytes]
    ) -> dict[str, File]:
        """The files, and those of `adds` that the site does not have itself."""
        more = {p: self._written(p, data) for p, data in adds.items() if p not in files}
        return dict(sorted({**files, **more}.items()))

    def with_rules(self, files: Mapping[str, File]) -> dict[str, File]:
        """With `_redirects` in the place of pages that lead elsewhere, and `_headers`.

        What the site says in files of these names comes first.
        """
        moved = {path: to for path, f in files.items() if (to := _leads_to(path, f))}
        rest = {path: file for path, file in files.items() if path not in moved}
        redirects = "".join(
            f"{quote(address_of(path))} {to} 301\n" for path, to in moved.items()
        )
        headers = "".join(
            f"/{quote(path)}\n  Cache-Control: {YEAR}\n"
            for path in rest
            if is_fingerprinted(path)
        )
        for name, text in (("_redirects", redirects), ("_headers", headers)):
            own = Path(rest[name].folder, name).read_bytes() if name in rest else b""
            if own and not own.endswith(b"\n"):
                own += b"\n"
            if text:
                rest[name] = self._written(name, own + text.encode())
        return dict(sorted(rest.items()))

    def packed(self, files: Mapping[str, File], how: Sequence[str]) -> dict[str, File]:
        """With packed twins of what is text: `index.html.gz` beside `index.html`."""
        known, used = self._known(), {}
        found = dict(files)
        for path, file in files.items():
            suffix = os.path.splitext(path)[1]  # noqa: PTH122 - a path of the site
            if suffix not in _PACKABLE or file.size < _WORTH:
                continue
            for ending in how:
                twin = f"{path}.{ending}"
                found[twin] = self._twin(twin, known.get(twin), file.digest) or (
                    self._written(
                        twin, _PACKERS[ending](Path(file.folder, path).read_bytes())
                    )
                )
                used[twin] = [file.digest, found[twin].digest]
        for twin in known.keys() - used.keys():
            (self._folder / twin).unlink(missing_ok=True)
        if known != used:
            self._index.parent.mkdir(parents=True, exist_ok=True)
            self._index.write_text(json.dumps(used))
        return dict(sorted(found.items()))

    def _known(self) -> dict[str, Any]:
        """What was packed before: digest of the source and of the twin by path."""
        with suppress(OSError, ValueError):
            found = json.loads(self._index.read_text())
            return found if isinstance(found, dict) else {}
        return {}

    def _twin(self, path: str, known: Any, source: str) -> File | None:
        """A packed file that is there, if it is what was made of this source."""
        if not (self._folder / path).is_file():
            return None
        file = _file(self._folder, path)
        return file if known == [source, file.digest] else None

    def _written(self, path: str, data: bytes) -> File:
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return _file(self._folder, path)


def _leads_to(path: str, file: File) -> str:
    """Where a page that only leads elsewhere leads to, as a path; else empty."""
    if not path.endswith(".html") or file.size > _SMALL:
        return ""
    found = _MOVED.search(Path(file.folder, path).read_bytes())
    return urlsplit(unescape(found[1].decode())).path if found else ""


def _gz(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _br(data: bytes) -> bytes:
    try:
        import brotli
    except ImportError:
        raise Abort(
            "packing with brotli needs a library that is not installed",
            hint="pip install 'blog[br]', or leave \"br\" out of `compress`",
        ) from None
    packed: bytes = brotli.compress(data)
    return packed


_PACKERS: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {"gz": _gz, "br": _br}
)


def texts_of(files: Iterable[str]) -> list[str]:
    """Those of the paths that hold text."""
    return [
        path
        for path in files
        if os.path.splitext(path)[1].lower() in _PACKABLE  # noqa: PTH122
    ]
