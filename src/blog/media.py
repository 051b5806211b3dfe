"""The content type of a file by its name, the same on every machine."""

from pathlib import PurePosixPath
from types import MappingProxyType

_TYPES = MappingProxyType(
    {
        "application/atom+xml": "atom",
        "application/gzip": "gz",
        "application/json": "json map",
        "application/manifest+json": "webmanifest",
        "application/pdf": "pdf",
        "application/rss+xml": "rss",
        "application/wasm": "wasm",
        "application/xml": "xml",
        "application/xslt+xml": "xsl",
        "application/zip": "zip",
        "audio/flac": "flac",
        "audio/mp4": "m4a",
        "audio/mpeg": "mp3",
        "audio/ogg": "ogg oga opus",
        "audio/wav": "wav",
        "font/otf": "otf",
        "font/ttf": "ttf",
        "font/woff": "woff",
        "font/woff2": "woff2",
        "image/avif": "avif",
        "image/gif": "gif",
        "image/jpeg": "jpg jpeg",
        "image/png": "png",
        "image/svg+xml": "svg",
        "image/webp": "webp",
        "image/x-icon": "ico",
        "text/calendar": "ics",
        "text/css": "css",
        "text/csv": "csv",
        "text/html": "html htm",
        "text/javascript": "js mjs",
        "text/plain": "txt md",
        "text/vtt": "vtt",
        "video/mp4": "mp4 m4v",
        "video/quicktime": "mov",
        "video/webm": "webm",
    }
)
_BY_SUFFIX = MappingProxyType(
    {f".{end}": kind for kind, ends in _TYPES.items() for end in ends.split()}
)
_FEEDS = MappingProxyType(
    {
        "rss.xml": "application/rss+xml",
        "atom.xml": "application/atom+xml",
        "feed.xml": "application/atom+xml",
        "feed.json": "application/feed+json",
    }
)
_PLAIN = frozenset({"CNAME", "_headers", "_redirects"})
"""What hosts read, and people may look at."""
_IS_TEXT = ("text/", "application/xml", "application/json", "image/svg")


def content_type(name: str) -> str:
    """The type of a file of the site, with its charset if it is text."""
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    kind = _FEEDS.get(path.name) or _BY_SUFFIX.get(suffix, "")
    if path.name in _PLAIN or (not suffix and name.startswith(".well-known/")):
        kind = "text/plain"
    if kind.startswith(_IS_TEXT) or kind.endswith(("+xml", "+json")):
        return f"{kind}; charset=utf-8"
    return kind or "application/octet-stream"
