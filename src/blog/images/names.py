"""Names: which files are pictures, which a text mentions, how sizes are called."""

import re
from html import unescape
from posixpath import dirname, join, normpath, splitext
from urllib.parse import unquote

from blog.model import Variant

_RASTER = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp"})
_PICTURES = _RASTER | {".svg"}


def is_picture(path: str) -> bool:
    """Whether a file of this name may have a size."""
    return splitext(path)[1].lower() in _PICTURES


def is_raster(path: str) -> bool:
    """Whether a file of this name may be made of pixels."""
    return splitext(path)[1].lower() in _RASTER


def candidates(srcset: str) -> list[tuple[str, str]]:
    """Each address of a `srcset` with its descriptor, which may be empty.

    https://html.spec.whatwg.org/#parsing-a-srcset-attribute: a comma within an address
    is part of it, one at its end or behind a descriptor ends the candidate.
    """
    found = _CANDIDATE.findall(srcset)
    return [(address.rstrip(","), rest.strip()) for address, rest in found]


_CANDIDATE = re.compile(r"([^\s,]\S*)((?<!,)\s+[^\s,][^,]*)?")

_SUFFIX = re.compile(r"\.(?:jpe?g|png|webp|avif|bmp)\b", re.IGNORECASE)
_BEFORE = re.compile(r"""["'<>=\n]""")
_LONGEST = 300
"""Characters of a path that are looked at."""


def mentioned(path: str, *texts: str) -> tuple[str, ...]:
    """Files that the texts of the post `path` may show, sorted.

    More rather than less: every word that ends like the name of a picture counts. Such
    a path is one of the site, or begins with a slash and is the end of one.
    """
    found: set[str] = set()
    for text in texts:
        for match in _SUFFIX.finditer(text):
            window = text[max(0, match.end() - _LONGEST) : match.end()]
            found |= {_meant(path, written) for written in _endings(window)}
    return tuple(sorted(found - {""}))


def _endings(window: str) -> set[str]:
    """How the address that ends here may begin: behind a sign, a space, Liquid."""
    sign = _BEFORE.split(window)[-1]
    link = sign.rpartition("](")[2]
    found = {sign, link, link.rpartition("(")[2], re.split(r"[\s,}]", sign)[-1]}
    return {each for each in found if "](" not in each}


def _meant(path: str, written: str) -> str:
    """The file that is meant; empty if it lies outside of the site."""
    plain = unquote(unescape(written.strip().replace("\\", "")))
    # How Docusaurus writes what lies in its root.
    plain = plain.replace("@site/", "/")
    if "://" in plain:
        plain = "/" + plain.partition("://")[2].partition("/")[2]
    if plain.startswith("/"):
        return normpath(plain)
    found = normpath(join(dirname(path), plain))
    return "" if found.startswith("..") else found


def offered_as(place: str, variant: Variant) -> str:
    """The output path of a variant of the picture that would lie at `place`.

    Its digest is in it, so that readers can keep the file for a year.
    """
    digest, _, suffix = variant.file.partition(".")
    return f"{splitext(place)[0]}.{variant.width}.{digest[:8]}.{suffix}"
