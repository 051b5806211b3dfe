"""The first half of a build: configuration, posts and their order.

    snapshot → settings → parse → arrange

All that `blog list` needs; nothing is rendered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from blog import config as settings
from blog import model
from blog.assets import STATIC
from blog.codec import Codec
from blog.config import FILE, Config, locate, read_settings
from blog.diagnostics import Diagnostic, Report, Span, in_order, suggest
from blog.engine import Reader, Watcher, Wave, Workers, here
from blog.folders import Folder, read_folders
from blog.images import is_picture
from blog.liquid import data_files, read_data
from blog.memo import Memo
from blog.model import Post, Site, Snapshot
from blog.outline import arranged, places_in
from blog.posts import not_built, parse_post, sources
from blog.snapshot import content_of
from blog.wording import read_wording, tables_in

CODEC = Codec(
    Diagnostic,
    Span,
    *model.NOUNS,
    *settings.SCHEMA,
)
"""Every noun that the memo may hold."""

SHARED = (
    "template", "site", "config", "asset", "option", "clock", "rules",
    "frame", "calendar", "words",
)  # fmt: skip
"""Kinds of facts that many steps read alike."""

SOURCE = ("post", "text", "spans", "mentions")
"""The facts that come of a source, by its path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a call may ask for besides `site.toml`."""

    drafts: bool = False
    future: bool = False
    base_url: str = ""
    preview: bool = False
    """Whether only its author looks at the site: then there are no pictures for
    sharing, and titles are searched instead of whole texts.
    """
    outside: bool = False
    """Whether the links to other sites are wanted."""
    pictures: bool = True
    """Whether pictures are made; else it is only looked whether they can be."""
    index: bool = True
    """Whether a stale index of all texts is made anew; else the one of the memo stays,
    if there is one, until a build asks for it.
    """


DEFAULTS = Options()
_FEW = 500
"""Names below which a step that takes no time at all is not shared out."""


@dataclass(slots=True, kw_only=True)
class Gathered:
    """A build that has read its sources, and is to go on."""

    wave: Wave
    config: Config | None
    """None if `site.toml` cannot be used."""
    folders: tuple[Folder, ...] = ()
    report: Report
    """What was found outside of steps."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is to say so far, in order."""
        return in_order([*self.report.found, *self.wave.diagnostics])


def gather(
    snapshot: Snapshot,
    options: Options,
    memo: Memo,
    workers: Workers,
    watcher: Watcher | None = None,
) -> Gathered:
    """Reads the settings and all posts."""
    wave = Wave(memo, CODEC, workers=workers, shared=SHARED, watcher=watcher)
    report = Report(list(snapshot.diagnostics))
    styles = {p: blob for p, blob in snapshot.theme.items() if p.startswith(STATIC)}
    files = {**styles, **snapshot.files}
    wave.give("file", files, {path: blob.digest for path, blob in files.items()})
    wave.give("option", _asked(options))
    theme = snapshot.theme
    wave.give("theme", theme, {path: blob.digest for path, blob in theme.items()})
    wave.spread("settings", read_site_toml, ("config",))
    config: Config | None = wave.facts.get("config", "whole")
    if config is None:
        return Gathered(wave=wave, config=None, report=report)
    tables = tables_in(snapshot.files, theme)
    wave.give("table", tables)
    wave.each(("frame", "words", "calendar"), read_wording, tables, few=_FEW)
    folders = read_folders(config, snapshot, report)
    _tell_missing(config, wave.facts.get("config", "text"), snapshot, report)
    rules = {folder.path: folder for folder in folders}
    wave.give("rules", rules, {path: repr(folder) for path, folder in rules.items()})
    wave.give("tree", {"names": tuple(sorted(files)), "folders": tuple(rules)})
    wave.spread("sorted", sort_files, ("folder", "listing", "image"))
    posts = wave.facts.names("folder")
    wave.each(SOURCE, parse_post, posts)
    wave.each("data", read_data, data_files(snapshot.files, folders))
    return Gathered(wave=wave, config=config, folders=folders, report=report)


def sort_files(_: str, facts: Reader) -> Mapping[str, Mapping[str, Any]]:
    """A step: what each file is, by its name alone.

    The content folder of each source, the names in every folder, and the pictures.
    """
    names: tuple[str, ...] = facts["tree:names"]
    folders = tuple(facts[f"rules:{path}"] for path in facts["tree:folders"])
    _tell_not_built(names, folders, facts.report)
    listing: dict[str, list[str]] = {}
    for path in names:
        folder, _, name = path.rpartition("/")
        listing.setdefault(folder, []).append(name)
    return {
        "folder": {path: f.path for path, f in sources(names, folders).items()},
        "listing": {folder: tuple(found) for folder, found in listing.items()},
        "image": {path: True for path in names if is_picture(path)},
    }


def _asked(options: Options) -> dict[str, object]:
    names = ("drafts", "future", "base_url", "preview")
    return {name: getattr(options, name) for name in names}


def read_site_toml(_: str, facts: Reader) -> Mapping[str, Mapping[str, Any]]:
    """A step: the configuration and those parts of it that steps read by themselves.

    Empty, with all mistakes told, if it cannot be used.
    """
    base_url: str = facts["option:base_url"]
    data = content_of(facts[f"file:{FILE}"])
    config, text = read_settings(data, facts.report, base_url=base_url)
    if config is None or _names_missing_files(config, text, facts):
        return {"config": {}}
    return {
        "config": {
            "whole": config,
            "text": text,
            "base_path": config.base_path,
            "origin": config.origin,
            "budget": config.budget,
            "cards": config.cards,
            "checks": config.checks,
            "language": config.language,
            "markdown": config.markdown,
            "images": config.images,
        }
    }


def _names_missing_files(config: Config, text: str, facts: Reader) -> bool:
    """Whether a file of `static/` that `site.toml` names is not there; each is told."""
    named = [
        (("author", "photo"), config.author.photo),
        (("theme", "font"), config.theme.font),
        (("cards", "font"), config.cards.font_file),
        *(
            (("projects", n, "picture"), p.picture)
            for n, p in enumerate(config.projects)
        ),
    ]
    missing = [
        (where, name)
        for where, name in named
        if name and facts.get(f"file:{STATIC}{name}") is None
    ]
    for where, name in missing:
        every = (path.removeprefix(STATIC) for path in facts.every("file"))
        facts.report.error(
            "config-value",
            locate(text, where),
            f"there is no file 'static/{name}'",
            hint=suggest(name, every) or "put it there, or take the line out",
        )
    return bool(missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """All posts in their order, before anything is rendered."""

    config: Config | None
    """None if `site.toml` cannot be used."""
    site: Site | None
    diagnostics: tuple[Diagnostic, ...]
    folders: tuple[Folder, ...] = ()
    posts: Mapping[str, Post] = field(default_factory=dict)
    """Every source without errors in its front matter, by path."""


def arrange_site(
    snapshot: Snapshot, *, options: Options = DEFAULTS, workers: Workers = here
) -> Arranged:
    """Configuration, posts and their order: all that `blog list` needs."""
    gathered = gather(snapshot, options, Memo(), workers)
    if gathered.config is None:
        return Arranged(config=None, site=None, diagnostics=gathered.diagnostics)
    gathered.wave.give("clock", {"now": snapshot.now})
    facts = Reader(gathered.wave.facts)
    every: Mapping[str, Post] = facts.every("post")
    posts = {path: post for path, post in every.items() if not post.faulty}
    site = arranged(facts, tuple(posts.values()), gathered.config, places_in(facts))
    gathered.report.found += facts.report.found
    return Arranged(
        config=gathered.config,
        site=site,
        folders=gathered.folders,
        posts=posts,
        diagnostics=gathered.diagnostics,
    )


def _tell_not_built(
    names: tuple[str, ...], folders: tuple[Folder, ...], report: Report
) -> None:
    for path, left in not_built(names, folders).items():
        some = ", ".join(left[:3]) + (" …" if len(left) > 3 else "")
        what = "1 file is" if len(left) == 1 else f"{len(left)} files are"
        report.warning(
            "not-built",
            Span(path=left[0] if len(left) == 1 else path),
            f"{what} no post of this Jekyll site and not built: {some}",
            hint="copy pages that you want to keep into content/",
        )


def _tell_missing(
    config: Config, text: str, snapshot: Snapshot, report: Report
) -> None:
    """A folder that is named but not there is a mistake; an empty one is a start."""
    unread = {d.span.path for d in snapshot.diagnostics}
    for number, content in enumerate(config.content):
        prefix = f"{content.path.strip('/')}/"
        is_there = content.path == "." or any(
            path.startswith(prefix) for path in (*snapshot.files, *unread)
        )
        if not is_there and content.path != "content/posts":
            report.warning(
                "config-value",
                locate(text, ("content", number, "path")),
                f"there is nothing in the content folder {content.path!r}",
                hint="check the path in [[content]]",
            )
