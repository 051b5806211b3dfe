"""What is to be made of a picture: pure, out of its size and the settings."""

from collections.abc import Iterable, Sequence

from blog.digests import digest_of

_VERSION = "1"
"""Of what we do with pictures; another one makes all of them anew."""
_NEAR = 0.85
"""A size that is so near to a wider one is not worth a file."""
SUFFIXES = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "BMP": "png"}
"""Suffix of the fallback, by the format of a picture's file."""


def widths_due(width: int, widths: Iterable[int]) -> tuple[int, ...]:
    """The widths in which a picture is offered, narrow to wide; none for a small one.

    Never wider than the picture itself, whose own width is among them if it is less
    than the widest one.
    """
    wanted = sorted({each for each in widths if each > 0})
    if not wanted or width < wanted[0]:
        return ()
    widest = min(width, wanted[-1])
    return (*(each for each in wanted if each < widest * _NEAR), widest)


def formats_due(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats that are asked for, the best one first, as browsers take them."""
    return tuple(each for each in _FORMATS if each in formats and _can_write(each))


_FORMATS = ("avif", "webp")


def _can_write(format: str) -> bool:
    """Whether this Pillow was built with a format; those that are installed are."""
    from PIL import features

    return bool(features.check(format))


def recipe_of(digest: str, widths: Sequence[int], formats: Sequence[str]) -> str:
    """Names all that has a say in what is made of the file with this digest."""
    from PIL import __version__, features

    codecs = (features.version(each) for each in ("avif", "webp", "libjpeg_turbo"))
    said = (_VERSION, __version__, *codecs, digest, *widths, *formats)
    return digest_of("\n".join(map(str, said)).encode())
