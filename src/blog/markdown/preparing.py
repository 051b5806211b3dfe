"""What comes before Markdown: a text as its dialect has it, as the parser takes it.

Docusaurus compiles MDX, Jekyll runs Liquid. Each of them is a room of its own that
gives Markdown with HTML, and says which line came from where.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from blog import liquid
from blog.engine import Reader
from blog.markdown.parser import parser
from blog.model import Prepared, Source

Preparation = Callable[[Source, Reader], Prepared]


def _mdx(source: Source, facts: Reader) -> Prepared:
    # As long to import as 20 posts take to write; most sites have none.
    from blog import mdx

    return mdx.prepared(source, facts)


def _liquid(source: Source, facts: Reader) -> Prepared:
    return liquid.prepared(source, facts, parser("jekyll").render)


PREPARATIONS: Mapping[str, Preparation] = MappingProxyType(
    {"docusaurus": _mdx, "jekyll": _liquid}
)
"""By the dialect of the text; without a row the text is Markdown already."""


def prepare(source: Source, facts: Reader) -> Prepared:
    """The text of a post as the parser takes it."""
    preparation = PREPARATIONS.get(_dialect(source))
    return preparation(source, facts) if preparation else Prepared(text=source.text)


def _dialect(source: Source) -> str:
    """Files in `.mdx` are MDX wherever they lie."""
    return "docusaurus" if source.is_mdx else source.dialect
