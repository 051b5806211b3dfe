"""Tildes and carets: `H~2~O` and `x^2^`, or `~struck out~`."""

from unicodedata import east_asian_width

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from blog.markdown.rules import Rule, wrap


def scripts(md: MarkdownIt) -> None:
    """Sub- and superscript as Pandoc has them: no spaces inside."""
    md.use(sub_plugin)
    md.use(superscript_plugin)
    for name in ("sub", "sup"):
        wrap(md.inline.ruler, name, _no_prose)


def _no_prose(rule: Rule) -> Rule:
    def script(state: StateInline, silent: bool) -> bool:
        start, sign = state.pos, state.src[state.pos]
        end = state.src.find(sign, start + 1, state.posMax)
        return _is_script(state.src, start, end) and rule(state, silent)

    return script


_BEGINS = frozenset("/$€£")
"""Signs with which a new word begins."""


def _is_script(source: str, start: int, end: int) -> bool:
    """Whether two signs hold a script, and are not `2^32-2^16`, `~5-~10` or `^_^`."""
    inner, after = source[start + 1 : end], source[end + 1 : end + 2]
    if end < 0 or not inner or after.isdigit() or east_asian_width(inner[0]) in "WF":
        return False
    if source[max(start - 1, 0) : start].isalnum():
        return True
    return any(map(str.isalnum, inner)) and not (after.isalnum() or after in _BEGINS)


def single_tildes(md: MarkdownIt) -> None:
    """`~x~` is struck out, as on GitHub and in Docusaurus."""
    md.options["strikethrough_single_tilde"] = True
