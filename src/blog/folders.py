"""Content folders: the rules each was written by, and which files belong to it.

`[[content]]` in `site.toml` names a folder and its dialect; what the folder itself says
(`_config.yml`, `authors.yml`, `tags.yml`) is read here, once, and never changed.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from blog.config import Config, Content
from blog.diagnostics import Report, Span
from blog.frontmatter import decode, load_yaml
from blog.model import Author, Snapshot, no_fields
from blog.slugs import kebab
from blog.snapshot import PAGES, content_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRule:
    """What a tag registry says of one tag."""

    label: str = ""
    slug: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A content folder with all the rules for its files."""

    path: str
    """Site-relative; `.` for the root of the site."""
    dialect: str
    """A key of `DIALECTS`, or `page` for the pages outside the posts."""
    base: str = "/"
    """Address of the list, with a slash at its end."""
    permalink: str = ""
    url: str = ""
    """Jekyll's `url`: what its feeds put before the ids of posts."""
    trailing_slash: bool | None = None
    timezone: str = "UTC"
    separator: str | None = None
    """Text that ends a summary; None: the marks of the dialect."""
    per_page: int = 10
    future: bool = False
    """Whether posts of the future are published."""
    exclude: tuple[str, ...] = ()
    defaults: tuple[tuple[str, Mapping[str, object]], ...] = ()
    """Jekyll's: scope path and the fields it gives, weakest first."""
    authors: Mapping[str, Author] = field(default_factory=lambda: MappingProxyType({}))
    tags: Mapping[str, TagRule] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def zone(self) -> ZoneInfo:
        """The zone of dates without an offset."""
        return ZoneInfo(self.timezone)

    @property
    def prefix(self) -> str:
        """What the paths of its files begin with; empty for the root."""
        return "" if self.path == "." else f"{self.path}/"

    def name(self, path: str) -> str:
        """The path of a file below the folder."""
        return path.removeprefix(self.prefix)


def read_folders(
    config: Config, snapshot: Snapshot, report: Report
) -> tuple[Folder, ...]:
    """The folders of `site.toml`, and the one for pages; deepest first."""
    folders = [_folder(content, config, snapshot, report) for content in config.content]
    if all(folder.path != PAGES for folder in folders):
        folders.append(Folder(path=PAGES, dialect="page", timezone=config.timezone))
    return tuple(sorted(folders, key=lambda f: (-f.prefix.count("/"), f.path)))


def folder_of(path: str, folders: Iterable[Folder]) -> Folder | None:
    """The deepest folder that holds the file, or None."""
    return next((f for f in folders if path.startswith(f.prefix)), None)


def safe_url(address: str) -> str:
    """The address if it is one a page may link to; `javascript:` and its like are not.

    Front matter is not trusted: it may come from somebody else's post.
    """
    return address if re.match(r"https?://|mailto:|/(?!/)", address) else ""


def is_excluded(name: str, patterns: Iterable[str]) -> bool:
    """Whether Jekyll's `exclude` leaves out the file `name` or a folder above it."""
    parts = name.split("/")
    above = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    return any(
        fnmatchcase(part, pattern.strip("/")) for pattern in patterns for part in above
    )


def _folder(
    content: Content, config: Config, snapshot: Snapshot, report: Report
) -> Folder:
    path = os.path.normpath(content.path)
    prefix = "" if path == "." else f"{path}/"

    def yaml(name: str) -> Mapping[str, object]:
        blob = snapshot.files.get(f"{prefix}{name}")
        if blob is None:
            return no_fields()
        text = decode(f"{prefix}{name}", content_of(blob), report)
        return load_yaml(f"{prefix}{name}", text or "", report)

    shared = {
        "path": path,
        "dialect": content.dialect,
        "base": f"/{content.base.strip('/')}/".replace("//", "/"),
        "per_page": content.per_page,
        "trailing_slash": content.trailing_slash,
        "authors": _authors(yaml("authors.yml")),
        "tags": _tags(yaml("tags.yml")),
    }
    zone = content.timezone or config.timezone
    if content.dialect != "jekyll":
        permalink = content.permalink or "/blog/{slug}/"
        return Folder(**shared, permalink=permalink, timezone=zone)  # type: ignore[arg-type]
    settings = yaml("_config.yml")
    named = content.timezone or _zone(settings, f"{prefix}_config.yml", report)
    return Folder(
        **shared,  # type: ignore[arg-type]
        permalink=content.permalink or _permalink(settings),
        url=safe_url(str(settings.get("url") or "").rstrip("/")),
        timezone=named or config.timezone,
        separator=_separator(content, settings),
        future=str(settings.get("future")) == "true",
        exclude=_texts(settings.get("exclude")),
        defaults=_defaults(settings.get("defaults")),
    )


def _zone(settings: Mapping[str, object], path: str, report: Report) -> str:
    name = str(settings.get("timezone") or "")
    try:
        return name and ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        report.error(
            "config-value",
            Span(path=path),
            f"there is no time zone {name!r}",
            hint='write it like "Europe/Oslo" or "UTC"',
        )
        return ""


def _permalink(settings: Mapping[str, object]) -> str:
    collections = settings.get("collections")
    posts = collections.get("posts") if isinstance(collections, Mapping) else None
    own = posts.get("permalink") if isinstance(posts, Mapping) else None
    return str(own or settings.get("permalink") or "date")


def _separator(content: Content, settings: Mapping[str, object]) -> str:
    if content.excerpt_separator is not None:
        return content.excerpt_separator
    named = settings.get("excerpt_separator")
    return "\n\n" if named is None else str(named)


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, tuple) else (value,)
    return tuple(str(v) for v in values if v)


def _defaults(value: object) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Scopes for posts, weakest first: a longer path beats a shorter, a type none."""
    scopes = []
    for entry in value if isinstance(value, tuple) else ():
        scope = entry.get("scope") if isinstance(entry, Mapping) else None
        given = entry.get("values") if isinstance(entry, Mapping) else None
        if not isinstance(given, Mapping):
            continue
        named = scope if isinstance(scope, Mapping) else {}
        if named.get("type") in (None, "posts"):
            path = str(named.get("path") or "").strip("/")
            scopes.append((len(path), named.get("type") is not None, path, given))
    return tuple(
        (path, given) for *_, path, given in sorted(scopes, key=lambda s: s[:2])
    )


def defaults_for(folder: Folder, name: str) -> dict[str, object]:
    """The fields that Jekyll's `defaults` give to the file `name`."""
    found: dict[str, object] = {}
    for scope, given in folder.defaults:
        pattern = re.sub(r"\\\*+", ".*", re.escape(scope))
        if not scope or re.match(rf"{pattern}(/|$|(?<=\*))", name) or name == scope:
            found.update(given)
    return found


def _authors(entries: Mapping[str, object]) -> Mapping[str, Author]:
    return MappingProxyType(
        {
            key: author_from(entry, key)
            for key, entry in entries.items()
            if isinstance(entry, Mapping)
        }
    )


def author_from(entry: Mapping[str, object], key: str = "") -> Author:
    """An author out of a mapping, as `authors.yml` and front matter write it."""

    def text(*names: str) -> str:
        return next((str(entry[n]) for n in names if entry.get(n)), "")

    return Author(
        key=key,
        name=text("name") or key,
        title=text("title"),
        url=safe_url(text("url", "link")),
        image=safe_url(text("image_url", "imageURL", "image", "picture")),
        email=text("email"),
    )


def _tags(entries: Mapping[str, object]) -> Mapping[str, TagRule]:
    rules = {}
    for key, entry in entries.items():
        given = entry if isinstance(entry, Mapping) else {}
        rules[key] = TagRule(
            label=str(given.get("label") or key.capitalize()),
            slug=str(given.get("permalink") or "").strip("/") or kebab(key),
            description=str(given.get("description") or ""),
        )
    return MappingProxyType(rules)
