"""What every command is told, and how it answers."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from blog.cli.show import as_json, show
from blog.diagnostics import Diagnostic

if TYPE_CHECKING:
    from blog.model import Snapshot
    from blog.stamps import Stamp

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
    jobs: int
    force: bool
    profile: Path | None

    def snapshot(self, known: "Mapping[str, Stamp] | None" = None) -> "Snapshot":
        """The site as it is now; what is known to be unchanged is not read."""
        from blog.snapshot import take_snapshot

        # The one look at the clock: it decides what lies in the future.
        now = datetime.now(UTC)  # noqa: TID251
        return take_snapshot(
            self.root, config=self.config, output=self.output, now=now, known=known
        )

    def key(self) -> str:
        """All that decides what a build makes of the same files."""
        from blog.store import libraries

        asked = (self.config, str(self.output), self.base_url, self.drafts, self.future)
        return "\n".join([repr((*asked, self.strict)), libraries()])

    def options(self, **more: bool) -> Any:
        """What a build is asked for."""
        from blog.build import Options

        return Options(
            drafts=self.drafts, future=self.future, base_url=self.base_url, **more
        )

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
        found = [self._renamed(d) for d in diagnostics]
        for diagnostic in found:
            self.put("diagnostic", **as_json(diagnostic))
        limit = len(found) if self.verbose else _SHOWN
        errors = [d for d in found if d.severity == "error"]
        warnings = [d for d in found if d.severity != "error"]
        show([*([] if self.quiet else warnings[:limit]), *errors])
        if len(warnings) > limit and not self.quiet:
            click.echo(f"… and {len(warnings) - limit} more warnings (-v)", err=True)

    def _renamed(self, diagnostic: Diagnostic) -> Diagnostic:
        """With the name of the configuration that was really read."""
        span = diagnostic.span
        if span.path != "site.toml" or self.config == "site.toml":
            return diagnostic
        return replace(diagnostic, span=replace(span, path=self.config))

    def exit_code(self, diagnostics: Iterable[Diagnostic]) -> int:
        """0, or 1 if there are errors, or warnings where those count."""
        levels = {d.severity for d in diagnostics}
        fails = "error" in levels or (self.strict and "warning" in levels)
        return EXIT_ERRORS if fails else 0


def usage_or(code: int, diagnostics: Iterable[Diagnostic]) -> int:
    """2 where `site.toml` itself is at fault."""
    at_fault = any(
        d.severity == "error" and d.span.path == "site.toml" for d in diagnostics
    )
    return EXIT_USAGE if code and at_fault else code


def site_options(command: Callable[..., int]) -> Callable[..., Any]:
    """The options that every command has, handed over as one `Call`.

    A command's own options come as further arguments.
    """

    def called(**options: Any) -> int:
        names = [name for name in options if name in Call.__slots__]
        common = {name: options.pop(name) for name in names}
        common["output"] = common["root"] / common["output"]
        return command(Call(**common), **options)

    called.__doc__ = command.__doc__
    for option in reversed(_OPTIONS):
        called = option(called)
    return called


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


FOLDER = click.Path(path_type=Path, file_okay=False)
_OPTIONS = (
    click.option("--root", type=FOLDER, default=".", help="Folder of the site."),
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
    click.option(
        "-v", "--verbose", is_flag=True, help="Every warning, and where the time went."
    ),
    click.option(
        "--profile",
        type=click.Path(path_type=Path, dir_okay=False),
        help="File to write what ran when, for speedscope.",
    ),
    click.option("--force", is_flag=True, help="Build even if nothing has changed."),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=lambda: _cores(),
        help="Processes for much work; as many as there are cores for this one.",
    ),
)
