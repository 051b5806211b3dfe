"""Why a post is where it is, or is not: the rules and the files behind it.

Read off the same facts that a build uses, and off the traces of the last build.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from blog.assets import static_files
from blog.build import Options, outlined
from blog.check import options_for
from blog.diagnostics import Diagnostic, Span, suggest
from blog.engine import Facts, here
from blog.gather import gather
from blog.memo import Memo
from blog.model import Page, Post, Snapshot
from blog.pages.files import shows

Answer = tuple[str, str]
"""What is asked, and the answer to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What can be said of one source or address."""

    name: str
    """The source, or the address if it has none."""
    answers: tuple[Answer, ...]
    """In order; empty if there is nothing of that name."""
    hint: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What is wrong with its front matter, or with `site.toml`."""


def why(wanted: str, snapshot: Snapshot, options: Options, memo: Memo) -> Explained:
    """All about a source (`content/posts/a.md`) or an address (`/blog/a/`).

    Nothing is rendered and nothing is written; what `memo` says is of the last build.
    """
    gathered = gather(snapshot, options, Memo(), here)
    told = gathered.diagnostics
    if gathered.config is None:
        return Explained(name=wanted, answers=(), diagnostics=told)
    static = static_files(snapshot, gathered.config.theme)
    outlined(gathered.wave, snapshot, static)
    facts = gathered.wave.facts
    about = _About(facts=facts, memo=memo)
    source, page = about.found(wanted, gathered.config.base_url)
    if source:
        own = tuple(d for d in gathered.diagnostics if d.span.path == source)
        answers = tuple(about.source(source))
        return Explained(name=source, answers=answers, diagnostics=own)
    if page:
        return Explained(name=page.address, answers=tuple(about.page(page)))
    names = [*facts.digests("folder"), *(p.address for p in about.plan.values())]
    return Explained(name=wanted, answers=(), hint=suggest(wanted, names))


@dataclass(slots=True, kw_only=True)
class _About:
    facts: Facts
    memo: Memo

    @property
    def plan(self) -> Mapping[str, Page]:
        """Every page by its output path."""
        return self.facts.every("plan")

    def found(self, wanted: str, base_url: str) -> tuple[str, Page | None]:
        """The source that is meant, else the page that lies at that address."""
        sources = self.facts.digests("folder")
        path = wanted.removeprefix("./")
        if path in sources:
            return path, None
        names = (path, f"{path}.md", f"{path}.mdx", f"{path}/index.md")
        inside = [s for s in sources if f"/{s}".endswith(tuple(f"/{n}" for n in names))]
        inside = inside or [p.path for p in self._posts() if p.slug == path]
        if len(inside) == 1:
            return inside[0], None
        address = unquote(urlsplit(wanted.removeprefix(base_url.rstrip("/"))).path)
        for output in options_for(f"/{address.lstrip('/')}"):
            if page := self.plan.get(output):
                return page.source if page.kind in ("post", "page") else "", page
        held = (p for p in self._posts() if p.address.strip("/") == address.strip("/"))
        return next((post.path for post in held), ""), None

    def _posts(self) -> Iterator[Post]:
        yield from self.facts.every("post").values()

    def source(self, path: str) -> Iterator[Answer]:
        """All about a post or page of content."""
        post: Post | None = self.facts.get("post", path)
        if post is None:
            yield "state", "it cannot be read"
            return
        yield "title", f"{post.title!r}, {self._rule(post, 'title', fallback=_TITLE)}"
        if post.date:
            rule = self._rule(post, "date", fallback="from the file name")
            yield "date", f"{post.date.instant.isoformat()}, {rule}"
        slug = self._rule(post, "permalink", "slug", "id", fallback=_SLUG)
        yield "address", f"{post.address}, {slug}"
        yield "rules", f"{post.dialect}, for the files in {post.section}"
        yield "state", self._state(post)
        if self.facts.get("url", path) is None:
            return
        yield "written to", post.output
        yield from self._shown_on(post)
        yield from self._links_to(path)
        yield from self._last_build(post.output)

    def page(self, page: Page) -> Iterator[Answer]:
        """All about a page that is no post."""
        yield "kind", page.kind
        yield "written to", page.output
        if page.source:
            yield "text", page.source
        yield from self._last_build(page.output)

    def _rule(self, post: Post, *names: str, fallback: str) -> str:
        spans: Mapping[str, Span] = self.facts.get("spans", post.path) or {}
        name = next((name for name in names if name in spans), "")
        if name:
            return f"from the field {name!r} on line {spans[name].line}"
        given = next((name for name in names if name in post.fields), "")
        return f"from {given!r} of _config.yml" if given else fallback

    def _state(self, post: Post) -> str:
        if post.faulty:
            return "not built: its front matter has mistakes"
        if reason := self.facts.get("held", post.path):
            return f"held back: {reason}"
        return "published" if post.listed else "published, but in no list"

    def _shown_on(self, post: Post) -> Iterator[Answer]:
        shown = [page for page in self.plan.values() if shows(page, post)]
        for page in sorted(shown, key=lambda page: (page.kind == "feed", page.address)):
            yield "in the feed" if page.kind == "feed" else "shown on", page.address

    def _links_to(self, path: str) -> Iterator[Answer]:
        readers = self.memo.readers("url", path)
        for name in sorted({n for step, n in readers if step == "body" and n != path}):
            yield "linked from", name

    def _last_build(self, output: str) -> Iterator[Answer]:
        reads = self.memo.reads("page", output)
        if not reads:
            yield "last build", "not built so far"
            return
        changed = self.memo.reasons("page", output)
        if not changed:
            yield "last build", "all was new, or nothing that matters had changed"
        for fact in changed:
            yield "last build", f"its page was written anew: {fact} had changed"
        for fact in reads:
            if not fact.startswith(("site:", "config:")):
                yield "depends on", fact


_TITLE = "from its first heading or the file name"
_SLUG = "from the file name"
