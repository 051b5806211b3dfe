"""Some pages of a site in which only a text has changed, before the rest is looked at.

Who writes on changes one text, and looks at one page. That page is made here of what
the last build knows, at a cost that does not grow with the site. It is a promise that
the build which follows keeps, or mends: nothing of it is kept.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from blog.build import TEXT, text_parts
from blog.check import check_links
from blog.engine import Facts, Reader
from blog.gather import SOURCE
from blog.memo import Damaged
from blog.model import Blob, Page
from blog.pages import PageStep
from blog.pages.cards import card_of
from blog.posts import parse_post


class Glimpse:
    """What the last build knows, and its templates."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._step = PageStep(facts.every("template"))

    def pages(
        self, edited: Mapping[str, Blob], wanted: Iterable[str]
    ) -> dict[str, bytes]:
        """Those of the wanted pages that show an edited source, by path.

        A source of which more than the text has changed, or in which a mistake stands,
        is left to the build.
        """
        facts = _Edited(self._facts)
        try:
            plans: dict[str, Page] = {
                name: page for name in wanted if (page := facts.get("plan", name))
            }
            if not any(_shows(page, edited) for page in plans.values()):
                return {}
            texts = [p for p, blob in edited.items() if _is_text(p, blob, facts)]
            return dict(self._made(facts, texts, plans))
        except (Damaged, AssertionError):
            # The text speaks of something that only the build will make a fact.
            return {}

    def _made(
        self, facts: "_Edited", edited: Iterable[str], plans: Mapping[str, Page]
    ) -> Iterable[tuple[str, bytes]]:
        for name, page in plans.items():
            if not _shows(page, edited):
                continue
            reader = Reader(facts)
            data: bytes = self._step(name, reader)
            if not _has_errors(reader):
                yield name, data


class _Edited(Facts):
    """The facts of a build, with some of them laid over."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts.codec, facts.memo)
        self.kinds = facts.kinds
        self.over: dict[tuple[str, str], object] = (
            dict(facts.over) if isinstance(facts, _Edited) else {}
        )

    def get(self, kind: str, name: str) -> Any:
        """As in `Facts`."""
        key = (kind, name)
        return self.over[key] if key in self.over else super().get(kind, name)


def _is_text(path: str, blob: Blob, facts: _Edited) -> bool:
    """Lays what comes of an edited source over; whether only its text has changed."""
    if facts.get("post", path) is None:
        return False
    own = _Edited(facts)
    own.over["file", path] = blob
    reader = Reader(own)
    source = dict(zip(SOURCE, parse_post(path, reader), strict=True))
    is_like = all(source[k] == facts.get(k, path) for k in ("post", "mentions"))
    if not is_like or facts.get("standing", path) is None:
        return False
    own.over |= {(kind, path): value for kind, value in source.items()}
    # Each step reads what the one before it has made.
    parts = text_parts(path, render := Reader(own))
    own.over |= {(k, path): p for k, p in zip(TEXT, parts, strict=True)}
    own.over["card", path] = card_of(path, Reader(own))
    check_links(path, check := Reader(own))
    if any(map(_has_errors, (reader, render, check))):
        return False
    facts.over |= own.over
    return True


def _has_errors(reader: Reader) -> bool:
    return any(d.severity == "error" for d in reader.report.found)


def _shows(page: Page, edited: Iterable[str]) -> bool:
    """Whether a page has the text of one of these sources, or its card."""
    entries = page.data.get("entries", ())
    return any(path == page.source or path in entries for path in edited)  # type: ignore[operator]
