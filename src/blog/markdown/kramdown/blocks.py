"""Blocks that kramdown sees and CommonMark does not, and the other way round.

`##Heading` without a space, `{::comment}` and its like, addresses of references that
hold any sign; and `1)`, which begins no list.
"""

import re
from bisect import bisect_right

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock

from blog.markdown.kramdown.attributes import ENDS
from blog.markdown.rules import Rule, wrap

HEADING = "kramdown_heading"
EXTENSION = "kramdown_extension"
REFERENCE = "kramdown_reference"


def blocks(md: MarkdownIt) -> None:
    """The rules for blocks."""
    rules = md.block.ruler
    rules.before("heading", HEADING, _heading)
    rules.before("reference", REFERENCE, _reference)
    rules.before("lheading", EXTENSION, _extension, {"alt": list(ENDS)})
    wrap(rules, "list", _dotted)


def _dotted(rule: Rule) -> Rule:
    def dotted(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        if _BRACKETED.match(state.src, begin, state.eMarks[start]):
            return False
        return rule(state, start, end, silent)

    return dotted


_BRACKETED = re.compile(r"\d{1,9}\)")
_TIGHT = re.compile(
    r"(?P<marks>#{2,6}|#(?=[^\W\d_]))(?P<text>[^\s#][^\n]*?)[ \t]*(?:#+[ \t]*)?\Z"
)


def _heading(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """`##Heading`; but not `#!` or `#1`, and not a row of `#tags`."""
    begin = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start):
        return False
    found = _TIGHT.match(state.src[begin : state.eMarks[start]])
    if found is None or (found["marks"] == "#" and " #" in found["text"]):
        return False
    if silent:
        return True
    state.line = start + 1
    level, text = len(found["marks"]), found["text"]
    token = state.push("heading_open", f"h{level}", 1)
    token.markup, token.map = found["marks"], [start, state.line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = text, [start, state.line], []
    state.push("heading_close", f"h{level}", -1).markup = found["marks"]
    return True


_REFERENCE = re.compile(
    r"\[(?P<label>[^\[\]\n^][^\[\]\n]*)\]:[ \t]*"
    r"(?:<(?P<angled>[^<>\n]*)>|(?P<bare>\S+))"
    r"(?:[ \t]+(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'))?[ \t]*\Z"
)


def _reference(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """`[label]: address "title"` on one line; the last of two with one label counts."""
    begin = state.bMarks[start] + state.tShift[start]
    if silent or state.is_code_block(start) or _has_title_below(state, start):
        return False
    found = _REFERENCE.match(state.src[begin : state.eMarks[start]])
    if found is None:
        return False
    written = found["bare"] if found["angled"] is None else found["angled"]
    href = state.md.normalizeLink(written)
    if not state.md.validateLink(href):
        return False
    label = normalizeReference(found["label"])
    references = state.env.setdefault("references", {})
    references[label] = {
        "title": found["double"] or found["single"] or "",
        "href": href,
        "map": [start, start + 1],
    }
    state.line = start + 1
    return True


def _has_title_below(state: StateBlock, start: int) -> bool:
    """Then it is for CommonMark's own rule."""
    below = start + 1
    if below >= state.lineMax:
        return False
    begin = state.bMarks[below] + state.tShift[below]
    return state.src[begin : begin + 1] in ('"', "'", "(") and not state.isEmpty(below)


_OPEN = re.compile(r"\{::(?P<name>\w+)(?:[ \t][^{}\n]*?)?(?P<alone>/)?\}")
_CLOSE = re.compile(r"\{:/\w*\}[ \t]*\Z")


def _extension(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`{::comment}`, `{::nomarkdown}` up to their ends, and `{::options … /}`."""
    begin = state.bMarks[start] + state.tShift[start]
    if state.src[begin : begin + 2] != "{:" or state.is_code_block(start):
        return False
    line = state.src[begin : state.eMarks[start]]
    found = _OPEN.match(line)
    if found is None:
        return _lone_end(state, start, line, silent)
    last = start if found["alone"] else _last_line(state, found["name"], start, end)
    if last < 0 or (found["alone"] and line[found.end() :].strip()):
        return False
    if silent:
        return True
    text = state.getLines(start, last + 1, state.blkIndent, False).lstrip()
    state.line = last + 1
    if found["name"] == "nomarkdown" and not found["alone"]:
        token = state.push("html_block", "", 0)
        token.map = [start, state.line]
        inner = text[found.end() : text.rindex("{:/")]
        token.content = f"{inner.strip(chr(10))}\n"
    return True


def _lone_end(state: StateBlock, start: int, line: str, silent: bool) -> bool:
    if not _CLOSE.match(line):
        return False
    if not silent:
        state.line = start + 1
    return True


def _last_line(state: StateBlock, name: str, start: int, end: int) -> int:
    """The line that ends an extension; -1 if there is none."""
    place = state.bMarks[start]
    found = (state.src.find(sign, place) for sign in (f"{{:/{name}}}", "{:/}"))
    places = [each for each in found if each >= 0]
    if not places:
        return -1
    number = bisect_right(state.bMarks, min(places), 0, end) - 1
    line = state.src[state.bMarks[number] : state.eMarks[number]].rstrip()
    return number if number < end and line.endswith("}") else -1
