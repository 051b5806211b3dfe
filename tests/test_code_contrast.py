"""Code can be read on every ground that its lines may have, in light and dark.

Computed from the style sheet itself, by the formula of WCAG 2.2, for every hue that a
site may choose: 4.5 to 1 is what small text needs.
"""

import re
from itertools import product
from math import cos, radians, sin
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[1] / "static/theme.css").read_text()
CODE = CSS.partition("@layer code {")[2].partition("@layer media {")[0]
HUES = range(0, 360, 30)
_PAIR = (
    r"light-dark\(oklch\(([^()]*(?:\([^()]*\))?)\), oklch\(([^()]*(?:\([^()]*\))?)\)\)"
)


def token(name: str) -> tuple[str, ...]:
    """The light and the dark value of a colour of the theme."""
    found = re.search(rf"--{name}: {_PAIR}", CSS)
    assert found, name
    return found.groups()


def pairs(pattern: str) -> list[tuple[str, ...]]:
    """All colours in the rules for code that follow the pattern."""
    found = re.findall(rf"{pattern}{_PAIR}", CODE)
    assert found, pattern
    return [pair[-2:] for pair in found]


INKS = [*pairs(r"[{; ]color: "), token("ink"), token("quiet"), token("accent")]
GROUNDS = [*pairs(r"mark\.line, ins\.line, del\.line \{ background: "), token("well")]
VOICES = [float(hue) for hue in re.findall(r"--voice: (\d+)", CODE)]
MARKS = [
    float(hue) for hue in re.findall(r"--hue: (\d+)", CSS.split("@layer prose")[1])
]
"""Hues of kinds of code, and of lines that are marked."""


def luminance(colour: str, hue: float, voice: float = 0) -> float:
    """Relative luminance of the inside of an `oklch()`, clipped to sRGB."""
    named = colour.replace("var(--hue)", str(hue)).replace("var(--voice)", str(voice))
    lightness, chroma, angle = (float(part.rstrip("%")) for part in named.split())
    a, b = chroma * cos(radians(angle)), chroma * sin(radians(angle))
    at = lightness / 100
    long = (at + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (at - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (at - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    clipped = [min(max(part, 0), 1) for part in (red, green, blue)]
    return 0.2126 * clipped[0] + 0.7152 * clipped[1] + 0.0722 * clipped[2]


def contrast(ink: float, ground: float) -> float:
    """The ratio of two luminances, 1 to 21."""
    shades = sorted((ink, ground))
    return (shades[1] + 0.05) / (shades[0] + 0.05)


@pytest.mark.parametrize(("scheme", "name"), [(0, "light"), (1, "dark")])
def test_every_colour_of_code_can_be_read_on_every_line(scheme: int, name: str):
    too_weak = [
        (round(ratio, 2), ink[scheme], ground[scheme], hue, mark, voice)
        for ink, ground, hue, voice in product(INKS, GROUNDS, HUES, VOICES)
        for mark in (hue, *MARKS)
        # What stands in a marked line has the hue of the mark, or that of the site.
        for own in (hue, mark)
        if (
            ratio := contrast(
                luminance(ink[scheme], own, voice), luminance(ground[scheme], mark)
            )
        )
        < 4.5
    ]
    assert sorted(too_weak) == []


def test_the_colours_of_all_kinds_of_code_and_lines_were_found():
    assert len(INKS) == 5
    assert len(GROUNDS) == 2
    assert len(VOICES) == 5
    assert set(MARKS) >= {25, 75, 155}
