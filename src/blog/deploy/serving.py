"""How long readers may keep a file, as its host should tell them."""

import os

from blog.deploy.manifest import is_fingerprinted

YEAR = "public, max-age=31536000, immutable"
"""For names that carry the digest of their content."""
REVALIDATE = "no-cache"
"""Kept by readers, but asked for each time: pages, feeds and their like."""
SHORT = "public, max-age=600"

_ASKED_ANEW = frozenset({".html", ".xml", ".json", ".txt", ".atom", ".rss"})


def cache_life(path: str) -> str:
    """The `Cache-Control` of a file."""
    if is_fingerprinted(path):
        return YEAR
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122 - a path of the site
    return REVALIDATE if suffix in _ASKED_ANEW or not suffix else SHORT
