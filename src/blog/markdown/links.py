"""Links and pictures: what each leads to, whether written as a file or an address.

Files are resolved here, one fact each. Addresses are collected and checked later, when
all pages are known.
"""

import posixpath
import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urljoin

from blog.diagnostics import Span, suggest
from blog.images import is_picture, is_raster, offered_as
from blog.markdown.pictures import Shown
from blog.markdown.text import Text
from blog.model import Link, Measured, Picture, Source, Variant
from blog.slugs import encoded

OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
WEB = ("https://", "http://")
_FROM_ROOT = re.compile(r"/|(?:/[\w-][\w.-]*)+/?")
"""Addresses that are the same from every page, and need not be resolved."""
_TEMPLATE = re.compile(r"\{\{|\{%|%7B%7B|%7B%|\$\{")
"""Liquid or JavaScript in an address: shown as text, told elsewhere."""
UNCHECKED = "pathname://"
"""Docusaurus' sign for an address that no page of the site has."""
_SITE = "@site/"
"""Docusaurus' sign for the folder of the site."""
_POSTS = (".md", ".mdx", ".markdown", ".mkd")


@dataclass(slots=True, kw_only=True)
class Links:
    """Resolves the links of one post and remembers what it found."""

    text: Text
    source: Source
    """The post, of whose lines places need not carry a copy."""
    found: list[Link] = field(default_factory=list)
    """Addresses to be checked."""
    outside: list[Link] = field(default_factory=list)
    """Links to other sites."""
    assets: dict[str, str] = field(default_factory=dict)
    """Source path by output path, of what is copied."""
    shown: set[tuple[str, str]] = field(default_factory=set)
    """Pictures that are offered in sizes, see `Rendered.shown`."""
    pictures: int = 0
    """That were met so far."""
    in_picture: bool = False
    """Whether a `<picture>` of the author is open."""
    places: dict[str, str] = field(default_factory=dict)
    """Source path by the output path that it has, or would have."""
    faulty: set[str] = field(default_factory=set)
    """Pictures that have been told."""

    def resolve(self, href: str, span: Span, *, picture: bool = False) -> str:
        """`href` as it must be written in a page, wherever that page is read."""
        target = self._target(href, span, picture)
        if target is None or href.startswith("#"):
            return href
        self._copy(target)
        self._sound_picture(target, unquote(href), span)
        return self._written(target)

    def show(self, href: str, span: Span) -> Shown:
        """The picture at `href` with all that is offered of it."""
        target = self._target(href, span, True)
        if target is None or href.startswith("#"):
            return Shown(src=href)
        picture = self._sound_picture(target, unquote(href), span)
        if picture and picture.files:
            self.shown.add((target.source, target.place))
        if picture and picture.fallback:
            return self._offered(target, picture, picture.fallback)
        self._copy(target)
        size = self._size(target)
        if size is None:
            return Shown(src=self._written(target))
        whole = Variant(file="", width=size.width, height=size.height, size=0)
        return self._offered(target, picture or Picture(), whole)

    def _offered(self, target: "_Target", picture: Picture, plain: Variant) -> Shown:
        """A picture in its formats; `plain` is what all others get."""
        base: str = self.text.facts["config:base_path"]

        def address(variant: Variant) -> str:
            return encoded(f"{base}/{offered_as(target.place, variant)}")

        sources = tuple(
            (
                f"image/{offer.format}",
                ", ".join(f"{address(each)} {each.width}w" for each in offer.variants),
            )
            for offer in picture.offers
        )
        return Shown(
            src=address(plain) if plain.file else self._written(target),
            sources=sources,
            width=plain.width,
            height=plain.height,
            colour=picture.colour,
        )

    def _written(self, target: "_Target") -> str:
        base: str = self.text.facts["config:base_path"]
        return f"{encoded(base + target.address)}{target.rest}"

    def _copy(self, target: "_Target") -> None:
        """Says that a file is to be published as it is; `static/` is anyway."""
        if target.is_asset and target.source != f"static/{target.place}":
            self.assets[target.place] = target.source

    def _size(self, target: "_Target") -> Measured | None:
        known = is_picture(target.source)
        return self.text.facts.get(f"size:{target.source}") if known else None

    def _sound_picture(
        self, target: "_Target", written: str, span: Span
    ) -> Picture | None:
        """What was made of a picture; what is wrong with it is told."""
        if not is_raster(target.source):
            return None
        picture: Picture | None = self.text.facts.get(f"picture:{target.source}")
        if picture is None or not picture.fault:
            return picture
        level = self.text.facts["config:checks"].images
        if level != "off" and target.source not in self.faulty:
            self.faulty.add(target.source)
            tell = getattr(self.text.facts.report, level)
            message = f"the picture {written!r} {picture.reason}"
            tell(picture.fault, span, message, hint=_WAYS_OUT[picture.fault])
        return None

    def address(self, href: str, span: Span) -> str:
        """The picture of the front matter: an address of the site, or one outside."""
        target = self._target(href, span, True)
        if target is None:
            return href if href.startswith(("https://", "http://")) else ""
        self._copy(target)
        self._sound_picture(target, unquote(href), span)
        return target.address

    def _target(self, href: str, span: Span, picture: bool) -> "_Target | None":
        """What `href` leads to in this site; None if it is to stay as it is."""
        if not href or _TEMPLATE.search(href):
            return None
        own = self._own(href)
        if own.startswith(UNCHECKED):
            path, rest = _cut(own.removeprefix(UNCHECKED))
            return _Target(address=unquote(path), rest=rest)
        if OUTSIDE.match(own):
            if own.startswith(WEB):
                place = self.source.without_line(span)
                link = Link(address=own, fragment="", written=own, span=place)
                self.outside.append(link)
            return None
        path, rest = _cut(own)
        wanted = unquote(path)
        is_file = path and not path.endswith("/")
        target = self._file(wanted, span) if is_file else None
        target = target or self._address(wanted)
        if isinstance(target, _Broken):
            return None
        if not target.is_asset:
            link = Link(
                address=target.address,
                fragment=unquote(rest.partition("#")[2]),
                written=unquote(href),
                span=self.source.without_line(span),
                picture=picture,
                hint=self._nearest_file(wanted) if picture else "",
            )
            self.found.append(link)
        return replace(target, rest=rest) if rest else target

    def _own(self, href: str) -> str:
        """A link to this very site by its full address becomes one from its root."""
        facts = self.text.facts
        origin: str = facts["config:origin"]
        if not href.startswith(origin):
            return href
        site = f"{origin}{encoded(facts['config:base_path'])}"
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
        if not _FROM_ROOT.fullmatch(path):
            path = urljoin(self.text.source.address, path)
        return _Target(address=path)

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
            if not is_private(candidate) and facts.get(f"file:{candidate}"):
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
        if path.startswith(_SITE):
            return self._in_site(path.removeprefix(_SITE))
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

    def _in_site(self, path: str) -> list[tuple[str, str]]:
        """A file below the folder of the site; its addresses begin in `static/`."""
        bare = posixpath.normpath(path)
        if bare.startswith(".."):
            return []
        output = bare.removeprefix("static/")
        above = [posixpath.dirname(root.rstrip("/")) for root in self.text.source.roots]
        return [
            (posixpath.join(folder, bare), output if bare != output else "")
            for folder in above or [""]
        ]

    def _asset(self, path: str, output: str) -> "_Target":
        """An asset keeps its place under the page, or the place it has in the root."""
        if path == f"static/{output}":
            address = f"/{output}"
            return _Target(address=address, is_asset=True, source=path, place=output)
        place = output or self._beside(path)
        if self.places.get(place, path) != path:
            stem, suffix = posixpath.splitext(place)
            place = f"{stem}-{self.text.facts.get(f'file:{path}').digest[:8]}{suffix}"
        self.places[place] = path
        return _Target(address=f"/{place}", is_asset=True, source=path, place=place)

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
    source: str = ""
    """The file of an asset."""
    place: str = ""
    """Its output path."""
    rest: str = ""
    """Query and fragment as written, with their marks."""


_WAYS_OUT = {
    "picture-unreadable": "save it anew as JPEG, PNG or WebP",
    "picture-too-large": "make it smaller: 4000 pixels a side are plenty for any page",
}


def is_private(path: str) -> bool:
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
