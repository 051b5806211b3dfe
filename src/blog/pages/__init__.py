"""Which pages a site has, and how each kind is written.

A page is stale when its plan, its text, the cards it shows, its templates or what they
read of the site change.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from blog.assets import STATIC
from blog.diagnostics import Report, Span
from blog.engine import Reader
from blog.model import Page, Poster
from blog.pages import files, lists, portfolio, posts, projects
from blog.pages.claims import Claims, file_owner, page_owner
from blog.pages.structured import structured_in
from blog.pages.views import View, make_view
from blog.slugs import fault_of
from blog.theme import SiteView, Theme, absolute, asset_in, lang_in, link_in, link_to
from blog.weights import check_weight

__all__ = ["PAGE_KINDS", "PageStep", "View", "make_view", "plan"]

Planner = Callable[[View], Iterator[Page]]
Renderer = Callable[[Page, Reader], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """A kind of page: which there are, and how one is written."""

    plan: Planner | None = None
    """None: planned along with another kind, or from all the others."""
    template: str = ""
    """Name of its template; empty if `render` writes it."""
    render: Renderer | None = None


PAGE_KINDS: Mapping[str, PageKind] = MappingProxyType(
    {
        "home": PageKind(plan=portfolio.home, template="home.html"),
        "post": PageKind(plan=posts.posts, template="post.html"),
        "page": PageKind(plan=posts.pages, template="page.html"),
        "projects": PageKind(plan=projects.projects, template="projects.html"),
        "subscribe": PageKind(plan=portfolio.subscribe, template="subscribe.html"),
        "list": PageKind(plan=lists.sections, template="list.html"),
        "tags": PageKind(plan=lists.tags, template="tags.html"),
        "tag": PageKind(template="tag.html"),
        "archive": PageKind(plan=lists.archive, template="archive.html"),
        "404": PageKind(plan=posts.not_found, template="404.html"),
        "redirect": PageKind(plan=posts.redirects, template="redirect.html"),
        "feed": PageKind(plan=files.feeds, render=files.render_feed),
        "search": PageKind(plan=files.search, render=files.render_search),
        "robots": PageKind(plan=files.robots, render=files.render_robots),
        "sitemap": PageKind(render=files.render_sitemap),
    }
)
"""Every kind by name, in the order of planning; a newcomer adds a row."""

_OLD_ADDRESSES: tuple[Planner, ...] = (lists.old_addresses, files.old_feeds)
"""Pages that give way where something else has their address."""


def plan(view: View, report: Report) -> tuple[Page, ...]:
    """All pages, no two of them on one file, and none on one of `static/`.

    Two sources on one address, also by letter case or Unicode form, are an error that
    names both.
    """
    claims, pages = Claims(report), []
    for path in view.static:
        claims.claim(path, file_owner(f"{STATIC}{path}"))

    def add(page: Page) -> None:
        if _is_sound(page, view, report) and claims.claim(
            page.output, lambda: page_owner(page, view.place_of)
        ):
            pages.append(page)

    for page in _each(view, (kind.plan for kind in PAGE_KINDS.values())):
        add(page)
    for page in _each(view, _OLD_ADDRESSES):
        if claims.is_free(page.output):
            add(page)
    add(files.sitemap(view, tuple(pages)))
    claims.check_folders()
    return tuple(pages)


def _each(view: View, planners: Iterable[Planner | None]) -> Iterator[Page]:
    """The pages of each planner in turn; kinds that are planned elsewhere have none."""
    for planner in planners:
        yield from planner(view) if planner else ()


def _is_sound(page: Page, view: View, report: Report) -> bool:
    """Whether a page can be written as a file; what cannot is told."""
    fault = fault_of(page.output)
    if fault:
        span, name = page_owner(page, view.place_of)
        report.error(
            "bad-address",
            span if span.path else Span(path="site.toml"),
            f"{name} would be written to {page.output!r}, which {fault}",
            hint="write addresses from the root, e.g. /blog/",
        )
    return not fault


class PageStep:
    """The step that writes the page of an output path, with these templates."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates
        self._theme = Theme(templates)

    def __reduce__(self) -> tuple[type["PageStep"], tuple[Mapping[str, str]]]:
        """Another process compiles the templates for itself."""
        return PageStep, (self._templates,)

    def __call__(self, output: str, facts: Reader) -> bytes:
        page: Page = facts[f"plan:{output}"]
        kind = PAGE_KINDS[page.kind]
        if kind.render:
            return kind.render(page, facts)
        html = self._theme.render(kind.template, _context(page, facts), facts)
        data = html.encode(errors="replace")
        check_weight(page, data, kind.template, facts)
        return data


def _shown(name: str, value: Any, facts: Reader) -> Any:
    """What a page shows of the posts that its plan names by their paths."""
    match name:
        case "card":
            return facts[f"card:{value}"]
        case "entries":
            return tuple(facts[f"card:{path}"] for path in value)
        case "projects":
            return tuple(projects.shown_project(each, facts) for each in value)
        case "beside":
            return tuple(facts[f"neighbour:{path}"] if path else None for path in value)
        case "years":
            known = facts.every("neighbour")
            return tuple(
                (y, tuple(known[path] for path in inside)) for y, inside in value
            )
        case _:
            return value


def _context(page: Page, facts: Reader) -> dict[str, object]:
    """What a template is given."""
    given = {name: _shown(name, value, facts) for name, value in page.data.items()}
    if "beside" in given:
        given["older"], given["newer"] = given.pop("beside")
        near = facts.get(f"related:{page.source}") or ()
        given["related"] = tuple(facts[f"neighbour:{path}"] for path in near)
    if "card" in given:
        page = replace(page, description=given["card"].summary_text)
    body = facts[f"body:{page.source}"] if page.source else None
    own: Poster | None = facts.get(f"poster:{page.source}") if "card" in given else None
    poster = own if own and own.file else facts.get("poster:")
    site = SiteView(facts)
    return {
        **given,
        "page": page,
        "body": body,
        "poster": f"/{poster.output}" if poster and poster.file else "",
        "site": site,
        "structured": structured_in(page, body, facts),
        "url": link_to(facts),
        "link": link_in(facts),
        "full": absolute(facts),
        "asset": asset_in(facts),
        "lang": lang_in(site),
    }
