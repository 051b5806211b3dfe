"""The whole flow on one screen: a snapshot in, artifacts and diagnostics out.

    snapshot → parse → arrange → bodies → plan → pages → Build

A pure function of its arguments: a memo changes how long it takes, never what comes
out.
"""

from concurrent.futures import Executor
from types import MappingProxyType

from blog import engine
from blog.assets import STATIC, referred, static_files
from blog.check import check_links
from blog.diagnostics import Diagnostic, Report, Span, in_order
from blog.engine import Memo
from blog.facts import body_facts, page_facts
from blog.gather import DEFAULTS, Arranged, Options, arrange_site
from blog.images import is_picture, picture_size
from blog.markdown import render_body
from blog.model import Artifact, Blob, Build, Link, Site, Snapshot
from blog.pages import PAGE_KINDS, PageStep, make_view, plan
from blog.pages.files import feed_sources, portable_body
from blog.theme import templates_of
from blog.workers import workers_for

__all__ = ["Arranged", "Options", "arrange_site", "build"]


def build(
    snapshot: Snapshot,
    *,
    options: Options = DEFAULTS,
    memo: Memo | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
) -> Build:
    """The whole site, with all that is to say about it.

    With errors there are no artifacts: a site is published whole or not at all. Much
    work is done in `jobs` processes, or in `executor` if one is given.
    """
    memo = memo if memo is not None else Memo()
    workers = workers_for(jobs, executor)
    arranged = arrange_site(snapshot, options=options, memo=memo, workers=workers)
    config, site = arranged.config, arranged.site
    if config is None:
        return _failed(site, arranged.diagnostics)
    report = Report()
    static = static_files(snapshot, config.theme)
    facts = body_facts(snapshot, config, arranged)
    pictures = [path for path in facts.names("file") if is_picture(path)]
    sizes = engine.run("size", picture_size, pictures, facts, memo, workers)
    facts = facts.with_traces("size", sizes)
    paths = [post.path for post in (*site.built, *arranged.faulty)]
    bodies = engine.run("body", render_body, paths, facts, memo, workers)
    rendered = engine.values(bodies)
    view = make_view(config, site, rendered, tuple(static))
    assets = referred(rendered, static, report)
    taken = {path: Span(path=f"{STATIC}{path}") for path in static} | {
        output: Span(path=source) for output, source in assets.items()
    }
    planned = plan(view, taken, report)
    check_links(rendered, planned, taken, config.checks, report)
    templates = templates_of(snapshot, report)
    facts = facts.with_traces("body", bodies)
    facts = page_facts(facts, view, planned, templates, static)
    whole = feed_sources(planned)
    feeds = engine.run("portable", portable_body, whole, facts, memo, workers)
    facts = facts.with_traces("portable", feeds)
    outputs = [p.output for p in planned]
    pages = engine.run("page", PageStep(templates), outputs, facts, memo, workers)
    found = in_order(
        [
            *arranged.diagnostics,
            *report.found,
            *engine.diagnostics(bodies, feeds, pages),
        ]
    )
    outside = tuple(link for body in rendered.values() for link in body.outside)
    if any(d.severity == "error" for d in found):
        return _failed(site, found, outside)
    blobs = {path: Blob.of(data) for path, data in engine.values(pages).items()}
    blobs |= static
    blobs |= {output: snapshot.files[source] for output, source in assets.items()}
    return Build(
        artifacts=MappingProxyType(
            {path: Artifact(path=path, blob=blobs[path]) for path in sorted(blobs)}
        ),
        diagnostics=found,
        site=site,
        outside=outside,
        pages=sum(1 for p in planned if p.kind in _READ),
    )


_READ = frozenset(kind for kind, how in PAGE_KINDS.items() if how.template) - {
    "redirect"
}


def _failed(
    site: Site, diagnostics: tuple[Diagnostic, ...], outside: tuple[Link, ...] = ()
) -> Build:
    return Build(
        artifacts=MappingProxyType({}),
        diagnostics=diagnostics,
        site=site,
        pages=0,
        outside=outside,
    )
