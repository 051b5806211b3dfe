"""What the head of a picture's file says. Stale when the file changes.

A page that knows the size of a picture keeps its place free, so that nothing jumps
when it arrives.
"""

import re
from io import BytesIO
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree

from blog.engine import Reader
from blog.images.opening import ORIENTATION, Unreadable, opened
from blog.model import Blob, Measured
from blog.snapshot import content_of

if TYPE_CHECKING:
    import PIL.Image

_TURNED = frozenset({5, 6, 7, 8})
"""EXIF orientations in which width and height change places, as browsers show them."""
_GPS = 0x8825
"""Where EXIF has the place."""


def picture_size(path: str, facts: Reader) -> Measured | None:
    """A step: what a picture says of itself; None if it has no size."""
    blob: Blob = facts[f"file:{path}"]
    if path.lower().endswith(".svg"):
        return _drawing(content_of(blob))
    try:
        with opened(blob) as image:
            return _measured(image)
    except Unreadable:
        return None


def _measured(image: "PIL.Image.Image") -> Measured | None:
    from PIL.Image import Image

    width, height = image.size
    if not (width and height):
        return None
    # That of PNG files unpacks the picture to find what may stand behind it.
    exif = Image.getexif(image)
    if exif.get(ORIENTATION) in _TURNED:
        width, height = height, width
    # Phones write JPEG files with further pictures behind the first.
    format = {"MPO": "JPEG"}.get(str(image.format), str(image.format))
    moves = format == "GIF" or (
        format != "JPEG" and bool(getattr(image, "is_animated", False))
    )
    tells_place = _GPS in exif and bool(exif.get_ifd(_GPS))
    return Measured(
        width=width,
        height=height,
        format=format,
        is_still=not moves,
        is_bare=not tells_place if moves else not exif and _is_bare(image, format),
        tells_place=tells_place,
    )


def _is_bare(image: "PIL.Image.Image", format: str) -> bool:
    """Whether a file holds a picture and the colours it means, and nothing else."""
    if {"exif", "xmp", "comment", "photoshop"} & image.info.keys():
        return False
    if format == "JPEG":
        parts: list[tuple[str, bytes]] = getattr(image, "applist", [])
        return all(_is_plain_part(name, data) for name, data in parts)
    file: IO[bytes] | None = getattr(image, "fp", None)
    return _is_bare_png(file) if format == "PNG" and file else True


def _is_plain_part(name: str, data: bytes) -> bool:
    """Whether a part of a JPEG file only says how to show it."""
    is_profile = name == "APP2" and data.startswith(b"ICC_PROFILE\0")
    return is_profile or name in ("APP0", "APP14")


_SHOWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP bKGD pHYs".split()
)
_PARTS = 10_000
"""Parts of a PNG file that are looked at."""


def _is_bare_png(file: IO[bytes]) -> bool:
    """Whether all parts of a PNG file say how to show it; texts may stand last."""
    place = file.tell()
    try:
        file.seek(8)
        for _ in range(_PARTS):
            head = file.read(8)
            if len(head) < 8 or head[4:] == b"IEND":
                return True
            if head[4:] not in _SHOWN:
                return False
            file.seek(int.from_bytes(head[:4], "big") + 4, 1)
        return False
    finally:
        file.seek(place)


def _drawing(data: bytes) -> Measured | None:
    size = drawing_size(data)
    if size is None:
        return None
    width, height = size
    return Measured(
        width=width, height=height, format="SVG", is_still=False, is_bare=True
    )


def drawing_size(data: bytes) -> tuple[int, int] | None:
    """The size an SVG file asks for in pixels, else that of its view box."""
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
