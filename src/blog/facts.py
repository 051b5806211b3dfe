"""What steps may know: the facts of a build, by kind."""

from collections.abc import Iterable, Mapping

from blog.assets import STATIC, static_addresses
from blog.config import Config
from blog.engine import Facts
from blog.feeds import FORMATS
from blog.gather import Arranged
from blog.model import Blob, Page, Snapshot
from blog.pages.portfolio import nav
from blog.pages.views import View


def body_facts(snapshot: Snapshot, config: Config, arranged: Arranged) -> Facts:
    built = {post.path: post for post in arranged.site.built}
    read = (*built.values(), *arranged.faulty)
    static = {p: b for p, b in snapshot.theme.items() if p.startswith(STATIC)}
    return Facts(
        {
            "file": {**static, **snapshot.files},
            "text": {post.path: post.source for post in read},
            "url": {path: post.address for path, post in built.items()},
            "held": {held.post.path: held.reason for held in arranged.site.held},
            "unread": dict.fromkeys(arranged.unread, True),
            "names": {"sources": tuple(sorted(arranged.posts))},
            "listing": _names_by_folder(snapshot.files),
            "config": {
                "base_path": config.base_path,
                "origin": config.origin,
                "checks": config.checks,
            },
        }
    )


def _names_by_folder(files: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names of the files in each folder, sorted."""
    names: dict[str, list[str]] = {}
    for path in files:
        folder, _, name = path.rpartition("/")
        names.setdefault(folder, []).append(name)
    return {folder: tuple(found) for folder, found in names.items()}


def page_facts(
    facts: Facts,
    view: View,
    planned: tuple[Page, ...],
    templates: Mapping[str, str],
    static: Mapping[str, Blob],
) -> Facts:
    assets = static_addresses(static)
    return (
        facts.with_kind("page", {page.output: page for page in planned})
        .with_kind("template", templates)
        .with_kind("asset", assets)
        .with_kind("site", _site_facts(view, planned))
    )


def _site_facts(view: View, planned: Iterable[Page]) -> dict[str, object]:
    """What every page may ask of the site."""
    made = {page.kind: page.address for page in planned}
    config, dated = view.config, [p.date.day.year for p in view.site.posts if p.date]
    return {
        "title": config.title,
        "description": config.description,
        "language": config.language,
        "author": config.author,
        "nav": nav(view),
        "feeds": tuple(
            {"type": f.type, "name": f.name, "address": f"/{f.file}"}
            for name, f in FORMATS.items()
            if name in config.feeds.formats
        ),
        "years": "–".join(str(y) for y in sorted({*dated[:1], *dated[-1:]})),
        "theme": config.theme,
        "search": made.get("search", ""),
        "styles": tuple(s for s in ("theme.css", "extra.css") if s in view.static),
        "subscribe": made.get("subscribe", ""),
    }
