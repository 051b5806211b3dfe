"""The whole flow on one screen: a snapshot in, artifacts and diagnostics out.

    snapshot → settings → parse → outline → bodies → cards → checks → pages → Build

A pure function of its arguments: a memo changes how long it takes, never what comes
out. Each stage comes after what it reads, and runs only where it is stale.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from blog.assets import STATIC, referred, static_addresses, static_files
from blog.check import check_links
from blog.diagnostics import Diagnostic
from blog.engine import Facts, Reader, Watcher, Wave, Workers
from blog.fulltext import index_files, index_names, index_texts
from blog.gather import DEFAULTS, Arranged, Gathered, Options, arrange_site, gather
from blog.images import offered_as
from blog.markdown import codes_in, draw, name_of, render_body
from blog.memo import Damaged, Memo
from blog.model import (
    Artifact,
    Blob,
    Build,
    Link,
    Picture,
    Rendered,
    Snapshot,
    Summary,
    Variant,
)
from blog.outline import KINDS, outline, places_in
from blog.pages import PageStep
from blog.pages.cards import card_of
from blog.pages.claims import Claims, Owner, file_owner, page_owner
from blog.pages.files import portable_body
from blog.pictures import clean, measure, names_used, offer, pictures_made
from blog.posters import draw_posters, poster_files, poster_names, tell_not_drawn
from blog.programs import identity_of
from blog.related import related
from blog.shelf import MemoryShelf, Shelf
from blog.theme.texts import read_template, template_names
from blog.weights import weights_of
from blog.workers import workers_for

if TYPE_CHECKING:
    from concurrent.futures import Executor

PutPage = Callable[[str, str, bytes], Blob]
"""Takes a page: its path, digest and bytes."""

TEXT = ("body", "brief", "links", "outside", "anchors", "assets", "shown")
"""The facts that come of a text, by the path of its post."""

__all__ = ["Arranged", "Options", "arrange_site", "build"]


def build(
    snapshot: Snapshot,
    *,
    options: Options = DEFAULTS,
    memo: Memo | None = None,
    jobs: int = 1,
    executor: "Executor | None" = None,
    watcher: Watcher | None = None,
    put: PutPage | None = None,
    shelf: Shelf | None = None,
    first: Collection[str] = (),
    told: Callable[[Facts], None] | None = None,
) -> Build:
    """The whole site, with all that is to say about it.

    With errors there are no artifacts: a site is published whole or not at all. Much
    work is done in `jobs` processes, or in `executor` if one is given. A memo that is
    damaged is emptied. `put` takes each page as soon as it is written, and says where
    it is; `shelf` holds the pictures that are made. By default both are in memory.
    Pages that are waited for come `first`. `told` hears all that is known in the end.
    """
    memo = memo if memo is not None else Memo()
    # A picture takes so long that two of them are worth a process; an executor of
    # somebody else's may not see the shelf.
    studio = Studio(
        shelf=(shelf or MemoryShelf()) if options.pictures else None,
        workers=workers_for(jobs, few=2),
    )
    workers = workers_for(jobs, executor)
    while True:
        try:
            gathered = gather(snapshot, options, memo, workers, watcher)
            made = _build(snapshot, gathered, options, put or _in_memory, studio, first)
        except Damaged as damage:
            if not memo.clear(str(damage)):
                raise
        else:
            if told and gathered.config is not None:
                told(gathered.wave.facts)
            return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """Where pictures are made."""

    shelf: Shelf | None
    """Where they are kept; None: they are only looked at."""
    workers: Workers


def _build(
    snapshot: Snapshot,
    gathered: Gathered,
    options: Options,
    put: PutPage,
    studio: Studio,
    first: Collection[str],
) -> Build:
    wave = gathered.wave
    if gathered.config is None:
        return _failed(gathered.diagnostics)
    static = static_files(snapshot, gathered.config.theme)
    outlined(wave, snapshot, static)
    _render(wave, studio)
    _check(wave)
    clean(wave, static, studio.shelf, studio.workers)
    index_texts(wave, studio.shelf, may_wait=not options.index)
    pages = _write(wave, snapshot, static, put, first)
    summary: Summary = wave.facts.get("summary", "")
    if ("outline", "") in wave.memo.computed:
        wave.save({"since": snapshot.now.isoformat(), "until": summary.due})
    else:
        wave.save({})
    tell_not_drawn(wave.facts, gathered.report)
    found = gathered.diagnostics
    outside = _outside(wave.facts) if options.outside else ()
    if any(d.severity == "error" for d in found):
        return _failed(found, summary, outside)
    wave.memo.kept = MappingProxyType(dict(pages))
    made = {
        **index_files(wave.facts, studio.shelf),
        **poster_files(wave.facts, studio.shelf),
        **pictures_made(wave.facts, static, studio.shelf),
    }
    return Build(
        artifacts=_artifacts(wave, snapshot, {**static, **pages}, made),
        diagnostics=found,
        summary=summary,
        outside=outside,
        shelved=frozenset(_shelved(wave.facts) if studio.shelf else ()),
    )


def _shelved(facts: Facts) -> set[str]:
    return names_used(facts) | index_names(facts) | poster_names(facts)


def outlined(wave: Wave, snapshot: Snapshot, static: Mapping[str, Blob]) -> None:
    """Who stands where, and which pages there are."""
    now = snapshot.now
    wave.give("clock", {"now": now}, {"now": _clock(now, wave.memo)})
    wave.give("static", dict.fromkeys(static, True), dict.fromkeys(static, "there"))
    wave.spread("outline", outline, KINDS)
    wave.spread("related", related, ("related",))


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


def _render(wave: Wave, studio: Studio) -> None:
    """Texts to HTML, and what other pages show of them."""
    facts = wave.facts
    measure(wave)
    shown, texts = facts.names("standing"), facts.names("standing", "faulty")
    offer(wave, studio.shelf, studio.workers)
    _draw(wave)
    wave.each(TEXT, text_parts, texts)
    wave.each("card", card_of, shown, few=_SMALL)
    draw_posters(wave, shown, studio.shelf, studio.workers)


def _draw(wave: Wave) -> None:
    """Diagrams, by the programs that `site.toml` names."""
    facts = wave.facts
    programs: Mapping[str, str] = facts.get("config", "markdown").diagrams
    wave.give("program", {name: identity_of(run) for name, run in programs.items()})
    asked = facts.digests("text") if programs else ()
    wave.each("codes", codes_in, asked)
    codes = {name_of(c): c for found in facts.every("codes").values() for c in found}
    wave.give("code", codes)
    wave.each("diagram", draw, codes)


_SMALL = 500
"""Names below which a step that takes no time at all is not shared out."""


def text_parts(path: str, facts: Reader) -> tuple[object, ...]:
    """A step: the facts of `TEXT`; of lists that are empty there is none."""
    made: Rendered = render_body(path, facts)
    lists = (made.links, made.outside, made.anchors, made.assets, made.shown)
    return (made.body, made.brief, *(each or None for each in lists))


def _check(wave: Wave) -> None:
    """Which files there will be, and whether all links lead to one."""
    wave.spread("copies", _copies, ("copy", "offered"))
    wave.each("checked", check_links, wave.facts.names("links"), few=_SMALL)


def _copies(_: str, facts: Reader) -> Mapping[str, Mapping[str, object]]:
    """A step: by output path the source path of all files that texts refer to, and
    what was made of the pictures that they show.
    """
    assets, shown = facts.every("assets"), facts.every("shown")
    if not assets and not shown:
        return {"copy": {}, "offered": {}}
    static, claims = facts.every("static"), Claims(facts.report)
    offered: dict[str, Variant] = {}
    owners: dict[str, str] = {}
    for source, place in sorted({pair for pairs in shown.values() for pair in pairs}):
        picture: Picture = facts[f"picture:{source}"]
        made = {offered_as(place, variant): variant for variant in picture.files}
        offered |= made
        owners |= dict.fromkeys(made, source)
    copies = referred(assets, static, facts.report)
    for path in static:
        claims.claim(path, file_owner(f"{STATIC}{path}"))
    for path in copies.keys() - static.keys():
        claims.claim(path, file_owner(copies[path]))
    for path in facts.every("where"):
        claims.claim(path, partial(_owner_of, path, facts))
    for path in sorted(offered):
        claims.claim(path, file_owner(owners[path]))
    claims.check_folders()
    return {"copy": copies, "offered": dict(sorted(offered.items()))}


def _owner_of(path: str, facts: Reader) -> Owner:
    return page_owner(facts[f"plan:{path}"], places_in(facts))


def _write(
    wave: Wave,
    snapshot: Snapshot,
    static: Mapping[str, Blob],
    put: PutPage,
    first: Collection[str],
) -> Mapping[str, Blob]:
    """Pages to bytes; where each of them can be had, by path."""
    names = template_names(snapshot.files, snapshot.theme)
    wave.each("template", read_template, names, few=_SMALL)
    wave.give("asset", static_addresses(static))
    wave.give("weight", weights_of(wave.facts.get("config", "budget"), static))
    wave.each("portable", portable_body, wave.facts.names("fed"))
    step = PageStep(wave.facts.every("template"))
    made: dict[str, Blob] = {}

    def put_page(path: str, digest: str, data: bytes) -> None:
        made[path] = put(path, digest, data)

    wave.each("page", step, wave.facts.names("plan"), put=put_page, first=first)
    kept = wave.memo.kept
    return {path: made.get(path) or kept[path] for path in wave.facts.digests("page")}


def _in_memory(_: str, digest: str, data: bytes) -> Blob:
    return Blob(digest=digest, size=len(data), data=data)


def _artifacts(
    wave: Wave,
    snapshot: Snapshot,
    blobs: Mapping[str, Blob],
    made: Mapping[str, Blob | None],
) -> Mapping[str, Artifact]:
    """All files of the finished site by path; what was made of pictures goes first."""
    copies = wave.facts.every("copy")
    every: dict[str, Blob | None] = {**blobs}
    every |= {path: snapshot.files[source] for path, source in copies.items()}
    every |= made
    found = {path: blob for path, blob in sorted(every.items()) if blob}
    return MappingProxyType(
        {path: Artifact(path=path, blob=blob) for path, blob in found.items()}
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
