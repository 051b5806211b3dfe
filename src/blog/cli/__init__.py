"""The command line: arguments in, one call, diagnostics and an exit code out."""

import io
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from blog import __version__
from blog.cli.begin import init_command, new_command
from blog.cli.call import (
    EXIT_ERRORS,
    EXIT_INTERRUPTED,
    EXIT_USAGE,
    Call,
    site_options,
)
from blog.diagnostics import Abort, Diagnostic, shown
from blog.store import Outcome


class _Commands(click.Group):
    """Suggests the command that was meant."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from blog.diagnostics import suggest

        if args and self.get_command(ctx, args[0]) is None:
            hint = suggest(args[0], self.list_commands(ctx))
            ctx.fail(f"There is no command {args[0]!r}. {hint}".rstrip())
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="blog %(version)s")
@click.pass_context
def main(context: click.Context) -> int:
    """A personal blog and portfolio from a folder of Markdown."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        click.echo(f"\n{_next_step(Path())}")
    return 0


def _next_step(here: Path) -> str:
    if (here / "site.toml").is_file():
        return "There is a site here: `blog build` writes it to public/."
    return "There is no site here: `blog init` begins one."


@main.command("build")
@site_options
def build_command(call: Call) -> int:
    """Build the site and publish it to the output folder."""
    from blog.store import recall, remember

    start, began = time.perf_counter(), time.time_ns()
    known = None if call.force else recall(call.root, call.key(), began / 1e9)
    if known is not None:
        call.show(known.diagnostics)
        _summarise(call, known, time.perf_counter() - start, reused=True)
        return 0
    # Heavy libraries are imported from here on, when there is something to do.
    from blog.build import build
    from blog.listing import outcome_of
    from blog.publish import check_ours, folders_of, publish

    snapshot = call.snapshot()
    check_ours(call.output)
    result = build(snapshot, options=call.options(), jobs=call.jobs)
    call.show(result.diagnostics)
    code = call.exit_code(result.diagnostics)
    if code:
        _refuse(call, result.diagnostics)
        return _usage_or(code, result.diagnostics)
    outcome = outcome_of(result)

    def keep() -> None:
        written = folders_of(result.artifacts, call.output)
        remember(call.root, call.key(), outcome, snapshot.folders, written, began)

    publish(result.artifacts, call.output, call.root, then=keep)
    _summarise(call, outcome, time.perf_counter() - start)
    return 0


@main.command("check")
@click.option("--external", is_flag=True, help="Ask other sites, too.")
@site_options
def check_command(call: Call, *, external: bool) -> int:
    """Say what a build would report; write nothing."""
    from blog.build import build
    from blog.outside import check_outside

    result = build(call.snapshot(), options=call.options(), jobs=call.jobs)
    dead = check_outside(result.outside) if external else ()
    found = (*result.diagnostics, *dead)
    call.show(found)
    code = call.exit_code(found)
    count = Counter(d.severity for d in found)
    call.put("summary", ok=not code, errors=count["error"], warnings=count["warning"])
    call.say(f"{_found(found)} in {_posts(len(result.site.posts))}")
    return _usage_or(code, found)


@main.command("list")
@site_options
def list_command(call: Call) -> int:
    """List every post, held-back ones too, newest first."""
    from blog.build import arrange_site
    from blog.listing import rows

    arranged = arrange_site(call.snapshot(), options=call.options())
    found = rows(arranged)
    for row in found:
        call.put("post", **row)
    _print_table(call, found)
    call.show(arranged.diagnostics)
    code = call.exit_code(arranged.diagnostics)
    return _usage_or(code, arranged.diagnostics)


def _print_table(call: Call, rows: list[dict[str, Any]]) -> None:
    width = max((len(row["url"] or "") for row in rows), default=0)
    for row in rows:
        day = (row["date"] or "")[:10].ljust(10)
        reason = f"  ({row['reason']})" if row["reason"] else ""
        unlisted = "" if row["listed"] or row["reason"] else "  (unlisted)"
        address = (row["url"] or "").ljust(min(width, 50))
        call.say(shown(f"{day}  {address}  {row['title']}{reason}{unlisted}"))


def _usage_or(code: int, diagnostics: Iterable[Diagnostic]) -> int:
    """2 where `site.toml` itself is at fault."""
    at_fault = any(
        d.severity == "error" and d.span.path == "site.toml" for d in diagnostics
    )
    return EXIT_USAGE if code and at_fault else code


def _refuse(call: Call, diagnostics: Iterable[Diagnostic]) -> None:
    count = Counter(d.severity for d in diagnostics)
    call.put("summary", ok=False, errors=count["error"], warnings=count["warning"])
    if not call.quiet:
        click.echo(f"{_found(diagnostics)}; nothing was written", err=True)


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
    parts = [_posts(outcome.posts), _counted(outcome.pages, "page")]
    if held:
        parts.append(f"{len(held)} held back ({_reasons(held)})")
    if count["warning"]:
        parts.append(_counted(count["warning"], "warning"))
    where = shown(os.path.relpath(call.output))
    why = " (nothing changed)" if reused else ""
    call.say(f"{', '.join(parts)} → {where}/ in {seconds:.2f} s{why}")


def _reasons(held: Iterable[tuple[str, str]]) -> str:
    kinds = Counter("future" if "future" in reason else reason for _, reason in held)
    return ", ".join(f"{n} {reason}" for reason, n in sorted(kinds.items()))


def _found(diagnostics: Iterable[Diagnostic]) -> str:
    count = Counter(d.severity for d in diagnostics)
    return (
        f"{_counted(count['error'], 'error')}, {_counted(count['warning'], 'warning')}"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _posts(number: int) -> str:
    return _counted(number, "post")


main.add_command(init_command)
main.add_command(new_command)


def run() -> None:
    """The `blog` command."""
    _allow_any_terminal()
    try:
        code = main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = EXIT_INTERRUPTED
    except Abort as error:
        click.echo(f"error: {shown(str(error))}", err=True)
        if error.hint:
            click.echo(f"  {shown(error.hint)}", err=True)
        code = EXIT_USAGE if error.usage else EXIT_ERRORS
    except BrokenPipeError:
        sys.stdout = None
        code = EXIT_ERRORS
    except Exception as error:
        code = _crashed(error)
    sys.exit(code if isinstance(code, int) else 0)


def _allow_any_terminal() -> None:
    """A terminal that cannot show a sign shows a question mark instead."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _crashed(error: Exception) -> int:
    """A bug of ours: one line for the user, the traceback in a file."""
    import traceback

    place = Path(".blog") / "crash.txt"
    try:
        place.parent.mkdir(exist_ok=True)
        place.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        where = f"; what happened is in {place}"
    except OSError:
        where = ""
    name = type(error).__name__
    click.echo(
        f"error: this is a bug in blog, not in your site ({name}){where}", err=True
    )
    return EXIT_ERRORS
