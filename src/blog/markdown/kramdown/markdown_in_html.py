"""`<div markdown="1">`: Markdown in the HTML of the author, where it is asked for."""

import re

from markdown_it import MarkdownIt
from markdown_it.common.html_blocks import block_names
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore

RULE = "kramdown_html"

_OPEN = re.compile(
    r"<(?P<tag>[A-Za-z][\w-]*)(?P<before>[^<>\n]*?)"
    r"[ \t]+markdown[ \t]*=[ \t]*(?P<quote>[\"']?)(?P<kind>1|0|block|span)(?P=quote)"
    r"(?P<after>[^<>\n]*)>"
)
_DEEPEST = 10
"""Elements in elements; deeper, and the parser would drop what they hold."""
_AS_SPAN = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "span"})


def markdown_in_html(md: MarkdownIt) -> None:
    """The rules for blocks of HTML, and for elements within a line."""
    md.block.ruler.before(
        "html_block",
        RULE,
        _take,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    md.core.ruler.after("inline", RULE, _drop_marks)


def _take(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if state.src[begin : begin + 1] != "<" or state.is_code_block(start):
        return False
    line = state.src[begin : state.eMarks[start]]
    found = _OPEN.match(line) if "markdown" in line else None
    if found is None:
        if state.src.find("markdown", begin) >= 0 and _take_above(
            state, start, end, silent
        ):
            return True
        return not silent and _take_element(state, start, end, line)
    if found["kind"] == "0" or state.level > _DEEPEST:
        return False
    last = _last_line(state, found["tag"], start, end)
    if last < 0 or (last == start and _is_in_text(found["tag"], line)):
        return False
    if not silent:
        _push(state, found, start, last)
    return True


def _is_in_text(tag: str, line: str) -> bool:
    """Whether an element is one of running text, which goes on behind it."""
    is_last = line.rstrip().endswith((f"</{tag}>", "/>"))
    return tag.lower() not in block_names and not is_last


def _push(state: StateBlock, found: re.Match[str], start: int, last: int) -> None:
    opening = f"<{found['tag']}{found['before']}{found['after']}>"
    is_span = found["kind"] == "span" or found["tag"].lower() in _AS_SPAN
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    behind = first[found.end() :]
    closing = f"</{found['tag']}"
    _html(state, opening if is_span else f"{opening}\n", start)
    if last == start:
        inner, _, rest = behind.rpartition(closing)
        _inline(state, inner, start, is_span)
        _html(state, f"{closing}{rest}\n", last)
    else:
        ending = state.src[state.bMarks[last] + state.tShift[last] : state.eMarks[last]]
        inner, _, rest = ending.rpartition(closing)
        if is_span:
            between = state.getLines(start + 1, last, state.blkIndent, False)
            _inline(state, "\n".join([behind, between, inner]).strip(), start, True)
        else:
            _inline(state, behind.strip(), start, False)
            _blocks(state, start + 1, last)
            _inline(state, inner.strip(), last, False)
        _html(state, f"{closing}{rest}\n", last)
    state.line = last + 1


def _html(state: StateBlock, content: str, line: int) -> None:
    token = state.push("html_block", "", 0)
    token.content, token.map = content, [line, line + 1]


def _inline(state: StateBlock, text: str, line: int, is_span: bool) -> None:
    """Running text, in a paragraph unless its element is one."""
    if not text:
        return
    place = [line, line + 1]
    if not is_span:
        state.push("paragraph_open", "p", 1).map = place
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = text, place, []
    if not is_span:
        state.push("paragraph_close", "p", -1)


def _blocks(state: StateBlock, first: int, last: int) -> None:
    before, state.lineMax = state.lineMax, last
    parent, state.parentType = state.parentType, "root"
    state.level += 1
    state.md.block.tokenize(state, first, last)
    state.level -= 1
    state.lineMax, state.parentType = before, parent


def _take_above(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """HTML up to a line that asks for Markdown: it ends there."""
    for number in range(start + 1, min(end, start + 200)):
        begin = state.bMarks[number] + state.tShift[number]
        if state.isEmpty(number) or state.sCount[number] < state.blkIndent:
            return False
        if _OPEN.match(state.src[begin : state.eMarks[number]]):
            break
    else:
        return False
    if not silent:
        lines = state.getLines(start, number, state.blkIndent, True)
        token = state.push("html_block", "", 0)
        token.content, token.map = lines, [start, number]
        state.line = number
    return True


_BEGIN = re.compile(r"<([A-Za-z][\w-]*)(?=[\s/>])[^<>]*>?")
_WHOLE = frozenset({"script", "style", "pre", "textarea"})
"""Elements that CommonMark reads up to their ends anyway."""


def _take_element(state: StateBlock, start: int, end: int, line: str) -> bool:
    """An element of HTML ends where it is closed: below, there is Markdown again."""
    found = _BEGIN.match(line)
    if found is None or found[1].lower() in _WHOLE:
        return False
    is_block = found[1].lower() in block_names
    if not is_block and (
        not found[0].endswith(">") or found.end() < len(line.rstrip())
    ):
        return False
    last = _closing(state, found[1], start, end)
    if last < 0 or last + 1 >= end or state.isEmpty(last + 1):
        return False
    content = state.getLines(start, last + 1, state.blkIndent, True)
    token = state.push("html_block", "", 0)
    token.content, token.map = content, [start, last + 1]
    state.line = last + 1
    return True


def _closing(state: StateBlock, tag: str, start: int, end: int) -> int:
    """The line that ends with the end of the element, above the next empty line; -1 if
    there is none."""
    edge = re.compile(rf"<(/?){re.escape(tag)}\b[^<>]*>", re.IGNORECASE)
    depth = 0
    for number in range(start, end):
        if state.isEmpty(number) or state.sCount[number] < state.blkIndent:
            return -1
        line = state.src[state.bMarks[number] : state.eMarks[number]].rstrip()
        for found in edge.finditer(line):
            depth += -1 if found[1] else 1
            if depth == 0:
                return number if found.end() == len(line) and found[1] else -1
    return -1


def _last_line(state: StateBlock, tag: str, start: int, end: int) -> int:
    """The line with the end of the element; -1 if it is never closed."""
    known: set[str] = state.env.setdefault("kramdown_unclosed", set())
    if tag in known:
        return -1
    edge = re.compile(rf"<(/?){re.escape(tag)}\b", re.IGNORECASE)
    depth = 0
    for number in range(start, end):
        if state.sCount[number] < state.blkIndent and not state.isEmpty(number):
            return -1
        line = state.src[state.bMarks[number] : state.eMarks[number]]
        for found in edge.finditer(line):
            depth += -1 if found[1] else 1
        if depth <= 0:
            return number
    known.add(tag)
    return -1


def _drop_marks(state: StateCore) -> None:
    """Takes `markdown="…"` out of elements that stand in a line: there it is read as
    Markdown anyway."""
    if "markdown" not in state.src:
        return
    for token in state.tokens:
        for each in (token, *(token.children or ())):
            if each.type in ("html_inline", "html_block"):
                each.content = _OPEN.sub(_without_mark, each.content)


def _without_mark(found: re.Match[str]) -> str:
    return f"<{found['tag']}{found['before']}{found['after']}>"
