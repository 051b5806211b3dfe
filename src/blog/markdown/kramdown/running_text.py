"""Running text as kramdown reads it.

Emphasis ends wherever no space stands before its sign, so that `**Note:**text` is what
it looks like; addresses of links may hold spaces; `{::nomarkdown}` works in a line.
"""

import re
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from blog.markdown.rules import wrap_helper

SPAN_EXTENSION = "kramdown_span_extension"


def running_text(md: MarkdownIt) -> None:
    """The rules for running text."""
    md.inline.ruler.at("emphasis", _emphasis)
    md.inline.ruler.at("strikethrough", _strikethrough)
    md.inline.ruler.after("image", SPAN_EXTENSION, _extension)
    wrap_helper(md, "parseLinkDestination", _Destination)


def _emphasis(state: StateInline, silent: bool) -> bool:
    """The rule of this name, with kramdown's conditions for stars."""
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    opens, closes, end = scanned.can_open, scanned.can_close, state.pos + scanned.length
    if marker == "*":
        before = state.src[state.pos - 1] if state.pos else " "
        after = state.src[end] if end < state.posMax else " "
        is_open = _is_open(state)
        closes = closes or (not before.isspace() and is_open)
        opens = opens or not (after.isspace() or is_open)
    for _ in range(scanned.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos = end
    return True


def _strikethrough(state: StateInline, silent: bool) -> bool:
    """The rule of this name: two signs, which end as emphasis does."""
    if silent or state.src[state.pos : state.pos + 2] != "~~":
        return False
    scanned = state.scanDelims(state.pos, True)
    if scanned.length != 2:
        state.append_pending("~" * scanned.length)
        state.pos += scanned.length
        return True
    before = state.src[state.pos - 1] if state.pos else " "
    closes = scanned.can_close or (not before.isspace() and _is_open(state))
    state.push("text", "", 0).content = "~~"
    state.delimiters.append(
        Delimiter(
            marker=ord("~"),
            length=0,
            token=len(state.tokens) - 1,
            end=-1,
            open=scanned.can_open,
            close=closes,
        )
    )
    state.pos += 2
    return True


def _is_open(state: StateInline) -> bool:
    """Whether the sign was opened before; looks back over a few only."""
    sign = ord(state.src[state.pos])
    return any(each.open and each.marker == sign for each in state.delimiters[-20:])


_SPACED = re.compile(r"[^()<>\"']*(?:\([^()<>\"']*\)[^()<>\"']*)*(?=\)|[ \t]+[\"'])")


class _Destination:
    """The address of a link or picture, in which spaces may stand."""

    def __init__(self, strict: Any) -> None:
        self.strict = strict

    def __call__(self, source: str, place: int, end: int) -> Any:
        found = self.strict(source, place, end)
        rest = source[found.pos : min(found.pos + 1, end)] if found.ok else ""
        if found.ok and rest in (")", ""):
            return found
        spaced = _SPACED.match(source, place, min(end, place + 1000))
        written = spaced[0].rstrip() if spaced else ""
        if not re.search(r"\s", written):
            return found
        href = re.sub(r"\s*\n\s*", "", written)
        return SimpleNamespace(ok=True, pos=place + len(written), str=href)


_INNER = re.compile(r"\{::(?P<name>\w+)(?:[ \t][^{}\n]*?)?(?P<alone>/)?\}")


def _extension(state: StateInline, silent: bool) -> bool:
    """`{::nomarkdown}…{:/}` and `{::comment}…{:/}` in a line."""
    if state.src[state.pos : state.pos + 3] != "{::":
        return False
    found = _INNER.match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    end = close = found.end()
    if not found["alone"]:
        close, end = _close(state, found["name"], found.end())
        if close < 0:
            return False
    if not silent and found["name"] == "nomarkdown":
        state.push("html_inline", "", 0).content = state.src[found.end() : close]
    state.pos = end
    return True


def _close(state: StateInline, name: str, place: int) -> tuple[int, int]:
    """Where the extension ends, and what follows; -1 if it does not."""
    for sign in (f"{{:/{name}}}", "{:/}"):
        close = state.src.find(sign, place, state.posMax)
        if close >= 0:
            return close, close + len(sign)
    return -1, -1
