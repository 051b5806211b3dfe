"""`blog deploy`: builds, shows what will change, asks, does it, and looks again."""

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from blog.cli.building import alone, build_site
from blog.cli.call import EXIT_ERRORS, EXIT_USAGE, Call, site_options
from blog.cli.changes import show_plan, warn_of_losses
from blog.cli.consent import agree, check_leaks, check_losses
from blog.cli.releases import roll_back, status
from blog.cli.sending import Sending
from blog.cli.show import counted
from blog.diagnostics import Abort, Report, shown, suggest

if TYPE_CHECKING:
    from blog.config import Config
    from blog.deploy import File, Leak, Order, Plan, Target
    from blog.store import Outcome

WORDS = ("status", "rollback")
_PAUSES = (1.0, 4.0, 0.0)
"""Seconds after a look: some storage lists for a moment what was there before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What `blog deploy` is asked for besides what every command is."""

    action: str
    """`status`, `rollback`, or empty."""
    target: str
    release: str
    dry_run: bool
    yes: bool
    verify: bool
    allow_leak: tuple[str, ...]
    allow_removals: bool


@click.command("deploy")
@click.argument("words", nargs=-1, metavar="[status|rollback] [TARGET] [RELEASE]")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("--verify", is_flag=True, help="Compare every byte of the target.")
@click.option(
    "--allow-leak",
    metavar="PATH",
    multiple=True,
    help="What looks like a secret in this file is meant for readers.",
)
@click.option(
    "--allow-removals",
    is_flag=True,
    help="Much of what is there may go or be replaced.",
)
@site_options
def deploy_command(call: Call, *, words: tuple[str, ...], **wishes: Any) -> int:
    """Build the site and bring it to TARGET, or to the only or default one.

    `status` says what is live there and what differs, `rollback` puts an earlier
    deploy back: RELEASE, or the one before.
    """
    if call.drafts or call.future:
        raise Abort(
            "a build with drafts or posts of the future is not deployed",
            hint="leave --drafts and --future out",
            usage=True,
        )
    config = _settings(call)
    if config is None:
        return EXIT_USAGE
    wish = _wish(words, config.deploy, wishes)
    with _target(call, config, wish.target) as (target, order):
        if wish.action == "status":
            return status(call, target, order)
        if wish.action == "rollback":
            return roll_back(
                call, target, order, wish.release, dry_run=wish.dry_run, yes=wish.yes
            )
        return _deploy(call, config, target, order, wish)


def _settings(call: Call) -> "Config | None":
    from blog.config import read_settings
    from blog.snapshot import settings_of

    report = Report()
    data = settings_of(call.root, call.config)
    config, _ = read_settings(data, report, base_url=call.base_url)
    if config is None:
        call.show(report.found)
    return config


def _wish(
    words: tuple[str, ...], targets: Collection[str], wishes: Mapping[str, Any]
) -> Wish:
    """What the words mean: an action, a target and a release, where they are given."""
    rest = list(words)
    action = rest.pop(0) if rest and rest[0] in WORDS else ""
    is_release = action == "rollback" and rest and rest[0] not in targets
    target = rest.pop(0) if rest and not is_release else ""
    release = rest.pop(0) if rest and action == "rollback" else ""
    if rest:
        raise Abort(f"there is one word too many: {rest[0]!r}", usage=True)
    return Wish(action=action, target=target, release=release, **wishes)


@contextmanager
def _target(
    call: Call, config: "Config", name: str
) -> "Iterator[tuple[Target, Order]]":
    from blog.deploy import Order, target_for

    name = _chosen(config, name)
    order = Order(
        name=name,
        settings=config.deploy[name],
        root=call.root,
        output=call.output,
        # A release is named by the instant in which it is made.
        now=datetime.now(UTC),  # noqa: TID251
    )
    with closing(target_for(order, config.extensions.targets)) as target:
        yield target, order


def _chosen(config: "Config", name: str) -> str:
    names = list(config.deploy)
    default = [n for n, raw in config.deploy.items() if raw.get("default")]
    if name in config.deploy:
        return name
    if name:
        hint = suggest(name, names) or f"there are: {', '.join(names) or 'none'}"
        raise Abort(f"there is no target {name!r}", hint=hint, usage=True)
    if not names:
        raise Abort(
            "there is no target to deploy to",
            hint='add one to site.toml: [deploy.pages] with kind = "git"',
            usage=True,
        )
    if len(names) > 1 and not default:
        raise Abort(
            f"there are {len(names)} targets: {', '.join(names)}",
            hint="name one, or give one `default = true`",
            usage=True,
        )
    return (default or names)[0]


def _deploy(
    call: Call, config: "Config", target: "Target", order: "Order", wish: Wish
) -> int:
    from blog.deploy import check_base_url, files_for, plan

    check_base_url(config.base_url)
    with alone(call):
        code, outcome = build_site(call)
        if outcome is None:
            return code
        start = time.perf_counter()
        files = files_for(target, order)
        held = target.holds(files, verify=wish.verify)
        found = plan(held, files, keep=int(order.settings.get("keep", 5)))
        asks = not (wish.yes or wish.dry_run)
        check_leaks(_leaks(call, outcome, found, wish), asks=asks)
        show_plan(call, target, order, found, is_whole=wish.dry_run)
        if found.is_empty:
            return _done(call, order, found, held.release, start)
        if wish.dry_run:
            warn_of_losses(call, found)
            return 0
        check_losses(found, yes=wish.yes, allowed=wish.allow_removals)
        agree(f"Deploy to {order.name}?", yes=wish.yes)
        coming = {path: files[path] for path in found.sent}
        with (
            _told_how_it_goes_on(),
            Sending(coming, quiet=call.quiet or call.as_json) as sent,
        ):
            release = target.apply(found, sent)
        _look_again(target, files, wish)
        return _read_back(call, order, found) or _done(
            call, order, found, release, start
        )


@contextmanager
def _told_how_it_goes_on() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        said = "readers have a whole site; the same command goes on where this one was"
        click.echo(said, err=True)
        raise


def _leaks(
    call: Call, outcome: "Outcome", found: "Plan", wish: Wish
) -> "Iterator[Leak]":
    """What is private in the files that would be sent."""
    from blog.deploy import drafts_in, leaks

    sent = {path: found.wanted[path] for path in found.sent}
    allowed = {
        path: found.wanted[path] for path in wish.allow_leak if path in found.wanted
    }
    yield from leaks({**sent, **allowed}, wish.allow_leak)
    held = {}
    for path, _ in outcome.held:
        held[path] = (call.root / path).read_text(errors="replace")

    def published() -> Iterator[str]:
        from blog.snapshot import content_of

        for path, blob in call.snapshot().files.items():
            is_source = path not in held and not path.startswith("static/")
            if is_source and blob.data is not None:
                yield content_of(blob).decode(errors="replace")

    yield from drafts_in(sent, held, published)


def _look_again(target: "Target", files: "Mapping[str, File]", wish: Wish) -> None:
    """Raises `Abort` unless the target now holds the build."""
    from blog.deploy import plan

    for pause in _PAUSES:
        left = plan(target.holds(files, verify=wish.verify), files, keep=1)
        if left.is_empty:
            return
        time.sleep(pause)
    wrong = (*left.new, *left.changed, *left.removed)
    raise Abort(
        f"{counted(len(wrong), 'file')} at {target.where} are not as they were "
        f"sent, e.g. {wrong[0]}",
        hint="deploy again; if it stays so, something else writes there",
    )


def _read_back(call: Call, order: "Order", found: "Plan") -> int:
    """Looks at the live site as readers do, if its address is known; the exit code."""
    from blog.deploy import read_back

    url = str(order.settings.get("url", ""))
    if not url:
        return 0
    told: list[int] = []

    def wait() -> None:
        if not told and not call.quiet:
            click.echo(f"waiting for {url} to show it", err=True)
        told.append(1)

    fault = read_back(url, found, wait=wait)
    if fault:
        click.echo(f"error: the site was sent, but {shown(fault)}", err=True)
        click.echo("  hosts of pages may need some minutes; look there", err=True)
    return EXIT_ERRORS if fault else 0


def _done(call: Call, order: "Order", found: "Plan", release: str, start: float) -> int:
    seconds = time.perf_counter() - start
    call.put(
        "deploy",
        target=order.name,
        release=release,
        sent=len(found.sent),
        size=found.size,
        removed=len(found.gone) if not found.is_empty else 0,
        lost=found.lost,
        seconds=round(seconds, 3),
    )
    if found.is_empty:
        call.say(f"nothing to deploy: {release} is live")
        return 0
    call.say(
        f"{counted(len(found.sent), 'file')} sent, all compared: "
        f"{release} is live ({seconds:.2f} s)"
    )
    return 0
