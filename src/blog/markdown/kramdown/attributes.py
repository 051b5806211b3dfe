"""`{: .class #id key="v"}`, and `{:name: .class}` to give such a list a name.

On a line of its own it belongs to the block it touches, above before below; right
behind a link, picture, emphasis or code to that; at the beginning of an item to the
item. It may name lists that stand anywhere in the text.
"""

import re
from collections.abc import Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from blog.markdown.additions.braces import element_before, give, read_attributes
from blog.markdown.kramdown.contents import CONTENTS

BLOCK = "kramdown_attributes"
SPAN = "kramdown_span"
ENDS = ("paragraph", "reference", "blockquote", "list")

_LINE = re.compile(r"\{:(?![:/])(?P<given>[^{}\n]+)\}[ \t]*\Z")
_SPAN = re.compile(r"\{:(?![:/])(?P<given>[^{}\n]+)\}")
_NAMED = re.compile(r"(?P<name>[\w-]+):[ \t]*(?P<given>.*)")
_PART = re.compile(r"(?:[^\s\"']|\"[^\"]*\"|'[^']*')+")
_NAME = re.compile(r"[A-Za-z_][\w-]*")

Lists = Mapping[str, str]
"""Attributes as written, by the name that was given to them."""


def attributes(md: MarkdownIt) -> None:
    """The rules for attributes of blocks, of spans, and for named lists."""
    md.block.ruler.before("lheading", BLOCK, _take_line, {"alt": list(ENDS)})
    md.inline.ruler.after("image", SPAN, _take_span)
    md.core.ruler.after("block", BLOCK, _of_blocks)
    md.core.ruler.after("inline", SPAN, _of_spans)


def _take_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if state.src[begin : begin + 2] != "{:" or state.is_code_block(start):
        return False
    found = _LINE.match(state.src[begin : state.eMarks[start]])
    if found is None:
        return False
    if not silent:
        state.line = start + 1
        token = state.push(BLOCK, "", 0)
        token.map, token.content = [start, start + 1], found["given"].strip()
        token.meta["below"] = start + 1 < end and not state.isEmpty(start + 1)
        token.meta["above"] = start > 0 and not state.isEmpty(start - 1)
        token.hidden = True
    return True


def _take_span(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos : state.pos + 2] != "{:":
        return False
    found = _SPAN.match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        token = state.push(SPAN, "", 0)
        token.content, token.meta["given"] = found[0], found["given"]
    state.pos = found.end()
    return True


def _of_blocks(state: StateCore) -> None:
    if "{:" not in state.src:
        return
    lists = _named_lists(state.tokens)
    state.env["kramdown"] = lists
    above: dict[int, Token] = {}
    waiting: list[Token] = []
    for token in state.tokens:
        if token.type == BLOCK:
            owner = above.get(token.level) if token.meta["above"] else None
            if owner is not None:
                _give_block(owner, token.content, lists)
            elif token.meta["below"]:
                waiting.append(token)
            continue
        _forget(above, token)
        if token.nesting >= 0 and token.type != "html_block":
            for each in (w for w in waiting if w.level == token.level):
                _give_block(token, each.content, lists)
        waiting.clear()
    state.tokens = [token for token in state.tokens if token.type != BLOCK]


def _forget(above: dict[int, Token], token: Token) -> None:
    """Keeps of each level the block that began last, while it can still be followed."""
    if token.nesting < 0:
        above.pop(token.level + 1, None)
    elif token.type == "html_block":
        above.pop(token.level, None)
    elif token.type != "inline":
        above[token.level] = token


def _named_lists(tokens: Sequence[Token]) -> Lists:
    """Takes the lists with names out of what is to be given."""
    found: dict[str, str] = {}
    for token in tokens:
        named = _NAMED.match(token.content) if token.type == BLOCK else None
        if named:
            found[named["name"]] = named["given"]
            token.content = ""
    return found


_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-)(\S+)")


def _give_block(token: Token, written: str, lists: Lists) -> None:
    names, given = _read(written, lists)
    if "toc" in names and token.type in ("bullet_list_open", "ordered_list_open"):
        token.meta[CONTENTS] = True
    if token.type in ("fence", "code_block"):
        language = _LANGUAGE.search(given.get("class", ""))
        if language and not token.info:
            token.info = language[1]
            token.type = "fence"
        return
    give(token, given)


def _read(written: str, lists: Lists) -> tuple[set[str], dict[str, str]]:
    """The names in a list of attributes, and the attributes, those named among them."""
    parts = _PART.findall(written)
    names = [part for part in parts if _NAME.fullmatch(part)]
    bare = " ".join(part for part in parts if not _NAME.fullmatch(part))
    given: dict[str, str] = {}
    for each in (*(lists[name] for name in names if name in lists), bare):
        for name, value in (read_attributes(each) or {}).items():
            joined = f"{given.get('class', '')} {value}".strip()
            given[name] = joined if name == "class" else value
    return set(names), given


def _of_spans(state: StateCore) -> None:
    if "{:" not in state.src:
        return
    lists: Lists = state.env.get("kramdown", {})
    for index, token in enumerate(state.tokens):
        children = token.children or []
        if any(child.type == SPAN for child in children):
            item = state.tokens[index - 2] if index > 1 else None
            is_item = item is not None and item.type == "list_item_open"
            token.children = _given(children, item if is_item else None, lists)


def _given(children: list[Token], item: Token | None, lists: Lists) -> list[Token]:
    kept: list[Token] = []
    for child in children:
        if child.type != SPAN:
            kept.append(child)
            continue
        owner = element_before(kept) if any(k.content or k.tag for k in kept) else item
        if owner is None:
            child.type = "text"
            kept.append(child)
        else:
            give(owner, _read(child.meta["given"], lists)[1])
    return kept
