"""The command line: arguments in, one call, diagnostics and an exit code out."""

import io
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

import click

from blog import __version__
from blog.cli.call import (
    EXIT_ERRORS,
    EXIT_INTERRUPTED,
    EXIT_USAGE,
)
from blog.diagnostics import Abort, shown

_MODULES = MappingProxyType(
    {
        "build": "building",
        "check": "asking",
        "deploy": "deploying",
        "init": "begin",
        "list": "asking",
        "new": "begin",
        "serve": "serving",
        "why": "asking",
    }
)
"""Where each command is; a newcomer adds a row."""


class _Commands(click.Group):
    """Loads only the command that is called; suggests the one that was meant."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_MODULES)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in _MODULES:
            return None
        module = import_module(f"blog.cli.{_MODULES[cmd_name]}")
        found: click.Command = getattr(module, f"{cmd_name}_command")
        return found

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


def run() -> None:
    """The `blog` command."""
    _allow_any_terminal()
    _put_away_when_ended()
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


def _put_away_when_ended() -> None:
    """A signal that ends us is an exception, so that what is half done is put away.

    Workers that begin as a copy of this process have nothing to put away.
    """
    process = os.getpid()

    def end(number: int, _: object) -> None:
        if os.getpid() != process:
            os._exit(128 + number)
        sys.exit(128 + number)

    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, end)


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
