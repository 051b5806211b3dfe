"""`{.class #id key="v"}` behind what it belongs to.

Right behind a picture, link, code span or emphasis; at the end of a heading; alone on
the last line of a paragraph; or alone between blank lines, for the block above.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from blog.markdown.additions.braces import element_before, give, read_attributes


def attributes(md: MarkdownIt) -> None:
    """The rules for attributes of blocks and of what stands in running text."""
    md.core.ruler.before("inline", "block_attributes", _of_blocks)
    md.core.ruler.after("inline", "inline_attributes", _of_inlines)


_AT_END = re.compile(r"[ \t]*\{(?P<given>[^{}\n]+)\}[ \t]*\Z")
_OWN_LINE = re.compile(r"(?:\A|\n)[ \t]*\{(?P<given>[^{}\n]+)\}[ \t]*\Z")


def _of_blocks(state: StateCore) -> None:
    if "{" not in state.src:
        return
    tokens: list[Token] = []
    for token in state.tokens:
        tokens.append(token)
        if token.type == "heading_close":
            _take(tokens[-2], tokens[-3], _AT_END)
        elif token.type == "paragraph_close" and tokens[-2].content.endswith("}"):
            _take_of_paragraph(tokens)
    state.tokens = tokens


def _take_of_paragraph(tokens: list[Token]) -> None:
    """Takes the attributes at the end of the paragraph at the end of `tokens`."""
    begin, inline = tokens[-3:-1]
    if not inline.content.startswith("{"):
        _take(inline, begin, _OWN_LINE)
        return
    above = _block_above(tokens, len(tokens) - 3)
    if above is not None and _take(inline, above, _OWN_LINE):
        del tokens[-3:]


def _take(inline: Token, begin: Token, place: re.Pattern[str]) -> bool:
    """Moves attributes from the end of a text to an element; whether there are any."""
    found = place.search(inline.content)
    given = read_attributes(found["given"]) if found else None
    if not found or given is None:
        return False
    inline.content = inline.content[: found.start()]
    give(begin, given)
    return True


def _block_above(tokens: list[Token], index: int) -> Token | None:
    """The beginning of the block that ends before `index`, on the same level."""
    level = tokens[index].level
    for place in range(index - 1, -1, -1):
        token = tokens[place]
        if token.level < level:
            return None
        if token.level == level and token.nesting >= 0:
            return token if token.block and token.type != "html_block" else None
    return None


_AT_BEGIN = re.compile(r"\{(?P<given>[^{}\n]+)\}")


def _of_inlines(state: StateCore) -> None:
    if "{" not in state.src:
        return
    for token in state.tokens:
        if token.type == "inline" and token.children and "{" in token.content:
            _of_children(token.children)


def _of_children(children: list[Token]) -> None:
    for index, child in enumerate(children[1:], start=1):
        if child.type != "text" or not child.content.startswith("{"):
            continue
        found = _AT_BEGIN.match(child.content)
        element = element_before(children[:index])
        given = read_attributes(found["given"]) if found and element else None
        if found and element and given:
            child.content = child.content[found.end() :]
            give(element, given)
