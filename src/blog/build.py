"""The whole flow on one screen: a snapshot in, artifacts and diagnostics out.

    snapshot → parse → arrange → bodies → plan → pages → Build

A pure function of its arguments: a memo changes how long it takes, never what comes
out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType

from blog import engine
from blog.arrange import arrange
from blog.check import check_links
from blog.config import FILE, Config, locate, read_config
from blog.diagnostics import Diagnostic, Report, Span, in_order
from blog.engine import Facts, Memo
from blog.feeds import FORMATS
from blog.folders import Folder, read_folders
from blog.frontmatter import decode
from blog.markdown import render_body
from blog.model import Artifact, Blob, Body, Build, Page, Post, Site, Snapshot
from blog.pages import make_view, page_step, plan
from blog.pages.files import feed_sources, portable_body
from blog.pages.posts import nav
from blog.pages.views import View
from blog.posts import not_built, parse_post, sources
from blog.theme import Theme, templates_of

STATIC = "static/"
_FINGERPRINTED = frozenset({".css", ".js", ".mjs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a call may ask for besides `site.toml`."""

    drafts: bool = False
    future: bool = False
    base_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """The first half of a build: what there is, before anything is rendered."""

    config: Config | None
    """None if `site.toml` cannot be used."""
    site: Site
    diagnostics: tuple[Diagnostic, ...]
    folders: tuple[Folder, ...] = ()
    posts: Mapping[str, Post] = field(default_factory=dict)
    """Every source that can be read, by path."""


def build(
    snapshot: Snapshot,
    *,
    options: Options = Options(),
    memo: Memo | None = None,
) -> Build:
    """The whole site, with all that is to say about it.

    With errors there are no artifacts: a site is published whole or not at all.
    """
    memo = memo if memo is not None else Memo()
    arranged = arrange_site(snapshot, options=options, memo=memo)
    config, site = arranged.config, arranged.site
    if config is None:
        return _failed(site, arranged.diagnostics)
    report = Report()
    static = static_files(snapshot)
    facts = _body_facts(snapshot, config, arranged)
    paths = [post.path for post in site.built]
    bodies = engine.run("body", render_body, paths, facts, memo)
    rendered = engine.values(bodies)
    view = make_view(config, site, rendered, tuple(static))
    assets = _assets(rendered)
    taken = {path: Span(path=f"{STATIC}{path}") for path in static} | {
        output: Span(path=source) for output, source in assets.items()
    }
    planned = plan(view, taken, report)
    check_links(rendered, planned, taken, config.checks, report)
    templates = templates_of(snapshot, report)
    facts = _page_facts(facts, view, planned, rendered, templates, static)
    feeds = engine.run("portable", portable_body, feed_sources(planned), facts, memo)
    texts = engine.values(feeds)
    facts = facts.with_kind("portable", texts)
    step = page_step(Theme(templates))
    pages = engine.run("page", step, [p.output for p in planned], facts, memo)
    found = in_order(
        [
            *arranged.diagnostics,
            *report.found,
            *engine.diagnostics(bodies, feeds, pages),
        ]
    )
    if any(d.severity == "error" for d in found):
        return _failed(site, found)
    blobs = {path: Blob.of(data) for path, data in engine.values(pages).items()}
    blobs |= static
    blobs |= {output: snapshot.files[source] for output, source in assets.items()}
    return Build(
        artifacts=MappingProxyType(
            {path: Artifact(path=path, blob=blobs[path]) for path in sorted(blobs)}
        ),
        diagnostics=found,
        site=site,
        pages=sum(1 for p in planned if p.kind in _READ),
    )


_READ = frozenset({"home", "post", "page", "list", "tags", "tag", "archive", "404"})


def arrange_site(
    snapshot: Snapshot,
    *,
    options: Options = Options(),
    memo: Memo | None = None,
) -> Arranged:
    """Configuration, posts and their order: all that `blog list` needs."""
    memo = memo if memo is not None else Memo()
    report = Report(list(snapshot.diagnostics))
    text = decode(FILE, snapshot.files[FILE].data or b"", report)
    if text is None:
        return Arranged(config=None, site=_EMPTY, diagnostics=in_order(report.found))
    config = read_config(text, report, base_url=options.base_url)
    if config is None:
        return Arranged(config=None, site=_EMPTY, diagnostics=in_order(report.found))
    folders = read_folders(config, snapshot, report)
    found = sources(snapshot.files, folders)
    _tell_not_built(snapshot, folders, report)
    _tell_missing(config, text, snapshot, report)
    facts = Facts({"file": snapshot.files, "folder": found})
    parsed = engine.run("parse", parse_post, found, facts, memo)
    posts = {p: post for p, post in engine.values(parsed).items() if post is not None}
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
        diagnostics=in_order([*report.found, *engine.diagnostics(parsed)]),
    )


def _failed(site: Site, diagnostics: tuple[Diagnostic, ...]) -> Build:
    return Build(
        artifacts=MappingProxyType({}), diagnostics=diagnostics, site=site, pages=0
    )


_EMPTY = Site(
    posts=(),
    unlisted=(),
    pages=(),
    held=(),
    previews=MappingProxyType({}),
    sections=(),
    tags=(),
    topics=MappingProxyType({}),
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


def static_files(snapshot: Snapshot) -> dict[str, Blob]:
    """The files of `static/` by output path: the site's, over the theme's.

    Style sheets and scripts come a second time with their digest in the name, so that
    readers can keep them for a year.
    """
    files = {
        path.removeprefix(STATIC): blob
        for path, blob in {**snapshot.theme, **snapshot.files}.items()
        if path.startswith(STATIC)
    }
    marked = {
        fingerprinted(path, blob): blob
        for path, blob in files.items()
        if PurePosixPath(path).suffix in _FINGERPRINTED
    }
    return dict(sorted({**files, **marked}.items()))


def fingerprinted(path: str, blob: Blob) -> str:
    """`theme.css` with its digest: `theme.1f2e3d4c.css`."""
    name = PurePosixPath(path)
    return str(name.with_name(f"{name.stem}.{blob.digest[:8]}{name.suffix}"))


def _body_facts(snapshot: Snapshot, config: Config, arranged: Arranged) -> Facts:
    built = {post.path: post for post in arranged.site.built}
    static = {p: b for p, b in snapshot.theme.items() if p.startswith(STATIC)}
    return Facts(
        {
            "file": {**static, **snapshot.files},
            "text": {path: post.source for path, post in built.items()},
            "url": {path: post.address for path, post in built.items()},
            "held": {held.post.path: held.reason for held in arranged.site.held},
            "names": {"sources": tuple(sorted(arranged.posts))},
            "folder": _names_by_folder(snapshot.files),
            "config": {
                "base_path": config.base_path,
                "origin": config.origin,
                "checks": config.checks,
            },
        }
    )


def _names_by_folder(files: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names of the files in each folder, sorted."""
    names: dict[str, list[str]] = {}
    for path in files:
        folder, _, name = path.rpartition("/")
        names.setdefault(folder, []).append(name)
    return {folder: tuple(found) for folder, found in names.items()}


def _assets(bodies: Mapping[str, Body]) -> dict[str, str]:
    """Source path by output path, of all files that posts refer to."""
    return {o: source for body in bodies.values() for source, o in body.assets}


def _page_facts(
    facts: Facts,
    view: View,
    planned: tuple[Page, ...],
    bodies: Mapping[str, Body],
    templates: Mapping[str, str],
    static: Mapping[str, Blob],
) -> Facts:
    assets = {path: f"/{fingerprinted(path, blob)}" for path, blob in static.items()}
    assets = {path: a for path, a in assets.items() if a.lstrip("/") in static} | {
        path: f"/{path}"
        for path in static
        if PurePosixPath(path).suffix not in _FINGERPRINTED
    }
    return (
        facts.with_kind("page", {page.output: page for page in planned})
        .with_kind("body", bodies)
        .with_kind("template", templates)
        .with_kind("asset", assets)
        .with_kind("site", _site_facts(view))
    )


def _site_facts(view: View) -> dict[str, object]:
    """What every page may ask of the site."""
    config, dated = view.config, [p.date.day.year for p in view.site.posts if p.date]
    return {
        "title": config.title,
        "description": config.description,
        "language": config.language,
        "author": config.author,
        "nav": nav(view),
        "feeds": tuple(
            {"type": f.type, "name": f.name, "address": f"/{f.file}"}
            for name, f in FORMATS.items()
            if name in config.feeds.formats
        ),
        "years": "–".join(str(y) for y in sorted({min(dated), max(dated)}))
        if dated
        else "",
        "theme": config.theme,
    }
