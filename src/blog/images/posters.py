"""Posters: the pictures that stand for a page where its address is shared.

Title, author and topics in the colour of the site, 1200 by 630. Drawn with the font
that is named, a file or a package, or Pillow's own, never with one of the machine: the
same bytes everywhere.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any

from blog.digests import digest_of

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
_MARGIN = 88
_ROOM = WIDTH - 2 * _MARGIN
_TOP, _BOTTOM = 84, HEIGHT - 92
_SIZES = (84, 72, 62, 54, 46)
"""Of titles, in pixels; the largest one that fits is taken."""
_SMALL = 30
_MEDIUM, _BOLD = 500, 700
"""Weights, of fonts that have several."""
_LEADING = 1.18
_TALLEST = 330
"""Pixels that a title may take."""
_SHADES = 128
_VERSION = "2"
"""Of how posters are drawn; another one draws all of them anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to stand on a poster."""

    title: str
    author: str
    topics: tuple[str, ...]
    hue: int
    font: bytes = b""
    """Of a font's file; empty: Pillow's own."""

    @property
    def recipe(self) -> str:
        """Names all that has a say in what is drawn."""
        from PIL import __version__

        said = (_VERSION, __version__, digest_of(self.font), self.hue)
        words = (self.title, self.author, *self.topics)
        return digest_of("\0".join(map(str, (*said, *words))).encode())


@lru_cache(maxsize=2)
def font_of(family: str) -> bytes:
    """The file of a font that is installed as a package; empty if there is none."""
    try:
        import fontpkg

        data: bytes = fontpkg.path(family, nearest=True).read_bytes()
    except (ImportError, LookupError):
        return b""
    return data


def not_drawn(wanted: Wanted) -> str:
    """The characters for which the font has no picture, sorted; often empty.

    Those of scripts that run from the right are among them: joining their letters
    depends on the machine.
    """
    font = _font(wanted.font, _SMALL)
    absent = bytes(font.getmask("\uffff"))
    words = (wanted.title, wanted.author, *wanted.topics)
    letters = sorted({*_shown(" ".join(words), wanted.font)})
    return "".join(c for c in letters if _is_missing(c, font, absent))


def _is_missing(character: str, font: "FreeTypeFont", absent: bytes) -> bool:
    if character.isspace():
        return False
    return runs_left(character) or bytes(font.getmask(character)) == absent


def runs_left(character: str) -> bool:
    """Whether it is of a script that runs from the right to the left."""
    return unicodedata.bidirectional(character) in ("R", "AL", "AN")


def drawn(wanted: Wanted) -> bytes:
    """The poster as PNG."""
    from PIL import Image, ImageDraw

    # Two ramps of a palette: shades of ink below, shades of the accent above.
    picture = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 20, HEIGHT), fill=2 * _SHADES - 1)
    size, lines = _set(_shown(wanted.title, wanted.font), wanted.font)
    font, ink = _font(wanted.font, size, _BOLD), _SHADES - 1
    stroke = 0 if _axes(font) else size // 40
    for number, line in enumerate(lines):
        place = (_MARGIN, _TOP + number * size * _LEADING)
        pen.text(place, line, fill=ink, font=font, stroke_width=stroke)
    small = _font(wanted.font, _SMALL)
    author = _cut(_shown(wanted.author, wanted.font), small, _ROOM // 2)
    pen.text((_MARGIN, _BOTTOM), author, fill=ink * 3 // 4, font=small, anchor="ls")
    taken = small.getlength(author) + 48
    joined = _shown("  ·  ".join(wanted.topics), wanted.font)
    topics = _cut(joined, small, int(_ROOM - taken))
    strip = Image.new("L", (WIDTH, 2 * _SMALL), 0)
    place = (WIDTH - _MARGIN, _SMALL * 3 // 2)
    ImageDraw.Draw(strip).text(place, topics, fill=ink, font=small, anchor="rs")
    shades = strip.point([_SHADES + each % _SHADES for each in range(256)])
    mask = strip.point([0, *[255] * 255])
    picture.paste(shades, (0, _BOTTOM - _SMALL * 3 // 2), mask)
    picture.putpalette(_palette(wanted.hue))
    file = BytesIO()
    picture.save(file, "PNG", compress_level=4)
    return file.getvalue()


def _shown(text: str, data: bytes) -> str:
    """One line of what can be drawn; Pillow's own font has some signs only plain."""
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    plain = line if data else line.translate(_PLAIN)
    return "".join(c for c in plain if unicodedata.category(c) != "Cf")


_PLAIN = str.maketrans("–—‐‑′″„‚", "----'\"“‘")


def _font(data: bytes, size: int, weight: int = _MEDIUM) -> "FreeTypeFont":
    from PIL import ImageFont

    # What else lays out text may be on one machine and not on another.
    basic: Any = ImageFont.Layout.BASIC
    source: Any = BytesIO(data) if data else ImageFont.load_default(size).path  # type: ignore[union-attr]
    if not data:
        source.seek(0)
    font = ImageFont.truetype(source, size, layout_engine=basic)
    if axes := _axes(font):
        font.set_variation_by_axes([_setting(axis, weight) for axis in axes])
    return font


def _axes(font: "FreeTypeFont") -> Sequence[Any]:
    """What can be varied of the font; nothing of most."""
    with suppress(OSError):
        return font.get_variation_axes()
    return ()


def _setting(axis: Any, weight: int) -> float:
    """Where an axis of a font is to stand."""
    low, usual, high = (float(axis[n]) for n in ("minimum", "default", "maximum"))
    match axis["name"]:
        case b"Weight":
            return min(max(weight, low), high)
        case b"Optical size":
            return high
        case _:
            return usual


def _set(title: str, data: bytes) -> tuple[int, list[str]]:
    """The largest size in which a title fits, and its lines; else it is cut."""
    for size in _SIZES:
        lines = list(_lines(title, _font(data, size, _BOLD)))
        if len(lines) * size * _LEADING <= _TALLEST:
            return size, lines
    kept = lines[: int(_TALLEST / size / _LEADING)]
    return size, [
        *kept[:-1],
        _cut(f"{kept[-1]} …", _font(data, size, _BOLD), _ROOM, "…"),
    ]


def _lines(text: str, font: "FreeTypeFont") -> Iterator[str]:
    """The text in lines that fit; between words, or where there are none, anywhere."""
    line = ""
    for piece in _pieces(text):
        if line and font.getlength((line + piece).rstrip()) > _ROOM:
            yield line.strip()
            line = ""
        line += piece
        while font.getlength(line.rstrip()) > _ROOM:
            fits = _fitting(line, font, _ROOM)
            yield line[:fits]
            line = line[fits:]
    yield line.strip()


def _pieces(text: str) -> Iterator[str]:
    """Words with the space behind them; characters of East Asia one by one."""
    word = ""
    for character in text:
        if unicodedata.east_asian_width(character) in "WF":
            yield from filter(None, (word, character))
            word = ""
            continue
        word += character
        if character == " ":
            yield word
            word = ""
    yield word


def _fitting(text: str, font: "FreeTypeFont", room: int) -> int:
    """How many characters of the text fit, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if font.getlength(text[:middle]) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _cut(text: str, font: "FreeTypeFont", room: int, end: str = "…") -> str:
    if font.getlength(text) <= room:
        return text
    bare = text.removesuffix(end).rstrip()
    fits = _fitting(bare, font, room - int(font.getlength(end)))
    return f"{bare[:fits].rstrip()}{end}"


def _palette(hue: int) -> Sequence[int]:
    """From paper to ink, then from paper to the accent, each in red, green and blue."""
    paper, ink, accent = (
        _colour(*each, hue) for each in ((0.185, 0.02), (0.97, 0.01), (0.79, 0.11))
    )
    return [
        round(a + (b - a) * shade / (_SHADES - 1))
        for end in (ink, accent)
        for shade in range(_SHADES)
        for a, b in zip(paper, end, strict=True)
    ]


def _colour(lightness: float, chroma: float, hue: int) -> tuple[int, int, int]:
    """A colour of OKLCH in sRGB, as style sheets mean it.

    https://bottosson.github.io/posts/oklab/
    """
    a, b = chroma * cos(hue * pi / 180), chroma * sin(hue * pi / 180)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _channel(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _channel(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _channel(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _channel(light: float) -> int:
    light = min(1.0, max(0.0, light))
    value = 12.92 * light if light < 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(255 * value)
