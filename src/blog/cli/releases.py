"""`blog deploy status` and `blog deploy rollback`: what is live, and what was."""

import time
from typing import TYPE_CHECKING

from blog.cli.call import Call
from blog.cli.consent import agree
from blog.cli.show import counted
from blog.diagnostics import Abort, shown, suggest

if TYPE_CHECKING:
    from blog.deploy import Order, Plan, Release, Target


def status(call: Call, target: "Target", order: "Order") -> int:
    """What is live, since when, and what differs from the last build."""
    from blog.deploy import files_for, plan

    try:
        files = files_for(target, order)
    except Abort:
        files = {}
    held = target.holds(files, verify=False)
    releases = target.releases()
    call.say(f"{order.name}: {shown(target.where)}")
    if not held.release:
        call.say("nothing has been deployed there yet")
    else:
        since = f" since {held.since}" if held.since else ""
        files_there = counted(len(held.files), "file")
        call.say(f"{held.release} is live{since}, {files_there}")
    _say_difference(call, plan(held, files, keep=1) if files else None)
    for release in releases:
        mark = "*" if release.is_live else " "
        call.say(f" {mark} {release.name}  {release.time}  {release.files} files")
    call.put(
        "status",
        target=order.name,
        where=target.where,
        release=held.release,
        since=held.since,
        files=len(held.files),
        releases=[release.name for release in releases],
    )
    return 0


def _say_difference(call: Call, found: "Plan | None") -> None:
    if found is None:
        call.say("there is no build here to compare with")
    elif found.is_empty:
        call.say("the last build is what is there")
    else:
        call.say(
            f"the last build differs: {len(found.new)} new, "
            f"{len(found.changed)} changed, {len(found.removed)} removed"
        )


def roll_back(
    call: Call, target: "Target", order: "Order", name: str, *, dry_run: bool, yes: bool
) -> int:
    """Puts an earlier deploy back."""
    start = time.perf_counter()
    releases = target.releases()
    release = _release_before(releases, name, target.where)
    call.say(f"{order.name}: {shown(target.where)}")
    call.say(f"{release.name} of {release.time}, {counted(release.files, 'file')}")
    if dry_run:
        return 0
    agree("Put it back?", yes=yes)
    target.roll_back(release.name)
    call.put("rollback", target=order.name, release=release.name)
    call.say(f"{release.name} is live ({time.perf_counter() - start:.2f} s)")
    return 0


def _release_before(
    releases: "tuple[Release, ...]", name: str, where: str
) -> "Release":
    """The release of this name, or the one before the one that is live."""
    if not releases:
        raise Abort(
            f"{where} keeps no earlier deploys",
            hint="check out the state that you want, and deploy it",
        )
    names = [release.name for release in releases]
    if name:
        found = [r for r in releases if r.name.startswith(name)]
        if len(found) == 1:
            return found[0]
        raise Abort(
            f"there is no release {name!r}",
            hint=suggest(name, names) or f"there are: {', '.join(names)}",
            usage=True,
        )
    live = next((n for n, r in enumerate(releases) if r.is_live), len(releases))
    if live + 1 >= len(releases):
        raise Abort(
            "there is no earlier deploy to put back",
            hint="check out the state that you want, and deploy it",
        )
    return releases[live + 1]
