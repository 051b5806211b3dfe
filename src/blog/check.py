"""Links between pages: does every address and every anchor exist?

A step for each post, when all pages are known. Stale when its links change, or what one
of them leads to.
"""

from collections.abc import Mapping
from urllib.parse import quote

from blog.config import Checks
from blog.diagnostics import Span, suggest
from blog.engine import Reader
from blog.model import Link, Source
from blog.slugs import encoded

_SUGGESTED = 3
"""Addresses of a post for which the nearest one is looked up: that is slow."""


def check_links(path: str, facts: Reader) -> None:
    """A step: tells the links of a post that lead nowhere, with the nearest address."""
    checks: Checks = facts["config:checks"]
    links: tuple[Link, ...] = facts.get(f"links:{path}") or ()
    told = 0
    for link in links:
        target = _target(link.address, facts)
        if target is not None:
            if link.fragment:
                _check_anchor(link, target, checks, facts)
        elif link.picture:
            _tell_missing(link, checks, facts)
        elif checks.links != "off":
            told += 1
            hint = _nearest(link.address, facts) if told <= _SUGGESTED else ""
            tell = getattr(facts.report, checks.links)
            tell(
                "broken-link",
                _span(link, facts),
                f"there is no page {link.address!r} in this site",
                hint=hint or "link to a file, e.g. [text](./other-post.md)",
            )


def _target(address: str, facts: Reader) -> tuple[str, str] | None:
    """Address and source of the page that a plain host answers `address` with.

    Both are empty for a file that is no page; None if there is nothing.
    """
    for option in options_for(address):
        page: tuple[str, str] | None = facts.get(f"where:{option}")
        if page:
            return page
        if facts.get(f"static:{option}") or facts.get(f"copy:{option}"):
            return "", ""
    return None


def options_for(address: str) -> tuple[str, ...]:
    """The files that a plain host looks for to answer `address`, in its order."""
    path = address.lstrip("/")
    if path == "" or path.endswith("/"):
        return (f"{path}index.html",)
    return path, f"{path}/index.html", f"{path}.html"


def _nearest(address: str, facts: Reader) -> str:
    pages: Mapping[str, tuple[str, str]] = facts.every("where")
    return suggest(address, (page for page, _ in pages.values()))


def _tell_missing(link: Link, checks: Checks, facts: Reader) -> None:
    if checks.images != "off":
        tell = getattr(facts.report, checks.images)
        tell(
            "missing-image",
            _span(link, facts),
            f"there is no {_kind(link.address)} {link.written!r}",
            hint=link.hint or "put it beside the post, or into static/",
        )


def _span(link: Link, facts: Reader) -> Span:
    """The place of a link, with its line."""
    source: Source = facts[f"text:{link.span.path}"]
    return source.with_line(link.span)


def _kind(address: str) -> str:
    """What a missing file was to be, by its suffix."""
    return "film or sound" if address.lower().endswith(_MEDIA) else "picture"


_MEDIA = (".mp4", ".webm", ".mov", ".m4v", ".ogv", ".mp3", ".ogg", ".m4a", ".wav")


def _check_anchor(
    link: Link, target: tuple[str, str], checks: Checks, facts: Reader
) -> None:
    address, source = target
    if not source or checks.anchors == "off" or link.fragment in ("top", "main"):
        return
    anchors: tuple[str, ...] = facts.get(f"anchors:{source}") or ()
    if link.fragment in anchors or quote(link.fragment) in anchors:
        return
    tell = getattr(facts.report, checks.anchors)
    tell(
        "broken-anchor",
        _span(link, facts),
        f"there is no heading '#{link.fragment}' in {encoded(address)}",
        hint=suggest(link.fragment, anchors),
    )
