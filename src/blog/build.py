"""The whole flow on one screen: a snapshot in, artifacts and diagnostics out.

    snapshot → settings → parse → outline → bodies → cards → checks → pages → Build

A pure function of its arguments: a memo changes how long it takes, never what comes
out. Each stage comes after what it reads, and runs only where it is stale.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import MappingProxyType

from blog.assets import STATIC, referred, static_addresses, static_files
from blog.check import check_links
from blog.diagnostics import Diagnostic
from blog.engine import Facts, Reader, Watcher, Wave
from blog.gather import DEFAULTS, Arranged, Gathered, Options, arrange_site, gather
from blog.images import is_picture, picture_size
from blog.markdown import render_body
from blog.memo import Damaged, Memo
from blog.model import Artifact, Blob, Build, Link, Rendered, Snapshot, Summary
from blog.outline import KINDS, outline, places_in
from blog.pages import PageStep
from blog.pages.cards import card_of
from blog.pages.claims import Claims, Owner, file_owner, page_owner
from blog.pages.files import portable_body
from blog.theme.texts import read_template, template_names
from blog.workers import workers_for

PutPage = Callable[[str, str, bytes], Blob]
"""Takes a page: its path, digest and bytes."""

__all__ = ["Arranged", "Options", "arrange_site", "build"]


def build(
    snapshot: Snapshot,
    *,
    options: Options = DEFAULTS,
    memo: Memo | None = None,
    jobs: int = 1,
    executor: Executor | None = None,
    watcher: Watcher | None = None,
    put: PutPage | None = None,
) -> Build:
    """The whole site, with all that is to say about it.

    With errors there are no artifacts: a site is published whole or not at all. Much
    work is done in `jobs` processes, or in `executor` if one is given. A memo that is
    damaged is emptied. `put` takes each page as soon as it is written, and says where
    it is; by default it stays in memory.
    """
    memo = memo if memo is not None else Memo()
    workers = workers_for(jobs, executor)
    while True:
        try:
            gathered = gather(snapshot, options, memo, workers, watcher)
            return _build(snapshot, gathered, options, put or _in_memory)
        except Damaged as damage:
            if not memo.clear(str(damage)):
                raise


def _build(
    snapshot: Snapshot, gathered: Gathered, options: Options, put: PutPage
) -> Build:
    wave = gathered.wave
    if gathered.config is None:
        return _failed(gathered.diagnostics)
    static = static_files(snapshot, gathered.config.theme)
    outlined(wave, snapshot, static)
    _render(wave)
    _check(wave)
    pages = _write(wave, snapshot, static, put)
    summary: Summary = wave.facts.get("summary", "")
    if ("outline", "") in wave.memo.computed:
        wave.save({"since": snapshot.now.isoformat(), "until": summary.due})
    else:
        wave.save({})
    found = gathered.diagnostics
    outside = _outside(wave.facts) if options.outside else ()
    if any(d.severity == "error" for d in found):
        return _failed(found, summary, outside)
    artifacts = _artifacts(wave, snapshot, static, pages)
    return Build(
        artifacts=artifacts, diagnostics=found, summary=summary, outside=outside
    )


def outlined(wave: Wave, snapshot: Snapshot, static: Mapping[str, Blob]) -> None:
    """Who stands where, and which pages there are."""
    now = snapshot.now
    wave.give("clock", {"now": now}, {"now": _clock(now, wave.memo)})
    wave.give("static", dict.fromkeys(static, True), dict.fromkeys(static, "there"))
    wave.spread("outline", outline, KINDS)


def _clock(now: datetime, memo: Memo) -> str:
    """What stands for the time: the same as before, unless a post became due since."""
    since, until = memo.setting("since"), memo.setting("until")
    try:
        is_due = bool(until) and datetime.fromisoformat(until) <= now
        if since and datetime.fromisoformat(since) <= now and not is_due:
            return memo.digest("clock", "now") or now.isoformat()
    except (ValueError, TypeError) as error:
        raise Damaged(str(error)) from error
    return now.isoformat()


def _render(wave: Wave) -> None:
    """Texts to HTML, and what other pages show of them."""
    facts = wave.facts
    pictures = [path for path in facts.digests("file") if is_picture(path)]
    wave.each("size", picture_size, pictures, few=_SMALL)
    wave.give("listing", _names_by_folder(facts))
    shown = facts.digests("standing")
    paths = (*shown, *facts.digests("faulty"))
    wave.each(("body", "brief", "links", "outside", "anchors", "assets"), _body, paths)
    wave.each("card", card_of, shown, few=_SMALL)


_SMALL = 500
"""Names below which a step that takes no time at all is not shared out."""


def _body(path: str, facts: Reader) -> tuple[object, ...]:
    """A step: the parts of a rendered text; of lists that are empty there is none."""
    made: Rendered = render_body(path, facts)
    lists = (made.links, made.outside, made.anchors, made.assets)
    return (made.body, made.brief, *(each or None for each in lists))


def _names_by_folder(facts: Facts) -> dict[str, tuple[str, ...]]:
    """The names of the files in each folder, sorted."""
    names: dict[str, list[str]] = {}
    for path in sorted(facts.digests("file")):
        folder, _, name = path.rpartition("/")
        names.setdefault(folder, []).append(name)
    return {folder: tuple(found) for folder, found in names.items()}


def _check(wave: Wave) -> None:
    """Which files there will be, and whether all links lead to one."""
    wave.spread("copies", _copies, ("copy",))
    wave.each("checked", check_links, wave.facts.digests("links"), few=_SMALL)


def _copies(_: str, facts: Reader) -> Mapping[str, Mapping[str, str]]:
    """A step: source path by output path, of all files that texts refer to."""
    assets = facts.every("assets")
    if not assets:
        return {"copy": {}}
    static, claims = facts.every("static"), Claims(facts.report)
    copies = referred(assets, static, facts.report)
    for path in static:
        claims.claim(path, file_owner(f"{STATIC}{path}"))
    for path in copies.keys() - static.keys():
        claims.claim(path, file_owner(copies[path]))
    for path in facts.every("where"):
        claims.claim(path, partial(_owner_of, path, facts))
    claims.check_folders()
    return {"copy": copies}


def _owner_of(path: str, facts: Reader) -> Owner:
    return page_owner(facts[f"plan:{path}"], places_in(facts))


def _write(
    wave: Wave, snapshot: Snapshot, static: Mapping[str, Blob], put: PutPage
) -> Mapping[str, Blob]:
    """Pages to bytes; where each of them can be had, by path."""
    theme = snapshot.theme
    wave.give("theme", theme, {path: blob.digest for path, blob in theme.items()})
    names = template_names(snapshot.files, theme)
    wave.each("template", read_template, names, few=_SMALL)
    wave.give("asset", static_addresses(static))
    wave.each("portable", portable_body, wave.facts.digests("fed"))
    step = PageStep(wave.facts.every("template"))
    made: dict[str, Blob] = {}

    def put_page(path: str, digest: str, data: bytes) -> None:
        made[path] = put(path, digest, data)

    wave.each("page", step, wave.facts.digests("plan"), put=put_page)
    held = wave.facts.digests("page").keys() - made.keys()
    return made | {path: wave.memo.kept[path] for path in held}


def _in_memory(_: str, digest: str, data: bytes) -> Blob:
    return Blob(digest=digest, size=len(data), data=data)


def _artifacts(
    wave: Wave,
    snapshot: Snapshot,
    static: Mapping[str, Blob],
    pages: Mapping[str, Blob],
) -> Mapping[str, Artifact]:
    """All files of the finished site by path."""
    wave.memo.kept = MappingProxyType(dict(pages))
    blobs = {**pages, **static}
    for path, source in wave.facts.every("copy").items():
        blobs[path] = snapshot.files[source]
    return MappingProxyType(
        {path: Artifact(path=path, blob=blobs[path]) for path in sorted(blobs)}
    )


def _outside(facts: Facts) -> tuple[Link, ...]:
    """The links to other sites, each with the line on which it stands."""
    return tuple(
        replace(link, span=facts.get("text", path).with_line(link.span))
        for path, links in facts.every("outside").items()
        for link in links
    )


_NOTHING = Summary()


def _failed(
    diagnostics: tuple[Diagnostic, ...],
    summary: Summary = _NOTHING,
    outside: tuple[Link, ...] = (),
) -> Build:
    return Build(
        artifacts=MappingProxyType({}),
        diagnostics=diagnostics,
        summary=summary,
        outside=outside,
    )
