"""What there is to be answered, by address: a table, never a path from a request."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from blog.model import Blob
from blog.snapshot import content_of

NOT_FOUND = "404.html"


def _none() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that answers an address, or where to go instead."""

    name: str = ""
    """Its path in the output; empty where there is nothing to be shown."""
    blob: Blob | None = None
    status: int = 200
    location: str = ""
    """Address to go to, below the same host; then there is no blob."""

    @property
    def is_page(self) -> bool:
        return self.name.endswith(".html")

    @property
    def page(self) -> bytes:
        """What is answered where there is a blob: a page has our script in it."""
        assert self.blob is not None
        data = content_of(self.blob)
        return with_script(data, self.version) if self.is_page else data

    @property
    def version(self) -> str:
        """Another one means that whoever looks at it should see something else."""
        digest = self.blob.digest if self.blob else ""
        return f"{self.status}:{self.location or digest}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The files of one build by output path; replaced whole, never changed."""

    files: Mapping[str, Blob] = field(default_factory=_none)
    base: str = ""
    """The path of `base_url`, decoded, without a slash at its end."""
    moved: Mapping[str, str] = field(default_factory=_none)
    """Address in the site by output path, of pages that only lead elsewhere."""
    sources: Mapping[str, str] = field(default_factory=_none)
    """Path of the source by output path, of pages that show the text of one."""
    notes: Mapping[str, str] = field(default_factory=_none)
    """What the writer should know of a page, by output path."""

    def find(self, path: str) -> Found:
        """What answers a decoded path, as a host of plain files would."""
        if not path.startswith(f"{self.base}/"):
            if path in ("/", self.base):
                return self._to("/")
            return self._lost()
        name = path[len(self.base) + 1 :]
        if not name or name.endswith("/"):
            index = f"{name}index.html"
            if index in self.moved:
                return self._to(self.moved[index])
            return self._file(index)
        if name in self.files:
            return self._file(name)
        if f"{name}/index.html" in self.files:
            return self._to(f"/{name}/")
        page = f"{name}.html"
        return self._to(self.moved[page]) if page in self.moved else self._file(page)

    def with_files(self, files: Mapping[str, Blob]) -> "Table":
        """The table with some files laid over."""
        return replace(self, files=MappingProxyType({**self.files, **files}))

    def address_of(self, name: str) -> str:
        """The address of a file, below the host."""
        return quote(f"{self.base}/{name.removesuffix('index.html')}")

    def _file(self, name: str) -> Found:
        blob = self.files.get(name)
        return Found(name=name, blob=blob) if blob else self._lost()

    def _lost(self) -> Found:
        blob = self.files.get(NOT_FOUND)
        return Found(name=NOT_FOUND if blob else "", blob=blob, status=404)

    def _to(self, address: str) -> Found:
        return Found(status=301, location=quote(self.base + address))


def with_script(html: bytes, version: str) -> bytes:
    """A page with the script that keeps it up to date: all that is not the build's."""
    script = _SCRIPT % version.encode()
    head = html.find(b"<head>")
    place = head + len(b"<head>") if head >= 0 else len(html)
    return html[:place] + script + html[place:]


_SCRIPT = b'<script type="module" src="/_blog/live.js" data-version="%s"></script>'
