"""The command line: arguments in, one call, diagnostics and an exit code out."""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from blog import __version__
from blog.diagnostics import Abort, Diagnostic, plain, segments, shown
from blog.model import Held, Snapshot

EXIT_ERRORS = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130

_SHOWN = 50
"""Warnings shown before the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What every command is told, and how it answers."""

    root: Path
    config: str
    output: Path
    base_url: str
    drafts: bool
    future: bool
    strict: bool
    as_json: bool
    quiet: bool
    verbose: bool

    def snapshot(self) -> Snapshot:
        """The site as it is now."""
        from blog.snapshot import take_snapshot

        # The one look at the clock: it decides what lies in the future.
        now = datetime.now(UTC)  # noqa: TID251
        return take_snapshot(self.root, config=self.config, output=self.output, now=now)

    def options(self) -> Any:
        """What a build is asked for."""
        from blog.build import Options

        return Options(drafts=self.drafts, future=self.future, base_url=self.base_url)

    def say(self, line: str = "") -> None:
        """A line of the result, on standard output."""
        if not (self.quiet or self.as_json):
            click.echo(line)

    def put(self, kind: str, **values: object) -> None:
        """One JSON object on a line of standard output."""
        if self.as_json:
            click.echo(json.dumps({"kind": kind, **values}, ensure_ascii=False))

    def show(self, diagnostics: Iterable[Diagnostic]) -> None:
        """All errors, and as many warnings as can be read, on standard error."""
        found = list(diagnostics)
        for diagnostic in found:
            self.put("diagnostic", **_as_json(diagnostic))
        limit = len(found) if self.verbose else _SHOWN
        errors = [d for d in found if d.severity == "error"]
        warnings = [d for d in found if d.severity != "error"]
        _print([*([] if self.quiet else warnings[:limit]), *errors])
        if len(warnings) > limit and not self.quiet:
            click.echo(f"… and {len(warnings) - limit} more warnings (-v)", err=True)

    def exit_code(self, diagnostics: Iterable[Diagnostic]) -> int:
        """0, or 1 if there are errors, or warnings where those count."""
        levels = {d.severity for d in diagnostics}
        fails = "error" in levels or (self.strict and "warning" in levels)
        return EXIT_ERRORS if fails else 0


def site_options(command: Callable[..., int]) -> Callable[..., Any]:
    """The options that every command has, handed over as one `Call`."""

    def called(**options: Any) -> int:
        output: Path = options.pop("output")
        return command(Call(output=options["root"] / output, **options))

    called.__doc__ = command.__doc__
    for option in reversed(_OPTIONS):
        called = option(called)
    return called


_FOLDER = click.Path(path_type=Path, file_okay=False)
_OPTIONS = (
    click.option("--root", type=_FOLDER, default=".", help="Folder of the site."),
    click.option("--config", default="site.toml", help="Its configuration."),
    click.option(
        "--output",
        type=click.Path(path_type=Path),
        default="public",
        help="Folder to publish to, from the root.",
    ),
    click.option("--base-url", default="", help="Address to build for."),
    click.option("-D", "--drafts", is_flag=True, help="Show drafts too."),
    click.option("--future", is_flag=True, help="Show posts of the future too."),
    click.option("--strict", is_flag=True, help="Warnings fail."),
    click.option("--json", "as_json", is_flag=True, help="One JSON object a line."),
    click.option("-q", "--quiet", is_flag=True, help="Only errors."),
    click.option("-v", "--verbose", is_flag=True, help="Every warning."),
)


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
    return "There is no site.toml here: go to the folder of a site, or use --root DIR."


@main.command("build")
@site_options
def build_command(call: Call) -> int:
    """Build the site and publish it to the output folder."""
    from blog.build import build
    from blog.publish import check_ours, publish

    start = time.perf_counter()
    snapshot = call.snapshot()
    check_ours(call.output)
    result = build(snapshot, options=call.options())
    call.show(result.diagnostics)
    code = call.exit_code(result.diagnostics)
    if code:
        _refuse(call, result.diagnostics)
        return _usage_or(code, result.diagnostics)
    publish(result.artifacts, call.output, call.root)
    _summarise(call, result, time.perf_counter() - start)
    return 0


@main.command("check")
@site_options
def check_command(call: Call) -> int:
    """Say what a build would report; write nothing."""
    from blog.build import build

    result = build(call.snapshot(), options=call.options())
    call.show(result.diagnostics)
    code = call.exit_code(result.diagnostics)
    count = Counter(d.severity for d in result.diagnostics)
    call.put("summary", ok=not code, errors=count["error"], warnings=count["warning"])
    call.say(f"{_found(result.diagnostics)} in {_posts(len(result.site.posts))}")
    return _usage_or(code, result.diagnostics)


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


def _summarise(call: Call, result: Any, seconds: float) -> None:
    """The honest last line: posts, pages, what was held back and why, time."""
    site = result.site
    for held in site.held if call.verbose or len(site.held) <= 10 else ():
        call.say(shown(f"held back: {held.post.path} ({held.reason})"))
    count = Counter(d.severity for d in result.diagnostics)
    call.put(
        "summary",
        ok=True,
        posts=len(site.posts) + len(site.unlisted),
        pages=result.pages,
        files=len(result.artifacts),
        held={held.post.path: held.reason for held in site.held},
        warnings=count["warning"],
        seconds=round(seconds, 3),
    )
    parts = [
        _posts(len(site.posts) + len(site.unlisted)),
        _counted(result.pages, "page"),
    ]
    if site.held:
        parts.append(f"{len(site.held)} held back ({_reasons(site.held)})")
    if count["warning"]:
        parts.append(_counted(count["warning"], "warning"))
    where = os.path.relpath(call.output)
    call.say(f"{', '.join(parts)} → {shown(where)}/ in {seconds:.2f} s")


def _reasons(held: Iterable[Held]) -> str:
    kinds = Counter("future" if "future" in h.reason else h.reason for h in held)
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


def _as_json(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    return {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "file": span.path,
        "line": span.line or None,
        "column": span.column or None,
        "hint": diagnostic.hint or None,
        "related": [s.path for s in diagnostic.related],
    }


_STYLES = {
    "place": "bold",
    "error": "bold red",
    "warning": "bold yellow",
    "code": "dim",
    "gutter": "dim",
    "caret": "bold green",
    "hint": "green",
}


def _print(diagnostics: list[Diagnostic]) -> None:
    """In colour on a terminal, else as plain text."""
    if not diagnostics:
        return
    is_wanted = sys.stderr.isatty() or os.environ.get("FORCE_COLOR")
    if os.environ.get("NO_COLOR") or not is_wanted:
        click.echo("\n".join(plain(d) for d in diagnostics), err=True)
        return
    # rich takes 40 ms to import, so it is imported when there is something to show.
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, soft_wrap=True, highlight=False, emoji=False)
    for diagnostic in diagnostics:
        pieces = [(text, _STYLES.get(what, "")) for what, text in segments(diagnostic)]
        console.print(Text.assemble(*pieces))


def run() -> None:
    """The `blog` command."""
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
