"""What a target is: a class with few methods, and what it is made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Protocol

from blog.deploy.manifest import File
from blog.deploy.plan import Held, Plan

Sent = Callable[[str], None]
"""Told the path of each file when it has been sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a target is made from."""

    name: str
    """Of its table in `site.toml`."""
    settings: Mapping[str, Any]
    """That table."""
    root: Path
    """Of the site."""
    output: Path
    """Folder of its build."""
    now: datetime
    """When the deploy began; aware."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A deploy that can be put back."""

    name: str
    time: str
    """When it was made, in ISO 8601."""
    files: int
    is_live: bool


class Target(Protocol):
    """Where a site goes. Whatever goes wrong there is an `Abort` with a way out."""

    adds: ClassVar[Mapping[str, bytes]]
    """Files that only this kind needs, by path; those of the site win."""

    def __init__(self, order: Order) -> None: ...

    @property
    def where(self) -> str:
        """The place, as people know it."""

    def holds(self, wanted: Mapping[str, File], /, *, verify: bool) -> Held:
        """What lies there; changes nothing.

        A file that is the same as the one in `wanted` has the digest of that one. With
        `verify` every byte there is looked at, else what is known of it.
        """

    def apply(self, plan: Plan, sent: Sent) -> str:
        """Makes the target hold `plan.wanted`; the name of the deploy.

        Readers see the old site until all of the new one is there, or at least no page
        before what it needs. What is half done already is finished. Raises `Abort` if
        somebody else has deployed since `plan.held` was read.
        """

    def releases(self) -> tuple[Release, ...]:
        """The deploys that can be put back, newest first."""

    def roll_back(self, release: str) -> None:
        """Makes an earlier deploy the one that is live, byte by byte."""

    def close(self) -> None:
        """Lets go of connections."""
