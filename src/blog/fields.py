"""The fields of front matter under the names that the dialects' tables know."""

from collections.abc import Mapping

from blog.diagnostics import Report, suggest
from blog.folders import Folder, defaults_for
from blog.model import FrontMatter


def fields_of(
    folder: Folder, path: str, front: FrontMatter, report: Report
) -> dict[str, object]:
    """The fields under the names that the dialect's table knows."""
    if folder.dialect == "jekyll":
        given = defaults_for(folder, folder.name(path))
        own = {n: v for n, v in front.fields.items() if v is not None or n not in given}
        return {**given, **own, "categories": _united(given, front.fields)}
    if folder.dialect == "docusaurus":
        return dict(front.fields)
    fields: dict[str, object] = {}
    for name, value in front.fields.items():
        known = name if name in KNOWN else _folded(name)
        if known != name:
            report.warning(
                "unknown-field",
                front.spans[name],
                f"field {name!r} is read as {known!r}",
                hint="names of fields are written in small letters",
            )
        elif name not in KNOWN and (hint := suggest(name, MEANT)):
            report.warning(
                "unknown-field", front.spans[name], f"unknown field {name!r}", hint=hint
            )
        if known == name or known not in front.fields:
            fields.setdefault(known, value)
    return fields


def _united(given: Mapping[str, object], own: Mapping[str, object]) -> object:
    """Jekyll unites the categories of its defaults with those of the post."""
    both = (given.get("categories"), own.get("categories"))
    if both[0] is None or both[1] is None:
        return both[1] if both[0] is None else both[0]
    lists = (tuple(v.split()) if isinstance(v, str) else v for v in both)
    return tuple(v for values in lists if isinstance(values, tuple) for v in values)


def _folded(name: str) -> str:
    """The known field that differs only by letter case, else the name itself."""
    return name.lower() if name.lower() in MEANT else name


MEANT = frozenset(
    {
        "title",
        "date",
        "updated",
        "updates",
        "slug",
        "permalink",
        "tags",
        "categories",
        "category",
    }
    | {"author", "authors", "description", "summary", "image", "draft", "unlisted"}
    | {"published", "aliases", "redirect_from", "language"}
)
"""Fields with a meaning; a misspelt one is told."""

KNOWN = MEANT | frozenset(
    {"lastmod", "last_modified_at", "modified", "last_update", "tag", "excerpt", "lang"}
    | {"spoiler", "subtitle", "cover", "hero", "images", "hidden", "layout", "toc"}
    | {
        "series",
        "part",
        "planned",
        "keywords",
        "comments",
        "math",
        "id",
        "type",
        "weight",
        "order",
        "featured",
    }
    | {"pinned", "canonical_url", "canonicalUrl", "bibliography", "thumbnail", "url"}
    | {"excerpt_separator", "authorURL", "author_url", "headline", "dates", "link"}
    | {"hide_table_of_contents", "toc_min_heading_level", "toc_max_heading_level"}
    | {"path", "status", "translation", "translations", "links", "name", "photo"}
    | {"note", "picture"}
)
"""Fields that no one has misspelt: other systems or templates use them."""
