"""Files that are published as they are, without what they tell besides the picture.

Cameras write where and when a photograph was taken. A picture that readers can load
whole (by a link, as the picture of the front matter, out of `static/`) is written again
without that, with the same size and quality. Stale when the file changes.
"""

from typing import TYPE_CHECKING, Any

from blog.diagnostics import Span
from blog.engine import Reader
from blog.images.encoding import check_size, written
from blog.images.making import RECORDS, is_sound
from blog.images.opening import MOST, Unreadable, check_unchanged, opened
from blog.images.recipes import recipe_of
from blog.model import Blob, Measured, Picture, Variant
from blog.shelf import Shelf
from blog.snapshot import content_of

if TYPE_CHECKING:
    from PIL.Image import Image

LEFT_OUT = Picture()
"""Of a file that may tell something and cannot be written again."""
_SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
_MARKS = (b"Exif\0", b"EXIF", b"eXIf", b"http://ns.adobe.com/xap/")
"""What files begin with that tell something, wherever it stands."""


class Cleaning:
    """The step that writes a picture again, and puts it on a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def __call__(self, path: str, facts: Reader) -> Picture | None:
        """The clean file; `LEFT_OUT` if there can be none; None if it is clean."""
        blob: Blob = facts[f"file:{path}"]
        measured: Measured | None = facts.get(f"size:{path}")
        if measured is None:
            has_marks = any(mark in content_of(blob) for mark in _MARKS)
            return LEFT_OUT if has_marks else None
        try:
            if measured.is_still:
                return _once(blob, measured.format, self._shelf)
        except Unreadable:
            pass
        _tell(path, facts)
        return LEFT_OUT


def _once(blob: Blob, format: str, shelf: Shelf) -> Picture:
    recipe = recipe_of(blob.digest, (), ("clean",))
    record = shelf.noted(recipe)
    try:
        known = RECORDS.decode(record) if record else None
    except (ValueError, TypeError, LookupError):
        known = None
    if isinstance(known, Picture) and known.fallback:
        file, size = known.fallback.file, known.fallback.size
        if shelf.holds(file, size) and is_sound(shelf.blob(file, size)):
            return known
    check_unchanged(blob)
    with opened(blob) as image:
        check_size(image)
        data = _cleaned(image, format)
        sides = image.size
    made = Variant(
        file=shelf.put(data, _SUFFIXES[format]),
        width=sides[0],
        height=sides[1],
        size=len(data),
    )
    picture = Picture(recipe=recipe, fallback=made)
    shelf.note(recipe, RECORDS.encode(picture))
    return picture


def _cleaned(image: "Image", format: str) -> bytes:
    """The picture upright, in its own colours and with its own quality."""
    from PIL import ImageOps
    from PIL.JpegImagePlugin import get_sampling

    if image.width * image.height > MOST:
        # Only JPEG files are let through; they can be unpacked at half their size.
        image.draft(None, (image.width // 2, image.height // 2))
    image.load()
    how: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
    match format:
        case "JPEG":
            how |= {"qtables": getattr(image, "quantization", None), "optimize": True}
            sampling = get_sampling(image)
            how |= {"subsampling": sampling} if sampling >= 0 else {}
        case "PNG":
            kept = ("transparency", "gamma")
            how |= {name: image.info[name] for name in kept if name in image.info}
        case "WEBP":
            how |= {"quality": 90, "method": 4}
        case "AVIF":
            how |= {"quality": 85, "speed": 8, "max_threads": 1, "codec": "aom"}
    ImageOps.exif_transpose(image, in_place=True)
    return written(image, format, **how)


def _tell(path: str, facts: Reader) -> None:
    """Says that a file is not published; its page has said it, if it is shown there."""
    level = facts["config:checks"].images
    known: Picture | None = facts.get(f"picture:{path}")
    if level != "off" and not (known and known.fault):
        tell = getattr(facts.report, level)
        tell(
            "picture-unreadable",
            Span(path=path),
            "the picture cannot be written without what it tells of its camera",
            hint="save it anew as JPEG, PNG or WebP",
        )
