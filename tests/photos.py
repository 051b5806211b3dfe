"""Small real pictures for tests, made on the spot."""

import struct
import zlib
from hashlib import blake2b
from io import BytesIO
from typing import Any

from PIL import Image


def png(width: int, height: int) -> bytes:
    """The least PNG file of a size: black."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        end = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + end

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PNG = png(1, 1)

RED, BLUE = (250, 20, 20), (20, 20, 250)


def halves(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture whose upper half is red and whose lower half is blue, with grain."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (0, height // 2, width, height))
    # A grain of our own: noise of Pillow's would be another one each time.
    blocks = range(width * height // 64 + 1)
    grain = b"".join(blake2b(n.to_bytes(4, "big")).digest() for n in blocks)
    grain = grain[: width * height]
    mask = Image.frombytes("L", (width, height), grain).point(lambda each: each // 8)
    image.paste((255, 255, 255), (0, 0), mask)
    return image.convert(mode)


def file(image: Image.Image, format: str = "JPEG", **how: Any) -> bytes:
    """The bytes of a file with the picture."""
    target = BytesIO()
    image.save(target, format, **how)
    return target.getvalue()


def secrets(orientation: int = 1) -> bytes:
    """EXIF as phones write it: the maker, the place, and how it was held."""
    exif = Image.Exif()
    exif[0x010F] = "Telltale"
    exif[0x0112] = orientation
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (59.0, 54.0, 0.0)
    place[3], place[4] = "E", (10.0, 45.0, 0.0)
    return exif.tobytes()


def opened(data: bytes | None) -> Image.Image:
    """The picture in the bytes, unpacked."""
    image = Image.open(BytesIO(data or b""))
    image.load()
    return image


def photo(width: int = 1600, height: int = 1200, **how: Any) -> bytes:
    """A JPEG file such as a phone makes, with all that it tells."""
    given = {"quality": 92, "exif": secrets(), "comment": b"Telltale", **how}
    return file(halves(width, height), **given)
