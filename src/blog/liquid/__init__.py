"""Liquid to text: what Jekyll runs over a post before Markdown.

Text in; text, and for each line the one it came from, out. python-liquid runs it, with
the tags and filters of Jekyll. A pure function of the post and of the facts that it
asks for: files of `_includes` and `_data`, settings, addresses. No clock, no
environment, and no more steps and text than a post may take.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec

from blog.diagnostics import Report, Span
from blog.engine import Reader
from blog.liquid.data import data_files, read_data
from blog.model import Prepared, Source

__all__ = ["data_files", "prepared", "read_data"]


def prepared(source: Source, facts: Reader, to_html: Callable[[str], str]) -> Prepared:
    """The post after Liquid; `to_html` is Markdown for the filter `markdownify`."""
    has_marks = "{%" in source.text or "{{" in source.text
    if not (source.liquid and has_marks):
        return Prepared(text=source.text)
    if not _has_library():
        _tell_missing(source, facts.report)
        return Prepared(text=source.text)
    # The library takes a tenth of a second, and most posts hold no Liquid.
    from blog.liquid.jekyll import rendered

    return rendered(source, facts, to_html)


@cache
def _has_library() -> bool:
    return find_spec("liquid") is not None


def _tell_missing(source: Source, report: Report) -> None:
    place = re.search(r"\{[%{]", source.text)
    above = source.text[: place.start()] if place else ""
    span = Span(path=source.path, line=source.first_line + above.count("\n"))
    report.error(
        "liquid-missing",
        source.with_line(span),
        "the post holds Liquid, and the program that runs it is missing",
        hint="install it: pip install 'blog[jekyll]'",
    )
