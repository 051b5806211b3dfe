"""Code blocks: in colours, marked, numbered, with notes, or out of a file.

Stale when the text changes, or a file that a block names.
"""

from blog.markdown.code.blocks import colour_code

__all__ = ["colour_code"]
