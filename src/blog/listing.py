"""What there is to say: a row for every post, and how a build came out."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from math import inf
from typing import Any

from blog.arrange import newest_first
from blog.gather import Arranged
from blog.model import Build, Held, Post, Site
from blog.slugs import encoded
from blog.store import Outcome


def rows(arranged: Arranged) -> list[dict[str, Any]]:
    """The rows, newest first, undated ones last; pages are not posts."""
    site = arranged.site
    pages = {f.path for f in arranged.folders if f.dialect == "page"}
    reasons = {held.post.path: held.reason for held in site.held}
    held = (h.post for h in site.held if h.post.section not in pages)
    posts = newest_first((*site.posts, *site.unlisted, *held))
    return [_row(post, reasons.get(post.path), site) for post in posts]


def _row(post: Post, reason: str | None, site: Site) -> dict[str, Any]:
    topics = site.topics.get(post.path)
    return {
        "source": post.path,
        "url": encoded(post.address),
        "title": post.title,
        "date": post.date.instant.isoformat() if post.date else None,
        "updated": post.updated.instant.isoformat() if post.updated else None,
        "tags": [tag.label for tag in topics] if topics else list(post.tags),
        "draft": post.draft,
        "listed": post.listed,
        "reason": reason,
    }


def outcome_of(result: Build) -> Outcome:
    """What a build that came out well has to say, without the site itself."""
    site = result.site
    return Outcome(
        posts=len(site.posts) + len(site.unlisted),
        pages=result.pages,
        files=len(result.artifacts),
        held=tuple((held.post.path, held.reason) for held in site.held),
        diagnostics=result.diagnostics,
        due=min((due for held in site.held for due in _due(held)), default=inf),
    )


_EARLY = timedelta(hours=14)
"""A day begins somewhere on earth so long before it does in London."""


def _due(held: Held) -> Iterator[float]:
    """When a post of the future may be due, at the earliest, in any time zone."""
    if held.post.date and "in the future" in held.reason:
        day = datetime.combine(held.post.date.day, time(), UTC)
        yield min(held.post.date.instant.timestamp(), (day - _EARLY).timestamp())
