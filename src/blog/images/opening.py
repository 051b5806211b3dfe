"""A picture's file opened with care: whatever it holds, nothing gets out of hand."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from blog.digests import digest_of_file
from blog.model import Blob
from blog.snapshot import Changed

if TYPE_CHECKING:
    from PIL.Image import Image

ORIENTATION = 0x0112
"""Where EXIF says how the camera was held."""


class Unreadable(Exception):
    """A file that is no picture, or only half of one."""


@contextmanager
def opened(blob: Blob) -> Iterator["Image"]:
    """The picture in a file; only its head is read so far.

    Raises `Unreadable` for all that is wrong with it, then and later on, and `Changed`
    for a file that is not the one of the snapshot any more.
    """
    from PIL import Image, ImageFile

    # Sizes are looked at before anything is unpacked, see `fault_of_size`.
    Image.MAX_IMAGE_PIXELS = None
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(blob.source or BytesIO(blob.data or b"")) as image:
                yield image
    except (OSError, ValueError, SyntaxError, EOFError, LookupError) as error:
        check_unchanged(blob)
        raise Unreadable(str(error)) from None


def check_unchanged(blob: Blob) -> None:
    """Raises `Changed` if a file of the snapshot is another one by now."""
    if blob.data is not None:
        return
    try:
        is_same = digest_of_file(Path(blob.source)) == blob.digest
    except OSError:
        is_same = False
    if not is_same:
        raise Changed(Path(blob.source))


MOST = 50_000_000
"""Pixels that are unpacked at once: 200 MB with four bytes each."""
_MOST_OF_JPEG = 120_000_000
"""Pixels of a JPEG file, of which only an eighth of each side need be unpacked."""


def fault_of_size(width: int, height: int, format: str) -> str:
    """Why a picture of this size cannot be worked on, in words; empty if it can."""
    most = _MOST_OF_JPEG if format == "JPEG" else MOST
    if width * height <= most and max(width, height) <= _LONGEST:
        return ""
    return f"has {width} × {height} pixels, more than can be worked on"


_LONGEST = 30_000
"""Pixels of a side."""
