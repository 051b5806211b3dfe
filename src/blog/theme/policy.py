"""The Content-Security-Policy of a page: strict, and what the page itself holds.

Read off the finished page, so that it can neither forget nor allow too much: a picture
from elsewhere allows its host to this page and to no other.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from html import escape
from itertools import product
from types import MappingProxyType
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from blog.images import candidates

POLICY = "\0policy\0"
"""Stands in the page until the page is known."""

_BASE = {
    "default-src": ("'none'",),
    "style-src": ("'self'",),
    "script-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "connect-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
}
"""What every page may do."""

_LOADED = {
    "img": {"src": "img-src", "srcset": "img-src"},
    "source": {"src": "media-src", "srcset": "img-src"},
    "input": {"src": "img-src", "formaction": "form-action"},
    "image": {"href": "img-src"},
    "video": {"src": "media-src", "poster": "img-src"},
    "audio": {"src": "media-src"},
    "track": {"src": "media-src"},
    "iframe": {"src": "frame-src"},
    "object": {"data": "object-src"},
    "embed": {"src": "object-src"},
    "script": {"src": "script-src"},
    "form": {"action": "form-action"},
    "button": {"formaction": "form-action"},
    "link": {"href": ""},
}
"""The directive for what a page loads, by element and attribute."""

_LINKED = {
    "stylesheet": "style-src",
    "manifest": "manifest-src",
    "icon": "img-src",
    "shortcut icon": "img-src",
    "apple-touch-icon": "img-src",
}
"""The directive for what a `link` loads, by its relation; others load nothing."""

_UNFORESEEN = (
    ("style-src", "'unsafe-inline'"),
    ("img-src", "https:"),
    ("media-src", "https:"),
    ("frame-src", "https:"),
    ("connect-src", "https:"),
    ("font-src", "https:"),
    ("style-src", "https:"),
)
"""What a script from elsewhere, or one in the text, may go on to load."""


_KNOWN: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "https://giscus.app/client.js": (
            ("style-src", "https://giscus.app"),
            ("frame-src", "https://giscus.app"),
        ),
        # It writes a style element of its own into the page.
        "https://utteranc.es/client.js": (
            ("style-src", "'unsafe-inline'"),
            ("frame-src", "https://utteranc.es"),
        ),
    }
)
"""Scripts of which it is known what they load."""


def with_policy(html: str) -> str:
    """The page with its policy in the place that the template left for it."""
    if POLICY not in html:
        return html
    return html.replace(POLICY, escape(policy(html), quote=False))


def policy(html: str) -> str:
    """The strict base and exactly what `html` needs besides.

    Most bodies need nothing, which a glance can tell; then only the head is read.
    """
    place = html.find("<body")
    is_plain = place >= 0 and not _UNUSUAL.search(html, place)
    return (is_plain and _of_head(html[:place])) or policy_of_all(html)


def policy_of_all(html: str) -> str:
    """The same, without the glance: every element is looked at."""
    return _written(LexborHTMLParser(html), html)


def _of_head(head: str) -> str:
    """The policy of a page of which only the head counts; empty if that is not sure."""
    pieces = _HEAD.split(head)
    is_common = "<" not in "".join(pieces[::2])
    return _of_loud("".join(filter(None, pieces[1::2]))) if is_common else _of_any(head)


@lru_cache(maxsize=256)
def _of_loud(tags: str) -> str:
    """The policy of a head by those of its tags that may load something."""
    return _of_any(tags)


def _of_any(head: str) -> str:
    """The policy of a head, read by a parser; empty if that is not sure.

    Where the head ends within a comment or a script, the body is not what it seems; and
    a style of the whole page is looked up in all its text.
    """
    tree = LexborHTMLParser(f'{head}<body id="end">')
    body = tree.body
    is_closed = body is not None and body.id == "end" and body.child is None
    is_sure = is_closed and not tree.css_matches("html[style]")
    return _written(tree, head) if is_sure else ""


def _written(tree: LexborHTMLParser, html: str) -> str:
    allowed = {name: dict.fromkeys(sources) for name, sources in _BASE.items()}
    for directive, source in (*_outside(tree), *_inline(tree, html)):
        allowed.setdefault(directive, {})[source] = None
    return "; ".join(f"{name} {' '.join(found)}" for name, found in allowed.items())


_QUIET = (
    r" (?!(?i:on|style|src|poster|action|formaction|data(?!-(?!pagefind))))"
    r'[a-zA-Z-]+(?:="[^"<]*")?'
)
"""An attribute that loads nothing; `href` does in two elements, which are not plain."""
_OWN = r' src="/(?!/)[\w./%-]*"'
"""An address of this site, which the base allows to pictures and scripts."""
_OWN_SET = r' srcset="/(?!/)[\w./%-]* \d+w(?:, /(?!/)[\w./%-]* \d+w)*"'
_PLAIN = (
    "/",  # an end
    r'span class="\w+">',  # most of all tags, in coloured code
    rf"(?!script|style|link|image)[a-z][a-z0-9]*(?:{_QUIET})*/?>",
    rf"img(?:{_QUIET}|{_OWN})*>",
    rf"source(?:{_QUIET}|{_OWN_SET})*>",
    rf"script(?:{_QUIET})*{_OWN}>",
)
"""Tags that need no more than the base, written so that nobody can misread them.

Where each `<` of a text begins one of these, no other tag can come of it.
"""
_UNUSUAL = re.compile(f"<(?!{'|'.join(_PLAIN)})")

_GIVEN = r'(?: [\w:-]+(?:="[^"<>]*")?)*'
_HEAD = re.compile(
    rf"<!doctype html>|</?head>|<(?:html|meta)(?:{_QUIET})*>|<title>[^<]*</title>"
    rf'|<link(?: href="[^"<]*")? rel="(?:canonical|alternate)"(?:{_QUIET})*>'
    r'|<script type="application/ld\+json">[^<]*</script>'
    rf"|(<link{_GIVEN}>|<script{_GIVEN}>[^<]*</script>)"
)
"""The tags of a common head; one that may load something is a group.

Where each `<` begins one of these, none of them stands in another or in a comment.
"""


def _outside(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Directive and host of everything that is loaded by an address."""
    for node in tree.css(", ".join(_LOADED)):
        given = node.attributes
        linked = _LINKED.get(given.get("rel") or "", "")
        for attribute, directive in _LOADED[node.tag or ""].items():
            for source in _sources(given.get(attribute) or "", attribute):
                if directive or linked:
                    yield directive or linked, source
                if directive == "script-src" and source != "'self'":
                    yield from _KNOWN.get(given["src"] or "", _UNFORESEEN)
                elif linked == "style-src" and source != "'self'":
                    yield from (("font-src", "https:"), ("img-src", "https:"))


def _sources(value: str, attribute: str) -> Iterator[str]:
    """The hosts of the addresses in an attribute; our own is `'self'`."""
    is_set = attribute == "srcset"
    addresses = [address for address, _ in candidates(value)] if is_set else [value]
    for address in filter(None, addresses):
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            continue
        if host := _host(parts.netloc):
            yield f"{parts.scheme}://{host}" if parts.scheme else host
        elif parts.scheme and not parts.netloc:
            yield f"{parts.scheme}:"
        elif not parts.scheme:
            yield "'self'"


def _host(netloc: str) -> str:
    """The host as policies write it: in ASCII. Empty if it is none."""
    try:
        host = netloc.encode("idna").decode()
    except UnicodeError:
        return ""
    return host if re.fullmatch(r"[\w.:-]+", host) else ""


_RUN = re.compile(r"|module|(text|application)/(x-)?(java|ecma)script.*")
"""Types of scripts that run and may load more."""
_READ = frozenset({"importmap", "speculationrules"})
"""Types that need leave although they do not run; all others are data."""
_HOST = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?")
_URL = re.compile(
    r"""(@import\s*)?(?:url\(\s*)?["']?((?:https?:)?//[^"'/\s()]+)""", re.I
)
_HANDLER = re.compile(r"""[\s/"']on[a-z]+\s*=""", re.IGNORECASE)
"""Where there may be one; looking at every element takes long."""


def _inline(tree: LexborHTMLParser, html: str) -> Iterator[tuple[str, str]]:
    """Directive and source of scripts and styles that stand in the page."""
    if tree.css_matches("script[data-pagefind]"):
        yield "script-src", "'wasm-unsafe-eval'"
    for node in tree.css("script:not([src])"):
        kind = (node.attrs.get("type") or "").strip().lower()
        runs = _RUN.fullmatch(kind)
        if runs or kind in _READ:
            yield "script-src", _hash(node.text())
        if runs:
            # What it will load is named in it, as far as anybody can know.
            yield from (("script-src", host) for host in _HOST.findall(node.text()))
            yield from _UNFORESEEN
    for value in _handlers(tree) if _HANDLER.search(html) else ():
        yield "script-src", "'unsafe-hashes'"
        yield "script-src", _hash(value)
    for node in tree.css("style, [style]"):
        yield "style-src", "'unsafe-inline'"
        for at, address in _URL.findall(node.attributes.get("style") or node.text()):
            names = ("style-src", "font-src") if at else ("img-src", "font-src")
            yield from product(names, _sources(address, "url"))


def _handlers(tree: LexborHTMLParser) -> Iterator[str]:
    """Scripts in attributes such as `onclick`."""
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            if name.startswith("on") and value:
                yield value


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
