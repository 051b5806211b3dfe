"""What there is to say: a row for every post, and how a build came out."""

from datetime import datetime
from math import inf
from typing import Any

from blog.arrange import newest_first
from blog.gather import Arranged
from blog.model import Build, Post, Site
from blog.slugs import encoded
from blog.store import Outcome


def rows(arranged: Arranged) -> list[dict[str, Any]]:
    """The rows, newest first, undated ones last; pages are not posts."""
    site = arranged.site
    if site is None:
        return []
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


def outcome_of(result: Build, now: datetime) -> Outcome:
    """What a build that came out well has to say, without the site itself."""
    summary = result.summary
    due = datetime.fromisoformat(summary.due).timestamp() if summary.due else inf
    return Outcome(
        posts=summary.posts,
        pages=summary.pages,
        files=len(result.artifacts),
        held=summary.held,
        diagnostics=result.diagnostics,
        since=now.timestamp(),
        due=due,
    )
