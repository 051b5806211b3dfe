"""What a host should say of a file: its type, and how long readers may keep it."""

import os
from types import MappingProxyType

from blog.deploy.manifest import is_fingerprinted

YEAR = "public, max-age=31536000, immutable"
"""For names that carry the digest of their content."""
REVALIDATE = "no-cache"
"""Kept by readers, but asked for each time: pages, feeds and their like."""
SHORT = "public, max-age=600"

_TEXT = MappingProxyType(
    {
        ".html": "text/html",
        ".css": "text/css",
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".txt": "text/plain",
        ".md": "text/plain",
        ".csv": "text/csv",
        ".ics": "text/calendar",
        ".vtt": "text/vtt",
        ".xml": "application/xml",
        ".atom": "application/atom+xml",
        ".rss": "application/rss+xml",
        ".xsl": "application/xslt+xml",
        ".svg": "image/svg+xml",
    }
)
"""Types that need a charset. The tables of machines differ, so this one is fixed."""
_FEEDS = MappingProxyType(
    {
        "rss.xml": "application/rss+xml",
        "atom.xml": "application/atom+xml",
        "feed.xml": "application/atom+xml",
        "feed.json": "application/feed+json",
    }
)
_OTHER = MappingProxyType(
    {
        ".json": "application/json",
        ".map": "application/json",
        ".webmanifest": "application/manifest+json",
        ".pdf": "application/pdf",
        ".zip": "application/zip",
        ".gz": "application/gzip",
        ".wasm": "application/wasm",
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".gif": "image/gif",
        ".webp": "image/webp",
        ".avif": "image/avif",
        ".ico": "image/x-icon",
        ".woff": "font/woff",
        ".woff2": "font/woff2",
        ".ttf": "font/ttf",
        ".otf": "font/otf",
        ".mp3": "audio/mpeg",
        ".ogg": "audio/ogg",
        ".m4a": "audio/mp4",
        ".wav": "audio/wav",
        ".flac": "audio/flac",
        ".mp4": "video/mp4",
        ".webm": "video/webm",
        ".mov": "video/quicktime",
    }
)
_PLAIN = frozenset({"CNAME", "_headers", "_redirects"})
_ASKED_ANEW = frozenset({".html", ".xml", ".json", ".txt", ".atom", ".rss"})


def content_type(path: str) -> str:
    """The type of a file, with its charset if it is text."""
    name = path.rpartition("/")[2]
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - a path of the site
    if found := _FEEDS.get(name) or _TEXT.get(suffix):
        return f"{found}; charset=utf-8"
    if name in _PLAIN or (path.startswith(".well-known/") and not suffix):
        return "text/plain; charset=utf-8"
    return _OTHER.get(suffix, "application/octet-stream")


def cache_life(path: str) -> str:
    """The `Cache-Control` of a file."""
    if is_fingerprinted(path):
        return YEAR
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122 - a path of the site
    return REVALIDATE if suffix in _ASKED_ANEW or not suffix else SHORT
