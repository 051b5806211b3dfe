"""Diagnostics as people and programs read them."""

import os
import sys
from collections import Counter
from collections.abc import Iterable

import click

from blog.diagnostics import Diagnostic, plain, segments


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
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


def show(diagnostics: list[Diagnostic]) -> None:
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


def found_in(diagnostics: Iterable[Diagnostic]) -> str:
    """How many errors and warnings there are."""
    count = Counter(d.severity for d in diagnostics)
    return f"{counted(count['error'], 'error')}, {counted(count['warning'], 'warning')}"


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def posts_in(number: int) -> str:
    """A number of posts."""
    return counted(number, "post")
