"""Which pages a site has, and how each kind is written.

`plan` is cheap and always runs. A page is stale when its plan, its text, its templates
or what they read of the site change.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from blog.diagnostics import Report, Span
from blog.engine import Reader
from blog.model import Page
from blog.pages import files, lists, portfolio, posts
from blog.pages.structured import structured_in
from blog.pages.views import View, make_view
from blog.slugs import fault_of, same_file
from blog.theme import SiteView, Theme, absolute, asset_in, link_in, link_to

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
        "projects": PageKind(plan=portfolio.projects, template="projects.html"),
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


def plan(view: View, taken: Mapping[str, Span], report: Report) -> tuple[Page, ...]:
    """All pages, no two of them on one file; `taken` names the files of others.

    Two sources on one address, also by letter case or Unicode form, are an error that
    names both.
    """
    planned = _Planned(view, taken, report)
    for kind in PAGE_KINDS.values():
        for page in kind.plan(view) if kind.plan else ():
            planned.add(page)
    for planner in _OLD_ADDRESSES:
        for page in planner(view):
            planned.add_if_free(page)
    planned.add(files.sitemap(view, tuple(planned.pages)))
    planned.check_folders()
    return tuple(planned.pages)


_INTRODUCED = frozenset({"home", "projects", "subscribe"})
"""Pages that are ours, though they may show a text of the site."""


class _Planned:
    """Pages so far, and who has which file."""

    def __init__(self, view: View, taken: Mapping[str, Span], report: Report) -> None:
        self.view = view
        self.pages: list[Page] = []
        self.report = report
        self.owners: dict[str, tuple[str, Span, str]] = {}
        for path, span in taken.items():
            owner = (path, span, repr(span.path))
            known = self.owners.setdefault(same_file(path), owner)
            if known is not owner:
                self._tell(span, owner[2], path, known)

    def add(self, page: Page) -> None:
        if fault := fault_of(page.output):
            span, name = self._owner(page)
            self.report.error(
                "bad-address",
                span if span.path else Span(path="site.toml"),
                f"{name} would be written to {page.output!r}, which {fault}",
                hint="write addresses from the root, e.g. /blog/",
            )
            return
        key = same_file(page.output)
        known = self.owners.get(key)
        if known is None:
            self.owners[key] = (page.output, *self._owner(page))
            self.pages.append(page)
        else:
            self._clash(page, known)

    def add_if_free(self, page: Page) -> None:
        if same_file(page.output) not in self.owners:
            self.add(page)

    def check_folders(self) -> None:
        """A file cannot stand where a folder has to be."""
        for key, (path, span, name) in sorted(self.owners.items()):
            parts = key.split("/")
            for depth in range(1, len(parts)):
                if above := self.owners.get("/".join(parts[:depth])):
                    self._tell(span, name, path, above)

    def _clash(self, page: Page, known: tuple[str, Span, str]) -> None:
        span, name = self._owner(page)
        self._tell(span, name, page.output, known)

    def _owner(self, page: Page) -> tuple[Span, str]:
        """Where a page comes from, and how to name it."""
        if page.kind == "redirect":
            source = str(page.data["path"])
            span = self.view.place_of(source, "redirect_from", "aliases")
            return span, f"the old address {page.address!r}"
        span = self.view.place_of(page.source, "permalink", "slug")
        if page.source and page.kind not in _INTRODUCED:
            return span, repr(page.source)
        return span, f"the generated page {page.address!r}"

    def _tell(
        self, span: Span, name: str, output: str, known: tuple[str, Span, str]
    ) -> None:
        other, place, owner = known
        both = f"both be written to {output!r}"
        if "/".join(output.split("/")[: other.count("/") + 1]) == other != output:
            both = f"be written to {output!r} and {other!r}, a folder and a file"
        elif other != output:
            both = (
                f"be written to {output!r} and {other!r}, which some disks take for one"
            )
        where = span if span.path else place
        self.report.error(
            "same-address",
            where,
            f"{name} and {owner} would {both}",
            hint="give one of them another slug",
            related=tuple(s for s in (place,) if s.path and s != where),
        )


class PageStep:
    """The step that writes the page of an output path, with these templates."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates
        self._theme = Theme(templates)

    def __reduce__(self) -> tuple[type["PageStep"], tuple[Mapping[str, str]]]:
        """Another process compiles the templates for itself."""
        return PageStep, (self._templates,)

    def __call__(self, output: str, facts: Reader) -> bytes:
        page: Page = facts[f"page:{output}"]
        kind = PAGE_KINDS[page.kind]
        if kind.render:
            return kind.render(page, facts)
        html = self._theme.render(kind.template, _context(page, facts), facts)
        return html.encode(errors="replace")


def _context(page: Page, facts: Reader) -> dict[str, object]:
    """What a template is given."""
    body = facts[f"body:{page.source}"] if page.source else None
    return {
        **page.data,
        "page": page,
        "body": body,
        "site": SiteView(facts=facts),
        "structured": structured_in(page, body, facts),
        "url": link_to(facts),
        "link": link_in(facts),
        "full": absolute(facts),
        "asset": asset_in(facts),
    }
