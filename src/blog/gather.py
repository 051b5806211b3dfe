"""The first half of a build: configuration, posts and their order.

    snapshot → parse → arrange

All that `blog list` needs; nothing is rendered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from blog import engine
from blog.arrange import arrange
from blog.assets import STATIC
from blog.config import FILE, Config, locate, read_config
from blog.diagnostics import Diagnostic, Report, Span, in_order, suggest
from blog.engine import Facts, Memo, Workers
from blog.folders import Folder, read_folders
from blog.frontmatter import decode
from blog.model import Post, Site, Snapshot
from blog.posts import not_built, parse_post, sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a call may ask for besides `site.toml`."""

    drafts: bool = False
    future: bool = False
    base_url: str = ""


DEFAULTS = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """The first half of a build: what there is, before anything is rendered."""

    config: Config | None
    """None if `site.toml` cannot be used."""
    site: Site
    diagnostics: tuple[Diagnostic, ...]
    folders: tuple[Folder, ...] = ()
    posts: Mapping[str, Post] = field(default_factory=dict)
    """Every source without errors in its front matter, by path."""
    faulty: tuple[Post, ...] = ()
    """Posts that are not in the site because of their mistakes, by path."""
    unread: tuple[str, ...] = ()
    """Sources with mistakes that are told already."""


def arrange_site(
    snapshot: Snapshot,
    *,
    options: Options = DEFAULTS,
    memo: Memo | None = None,
    workers: Workers = engine.here,
) -> Arranged:
    """Configuration, posts and their order: all that `blog list` needs."""
    memo = memo if memo is not None else Memo()
    report = Report(list(snapshot.diagnostics))
    data = snapshot.files[FILE].data or b""
    config, text = read_settings(data, report, base_url=options.base_url)
    if config is None or _names_missing_files(config, text, snapshot, report):
        return Arranged(config=None, site=_EMPTY, diagnostics=in_order(report.found))
    folders = read_folders(config, snapshot, report)
    found = sources(snapshot.files, folders)
    _tell_not_built(snapshot, folders, report)
    _tell_missing(config, text, snapshot, report)
    facts = Facts({"file": snapshot.files, "folder": found})
    parsed = engine.run("parse", parse_post, found, facts, memo, workers)
    every = {p: post for p, post in engine.values(parsed).items() if post is not None}
    posts = {p: post for p, post in every.items() if not post.faulty}
    site = arrange(
        tuple(posts.values()),
        {folder.path: folder for folder in folders},
        config,
        report,
        now=snapshot.now,
        drafts=options.drafts,
        future=options.future,
    )
    return Arranged(
        config=config,
        site=site,
        folders=folders,
        posts=posts,
        faulty=tuple(post for post in every.values() if post.faulty),
        unread=tuple(path for path in found if path not in posts),
        diagnostics=in_order([*report.found, *engine.diagnostics(parsed)]),
    )


def read_settings(
    data: bytes, report: Report, *, base_url: str = ""
) -> tuple[Config | None, str]:
    """The configuration in the bytes of `site.toml`, and its text.

    None, with all mistakes told, if it cannot be used.
    """
    text = decode(FILE, data, report)
    if text is None:
        return None, ""
    return read_config(text, report, base_url=base_url), text


_EMPTY = Site(
    posts=(),
    unlisted=(),
    pages=(),
    held=(),
    previews=MappingProxyType({}),
    sections=(),
    tags=(),
    topics=MappingProxyType({}),
    series=MappingProxyType({}),
    related=MappingProxyType({}),
    authors=MappingProxyType({}),
)


def _tell_not_built(
    snapshot: Snapshot, folders: tuple[Folder, ...], report: Report
) -> None:
    for path, left in not_built(snapshot.files, folders).items():
        names = ", ".join(left[:3]) + (" …" if len(left) > 3 else "")
        what = "1 file is" if len(left) == 1 else f"{len(left)} files are"
        report.warning(
            "not-built",
            Span(path=left[0] if len(left) == 1 else path),
            f"{what} no post of this Jekyll site and not built: {names}",
            hint="copy pages that you want to keep into content/",
        )


def _names_missing_files(
    config: Config, text: str, snapshot: Snapshot, report: Report
) -> bool:
    """Whether a file of `static/` that `site.toml` names is not there; each is told."""
    named = [
        (("author", "photo"), config.author.photo),
        (("theme", "font"), config.theme.font),
        *(
            (("projects", n, "picture"), p.picture)
            for n, p in enumerate(config.projects)
        ),
    ]
    every = (*snapshot.files, *snapshot.theme)
    names = [p.removeprefix(STATIC) for p in every if p.startswith(STATIC)]
    missing = [(where, name) for where, name in named if name and name not in names]
    for where, name in missing:
        report.error(
            "config-value",
            locate(text, where),
            f"there is no file 'static/{name}'",
            hint=suggest(name, names) or "put it there, or take the line out",
        )
    return bool(missing)


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
