"""Storage that keeps objects: Amazon S3, Cloudflare R2 and their like.

There is no rename, so readers are served while objects change one by one: what pages
need comes first, then new pages, then changed ones, feeds and the sitemap, removals
last. A ledger beside them says what is ours, and who is at work: it is replaced only if
it is still what we have read, so of two deploys at once one does nothing.
"""

import asyncio
import hashlib
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from blog.config import S3, target_of
from blog.deploy.ledger import PLACE, Ledger, from_bytes, mark
from blog.deploy.manifest import File, Kept, digest_of_files, release_name
from blog.deploy.plan import Held, Plan, turn
from blog.deploy.storage import Moved, Storage, Stored, is_big
from blog.deploy.target import Order, Release, Sent
from blog.diagnostics import Abort

_AT_ONCE = 16
"""Objects that are sent at the same time."""
_BIG_AT_ONCE = 3
"""Those among them that take their time on a slow line."""
_LEASE = timedelta(minutes=5)
"""Time without a sign after which whoever was at work is taken for dead."""
_BEAT = 60.0
"""Seconds between two signs."""


class S3Target:
    """A bucket, or a folder in one."""

    adds: ClassVar[Mapping[str, bytes]] = MappingProxyType({})

    def __init__(self, order: Order) -> None:
        settings = target_of(order.settings)
        assert isinstance(settings, S3)
        self._storage = Storage(settings)
        self._now = order.now
        self._ledger = Ledger()
        self._tag = ""
        self._signed = order.now
        self._there: Mapping[str, Stored] = {}
        name = f"{socket.gethostname()}\n{order.root.resolve()}\n{order.name}"
        self._me = hashlib.sha256(name.encode()).hexdigest()[:16]
        self._beaten = 0.0

    @property
    def where(self) -> str:
        return self._storage.where

    def holds(
        self,
        wanted: Mapping[str, File],
        /,
        *,
        verify: bool,  # noqa: ARG002 - the listing has the tag of each object's content
    ) -> Held:
        """What the listing of the bucket says: it knows the digest of each object."""
        self._read_ledger()
        self._there = self._storage.every()
        there = {p: s for p, s in self._there.items() if p != PLACE}
        ledger = self._ledger
        digests = {
            path: self._digest(path, each, wanted) for path, each in there.items()
        }
        kept = {
            path: Kept(digest=digests[path], age=ledger.kept[mark(path)].age)
            for path in there
            if mark(path) in ledger.kept
        }
        ours = {
            p: d
            for p, d in digests.items()
            if mark(p) in ledger.files and p not in kept
        }
        return Held(
            release=ledger.release,
            since=ledger.time,
            files=ours,
            kept=kept,
            foreign={
                p: d for p, d in digests.items() if p not in ours and p not in kept
            },
            version=self._tag,
        )

    def apply(self, plan: Plan, sent: Sent) -> str:
        """Says that we are at work, sends in order, removes, says that it is done."""
        digests = {path: file.digest for path, file in plan.wanted.items()}
        release = release_name(self._now, digest_of_files(digests))
        self._begin(plan)
        tags = {
            path: self._there[path].tag for path in plan.wanted if path in self._there
        }
        new = set(plan.new)
        for _, group in groupby(plan.sent, key=lambda p: (turn(p), p not in new)):
            tags |= asyncio.run(self._send([*group], plan.wanted, sent))
        self._storage.delete(plan.gone)
        done = Ledger(
            release=release,
            time=self._now.isoformat(timespec="seconds"),
            files={
                mark(p): (f.digest, tags.get(p, "")) for p, f in plan.wanted.items()
            },
            kept={mark(path): each for path, each in plan.kept.items()},
        )
        self._write(done)
        return release

    def releases(self) -> tuple[Release, ...]:
        """None: storage holds one state."""
        return ()

    def roll_back(self, release: str) -> None:
        """Storage holds one state."""
        raise Abort(f"{self.where} does not keep {release}")

    def close(self) -> None:
        """There is nothing to let go of."""

    def _digest(self, path: str, stored: Stored, wanted: Mapping[str, File]) -> str:
        """Of an object: by the tag that it got from us, or by its MD5."""
        digest, tag = self._ledger.files.get(mark(path), ("", ""))
        if digest and tag == stored.tag:
            return digest
        file = wanted.get(path)
        is_same = file and file.size == stored.size and _md5(file, path) == stored.tag
        return file.digest if file and is_same else f"tag:{stored.tag}"

    def _read_ledger(self) -> None:
        found = self._storage.get(PLACE)
        self._ledger, self._tag = Ledger(), ""
        if found:
            data, stored = found
            self._ledger, self._tag = from_bytes(data) or Ledger(), stored.tag
            self._signed = stored.changed

    def _check_lease(self) -> None:
        """Raises `Abort` if somebody else may still be at work."""
        if self._ledger.worker in ("", self._me):
            return
        # The clock decides whether they have given no sign for too long.
        left = self._signed + _LEASE - datetime.now(UTC)  # noqa: TID251
        if left > timedelta(0):
            raise Abort(
                f"another deploy to {self.where} is at work, or was cut",
                hint=f"it is taken for dead in {left.seconds + 1} s; deploy again then",
            )

    def _begin(self, plan: Plan) -> None:
        """From here on all that will be written is known as ours."""
        self._check_lease()
        self._check_tag()
        before = self._ledger
        coming = {mark(path): (plan.wanted[path].digest, "") for path in plan.sent}
        kept = {m: k for m, k in before.kept.items() if m not in coming}
        aged = {mark(path): each for path, each in plan.kept.items()}
        known = {m: each for m, each in before.files.items() if m not in aged}
        self._write(
            replace(
                before,
                files={**known, **coming},
                kept={**kept, **aged},
                worker=self._me,
            )
        )
        self._check_tag()

    def _check_tag(self) -> None:
        """Raises `Abort` if the ledger is not as we know it.

        Some servers take no notice of conditions: there, the last one to write has it.
        """
        found = self._storage.get(PLACE)
        if (found[1].tag if found else "") != self._tag:
            raise self._overtaken()

    def _beat(self) -> None:
        if time.monotonic() - self._beaten > _BEAT:
            self._write(self._ledger)

    def _write(self, ledger: Ledger) -> None:
        try:
            self._tag = self._storage.replace(PLACE, ledger.to_bytes(), self._tag)
        except Moved:
            # Where the line was cut too late, the second try meets the first one.
            found = self._storage.get(PLACE)
            if found is None or found[0] != ledger.to_bytes():
                raise self._overtaken() from None
            self._tag = found[1].tag
        self._ledger, self._beaten = ledger, time.monotonic()

    def _overtaken(self) -> Abort:
        return Abort(
            f"somebody else is deploying to {self.where} at this moment",
            hint="when that is done, deploy again to replace it",
        )

    async def _send(
        self, paths: Sequence[str], files: Mapping[str, File], sent: Sent
    ) -> dict[str, str]:
        """Sends files at once, and gives signs of life; the tag of each by path."""
        some, few = asyncio.Semaphore(_AT_ONCE), asyncio.Semaphore(_BIG_AT_ONCE)

        async def put(path: str) -> tuple[str, str]:
            async with few if is_big(files[path].size) else some:
                return path, await self._put(path, files[path])

        tags: dict[str, str] = {}
        tasks = left = {asyncio.create_task(put(path)) for path in paths}
        try:
            while left:
                done, left = await asyncio.wait(
                    left, timeout=_BEAT / 4, return_when=asyncio.FIRST_COMPLETED
                )
                for each in done:
                    path, tag = each.result()
                    tags[path] = tag
                    sent(path)
                self._beat()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return tags

    async def _put(self, path: str, file: File) -> str:
        data = Path(file.folder, path).read_bytes()
        tag = await self._storage.put(path, data)
        # A tag of 32 signs is the MD5 of what has arrived.
        if _is_md5(tag) and tag != hashlib.md5(data, usedforsecurity=False).hexdigest():
            raise Abort(
                f"{path} did not arrive at {self.where} as it was sent",
                hint="deploy again",
            )
        return tag


def _is_md5(tag: str) -> bool:
    return len(tag) == 32 and "-" not in tag


def _md5(file: File, path: str) -> str:
    with Path(file.folder, path).open("rb") as stream:
        return hashlib.file_digest(stream, "md5").hexdigest()
