"""Markdown to HTML. The only users of markdown-it.

`EXTENSIONS` is the table of what is added to CommonMark.
"""

from blog.markdown.additions.typography import with_type
from blog.markdown.body import render_body
from blog.markdown.diagrams import codes_in, draw, is_script, name_of
from blog.markdown.parser import EXTENSIONS, parser

__all__ = [
    "EXTENSIONS",
    "codes_in",
    "draw",
    "is_script",
    "name_of",
    "parser",
    "render_body",
    "with_type",
]
