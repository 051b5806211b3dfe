"""Files that are copied as they are: those of `static/`, and what posts refer to."""

from collections.abc import Collection, Mapping
from pathlib import PurePosixPath

from blog.config import Theme
from blog.diagnostics import Report, Span
from blog.model import Blob, Snapshot
from blog.slugs import encoded
from blog.snapshot import content_of

STATIC = "static/"
STYLES = "theme.css"
_FINGERPRINTED = frozenset({".css", ".js", ".mjs"})


def static_files(snapshot: Snapshot, theme: Theme) -> dict[str, Blob]:
    """The files of `static/` by output path: the site's, over the theme's.

    Style sheets and scripts come a second time with their digest in the name, so that
    readers can keep them for a year. The theme's settings stand in its style sheet.
    """
    files = {
        path.removeprefix(STATIC): blob
        for path, blob in {**snapshot.theme, **snapshot.files}.items()
        if path.startswith(STATIC)
    }
    if STYLES in files:
        files[STYLES] = _with_settings(files[STYLES], theme)
    marked = {
        fingerprinted(path, blob): blob for path, blob in files.items() if is_code(path)
    }
    return dict(sorted({**files, **marked}.items()))


def _with_settings(styles: Blob, theme: Theme) -> Blob:
    """The style sheet, and below it what `[theme]` says; by default nothing."""
    tokens, fonts = [], ""
    if theme.hue != Theme().hue:
        tokens.append(f"--hue: {theme.hue}")
    text = "var(--sans)" if theme.text == "sans" else "var(--serif)"
    if theme.font:
        text = f'"Site", {text}'
        fonts = _FONT.format(address=encoded(theme.font))
    if text != "var(--serif)":
        tokens.append(f"--text: {text}")
    if not tokens:
        return styles
    settings = f"\n@layer tokens {{\n:root {{ {'; '.join(tokens)} }}\n}}\n{fonts}"
    return Blob.of(content_of(styles) + settings.encode())


_FONT = """\
@font-face {{
  font-family: "Site";
  src: url("{address}") format("woff2");
  font-weight: 100 900;
  font-display: swap;
}}
"""


def is_code(path: str) -> bool:
    """Whether a file is a style sheet or a script."""
    return PurePosixPath(path).suffix in _FINGERPRINTED


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
    assets: Mapping[str, tuple[tuple[str, str], ...]],
    static: Collection[str],
    report: Report,
) -> dict[str, str]:
    """Source path by output path, of all files that posts refer to.

    `assets` are source and output path by the path of a post.
    """
    found: dict[str, str] = {}
    for path, pairs in assets.items():
        for source, place in pairs:
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
