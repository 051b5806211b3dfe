"""Tildes and carets: `H~2~O` and `x^2^`, or `~struck out~`."""

from markdown_it import MarkdownIt
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin


def scripts(md: MarkdownIt) -> None:
    """Sub- and superscript as Pandoc has them: no spaces inside."""
    md.use(sub_plugin)
    md.use(superscript_plugin)


def single_tildes(md: MarkdownIt) -> None:
    """`~x~` is struck out, as on GitHub and in Docusaurus."""
    md.options["strikethrough_single_tilde"] = True
