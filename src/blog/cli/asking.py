"""Commands that only ask: what is there, what is wrong, and why."""

from collections import Counter
from typing import Any

import click

from blog.cli.call import EXIT_ERRORS, EXIT_USAGE, Call, site_options, usage_or
from blog.cli.show import found_in, posts_in
from blog.diagnostics import shown


@click.command("check")
@click.option("--external", is_flag=True, help="Ask other sites, too.")
@site_options
def check_command(call: Call, *, external: bool) -> int:
    """Say what a build would report; write nothing."""
    from blog.build import build
    from blog.outside import check_outside

    options = call.options(outside=external, pictures=False)
    result = build(call.snapshot(), options=options, jobs=call.jobs)
    dead = check_outside(result.outside) if external else ()
    found = (*result.diagnostics, *dead)
    call.show(found)
    code = call.exit_code(found)
    count = Counter(d.severity for d in found)
    call.put("summary", ok=not code, errors=count["error"], warnings=count["warning"])
    call.say(f"{found_in(found)} in {posts_in(result.summary.posts)}")
    return usage_or(code, found)


@click.command("list")
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
    return usage_or(code, arranged.diagnostics)


def _print_table(call: Call, rows: list[dict[str, Any]]) -> None:
    width = max((len(row["url"] or "") for row in rows), default=0)
    for row in rows:
        day = (row["date"] or "")[:10].ljust(10)
        reason = f"  ({row['reason']})" if row["reason"] else ""
        unlisted = "" if row["listed"] or row["reason"] else "  (unlisted)"
        address = (row["url"] or "").ljust(min(width, 50))
        call.say(shown(f"{day}  {address}  {row['title']}{reason}{unlisted}"))


@click.command("why")
@click.argument("post")
@site_options
def why_command(call: Call, *, post: str) -> int:
    """Say where POST (a file or an address) comes from and where it shows, or why not.

    With -v also everything that its page depends on.
    """
    from blog.memo import Memo
    from blog.store import FILE, program
    from blog.why import why

    memo = Memo.to_read(call.root / FILE, program())
    found = why(post, call.snapshot(), call.options(), memo)
    memo.close()
    call.show(found.diagnostics)
    code = usage_or(call.exit_code(found.diagnostics), found.diagnostics)
    if code == EXIT_USAGE:
        return code
    if not found.answers:
        click.echo(f"there is no post or page {shown(post)!r}", err=True)
        if found.hint:
            click.echo(f"  {shown(found.hint)}", err=True)
        return EXIT_ERRORS
    call.put("why", name=found.name, answers=found.answers)
    call.say(shown(found.name))
    last = ""
    for question, answer in found.answers:
        if question != "depends on" or call.verbose:
            call.say(f"  {'' if question == last else question:<12}{shown(answer)}")
        last = question
    return 0
