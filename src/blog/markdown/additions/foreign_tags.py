"""Tags of JSX in a text that is no MDX: `<span style={{color: "red"}}>` as HTML.

Only tags whose attributes are plain values. What would need code stays as it stands.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

FOREIGN_TAG = re.compile(r"<[a-z][^<>]*?\s(?:[a-zA-Z-]+=\{|className=|htmlFor=)")
"""The begin of a tag that HTML would write in another way."""
_START = re.compile("<(?=[a-z])")


def foreign_tags(md: MarkdownIt) -> None:
    """The rules for tags of JSX, in running text and in blocks of HTML."""
    md.core.ruler.before("block", "foreign_sign", _look)
    md.core.ruler.before("inline", "foreign_html", _rewrite_blocks)
    md.inline.ruler.before("html_inline", "foreign_tag", _tag)


def html_tag(text: str, start: int) -> tuple[str, int] | None:
    """The tag of JSX at `start` as HTML and its end; None if there is none, or code."""
    # Only texts with the sign of such a tag come here.
    from blog import mdx

    return mdx.html_tag(text, start)


def _look(state: StateCore) -> None:
    if "=" in state.src and FOREIGN_TAG.search(state.src):
        state.env["foreign"] = True


def _rewrite_blocks(state: StateCore) -> None:
    for token in state.tokens if "foreign" in state.env else ():
        if token.type == "html_block":
            token.content = _rewritten(token.content)


def _rewritten(html: str) -> str:
    pieces, done = [], 0
    for found in _START.finditer(html):
        if found.start() >= done and (tag := html_tag(html, found.start())):
            pieces += [html[done : found.start()], tag[0]]
            done = tag[1]
    return "".join([*pieces, html[done:]])


def _tag(state: StateInline, silent: bool) -> bool:
    if "foreign" not in state.env:
        return False
    tag = html_tag(state.src, state.pos)
    if tag is None or tag[1] > state.posMax:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = tag[0]
    state.pos = tag[1]
    return True
