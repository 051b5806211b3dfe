"""Links and pictures: what each leads to, whether written as a file or an address.

Files are resolved here, one fact each. Addresses are collected and checked later, when
all pages are known.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape, unescape
from urllib.parse import unquote, urljoin

from markdown_it.token import Token

from blog.diagnostics import Span, suggest
from blog.markdown.text import Text
from blog.model import Link
from blog.slugs import encoded

_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_WEB = ("https://", "http://")
_TEMPLATE = re.compile(r"\{\{|\{%|%7B%7B|%7B%|\$\{")
"""Liquid or JavaScript in an address: shown as text, told elsewhere."""
_POSTS = (".md", ".mdx", ".markdown", ".mkd")


@dataclass(slots=True, kw_only=True)
class Links:
    """Resolves the links of one post and remembers what it found."""

    text: Text
    found: list[Link] = field(default_factory=list)
    """Addresses to be checked."""
    outside: list[Link] = field(default_factory=list)
    """Links to other sites."""
    assets: dict[str, str] = field(default_factory=dict)
    """Source path by output path."""

    def resolve(self, href: str, span: Span, *, picture: bool = False) -> str:
        """`href` as it must be written in a page, wherever that page is read."""
        target = self._target(href, span, picture)
        if target is None or href.startswith("#"):
            return href
        base: str = self.text.facts["config:base_path"]
        return f"{encoded(base + target.address)}{target.rest}"

    def address(self, href: str, span: Span) -> str:
        """The picture of the front matter: an address of the site, or one outside."""
        target = self._target(href, span, True)
        if target is None:
            return href if href.startswith(("https://", "http://")) else ""
        return target.address

    def _target(self, href: str, span: Span, picture: bool) -> "_Target | None":
        """What `href` leads to in this site; None if it is to stay as it is."""
        if not href or _TEMPLATE.search(href):
            return None
        own = self._own(href)
        if _OUTSIDE.match(own):
            if own.startswith(_WEB):
                link = Link(address=own, fragment="", written=own, span=span)
                self.outside.append(link)
            return None
        path, rest = _cut(own)
        wanted = unquote(path)
        target = self._file(wanted, span) if path else None
        target = target or self._address(wanted)
        if isinstance(target, _Broken):
            return None
        if not target.is_asset:
            link = Link(
                address=target.address,
                fragment=unquote(rest.partition("#")[2]),
                written=unquote(href),
                span=span,
                picture=picture,
                hint=self._nearest_file(wanted) if picture else "",
            )
            self.found.append(link)
        return replace(target, rest=rest)

    def _own(self, href: str) -> str:
        """A link to this very site by its full address becomes one from its root."""
        facts = self.text.facts
        site = f"{facts['config:origin']}{encoded(facts['config:base_path'])}"
        is_own = href == site or href.startswith((f"{site}/", f"{site}#"))
        return (href.removeprefix(site) or "/") if is_own else href

    def _nearest_file(self, path: str) -> str:
        """A suggestion out of the folder in which the file was looked for."""
        facts = self.text.facts
        folders = [posixpath.dirname(name) for name, _ in self._candidates(path)]
        names = [n for folder in folders for n in facts.get(f"listing:{folder}") or ()]
        return suggest(posixpath.basename(path), names)

    def _address(self, path: str) -> "_Target":
        """An address, counted from the post's own if it has no leading slash."""
        return _Target(address=urljoin(self.text.source.address, path))

    def _file(self, path: str, span: Span) -> "_Target | _Broken | None":
        """The post, page or asset that a file path leads to; None if it is no file."""
        facts = self.text.facts
        for candidate, output in self._candidates(path):
            if address := facts.get(f"url:{candidate}"):
                return _Target(address=address)
            if reason := facts.get(f"held:{candidate}"):
                self._report_link(
                    span,
                    f"{path!r} is not published: {reason}",
                    "publish it too, or take the link out",
                )
                return _Broken()
            if facts.get(f"unread:{candidate}"):
                return _Broken()
            if not _is_private(candidate) and facts.get(f"file:{candidate}"):
                return self._asset(candidate, output)
        if path.lower().endswith(_POSTS):
            names: tuple[str, ...] = facts["names:sources"]
            short = {posixpath.basename(n): n for n in names}
            short.pop(posixpath.basename(self.text.source.path), None)
            near = suggest(posixpath.basename(path), short)
            self._report_link(span, f"there is no post {path!r}", near)
            return _Broken()
        return None

    def _candidates(self, path: str) -> list[tuple[str, str]]:
        """Files that `path` may mean, each with the output path of an asset.

        An empty output path means: beside the page.
        """
        source = self.text.source
        if not path.startswith("/"):
            folder = posixpath.dirname(source.path)
            found = posixpath.normpath(posixpath.join(folder, path))
            return [] if found.startswith("..") else [(found, "")]
        bare = posixpath.normpath(path).lstrip("/")
        if bare.startswith(".."):
            return []
        roots = [(f"{root}{bare}", bare) for root in source.roots]
        above = [
            (posixpath.join(posixpath.dirname(root.rstrip("/")), bare), bare)
            for root in source.roots
        ]
        return [(f"static/{bare}", bare), (bare, bare), *roots, *above]

    def _asset(self, path: str, output: str) -> "_Target":
        """An asset keeps its place under the page, or the place it has in the root."""
        if path == f"static/{output}":
            return _Target(address=f"/{output}", is_asset=True)
        place = output or self._beside(path)
        if self.assets.get(place, path) != path:
            stem, suffix = posixpath.splitext(place)
            place = f"{stem}-{self.text.facts.get(f'file:{path}').digest[:8]}{suffix}"
        self.assets[place] = path
        return _Target(address=f"/{place}", is_asset=True)

    def _beside(self, path: str) -> str:
        """Where a file that lies with the post is written: in the post's own folder."""
        source = self.text.source
        folder = f"{posixpath.dirname(source.path)}/"
        inside = path.removeprefix(folder) if path.startswith(folder) else ""
        home = source.address.strip("/").removesuffix(".html")
        return posixpath.join(home, inside or posixpath.basename(path))

    def _report_link(self, span: Span, message: str, hint: str) -> None:
        level = self.text.facts["config:checks"].links
        if level != "off":
            tell = getattr(self.text.facts.report, level)
            tell("broken-link", span, message, hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    address: str
    is_asset: bool = False
    rest: str = ""
    """Query and fragment as written, with their marks."""


def _is_private(path: str) -> bool:
    """Whether a file is the site's own business, and never copied for a link to it."""
    parts = path.split("/")
    is_ours = parts[0] in ("site.toml", "templates") or path.lower().endswith(_POSTS)
    return is_ours or any(part.startswith("_") for part in parts)


class _Broken:
    """A link that is told already."""


def _cut(href: str) -> tuple[str, str]:
    """The path, and the query and fragment behind it."""
    found = re.search(r"[?#]", href)
    return (href[: found.start()], href[found.start() :]) if found else (href, "")


def resolve_links(text: Text) -> Links:
    """Rewrites every link and picture of the post, in Markdown and in raw HTML."""
    links = Links(text=text)
    pictures = 0
    for token in text.tokens:
        if token.type == "html_block":
            token.content = _in_html(token.content, token, links)
        for child in token.children or ():
            if child.type == "link_open":
                _resolve_attribute(child, "href", token, links)
            elif child.type == "image":
                pictures += 1
                _check_alt(child, token, text)
                _resolve_attribute(child, "src", token, links)
                if pictures > 1:
                    child.attrSet("loading", "lazy")
                child.attrSet("decoding", "async")
            elif child.type == "html_inline":
                child.content = _in_html(child.content, token, links)
    return links


def _resolve_attribute(child: Token, name: str, block: Token, links: Links) -> None:
    href = str(child.attrs.get(name, ""))
    if _OUTSIDE.match(href) and not href.startswith(_WEB):
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
        if found[1].lower() in _SWALLOWING and inner.endswith("/"):
            return f"<{found[1]}{inner[:-1].rstrip()}></{found[1]}>"
        return f"<{found[1]}{inner}>"

    return _TAG.sub(tag, html)


def _each(srcset: str, resolved: Callable[[str], str]) -> str:
    """A `srcset` with each of its addresses resolved."""
    parts = (part.split(None, 1) for part in re.split(r",\s+", srcset) if part.strip())
    return ", ".join(" ".join([resolved(first), *rest]) for first, *rest in parts)
