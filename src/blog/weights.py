"""What a page weighs on its way to a reader: itself, its style sheets and its scripts.

Compressed by gzip, as hosts send them. Pictures are left out: they come when they are
looked at, in the size that fits.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from blog.assets import is_code
from blog.config import Budget
from blog.diagnostics import Span
from blog.engine import Reader
from blog.model import Artifact, Blob, Page
from blog.snapshot import content_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """Bytes over the wire, by gzip."""

    html: int
    parts: tuple[tuple[str, int], ...]
    """Style sheets and scripts of this site by path, in the order of the page."""

    @property
    def total(self) -> int:
        """All of it."""
        return self.html + sum(size for _, size in self.parts)

    @property
    def scripts(self) -> int:
        """Of it what runs."""
        return sum(size for path, size in self.parts if not path.endswith(".css"))


def gzipped(data: bytes) -> int:
    """Bytes of `data` when compressed as hosts do, the frame of gzip included."""
    return len(zlib.compress(data, 6)) + _FRAME


_FRAME = 12
"""By which gzip is longer than what zlib writes."""


def weights_of(budget: Budget, static: Mapping[str, Blob]) -> dict[str, int]:
    """What styles and scripts weigh by path; nothing where there is no limit."""
    if not (budget.page or budget.script):
        return {}
    code = {path: blob for path, blob in static.items() if is_code(path)}
    return {path: gzipped(content_of(blob)) for path, blob in code.items()}


def weigh(html: bytes, size_of: Callable[[str], int | None]) -> Weight:
    """The weight of a page; `size_of` knows the files of this site by path."""
    parts = {path: size for path in loaded(html.decode()) if (size := size_of(path))}
    return Weight(html=gzipped(html), parts=tuple(parts.items()))


def loaded(html: str) -> Iterator[str]:
    """Addresses of style sheets and scripts in the page, without the first slash."""
    for tag, attributes in _TAG.findall(html):
        is_sheet = tag == "link" and _SHEET.search(attributes)
        address = _ADDRESS.search(attributes)
        if address and (is_sheet or tag == "script"):
            yield address[1].partition("?")[0].lstrip("/")


_TAG = re.compile(r"<(link|script)\s([^<>]*)>")
_SHEET = re.compile(r"\brel=\"?stylesheet\b")
_ADDRESS = re.compile(r"\b(?:href|src)=\"?([^\"\s>]+)")


def check_weight(page: Page, html: bytes, template: str, facts: Reader) -> None:
    """Tells of a page that is heavier than `[budget]` allows, with its parts."""
    budget: Budget = facts["config:budget"]
    if not (budget.page or budget.script):
        return
    base = facts["config:base_path"].strip("/")

    def size_of(path: str) -> int | None:
        size: int | None = facts.get(f"weight:{path.removeprefix(base).lstrip('/')}")
        return size

    weight = weigh(html, size_of)
    span = Span(path=page.source or f"templates/{template}")
    for what, size, limit in (
        ("", weight.total, budget.page),
        ("scripts of the ", weight.scripts, budget.script),
    ):
        if limit and size > limit:
            name = "script" if what else "page"
            facts.report.error(
                "over-budget",
                span,
                f"the {what}page {page.address!r} weigh{'' if what else 's'} {size:,}"
                f" bytes over the wire, and [budget] {name} is {limit:,}",
                hint=", ".join(_parts(weight, only_scripts=bool(what))),
            )


def _parts(weight: Weight, *, only_scripts: bool) -> Iterator[str]:
    if not only_scripts:
        yield f"the page itself {weight.html:,}"
    for path, size in weight.parts:
        if not (only_scripts and path.endswith(".css")):
            yield f"{path.rpartition('/')[2]} {size:,}"


def typical(artifacts: Mapping[str, Artifact], latest: Sequence[str]) -> Iterator[str]:
    """Lines on the weight of the home page and of the middling one of latest posts."""
    posts = sorted(latest, key=lambda path: (artifacts[path].blob.size, path))
    middle = posts[len(posts) // 2 : len(posts) // 2 + 1]
    shown = [path for path in ("index.html", *middle) if path in artifacts]

    def size_of(path: str) -> int | None:
        # What stands before the path of the file is that of base_url.
        while path and path not in artifacts:
            path = path.partition("/")[2]
        return gzipped(content_of(artifacts[path].blob)) if path else None

    yield from _table(
        (path, weigh(content_of(artifacts[path].blob), size_of)) for path in shown
    )


def _table(pages: Iterable[tuple[str, Weight]]) -> Iterator[str]:
    names = ("page", "styles", "scripts", "all")
    rows = list(pages)
    width = max(24, *(len(path) for path, _ in rows)) if rows else 24
    head = f"{'over the wire, kB':{width}}"
    yield "  ".join([head, *(f"{name:>7}" for name in names)])
    for path, weight in rows:
        styles = weight.total - weight.html - weight.scripts
        sizes = (weight.html, styles, weight.scripts, weight.total)
        yield "  ".join([f"{path:{width}}", *(f"{size / 1000:7.1f}" for size in sizes)])
