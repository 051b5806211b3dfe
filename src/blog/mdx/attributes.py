"""Attributes of JSX as HTML has them: `className`, `style={{…}}`, `srcSet`, …"""

import re
from collections.abc import Mapping

from blog.mdx.javascript import members, static

_RENAMED = {
    "className": "class",
    "htmlFor": "for",
    "acceptCharset": "accept-charset",
    "httpEquiv": "http-equiv",
    "xlinkHref": "xlink:href",
    "xmlnsXlink": "xmlns:xlink",
    "xmlSpace": "xml:space",
    "xmlLang": "xml:lang",
    "defaultValue": "value",
    "defaultChecked": "checked",
}
_HYPHENS = re.compile(
    r"(?:stroke|fill|font|stop|flood|marker|clip|text|color|image|shape|dominant|"
    r"alignment|baseline|lighting|letter|word|paint|pointer|vector|glyph|writing)"
    r"(?:[A-Z][a-z]+)+"
)
"""SVG's attributes that are written with hyphens, but for those that are not."""
_SVG = (
    "attributeName baseFrequency calcMode clipPathUnits filterUnits glyphRef "
    "gradientTransform gradientUnits keySplines keyTimes lengthAdjust markerHeight "
    "markerUnits markerWidth maskContentUnits maskUnits numOctaves pathLength "
    "patternContentUnits patternTransform patternUnits preserveAspectRatio "
    "primitiveUnits refX refY repeatCount repeatDur spreadMethod startOffset "
    "stdDeviation surfaceScale tableValues textLength viewBox xChannelSelector "
    "yChannelSelector"
)
_CAMELS = frozenset(_SVG.split())
"""SVG's attributes that are written in HTML as in JSX."""


def html_name(name: str) -> str:
    """The name of an attribute in HTML."""
    if name in _RENAMED:
        return _RENAMED[name]
    if name in _CAMELS or name.islower():
        return name
    return _hyphenated(name) if _HYPHENS.fullmatch(name) else name.lower()


def _hyphenated(name: str) -> str:
    return re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", name)


_NUMBERS = (
    "animationIterationCount aspectRatio borderImageOutset borderImageSlice "
    "borderImageWidth boxFlex boxFlexGroup boxOrdinalGroup columnCount columns flex "
    "flexGrow flexNegative flexOrder flexPositive flexShrink fillOpacity floodOpacity "
    "fontWeight gridArea gridColumn gridColumnEnd gridColumnSpan gridColumnStart "
    "gridRow gridRowEnd gridRowSpan gridRowStart lineClamp lineHeight opacity order "
    "orphans scale stopOpacity strokeDasharray strokeDashoffset strokeMiterlimit "
    "strokeOpacity strokeWidth tabSize widows zIndex zoom"
)
_UNITLESS = frozenset(_NUMBERS.split())
"""Properties to whose numbers React adds no `px`."""


def css(code: str, names: Mapping[str, str]) -> str | None:
    """An object of styles as CSS; None if code would have to run for a part of it."""
    rules = []
    for name, written in members(code).items():
        value = static(written, names)
        if value is None:
            return None
        is_number = re.fullmatch(r"-?[\d.]+", written) and value != "0"
        if is_number and name not in _UNITLESS and not name.startswith("--"):
            value += "px"
        rules.append(f"{_property(name)}: {value}")
    return "; ".join(rules) or None


def _property(name: str) -> str:
    if name.startswith("--"):
        return name
    return re.sub("^ms-", "-ms-", _hyphenated(name))
