"""Who has which file of the finished site; no two may share one."""

from collections.abc import Callable
from dataclasses import dataclass, field

from blog.diagnostics import PlaceOf, Report, Span
from blog.model import Page
from blog.slugs import same_file

Owner = tuple[Span, str]
"""Where what is written comes from, and how to name it."""

_INTRODUCED = frozenset({"home", "projects", "subscribe"})
"""Pages that are ours, though they may show a text of the site."""


@dataclass(slots=True)
class Claims:
    """Files that are taken, judged as disks do that know no letter case.

    Owners are only asked for where two meet.
    """

    report: Report
    taken: dict[str, tuple[str, Callable[[], Owner]]] = field(default_factory=dict)

    def is_free(self, output: str) -> bool:
        """Whether nobody has this file so far."""
        return same_file(output) not in self.taken

    def claim(self, output: str, owner: Callable[[], Owner]) -> bool:
        """Whether the file was free; who has it keeps it, and the clash is told."""
        key = same_file(output)
        known = self.taken.get(key)
        if known is None:
            self.taken[key] = (output, owner)
            return True
        self._tell(output, owner, known)
        return False

    def check_folders(self) -> None:
        """Tells where a file stands in the place of a folder."""
        for key, (output, owner) in sorted(self.taken.items(), key=lambda c: c[0]):
            end = key.find("/")
            while end > 0:
                if above := self.taken.get(key[:end]):
                    self._tell(output, owner, above)
                end = key.find("/", end + 1)

    def _tell(
        self,
        output: str,
        owner: Callable[[], Owner],
        known: tuple[str, Callable[[], Owner]],
    ) -> None:
        (span, name), (place, other_name) = owner(), known[1]()
        other = known[0]
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
            f"{name} and {other_name} would {both}",
            hint="give one of them another slug",
            related=tuple(s for s in (place,) if s.path and s != where),
        )


def file_owner(path: str) -> Callable[[], Owner]:
    """The owner of a file that is copied."""
    return lambda: (Span(path=path), repr(path))


def page_owner(page: Page, place_of: PlaceOf) -> Owner:
    """Where a page comes from, and how to name it."""
    if page.kind == "redirect":
        source = str(page.data["path"])
        span: Span = place_of(source, "redirect_from", "aliases")
        return span, f"the old address {page.address!r}"
    span = place_of(page.source, "permalink", "slug") if page.source else Span(path="")
    if page.source and page.kind not in _INTRODUCED:
        return span, repr(page.source)
    return span, f"the generated page {page.address!r}"
