"""What the server has to know of the pages of a build, read off its facts."""

from collections.abc import Mapping
from types import MappingProxyType

from blog.engine import Facts
from blog.model import Blob, Page, Post, Snapshot, Standing
from blog.serve.overview import Row
from blog.serve.table import Table

UNLISTED = "unlisted: it has a page, but stands in no list and no feed"


def table_of(files: Mapping[str, Blob], facts: Facts, before: Table | None) -> Table:
    """The table of a build; `before` is one of the same pages, if there is one."""
    read_only = MappingProxyType(files)
    base: str = facts.get("config", "base_path")
    if before is not None and before.sources:
        return Table(
            files=read_only,
            base=base,
            moved=before.moved,
            sources=before.sources,
            notes=before.notes,
        )
    plan: Mapping[str, Page] = facts.every("plan")
    return Table(
        files=read_only,
        base=base,
        moved={n: p.canonical for n, p in plan.items() if p.kind == "redirect"},
        sources={n: p.source for n, p in plan.items() if p.source},
        notes={n: UNLISTED for n, p in plan.items() if p.data.get("listed") is False},
    )


def rows_of(facts: Facts, table: Table) -> tuple[list[Row], str]:
    """All posts, newest first, undated ones first of all; and the title of the site."""
    posts: Mapping[str, Post] = facts.every("post")
    held: Mapping[str, str] = facts.every("held")
    standing: Mapping[str, Standing] = facts.every("standing")
    names = {source: name for name, source in table.sources.items()}
    rows = [
        Row(
            source=path,
            title=post.title,
            day=post.date.day.isoformat() if post.date else "",
            state=_state(post, held.get(path, ""), standing.get(path)),
            address=table.address_of(names[path]) if path in names else "",
        )
        for path, post in posts.items()
        if post.dialect != "page"
    ]
    rows.sort(key=lambda row: (row.day or "9", row.source), reverse=True)
    return rows, facts.get("config", "whole").title


def _state(post: Post, held: str, standing: Standing | None) -> str:
    if post.faulty:
        return "has mistakes"
    shown = standing.preview if standing else ""
    return held or shown or ("published" if post.listed else "unlisted")


def differing(before: Table, after: Table) -> tuple[str, ...]:
    """The output paths whose content differs between two tables, sorted."""
    old, new = before.files, after.files
    found = {
        name
        for name in old.keys() | new.keys()
        if name not in old or name not in new or old[name].digest != new[name].digest
    }
    return tuple(sorted(found))


def renamed(
    before: Table, after: Table, was: Snapshot, now: Snapshot
) -> dict[str, str]:
    """New address by old output path, of pages whose source is elsewhere now."""
    gone = {n: path for n, path in before.sources.items() if n not in after.sources}
    if not gone:
        return {}
    place = {path: name for name, path in after.sources.items()}
    news = {b.digest: p for p, b in now.files.items() if p not in was.files}
    found = {}
    for name, path in gone.items():
        digest = was.files[path].digest if path in was.files else ""
        new = place.get(path) or place.get(news.get(digest, ""))
        if new:
            found[name] = after.address_of(new)
    return found
