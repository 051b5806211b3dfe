"""Attributes between braces, `.class #id key="v"`, as kramdown and Pandoc have them."""

import re
from collections.abc import Mapping, Sequence

from markdown_it.token import Token

_PART = re.compile(
    r"""[ \t]*(?:
        \#(?P<id>[^\s{}#.="'<>]+)
      | \.(?P<class>[^\s{}#.="'<>]+)
      | (?P<name>[A-Za-z_:][\w:.-]*)=
        (?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s"'{}<>]+))
    )(?=[\s.\#}]|\Z)""",
    re.VERBOSE,
)


def read_attributes(written: str) -> dict[str, str] | None:
    """The attributes in `written`, which stands between braces; None if it is no list.

    Classes are joined by spaces; the last of two ids wins. An empty list is none.
    """
    found: dict[str, str] = {}
    end, length = 0, len(written.rstrip())
    while end < length:
        part = _PART.match(written, end)
        if part is None:
            return None
        end = part.end()
        if part["class"]:
            found["class"] = f"{found.get('class', '')} {part['class']}".strip()
        elif part["id"]:
            found["id"] = part["id"]
        else:
            value = part["double"] or part["single"] or part["bare"] or ""
            found[part["name"].lower()] = value
    return found or None


def give(token: Token, attributes: Mapping[str, str]) -> None:
    """Gives the element of a token what stood between braces behind it.

    Attributes that run something or lead elsewhere are not given: for those there is
    HTML.
    """
    for name, value in attributes.items():
        if name == "class":
            token.attrJoin("class", value)
        elif not name.startswith(_REFUSED):
            token.attrSet(name, value)


_REFUSED = ("on", "href", "src", "action", "formaction", "xlink:")


_ALONE = frozenset({"image", "code_inline"})
_CLOSING = frozenset({"link_close", "em_close", "strong_close", "s_close"})


def element_before(children: Sequence[Token]) -> Token | None:
    """The token that begins the element with which `children` end, if one does."""
    last = len(children) - 1
    while last > 0 and children[last].type == "text" and not children[last].content:
        last -= 1
    token = children[last] if children else None
    if token is None or token.type in _ALONE:
        return token
    if token.type not in _CLOSING:
        return None
    kind = token.type.replace("_close", "_open")
    above = (children[place] for place in range(last - 1, -1, -1))
    return next((t for t in above if t.type == kind and t.level == token.level), None)
