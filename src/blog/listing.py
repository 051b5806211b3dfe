"""Every post as a row of `blog list`, held-back ones too."""

from typing import Any

from blog.gather import Arranged
from blog.model import Post, Site
from blog.slugs import encoded


def rows(arranged: Arranged) -> list[dict[str, Any]]:
    """The rows, newest first, undated ones last; pages are not posts."""
    site = arranged.site
    pages = {f.path for f in arranged.folders if f.dialect == "page"}
    reasons = {held.post.path: held.reason for held in site.held}
    held = (h.post for h in site.held if h.post.section not in pages)
    posts = [*site.posts, *site.unlisted, *held]
    posts.sort(key=lambda p: p.path, reverse=True)
    dated = [p for p in posts if p.date]
    dated.sort(key=lambda p: p.date.instant if p.date else 0, reverse=True)
    undated = [p for p in reversed(posts) if not p.date]
    return [_row(post, reasons.get(post.path), site) for post in (*dated, *undated)]


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
