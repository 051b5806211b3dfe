"""Addresses in a text, in Markdown and in raw HTML, written as a page has them."""

import re
from collections.abc import Callable
from html import escape, unescape
from urllib.parse import unquote

from markdown_it.token import Token

from blog.diagnostics import Span
from blog.images import candidates
from blog.markdown.links import OUTSIDE, UNCHECKED, WEB, Links
from blog.markdown.pictures import Shown, attributes, dress, sources_of
from blog.markdown.text import Text


def resolve_links(links: Links) -> None:
    """Rewrites every link and picture of a text, in Markdown and in raw HTML."""
    for token in links.text.tokens:
        if token.type == "html_block":
            token.content = _in_html(token.content, token, links)
        if token.type != "inline":
            continue
        for child in token.children or ():
            if child.type == "link_open":
                _resolve_link(child, token, links)
            elif child.type == "image":
                _resolve_picture(child, token, links)
            elif child.type == "html_inline":
                child.content = _in_html(child.content, token, links)


def _resolve_picture(image: Token, block: Token, links: Links) -> None:
    _check_alt(image, block, links.text)
    links.pictures += 1
    src = str(image.attrs.get("src", ""))
    if OUTSIDE.match(src) and not src.startswith(WEB):
        shown = Shown(src=src)
    else:
        shown = links.show(src, _place(src, block, links))
    dress(image, shown, is_first=links.pictures == 1)


def _resolve_link(link: Token, block: Token, links: Links) -> None:
    href = str(link.attrs.get("href", ""))
    if OUTSIDE.match(href) and not href.startswith((*WEB, UNCHECKED)):
        return
    link.attrSet("href", links.resolve(href, _place(href, block, links)))


def _place(href: str, block: Token, links: Links) -> Span:
    return links.text.span(block, *dict.fromkeys((unquote(href), href)))


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
        name, inner = found[1], found[2]
        if name.lower() == "picture":
            links.in_picture = True
        if name.lower() == "img":
            return _image(inner, block, links)
        inner = _resolved(inner, name, block, links)
        if name.lower() in _SWALLOWING and inner.endswith("/"):
            return f"<{name}{inner[:-1].rstrip()}></{name}>"
        return f"<{name}{inner}>"

    pieces = _END_OF_PICTURE.split(html)
    done = []
    for number, piece in enumerate(pieces):
        if number:
            links.in_picture = False
        done.append(_TAG.sub(tag, piece))
    return "</picture>".join(done)


_END_OF_PICTURE = re.compile("</picture>", re.IGNORECASE)


def _resolved(inner: str, name: str, block: Token, links: Links) -> str:
    """The attributes of a tag with their addresses as a page has them."""
    is_picture = name.lower() in _PICTURES

    def attribute(part: re.Match[str]) -> str:
        written = part["double"] or part["single"] or part["bare"] or ""
        span = links.text.span(block, written)

        def resolved(href: str) -> str:
            return links.resolve(href, span, picture=is_picture)

        value, is_set = unescape(written).strip(), part["name"] == "srcset"
        new = _each(value, resolved) if is_set else resolved(value)
        return f'{part["before"]}"{escape(new)}"'

    return _ATTRIBUTE.sub(attribute, inner)


_GIVEN = re.compile(
    r"\s([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`{]+)))?"
)


def _image(inner: str, block: Token, links: Links) -> str:
    """An `<img>` of the author; one of this site is shown like those of Markdown."""
    links.pictures += 1
    given = {n.lower(): a or b or c for n, a, b, c in _GIVEN.findall(inner)}
    if "srcset" in given or not given.get("src"):
        return f"<img{_resolved(inner, 'img', block, links)}>"
    src = given["src"]
    shown = links.show(unescape(src).strip(), links.text.span(block, src))

    def attribute(part: re.Match[str]) -> str:
        is_src = part["name"].lower() == "src"
        return f'{part["before"]}"{escape(shown.src)}"' if is_src else part[0]

    inner = _ATTRIBUTE.sub(attribute, inner)
    if not shown.width:
        return f"<img{inner}>"
    more = attributes(shown, given, is_first=links.pictures == 1)
    added = "".join(f' {name}="{value}"' for name, value in more.items())
    image = f"<img{inner.removesuffix('/').rstrip()}{added}>"
    sources = "" if links.in_picture else sources_of(shown, given)
    return f"<picture>{sources}{image}</picture>" if sources else image


def _each(srcset: str, resolved: Callable[[str], str]) -> str:
    """A `srcset` with each of its addresses resolved."""
    return ", ".join(
        f"{resolved(address)} {rest}".rstrip() for address, rest in candidates(srcset)
    )
