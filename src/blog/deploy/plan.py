"""What a deploy will do, out of what the target holds and what the build has."""

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from blog.deploy.manifest import File, Kept, is_fingerprinted

_PAGE = ".html"
_LISTS = frozenset({".xml", ".json", ".txt", ".atom", ".rss"})
"""Feeds, the sitemap and their like: what points to pages."""
_PACKED = (".gz", ".br")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a target holds."""

    release: str = ""
    """The deploy that is live; empty before the first."""
    since: str = ""
    """When it went live, in ISO 8601; empty if that is not known."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The site that is live: digest by path. An empty digest: not as it was sent."""
    kept: Mapping[str, Kept] = field(default_factory=dict)
    """Fingerprinted files of deploys before it."""
    foreign: Mapping[str, str] = field(default_factory=dict)
    """What others put there, where a file of ours might come: digest by path."""
    version: str = ""
    """By which the target knows whether somebody else has been at work since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What will be done. All paths are sorted."""

    held: Held
    wanted: Mapping[str, File]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    """Of the site; what nobody needs any more is `expired`."""
    overwritten: tuple[str, ...]
    """Files that are not ours and would have to go."""
    kept: Mapping[str, Kept]
    """Fingerprinted files that stay although they are not part of the site now."""
    expired: tuple[str, ...]
    """Fingerprinted files that have stayed long enough."""
    lost: tuple[str, ...]
    """Addresses of pages and feeds that will answer no more."""

    @property
    def is_empty(self) -> bool:
        """Whether the target holds the site as it is."""
        return not (self.new or self.changed or self.removed)

    @property
    def sent(self) -> tuple[str, ...]:
        """What is sent, in the order in which readers may meet it: what pages need,
        new pages, changed ones, then feeds and the sitemap.
        """
        new = set(self.new)
        paths = (*self.new, *self.changed)
        return tuple(sorted(paths, key=lambda p: (turn(p), p not in new, p)))

    @property
    def size(self) -> int:
        """Bytes that are sent."""
        return sum(self.wanted[path].size for path in self.sent)

    @property
    def gone(self) -> tuple[str, ...]:
        """All that is taken away, pages first: nothing points to what goes later."""
        paths = (*self.removed, *self.expired)
        return tuple(sorted(paths, key=lambda p: (turn(p) == 0, p)))

    @property
    def loses_much(self) -> bool:
        """Whether more than a quarter of the site would go, or all of its pages."""
        has_pages = any(path.endswith(_PAGE) for path in self.wanted)
        lost = len(self.removed) * 4 > len(self.held.files)
        return bool(self.held.files) and (lost or not has_pages)


def plan(held: Held, wanted: Mapping[str, File], *, keep: int) -> Plan:
    """What brings a target that holds `held` to `wanted`.

    Fingerprinted files that are not part of the site any more stay for `keep` deploys.
    """
    there = {**{path: k.digest for path, k in held.kept.items()}, **held.files}
    new = tuple(sorted(wanted.keys() - there.keys()))
    changed = sorted(
        p for p, d in there.items() if p in wanted and wanted[p].digest != d
    )
    gone = held.files.keys() - wanted.keys()
    ages = {p: Kept(digest=held.files[p], age=1) for p in gone if is_fingerprinted(p)}
    for path, each in held.kept.items():
        if path not in wanted:
            ages[path] = Kept(digest=each.digest, age=each.age + 1)
    kept = {path: each for path, each in sorted(ages.items()) if each.age <= keep}
    removed = tuple(sorted(gone - ages.keys()))
    replaced = {
        p for p in new if held.foreign.get(p, wanted[p].digest) != wanted[p].digest
    }
    overwritten = sorted(replaced | in_the_way(held.foreign, wanted))
    return Plan(
        held=held,
        wanted=wanted,
        new=new,
        changed=tuple(changed),
        removed=removed,
        overwritten=tuple(overwritten),
        kept=kept,
        expired=tuple(sorted(ages.keys() - kept.keys())),
        lost=_lost(removed, wanted),
    )


def in_the_way(others: Iterable[str], wanted: Collection[str]) -> set[str]:
    """Those that are a folder where a file is wanted, or the other way round."""
    folders = {above for path in wanted for above in _above(path)}
    return {p for p in others if p in folders or any(a in wanted for a in _above(p))}


def turn(path: str) -> int:
    """When a file is sent: 0 what pages need, 1 pages, 2 what points to pages."""
    stem, suffix = os.path.splitext(path)  # noqa: PTH122 - a path of the site
    if suffix in _PACKED:
        return turn(stem)
    return 1 if suffix == _PAGE else 2 if suffix in _LISTS else 0


def address_of(path: str) -> str:
    """Where readers find a file: `/blog/a/` for `blog/a/index.html`."""
    if path == "index.html" or path.endswith("/index.html"):
        return "/" + path.removesuffix("index.html")
    return "/" + path.removesuffix(_PAGE)


def _lost(removed: Iterable[str], wanted: Iterable[str]) -> tuple[str, ...]:
    answered = {address_of(path).rstrip("/") for path in wanted}
    gone = (
        address_of(path)
        for path in removed
        if turn(path) and not path.endswith(_PACKED)
    )
    return tuple(address for address in gone if address.rstrip("/") not in answered)


def _above(path: str) -> list[str]:
    """The folders of a path."""
    return [path[:n] for n, sign in enumerate(path) if sign == "/"]
