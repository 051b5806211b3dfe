"""Files that are copied as they are: those of `static/`, and what posts refer to."""

from collections.abc import Mapping
from pathlib import PurePosixPath

from blog.diagnostics import Report, Span
from blog.model import Blob, Body, Snapshot

STATIC = "static/"
_FINGERPRINTED = frozenset({".css", ".js", ".mjs"})


def static_files(snapshot: Snapshot) -> dict[str, Blob]:
    """The files of `static/` by output path: the site's, over the theme's.

    Style sheets and scripts come a second time with their digest in the name, so that
    readers can keep them for a year.
    """
    files = {
        path.removeprefix(STATIC): blob
        for path, blob in {**snapshot.theme, **snapshot.files}.items()
        if path.startswith(STATIC)
    }
    marked = {
        fingerprinted(path, blob): blob
        for path, blob in files.items()
        if PurePosixPath(path).suffix in _FINGERPRINTED
    }
    return dict(sorted({**files, **marked}.items()))


def fingerprinted(path: str, blob: Blob) -> str:
    """`theme.css` with its digest: `theme.1f2e3d4c.css`."""
    name = PurePosixPath(path)
    return str(name.with_name(f"{name.stem}.{blob.digest[:8]}{name.suffix}"))


def static_addresses(static: Mapping[str, Blob]) -> dict[str, str]:
    """Where a template finds a file of `static/`, by its path there."""
    found = {}
    for path, blob in static.items():
        marked = fingerprinted(path, blob)
        found[path] = f"/{marked if marked in static else path}"
    return found


def referred(
    bodies: Mapping[str, Body], static: Mapping[str, Blob], report: Report
) -> dict[str, str]:
    """Source path by output path, of all files that posts refer to."""
    found: dict[str, str] = {}
    for path, body in bodies.items():
        for source, place in body.assets:
            other = f"{STATIC}{place}" if place in static else found.get(place, source)
            found.setdefault(place, source)
            if other != source:
                report.error(
                    "same-address",
                    Span(path=path),
                    f"{source!r} and {other!r} would both be written to {place!r}",
                    hint="give one of the files another name",
                )
    return found
