"""Links between pages: does every address and every anchor exist?

Runs when all pages are known; cheap, so it always runs.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from blog.config import Checks
from blog.diagnostics import Report, suggest
from blog.model import Body, Link, Page
from blog.slugs import encoded


def check_links(
    bodies: Mapping[str, Body],
    pages: Iterable[Page],
    files: Iterable[str],
    checks: Checks,
    report: Report,
) -> None:
    """Reports links of bodies that lead nowhere, each with the nearest address.

    `files` are the output paths besides those of the pages.
    """
    by_output = {page.output: page for page in pages}
    outputs = {*by_output, *files}
    near = _Nearest(page.address for page in by_output.values())
    for body in bodies.values():
        for link in body.links:
            output = served(link.address, outputs)
            if output is None:
                _tell_broken(link, near, checks, report)
            elif link.fragment and output in by_output:
                _check_anchor(link, by_output[output], bodies, checks, report)


def _kind(address: str) -> str:
    """What a missing file was to be, by its suffix."""
    return "film or sound" if address.lower().endswith(_MEDIA) else "picture"


_MEDIA = (".mp4", ".webm", ".mov", ".m4v", ".ogv", ".mp3", ".ogg", ".m4a", ".wav")


class _Nearest:
    """Suggests addresses, once each and for the first fifty only: it is slow."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self.addresses = sorted(addresses)
        self.found: dict[str, str] = {}

    def to(self, address: str) -> str:
        if address not in self.found and len(self.found) < 50:
            self.found[address] = suggest(address, self.addresses)
        return self.found.get(address, "")


def served(address: str, outputs: set[str]) -> str | None:
    """The file that a plain host answers `address` with, or None."""
    path = address.lstrip("/")
    if path == "" or path.endswith("/"):
        options = [f"{path}index.html"]
    else:
        options = [path, f"{path}/index.html", f"{path}.html"]
    return next((option for option in options if option in outputs), None)


def _tell_broken(
    link: Link, nearest: "_Nearest", checks: Checks, report: Report
) -> None:
    level = checks.images if link.picture else checks.links
    if level == "off":
        return
    tell = report.error if level == "error" else report.warning
    if link.picture:
        tell(
            "missing-image",
            link.span,
            f"there is no {_kind(link.address)} {link.written!r}",
            hint=link.hint or "put it beside the post, or into static/",
        )
        return
    near = nearest.to(link.address)
    tell(
        "broken-link",
        link.span,
        f"there is no page {link.address!r} in this site",
        hint=near or "link to a file, e.g. [text](./other-post.md)",
    )


def _check_anchor(
    link: Link, page: Page, bodies: Mapping[str, Body], checks: Checks, report: Report
) -> None:
    body = bodies.get(page.source)
    if body is None or checks.anchors == "off" or link.fragment in ("top", "main"):
        return
    known = set(body.ids)
    if link.fragment in known or quote(link.fragment) in known:
        return
    tell = report.error if checks.anchors == "error" else report.warning
    tell(
        "broken-anchor",
        link.span,
        f"there is no heading '#{link.fragment}' in {encoded(page.address)}",
        hint=suggest(link.fragment, body.ids),
    )
