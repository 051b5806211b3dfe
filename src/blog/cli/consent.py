"""Questions before something is sent, and what to do where nobody can answer."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from blog.cli.show import counted
from blog.diagnostics import Abort, shown

if TYPE_CHECKING:
    from blog.deploy import Leak, Plan

_SHOWN = 10


def check_leaks(found: "Iterable[Leak]", *, asks: bool) -> None:
    """Raises `Abort` for what must not be sent; asks about what may be meant."""
    leaks = list(found)
    for leak in leaks[:_SHOWN]:
        click.echo(f"error: {shown(leak.path)} {shown(leak.what)}", err=True)
    if not leaks:
        return
    hard = [leak for leak in leaks if not leak.may_pass]
    if hard:
        raise Abort(
            f"{counted(len(hard), 'file')} must not reach readers; nothing was sent",
            hint="take it out of the site: `blog why ADDRESS` says where it comes from",
        )
    if not (asks and _is_somebody_there()):
        raise Abort(
            f"{counted(len(leaks), 'file')} may hold a secret; nothing was sent",
            hint=f"if it is meant for readers: --allow-leak {leaks[0].path}",
        )
    _ask("Is this meant for readers, and to be sent?")


def check_losses(plan: "Plan", *, yes: bool, allowed: bool) -> None:
    """Raises `Abort` where much would go that nobody has agreed to."""
    if allowed or not (plan.loses_much or plan.overwritten):
        return
    if plan.overwritten:
        number = counted(len(plan.overwritten), "file")
        what = f"{number} of somebody else would be replaced: {plan.overwritten[0]}"
        what += " …" if len(plan.overwritten) > 1 else ""
    else:
        number = counted(len(plan.removed), "file")
        what = f"{number} of {len(plan.held.files)} would be removed"
    if yes or not _is_somebody_there():
        raise Abort(
            f"{what}; nothing was sent",
            hint="if that is meant: --allow-removals",
        )
    _ask(f"{what[0].upper()}{what[1:]}. Is that meant?")


def agree(question: str, *, yes: bool) -> None:
    """Raises `Abort` unless somebody says yes."""
    if yes:
        return
    if not _is_somebody_there():
        raise Abort(
            "there is nobody to ask; nothing was sent",
            hint="add --yes to deploy without a question, --dry-run to look",
            usage=True,
        )
    _ask(question)


def _ask(question: str) -> None:
    if not click.confirm(question, err=True):
        raise Abort("nothing was sent")


def _is_somebody_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
