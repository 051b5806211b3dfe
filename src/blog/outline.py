"""Posts to the outline of the site: who stands where, and which pages there are.

One step over all posts, since order, topics, series and addresses belong to the whole.
It knows no text, so whoever only writes on pays nothing for it. Stale when a front
matter changes, a file comes or goes, the configuration changes, or a post becomes due.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from blog.arrange import arrange
from blog.config import Config, locate
from blog.diagnostics import PlaceOf, Span
from blog.engine import Reader
from blog.feeds import FORMATS
from blog.fulltext import is_installed
from blog.markdown import with_type
from blog.model import Held, Page, Post, Site, Standing, Summary
from blog.pages import PAGE_KINDS, View, make_view, plan
from blog.pages.files import feed_sources, searched
from blog.pages.portfolio import nav
from blog.pages.views import neighbour
from blog.related import Place
from blog.wording import Wording, tell_untranslated

KINDS = (
    "url", "held", "unread", "names", "neighbour", "standing", "faulty", "plan",
    "where", "fed", "searched", "site", "summary", "order",
)  # fmt: skip
"""The facts that come of it: by path of a source, but for `names`, `site`, `summary`,
`order` and those by the path of an output: `plan`, and `where` with its address and
source.
"""


def outline(_: str, facts: Reader) -> Mapping[str, Mapping[str, Any]]:
    """A step: the facts of `KINDS`."""
    config: Config = facts["config:whole"]
    posts: Mapping[str, Post] = facts.every("post")
    good = {p: with_type(post, facts) for p, post in posts.items() if not post.faulty}
    place_of = places_in(facts)
    site = arranged(facts, tuple(good.values()), config, place_of)
    tell_untranslated(facts)
    say, is_full = Wording(facts).say, _searches_texts(facts, config)
    names = facts.names("static")
    view = make_view(config, site, names, place_of, say, full_search=is_full)
    planned = plan(view, facts.report)
    return {
        "url": {post.path: post.address for post in site.built},
        "held": {held.post.path: held.reason for held in site.held},
        "unread": dict.fromkeys(set(facts.names("folder")) - good.keys(), True),
        "names": {"sources": tuple(sorted(good))},
        "neighbour": {post.path: neighbour(post) for post in site.built},
        "standing": {post.path: _standing(post, site) for post in site.built},
        "faulty": {path: True for path, post in posts.items() if post.faulty},
        "plan": {page.output: page for page in planned},
        "where": {page.output: (page.address, page.source) for page in planned},
        "searched": dict.fromkeys(searched(view), True),
        "fed": dict.fromkeys(sorted(feed_sources(planned)), True),
        "site": site_facts(view, planned),
        "summary": {"": _summary(site, planned)},
        "order": {"": tuple(_place(post, site) for post in site.posts)},
    }


def _searches_texts(facts: Reader, config: Config) -> bool:
    """Whether whole texts are searched; told, if the program for it is not there."""
    if config.theme.search != "full" or facts["option:preview"]:
        return False
    if is_installed():
        return True
    facts.report.warning(
        "search-missing",
        locate(facts["config:text"], ("theme", "search")),
        "full-text search needs pagefind, which is not installed",
        hint="pip install 'blog[search]'; until then titles and summaries are searched",
    )
    return False


def arranged(
    facts: Reader, posts: Sequence[Post], config: Config, place_of: PlaceOf
) -> Site:
    """The posts in their order, as the options of the call want them."""
    return arrange(
        posts,
        {folder.path: folder for folder in facts.every("rules").values()},
        config,
        facts.report,
        place_of,
        now=facts["clock:now"],
        drafts=facts["option:drafts"],
        future=facts["option:future"],
    )


def places_in(facts: Reader) -> PlaceOf:
    """Where fields stand; asked for only where there is something to say."""

    def place_of(path: str, *names: str) -> Span:
        spans: Mapping[str, Span] = facts.get(f"spans:{path}") or {}
        found = next((spans[name] for name in names if name in spans), None)
        return found or Span(path=path, line=1)

    return place_of


def _standing(post: Post, site: Site) -> Standing:
    return Standing(
        tags=site.topics[post.path],
        authors=site.authors[post.path],
        preview=site.previews.get(post.path, ""),
    )


def _place(post: Post, site: Site) -> Place:
    slugs, series = (t.slug for t in site.topics[post.path]), site.series.get(post.path)
    return post.path, tuple(slugs), series.name if series else ""


def site_facts(view: View, planned: Iterable[Page]) -> dict[str, object]:
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
            MappingProxyType({"type": f.type, "name": f.name, "address": f"/{f.file}"})
            for name, f in FORMATS.items()
            if name in config.feeds.formats
        ),
        "years": "–".join(str(y) for y in sorted({*dated[:1], *dated[-1:]})),
        "theme": config.theme,
        "comments": config.comments,
        "search": "/pagefind/" if view.full_search else made.get("search", ""),
        "full_search": view.full_search,
        "styles": tuple(s for s in ("theme.css", "extra.css") if s in view.static),
        "subscribe": made.get("subscribe", ""),
    }


_READ = frozenset(kind for kind, how in PAGE_KINDS.items() if how.template) - {
    "redirect"
}


def _summary(site: Site, planned: Iterable[Page]) -> Summary:
    due = [each for held in site.held for each in _due(held)]
    return Summary(
        posts=len(site.posts) + len(site.unlisted),
        pages=sum(1 for page in planned if page.kind in _READ),
        held=tuple((held.post.path, held.reason) for held in site.held),
        due=min(due).isoformat() if due else "",
        latest=tuple(post.output for post in site.posts[:20]),
    )


_EARLY = timedelta(hours=14)
"""A day begins somewhere on earth so long before it does in London."""


def _due(held: Held) -> Iterable[datetime]:
    """When a post of the future may be due, at the earliest, in any time zone."""
    if held.post.date and "in the future" in held.reason:
        day = datetime.combine(held.post.date.day, time(), UTC)
        yield min(held.post.date.instant.astimezone(UTC), day - _EARLY)
