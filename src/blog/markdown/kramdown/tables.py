"""Tables whose lines begin with a bar, with or without a head."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

TABLE = "kramdown_table"


def tables(md: MarkdownIt) -> None:
    """The rule for them; a table with a row of dashes below its head is GitHub's."""
    md.block.ruler.before("table", TABLE, _table)


_DASHES = re.compile(r"\|[ \t]*:?-[-:| \t+]*\Z")
_CELL = re.compile(r"(?:\\.|`+[^`]*`+|[^|\\])+|\\")


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that begin with a bar: two at least, or one with two cells."""
    lines = _lines(state, start, end)
    has_head = (
        len(lines) > 1 and _DASHES.match(lines[1]) and not _DASHES.match(lines[0])
    )
    rows = [line for line in lines if not _DASHES.match(line)]
    if silent or has_head or not rows or not all(line.count("|") > 1 for line in rows):
        return False
    place = [start, start + len(lines)]
    state.push("table_open", "table", 1).map = place
    state.push("tbody_open", "tbody", 1).map = place
    for number, line in enumerate(lines, start=start):
        if not _DASHES.match(line):
            _row(state, _cells(line), number)
    state.push("tbody_close", "tbody", -1)
    state.push("table_close", "table", -1)
    state.line = place[1]
    return True


def _lines(state: StateBlock, start: int, end: int) -> list[str]:
    found: list[str] = []
    for number in range(start, end):
        begin = state.bMarks[number] + state.tShift[number]
        line = state.src[begin : state.eMarks[number]].rstrip()
        if not line.startswith("|") or state.sCount[number] - state.blkIndent >= 4:
            break
        found.append(line)
    return found


def _cells(line: str) -> list[str]:
    inner = line.removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in _CELL.findall(inner.replace("||", "| |"))]


def _row(state: StateBlock, cells: Sequence[str], line: int) -> None:
    place = [line, line + 1]
    state.push("tr_open", "tr", 1).map = place
    for cell in cells:
        state.push("td_open", "td", 1).map = place
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = cell, place, []
        state.push("td_close", "td", -1)
    state.push("tr_close", "tr", -1)
