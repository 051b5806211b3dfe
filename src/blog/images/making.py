"""A picture to the sizes and formats in which readers are offered it.

Stale when the file or `[images]` changes. What was made lies on a shelf; a record there
says what was made by a recipe, so that a picture is made once, whatever becomes of the
memo.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from blog.codec import Codec
from blog.digests import digest_of_file
from blog.engine import Reader
from blog.images.encoding import colour_of, encoded_as, narrowed, shrunk
from blog.images.opening import (
    Unreadable,
    check_unchanged,
    fault_of_size,
    opened,
)
from blog.images.recipes import SUFFIXES, formats_due, recipe_of, widths_due
from blog.model import Blob, Measured, Offer, Picture, Variant
from blog.shelf import Shelf

if TYPE_CHECKING:
    from PIL.Image import Image

RECORDS = Codec(Picture, Offer, Variant)
_SHARP = frozenset({"PNG", "BMP"})
"""Formats of drawings, screenshots and what else has sharp edges."""


class Making:
    """The step that makes what is due of a picture, and puts it on a shelf.

    Without a shelf it only looks whether that can be done.
    """

    def __init__(self, shelf: Shelf | None) -> None:
        self._shelf = shelf

    def __call__(self, path: str, facts: Reader) -> Picture | None:
        """What was made of a picture, or its fault; None if it stays as it is."""
        blob: Blob = facts[f"file:{path}"]
        measured: Measured | None = facts.get(f"size:{path}")
        if measured is None:
            return Picture(fault="picture-unreadable", reason="is not a picture")
        if not measured.is_still:
            return None
        sides = (measured.width, measured.height)
        if reason := fault_of_size(*sides, measured.format):
            return Picture(fault="picture-too-large", reason=reason)
        images = facts["config:images"]
        widths = widths_due(measured.width, images.widths)
        formats = formats_due(images.formats)
        try:
            if self._shelf and widths:
                return _once(blob, measured, widths, formats, self._shelf)
            _look_at(blob)
            return None
        except Unreadable:
            return Picture(fault="picture-unreadable", reason="is damaged or cut short")


def _look_at(blob: Blob) -> None:
    """Raises `Unreadable` if the picture cannot be unpacked."""
    with opened(blob) as image:
        image.draft(None, (1, 1))
        image.load()


def _once(
    blob: Blob,
    measured: Measured,
    widths: tuple[int, ...],
    formats: tuple[str, ...],
    shelf: Shelf,
) -> Picture | None:
    """What was made by the same recipe before, if all of it is still there."""
    recipe = recipe_of(blob.digest, widths, formats)
    known = _known(recipe, shelf)
    if known is None:
        check_unchanged(blob)
        known = _made(blob, measured, widths, formats, shelf, recipe)
        shelf.note(recipe, RECORDS.encode(known))
    return known if known.files else None


def _known(recipe: str, shelf: Shelf) -> Picture | None:
    record = shelf.noted(recipe)
    try:
        found = RECORDS.decode(record) if record else None
    except (ValueError, TypeError, LookupError):
        return None
    is_whole = isinstance(found, Picture) and all(
        shelf.holds(each.file, each.size) and is_sound(shelf.blob(each.file, each.size))
        for each in found.files
    )
    return found if is_whole else None


def is_sound(blob: Blob) -> bool:
    """Whether a file holds what its digest says."""
    return blob.data is not None or digest_of_file(Path(blob.source)) == blob.digest


def _made(
    blob: Blob,
    measured: Measured,
    widths: tuple[int, ...],
    formats: tuple[str, ...],
    shelf: Shelf,
    recipe: str,
) -> Picture:
    """Everything that is due and smaller than the file that the author has."""
    is_sharp = measured.format in _SHARP
    with opened(blob) as image:
        widest = shrunk(image, widths[-1])
    sizes = {width: narrowed(widest, width) for width in widths[:-1]}
    sizes[widths[-1]] = widest
    own = "png" if widest.mode == "RGBA" else SUFFIXES[measured.format]
    plain = encoded_as(own, widest, is_sharp=is_sharp)
    least = min(len(plain), blob.size)
    offers = []
    for format in formats:
        data = {w: encoded_as(format, i, is_sharp=is_sharp) for w, i in sizes.items()}
        # A format is worth its while as a whole: who takes it looks at no other.
        if len(data[widths[-1]]) <= least:
            variants = (_kept(data[w], format, i, shelf) for w, i in sizes.items())
            offers.append(Offer(format=format, variants=tuple(variants)))
    is_worth_it = len(plain) < blob.size
    return Picture(
        recipe=recipe,
        offers=tuple(offers),
        fallback=_kept(plain, own, widest, shelf) if is_worth_it else None,
        colour=colour_of(widest),
    )


def _kept(data: bytes, suffix: str, image: "Image", shelf: Shelf) -> Variant:
    file = shelf.put(data, suffix)
    return Variant(file=file, width=image.width, height=image.height, size=len(data))
