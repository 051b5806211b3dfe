"""What a deploy will change, as people and programs read it."""

from typing import TYPE_CHECKING

import click

from blog.cli.call import Call
from blog.diagnostics import shown

if TYPE_CHECKING:
    from blog.deploy import Order, Plan, Target

_SHOWN = 10
"""Paths of a kind that are shown before the rest are counted."""


def show_plan(
    call: Call, target: "Target", order: "Order", found: "Plan", *, is_whole: bool
) -> None:
    """What will be done: all of it for a dry run, else as much as can be read."""
    sizes = found.wanted
    for action, paths in (
        ("new", found.new),
        ("changed", found.changed),
        ("removed", (*found.removed, *found.expired)),
    ):
        for path in paths:
            size = sizes[path].size if path in sizes else 0
            call.put("change", action=action, path=path, size=size)
    call.say(f"{order.name}: {shown(target.where)}")
    if found.is_empty:
        return
    limit = None if is_whole or call.verbose else _SHOWN
    _list(call, "+", found.new, limit)
    _list(call, "~", found.changed, limit)
    _list(call, "-", (*found.removed, *found.expired), limit)
    kept = len(found.wanted) - len(found.new) - len(found.changed)
    call.say(
        f"{len(found.new)} new, {len(found.changed)} changed, "
        f"{len(found.removed) + len(found.expired)} removed, {kept} as they are; "
        f"{_size(found.size)} to send"
    )
    if found.lost:
        call.say("addresses that will answer no more:")
        _list(call, " ", found.lost, limit)


def _list(call: Call, sign: str, paths: tuple[str, ...], limit: int | None) -> None:
    for path in paths[:limit]:
        call.say(shown(f"  {sign} {path}"))
    if limit is not None and len(paths) > limit:
        call.say(f"  {sign} … and {len(paths) - limit} more (-v)")


def warn_of_losses(call: Call, found: "Plan") -> None:
    if (found.loses_much or found.overwritten) and not call.quiet:
        click.echo("note: this would ask for --allow-removals", err=True)


def _size(number: int) -> str:
    """Bytes as people read them."""
    if number < 1000:
        return f"{number} B"
    if number < 1_000_000:
        return f"{number / 1000:.1f} kB"
    return f"{number / 1_000_000:.1f} MB"
