"""Pictures to bytes: nothing but the picture is written, the same on every machine."""

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from blog.images.opening import Unreadable, fault_of_size

if TYPE_CHECKING:
    from PIL.Image import Image

_AVIF = {"speed": 8, "max_threads": 1, "codec": "aom"}  # more threads, other bytes
_HOW: Mapping[tuple[str, bool], Mapping[str, Any]] = MappingProxyType(
    {
        ("avif", False): {**_AVIF, "quality": 60},
        ("avif", True): {**_AVIF, "quality": 70, "subsampling": "4:4:4"},
        ("webp", False): {"quality": 78, "method": 4},
        ("webp", True): {"quality": 88, "method": 4},
        ("jpg", False): {"quality": 82, "optimize": True, "progressive": True},
        ("png", True): {"optimize": True},
    }
)
"""How each format is written, for photographs and for what has sharp edges."""
_NAMES = {"jpg": "JPEG"}


def encoded_as(suffix: str, image: "Image", *, is_sharp: bool) -> bytes:
    """The picture, and nothing besides, in a format."""
    how = _HOW.get((suffix, is_sharp)) or _HOW[suffix, not is_sharp]
    return written(image, _NAMES.get(suffix, suffix.upper()), **how)


def written(image: "Image", format: str, **how: Any) -> bytes:
    """The picture in a format; what its file said besides is left out."""
    # A comment of JPEG is written again even behind a change of size.
    image.info = {}
    image.getexif().clear()
    file = BytesIO()
    image.save(file, format, **how)
    return file.getvalue()


def shrunk(image: "Image", width: int) -> "Image":
    """The picture of an open file, upright, in sRGB, at most `width` pixels wide.

    Its mode is RGB, or RGBA if it lets through what is behind it. A large JPEG file is
    not unpacked whole. Raises `Unreadable` if it is larger than can be worked on.
    """
    from PIL import Image, ImageOps

    check_size(image)
    turned = image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    across = image.height if turned else image.width
    scale = min(1, width / across)
    if image.format in ("JPEG", "MPO"):
        sides = (round(image.width * scale), round(image.height * scale))
        image.draft(None, sides)
    profile = image.info.get("icc_profile")
    image.load()
    plain = _in_colours(image)
    # What is drawn from here on is upright only at the end, when it is small.
    across = plain.height if turned else plain.width
    if scale < 1 and across > width:
        scale = width / across
        sides = (
            max(1, round(plain.width * scale)),
            max(1, round(plain.height * scale)),
        )
        plain = plain.resize(sides, Image.Resampling.LANCZOS, reducing_gap=3.0)
    upright: Image.Image = ImageOps.exif_transpose(_in_srgb(plain, profile))
    return _without_needless_alpha(upright)


def narrowed(image: "Image", width: int) -> "Image":
    """A copy of this width."""
    from PIL.Image import Resampling

    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Resampling.LANCZOS)


def colour_of(image: "Image") -> str:
    """What it looks like from afar, see `Picture.colour`."""
    from PIL.Image import Resampling

    if image.mode != "RGB":
        return ""
    whole = image.resize((1, 1), Resampling.BOX).tobytes()
    return "".join(str(round(part * 7 / 255)) for part in whole)


def check_size(image: "Image") -> None:
    """Raises `Unreadable` if a picture is larger than can be worked on."""
    format = "JPEG" if image.format == "MPO" else str(image.format)
    if fault := fault_of_size(*image.size, format):
        raise Unreadable(fault)


def _in_colours(image: "Image") -> "Image":
    """As RGB, RGBA, or CMYK if a profile says what that means."""
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        # 16 bits a sample: the upper eight are what anybody sees.
        return (
            image.convert("I")
            .point(lambda each: each / 257)
            .convert("L")
            .convert("RGB")
        )
    if image.mode == "CMYK" and image.info.get("icc_profile"):
        return image
    mode = "RGBA" if image.has_transparency_data else "RGB"
    # A conversion to the same mode would be a second copy of all pixels.
    return image if image.mode == mode else image.convert(mode)


def _in_srgb(image: "Image", profile: bytes | None) -> "Image":
    """The same colours, as they look without a profile."""
    from PIL import ImageCms

    if profile:
        try:
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            is_srgb = "sRGB" in ImageCms.getProfileDescription(own)
            if not is_srgb:
                mode = "RGBA" if image.mode == "RGBA" else "RGB"
                srgb = ImageCms.createProfile("sRGB")
                info = image.info
                image = (
                    ImageCms.profileToProfile(image, own, srgb, outputMode=mode)
                    or image
                )
                image.info = info
        except (ImageCms.PyCMSError, OSError, ValueError):
            # A profile that is damaged, or for other colours, says nothing.
            pass
    return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")


def _without_needless_alpha(image: "Image") -> "Image":
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image
