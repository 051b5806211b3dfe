"""What we plan to write, and what was written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from blog.diagnostics import Diagnostic
from blog.model.inputs import Blob
from blog.model.rendered import Link
from blog.model.written import no_fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file we plan to write, and what is needed to write it."""

    kind: str
    """A key of `PAGE_KINDS`."""
    output: str
    """Path in the output folder; its identity."""
    address: str
    title: str = ""
    description: str = ""
    canonical: str = ""
    """Address of the page that should be cited instead; empty: this one."""
    source: str = ""
    """Path of the post whose body it shows."""
    data: Mapping[str, object] = field(default_factory=no_fields)
    """What its template is given besides the site. Posts are paths here, and there what
    the page shows of them: `card`, `entries`, `years`; `beside` is the older and the
    newer one.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A file of the finished site."""

    path: str
    blob: Blob


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A finished site in numbers."""

    posts: int = 0
    """Those that are published, unlisted ones among them."""
    pages: int = 0
    """HTML pages, redirects not counted."""
    held: tuple[tuple[str, str], ...] = ()
    """Path and reason of each post that is not published."""
    due: str = ""
    """The instant from which a post may be due, in ISO 8601; empty if none is."""
    latest: tuple[str, ...] = ()
    """Files of the newest listed posts, at most 20."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What came of a build; `artifacts` is empty if the site has errors."""

    artifacts: Mapping[str, Artifact]
    """By path, sorted."""
    diagnostics: tuple[Diagnostic, ...]
    """In order of place."""
    summary: Summary
    outside: tuple[Link, ...] = ()
    """Links of posts and pages to other sites, if they were asked for."""
    shelved: frozenset[str] = frozenset()
    """Names of the files on the shelf of which it made use."""

    @property
    def ok(self) -> bool:
        """Whether the site may be published."""
        return all(d.severity != "error" for d in self.diagnostics)
