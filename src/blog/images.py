"""How large pictures are. The only user of Pillow.

Stale when the file changes. A page that knows the size of a picture keeps its place
free, so that nothing jumps when it arrives.
"""

import re
import warnings
from io import BytesIO
from xml.etree import ElementTree

from blog.engine import Reader
from blog.model import Blob
from blog.snapshot import content_of

RASTER = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp"})
PICTURES = RASTER | {".svg"}
"""Suffixes of files that may have a size."""

_ORIENTATION = 0x0112
_TURNED = frozenset({5, 6, 7, 8})
"""EXIF orientations in which width and height change places, as browsers show them."""


def is_picture(path: str) -> bool:
    """Whether a file of this name may have a size."""
    return f".{path.rpartition('.')[2].lower()}" in PICTURES


def picture_size(path: str, facts: Reader) -> tuple[int, int] | None:
    """A step: width and height of a picture in pixels; None if it tells none."""
    blob: Blob = facts[f"file:{path}"]
    if path.lower().endswith(".svg"):
        return _drawing_size(content_of(blob))
    return _raster_size(blob)


def candidates(srcset: str) -> list[tuple[str, str]]:
    """Each address of a `srcset` with its descriptor, which may be empty.

    https://html.spec.whatwg.org/#parsing-a-srcset-attribute: a comma within an address
    is part of it, one at its end or behind a descriptor ends the candidate.
    """
    found = _CANDIDATE.findall(srcset)
    return [(address.rstrip(","), rest.strip()) for address, rest in found]


_CANDIDATE = re.compile(r"([^\s,]\S*)((?<!,)\s+[^\s,][^,]*)?")


def _raster_size(blob: Blob) -> tuple[int, int] | None:
    # Pillow costs 40 ms to import, so only those pay for it who have a new picture.
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # Only the head is read, so a huge picture is no danger here.
            warnings.simplefilter("ignore")
            with Image.open(blob.source or BytesIO(blob.data or b"")) as image:
                width, height = image.size
                turned = image.getexif().get(_ORIENTATION) in _TURNED
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return (height, width) if turned else (width, height)


def _drawing_size(data: bytes) -> tuple[int, int] | None:
    """The size an SVG file asks for, else that of its view box."""
    try:
        _, root = next(ElementTree.iterparse(BytesIO(data), events=("start",)))
    except (ElementTree.ParseError, StopIteration):
        return None
    sides = [_pixels(root.get(name, "")) for name in ("width", "height")]
    if not all(sides):
        box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
        sides = [_pixels(side) for side in box[2:]] if len(box) == 4 else []
    return (sides[0], sides[1]) if len(sides) == 2 and all(sides) else None


def _pixels(length: str) -> int:
    """A length in pixels, rounded; 0 for other units and for none."""
    found = re.fullmatch(r"(\d{1,6}(?:\.\d*)?)(?:px)?", length.strip())
    return round(float(found[1])) if found else 0
