"""The kinds of targets by name, those of the site itself among them."""

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from blog.deploy.folder import folder_target
from blog.deploy.target import Order, Target
from blog.diagnostics import Abort


def _git(order: Order) -> Target:
    from blog.deploy.git import GitTarget

    return GitTarget(order)


def _ssh(order: Order) -> Target:
    from blog.deploy.ssh import ssh_target

    return ssh_target(order)


def _s3(order: Order) -> Target:
    try:
        from blog.deploy.s3 import S3Target
    except ImportError:
        raise Abort(
            "storage needs a library that is not installed",
            hint="pip install 'blog[s3]'",
        ) from None
    return S3Target(order)


def target_for(order: Order, own: Iterable[str]) -> Target:
    """The target of a table in `site.toml`.

    `own` are kinds of the site: import strings of classes, whose `kind` is their name.
    """
    kind = str(order.settings["kind"])
    if kind in TARGETS:
        return TARGETS[kind](order)
    known = dict(_imported(own, order.root))
    if kind not in known:
        raise Abort(
            f"there is no kind of target {kind!r}",
            hint=f"kinds are {', '.join([*TARGETS, *known])}",
            usage=True,
        )
    return known[kind](order)


def _imported(
    own: Iterable[str], root: Path
) -> Iterable[tuple[str, Callable[[Order], Target]]]:
    """The classes that import strings such as `mine.ftp:Ftp` name, by their `kind`."""
    place = str(root.resolve())
    if place not in sys.path:
        sys.path.insert(0, place)
    for name in own:
        module, _, attribute = name.partition(":")
        try:
            found = getattr(import_module(module), attribute)
            yield found.kind, found
        except (ImportError, AttributeError, ValueError, TypeError) as error:
            raise Abort(
                f"the target {name!r} cannot be used: {error}",
                hint='name a class with a `kind`, e.g. targets = ["mine.ftp:Ftp"]',
                usage=True,
            ) from None


TARGETS: Mapping[str, Callable[[Order], Target]] = MappingProxyType(
    {"git": _git, "ssh": _ssh, "s3": _s3, "folder": folder_target}
)
"""Each kind is a class of its own; what it needs is imported when it is used."""
