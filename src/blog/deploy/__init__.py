"""The built site to its host: a plan of the difference, then that and nothing else.

`TARGETS` are the kinds of hosts. All share the manifest, the plan with its order, and
the look back at the end; a target only says what it holds, and makes it hold the plan.
"""

from collections.abc import Mapping

from blog.deploy.built import Extras, built_files
from blog.deploy.leaks import Leak, check_base_url, drafts_in, leaks
from blog.deploy.live import read_back
from blog.deploy.manifest import File, Kept
from blog.deploy.plan import Held, Plan, plan
from blog.deploy.target import Order, Release, Target
from blog.deploy.targets import TARGETS, target_for

__all__ = [
    "TARGETS",
    "File",
    "Held",
    "Kept",
    "Leak",
    "Order",
    "Plan",
    "Release",
    "Target",
    "check_base_url",
    "drafts_in",
    "files_for",
    "leaks",
    "plan",
    "read_back",
    "target_for",
]


def files_for(target: Target, order: Order) -> Mapping[str, File]:
    """What this target is to hold: the build, and what its table asks for besides."""
    extras = Extras(order.root, order.name)
    files: Mapping[str, File] = built_files(order.output)
    if order.settings.get("rules"):
        files = extras.with_rules(files)
    files = extras.added(files, target.adds)
    return extras.packed(files, tuple(order.settings.get("compress", ())))
