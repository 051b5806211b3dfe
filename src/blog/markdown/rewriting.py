"""Addresses in a text, in Markdown and in raw HTML, written as a page has them."""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

from markdown_it.token import Token

from blog.images import candidates
from blog.markdown.links import OUTSIDE, UNCHECKED, WEB, Links
from blog.markdown.text import Text


def resolve_links(text: Text) -> Links:
    """Rewrites every link and picture of the post, in Markdown and in raw HTML."""
    links = Links(text=text)
    pictures = 0
    for token in text.tokens:
        if token.type == "html_block":
            token.content = _in_html(token.content, token, links)
        if token.type != "inline":
            continue
        for child in token.children or ():
            if child.type == "link_open":
                _resolve_attribute(child, "href", token, links)
            elif child.type == "image":
                pictures += 1
                _resolve_picture(child, token, links, is_first=pictures == 1)
            elif child.type == "html_inline":
                child.content = _in_html(child.content, token, links)
    return links


def _resolve_picture(
    image: Token, block: Token, links: Links, *, is_first: bool
) -> None:
    """Keeps the picture's place free; all but the first wait until they are near."""
    _check_alt(image, block, links.text)
    _resolve_attribute(image, "src", block, links)
    for name, side in links.sides(str(image.attrs["src"])):
        image.attrSet(name, side)
    if not is_first:
        image.attrSet("loading", "lazy")
    image.attrSet("decoding", "async")


def _resolve_attribute(child: Token, name: str, block: Token, links: Links) -> None:
    href = str(child.attrs.get(name, ""))
    if OUTSIDE.match(href) and not href.startswith((*WEB, UNCHECKED)):
        return
    span = links.text.span(block, *dict.fromkeys((unquote(href), href)))
    child.attrSet(name, links.resolve(href, span, picture=name == "src"))


def _check_alt(image: Token, block: Token, text: Text) -> None:
    level = text.facts["config:checks"].alt
    if not image.content.strip() and level != "off":
        tell = getattr(text.facts.report, level)
        tell(
            "missing-alt",
            text.span(block, "![]("),
            f"the picture {unquote(str(image.attrs.get('src', '')))!r} has no text",
            hint="say what it shows: ![A cat asleep on a keyboard](cat.png)",
        )


_INERT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<([a-zA-Z][\w-]*)\b((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(
    r"(?P<before>\s(?P<name>href|src|poster|srcset)\s*=\s*)"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>=`{]+))",
    re.IGNORECASE,
)
_SWALLOWING = frozenset({"iframe", "script", "textarea", "video", "audio"})
"""Elements that take all that follows for their content, if they are never closed."""
_PICTURES = frozenset({"img", "image", "source", "video", "audio", "track"})


def _in_html(html: str, block: Token, links: Links) -> str:
    """Raw HTML with its addresses resolved; comments and scripts stay as they are."""
    pieces, end = [], 0
    for inert in _INERT.finditer(html):
        pieces += [_in_tags(html[end : inert.start()], block, links), inert[0]]
        end = inert.end()
    return "".join([*pieces, _in_tags(html[end:], block, links)])


def _in_tags(html: str, block: Token, links: Links) -> str:
    def tag(found: re.Match[str]) -> str:
        is_picture = found[1].lower() in _PICTURES

        def attribute(part: re.Match[str]) -> str:
            written = part["double"] or part["single"] or part["bare"] or ""
            span = links.text.span(block, written)

            def resolved(href: str) -> str:
                return links.resolve(href, span, picture=is_picture)

            value = unescape(written).strip()
            new = (
                _each(value, resolved) if part["name"] == "srcset" else resolved(value)
            )
            return f'{part["before"]}"{escape(new)}"'

        inner = _ATTRIBUTE.sub(attribute, found[2])
        if found[1].lower() == "img" and not _SIDE.search(inner):
            inner += _sides(inner, links)
        if found[1].lower() in _SWALLOWING and inner.endswith("/"):
            return f"<{found[1]}{inner[:-1].rstrip()}></{found[1]}>"
        return f"<{found[1]}{inner}>"

    return _TAG.sub(tag, html)


_SIDE = re.compile(r"\s(width|height)\s*=", re.IGNORECASE)
_SRC = re.compile(r"\ssrc\s*=\s*\"([^\"]*)\"", re.IGNORECASE)


def _sides(attributes: str, links: Links) -> str:
    """Width and height as attributes of an `<img>` in raw HTML that has neither."""
    found = _SRC.search(attributes)
    known = links.sides(unescape(found[1])) if found else ()
    return "".join(f' {name}="{side}"' for name, side in known)


def _each(srcset: str, resolved: Callable[[str], str]) -> str:
    """A `srcset` with each of its addresses resolved."""
    return ", ".join(
        f"{resolved(address)} {rest}".rstrip() for address, rest in candidates(srcset)
    )
