"""Liquid to text: what Jekyll runs over a post before Markdown.

Text in; text, and for each line the one it came from, out. python-liquid runs it, with
the tags and filters of Jekyll. A pure function of the post and of the facts that it
asks for: files of `_includes` and `_data`, settings, addresses. No clock, no
environment, and no more steps and text than a post may take.
"""

from collections.abc import Callable

from blog.engine import Reader
from blog.liquid.data import data_files, read_data
from blog.model import Prepared, Source

__all__ = ["data_files", "prepared", "read_data"]


def prepared(source: Source, facts: Reader, to_html: Callable[[str], str]) -> Prepared:
    """The post after Liquid; `to_html` is Markdown for the filter `markdownify`."""
    has_marks = "{%" in source.text or "{{" in source.text
    if not (source.liquid and has_marks):
        return Prepared(text=source.text)
    # The library takes a tenth of a second, and most posts hold no Liquid.
    from blog.liquid.jekyll import rendered

    return rendered(source, facts, to_html)
