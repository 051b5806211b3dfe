"""Pictures as they stand in a page: offered in sizes and formats, their places free.

The first of a text is fetched at once, all others when the reader comes near.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it.token import Token

from blog.markdown.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture of this site, or the address of one elsewhere."""

    src: str
    """As it must be written, wherever the page is read."""
    sources: tuple[tuple[str, str], ...] = ()
    """Media type and `srcset` of each format, the best one first."""
    width: int = 0
    """In pixels; 0 if it is not known."""
    height: int = 0
    colour: str = ""
    """As in `Picture`."""


def attributes(
    shown: Shown, given: Mapping[str, Any], *, is_first: bool
) -> dict[str, str]:
    """What an `<img>` has besides what its author has `given`; only what is new."""
    found = _sides(shown, given)
    if shown.colour and "class" not in given:
        found["class"] = tint(shown.colour)
    if "loading" not in given:
        found |= {"fetchpriority": "high"} if is_first else {"loading": "lazy"}
    found["decoding"] = "async"
    return {name: value for name, value in found.items() if name not in given}


def tint(colour: str) -> str:
    """The classes that give a picture's place its colour, before it is there.

    A page must not style itself, so the style sheet has a class for each part.
    """
    return " ".join(f"{part}{level}" for part, level in zip("rgb", colour, strict=True))


def _sides(shown: Shown, given: Mapping[str, Any]) -> dict[str, str]:
    """Width and height; a side that the author gave decides on the other."""
    if not (shown.width and shown.height):
        return {}
    width, height = (_pixels(given.get(name)) for name in ("width", "height"))
    if "width" in given or "height" in given:
        if width and "height" not in given:
            return {"height": str(round(width * shown.height / shown.width) or 1)}
        if height and "width" not in given:
            return {"width": str(round(height * shown.width / shown.height) or 1)}
        return {}
    return {"width": str(shown.width), "height": str(shown.height)}


def _pixels(written: object) -> int:
    """A length in pixels; 0 for other units and for none."""
    found = re.fullmatch(r"(\d{1,5})(?:px)?", str(written).strip())
    return int(found[1]) if found else 0


def sources_of(shown: Shown, given: Mapping[str, Any]) -> str:
    """The `<source>` elements that stand before the `<img>`; may be empty."""
    if not shown.sources:
        return ""
    sizes = _sizes(_pixels(given.get("width")) or shown.width, given)
    return "".join(
        f'<source type="{kind}" srcset="{escape(srcset)}" sizes="{sizes}">'
        for kind, srcset in shown.sources
    )


_COLUMN, _SPILL = 630, 810
"""Pixels that a picture and a wide one take in the theme, where there is room."""
_MARGIN = 38
"""Pixels beside a picture where there is none."""


def _sizes(width: int, given: Mapping[str, Any]) -> str:
    """How wide a picture is shown, for the browser to choose by."""
    across = min(width, _COLUMN)
    wide = ""
    if width > across and "wide" in str(given.get("class", "")).split():
        wide = f"(min-width: 75em) {min(width, _SPILL)}px, "
    narrow = f"(max-width: {across + _MARGIN}px) calc(100vw - {_MARGIN}px)"
    return f"{wide}{narrow}, {across}px"


def dress(image: Token, shown: Shown, *, is_first: bool) -> None:
    """Makes a token the picture as it is shown."""
    image.attrSet("src", shown.src)
    given = {**image.attrs}
    for name, value in attributes(shown, given, is_first=is_first).items():
        image.attrSet(name, value)
    if shown.colour and "class" in given:
        image.attrSet("class", f"{given['class']} {tint(shown.colour)}")
    image.meta["sources"] = sources_of(shown, given)


def render_image(
    renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    """A rule of the renderer: a picture with all that it is offered in."""
    html: str = renderer.image(tokens, index, options, env)
    sources = tokens[index].meta.get("sources")
    return f"<picture>{sources}{html}</picture>" if sources else html


def add_captions(text: Text) -> None:
    """A paragraph that is a picture with a title becomes a figure with a caption."""
    for place, inline in enumerate(text.tokens):
        if inline.type != "inline" or not inline.children or "![" not in inline.content:
            continue
        around = text.tokens[place - 1], text.tokens[place + 1]
        image = _only_image(inline)
        if image and image.attrs.get("title") and around[0].type == "paragraph_open":
            _make_figure(image, inline, *around)


def _only_image(inline: Token) -> Token | None:
    """The picture that stands alone, if there is one; it may be a link."""
    within = [
        child
        for child in inline.children or ()
        if child.content.strip() or child.type not in ("text", "softbreak")
    ]
    if len(within) == 3 and within[0].type == "link_open":
        within = within[1:2]
    return within[0] if len(within) == 1 and within[0].type == "image" else None


def _make_figure(image: Token, inline: Token, begin: Token, end: Token) -> None:
    caption = str(image.attrs.pop("title"))
    classes = str(image.attrs.get("class", "")).split()
    if "wide" in classes:
        begin.attrJoin("class", "wide")
        image.attrSet("class", " ".join(c for c in classes if c != "wide"))
        if not image.attrs["class"]:
            del image.attrs["class"]
    begin.type, end.type = "figure_open", "figure_close"
    begin.tag = end.tag = "figure"
    begin.hidden = end.hidden = False
    inline.children = [
        *(inline.children or ()),
        Token("figcaption_open", "figcaption", 1),
        Token("text", "", 0, content=caption),
        Token("figcaption_close", "figcaption", -1),
    ]
