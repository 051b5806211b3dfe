"""`blog build`: looks first, does what has to be done, and says what came of it."""

import gc
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

import click

from blog.cli.call import Call, site_options, usage_or
from blog.cli.show import counted, found_in, posts_in
from blog.diagnostics import Abort, Diagnostic, shown
from blog.store import FILE, PICTURES, Left, Outcome, forget, locked, look

if TYPE_CHECKING:
    from blog.memo import Memo
    from blog.model import Build

_TRIES = 3
"""How often a build begins anew because somebody writes on."""


@click.command("build")
@site_options
def build_command(call: Call) -> int:
    """Build the site and publish it to the output folder."""
    with alone(call):
        return build_site(call)[0]


@contextmanager
def alone(call: Call) -> Iterator[None]:
    """Nobody else builds this site meanwhile."""

    def wait() -> None:
        if not call.quiet:
            click.echo("waiting for another build of this site to end", err=True)

    # A build is over before its garbage is worth collecting.
    gc.disable()
    _check_workshop(call)
    with locked(call.root, wait):
        yield


def build_site(call: Call) -> tuple[int, Outcome | None]:
    """The exit code, and what the build had to say if it came out well."""
    start = time.perf_counter()
    if call.force:
        forget(call.root)
    # The clock decides whether a held-back post is due.
    now = time.time()  # noqa: TID251
    left = look(call.root, call.output, call.key(), now)
    if left.outcome is None:
        return _build(call, left, start)
    call.show(left.outcome.diagnostics)
    _summarise(call, left.outcome, time.perf_counter() - start, reused=True)
    return 0, left.outcome


def _check_workshop(call: Call) -> None:
    """Raises `Abort` where what we keep would be kept elsewhere."""
    beside = call.output.parent / f".{call.output.name}.blog"
    ours = (".blog", FILE, PICTURES)
    for place in (*(call.root / name for name in ours), beside):
        if place.is_symlink():
            raise Abort(
                f"{place} is a symbolic link",
                hint="remove it: the build makes a folder of its own there",
            )


def _build(
    call: Call, left: Left, start: float, tries: int = _TRIES
) -> tuple[int, Outcome | None]:
    """Builds as often as files change meanwhile, within reason."""
    # Heavy libraries are imported from here on, when there is something to do.
    from blog.shelf import FolderShelf
    from blog.snapshot import Changed

    try:
        return _build_once(call, left, start)
    except Changed as change:
        shelf = FolderShelf(call.root / PICTURES)
        if change.path.parent == shelf.folder:
            shelf.mend()
        if tries == 1:
            raise
        left = Left(spare=left.spare, rows=left.rows)
        return _build(call, left, start, tries - 1)


def _build_once(call: Call, left: Left, start: float) -> tuple[int, Outcome | None]:
    from blog.build import build
    from blog.cli.progress import Progress, table, write_profile
    from blog.listing import outcome_of
    from blog.publish import Publication, Trees
    from blog.shelf import FolderShelf
    from blog.store import program_stamps, remember
    from blog.weights import typical

    snapshot = call.snapshot(left.sources)
    before = Trees(visible=left.visible, is_whole=left.is_whole, spare=left.spare)
    shelf = FolderShelf(call.root / PICTURES)
    progress = Progress(quiet=call.quiet or call.as_json)
    with (
        closing(progress),
        closing(Publication(call.output, call.root, before)) as publication,
        closing(_memo(call, left)) as memo,
    ):
        result = build(
            snapshot,
            options=call.options(),
            memo=memo,
            jobs=call.jobs,
            put=publication.put,
            watcher=progress,
            shelf=shelf,
        )
        progress.close()
        if call.profile:
            write_profile(progress.stages, call.profile)
        code = _tell(call, result, memo)
        if code:
            return code, None
        outcome = outcome_of(result, snapshot.now)
        latest = result.summary.latest
        weights = tuple(typical(result.artifacts, latest)) if call.verbose else ()
        trees = publication.finish(result.artifacts)
    shelf.tidy(result.shelved, snapshot.now.timestamp())
    remember(
        call.root,
        call.key(),
        outcome,
        now={
            "source": {**snapshot.stamps, **program_stamps()},
            "visible": trees.visible,
            "spare": trees.spare,
        },
        before=left.rows,
        program=memo.program,
    )
    for line in (*table(progress.stages), "", *weights) if call.verbose else ():
        call.say(line)
    seconds = time.perf_counter() - start
    _summarise(call, outcome, seconds, reused=trees is before and not memo.computed)
    return 0, outcome


def _tell(call: Call, result: "Build", memo: "Memo") -> int:
    """Says what was found; the exit code, 0 if the site may be published."""
    call.show(result.diagnostics)
    if memo.trouble and not call.quiet:
        click.echo(f"note: {FILE} could not be used ({memo.trouble})", err=True)
    code = call.exit_code(result.diagnostics)
    if code:
        _refuse(call, result.diagnostics)
    return usage_or(code, result.diagnostics)


def _memo(call: Call, left: Left) -> "Memo":
    """What earlier builds have computed; the pages among it lie in the output."""
    from blog.memo import Memo
    from blog.model import Blob
    from blog.store import program

    output = str(call.output)
    kept = {
        name: Blob(digest=s.digest, size=s.size, source=f"{output}/{name}")
        for name, s in left.visible.items()
        if name[-1] != "/"
    }
    with suppress(OSError):
        (call.root / FILE).parent.mkdir(exist_ok=True)
    return Memo(path=call.root / FILE, program=left.program or program(), kept=kept)


def _refuse(call: Call, diagnostics: Iterable[Diagnostic]) -> None:
    count = Counter(d.severity for d in diagnostics)
    call.put("summary", ok=False, errors=count["error"], warnings=count["warning"])
    if not call.quiet:
        click.echo(f"{found_in(diagnostics)}; nothing was written", err=True)


def _summarise(
    call: Call, outcome: Outcome, seconds: float, *, reused: bool = False
) -> None:
    """The honest last line: posts, pages, what was held back and why, time."""
    held = outcome.held
    for path, reason in held if call.verbose or len(held) <= 10 else ():
        call.say(shown(f"held back: {path} ({reason})"))
    count = Counter(d.severity for d in outcome.diagnostics)
    call.put(
        "summary",
        ok=True,
        posts=outcome.posts,
        pages=outcome.pages,
        files=outcome.files,
        held=dict(held),
        warnings=count["warning"],
        reused=reused,
        seconds=round(seconds, 3),
    )
    parts = [posts_in(outcome.posts), counted(outcome.pages, "page")]
    if held:
        parts.append(f"{len(held)} held back ({_reasons(held)})")
    if count["warning"]:
        parts.append(counted(count["warning"], "warning"))
    where = shown(os.path.relpath(call.output))
    why = " (nothing changed)" if reused else ""
    call.say(f"{', '.join(parts)} → {where}/ in {seconds:.2f} s{why}")


def _reasons(held: Iterable[tuple[str, str]]) -> str:
    kinds = Counter("future" if "future" in reason else reason for _, reason in held)
    return ", ".join(f"{n} {reason}" for reason, n in sorted(kinds.items()))
