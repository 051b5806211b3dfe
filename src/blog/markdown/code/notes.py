"""Numbered notes on lines: `# (1)` behind the code, and a list below the block.

Elsewhere that reads as a comment and a list; here both are linked, there and back.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it.token import Token

from blog.markdown.code.comments import begins, last_comment
from blog.markdown.words import said

_NOTE = re.compile(r"\(([0-9]{1,3})\)!?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """The notes of one block."""

    prefix: str
    """Begins their ids; no other block of the site's posts has it."""
    env: Mapping[str, Any]
    """Of the parser, with the words of the language."""
    items: Mapping[int, int]
    """The index of the token that opens the item of the list below, by its number."""

    def reference(self, number: int, *, again: int) -> str:
        """The link in the code; `again` counts those before with the same number."""
        ident = f"{self.prefix}-{number}{f'-{again + 1}' if again else ''}"
        return (
            f'<a class="note" id="ref-{ident}" href="#note-{self.prefix}-{number}"'
            f' aria-label="{said(self.env, "note_mark", n=number)}"> ({number})</a>'
        )


def notes_below(
    tokens: Sequence[Token], index: int, prefix: str, env: Mapping[str, Any]
) -> Notes:
    """The items of the ordered list right below the token at `index`, by number."""
    items: dict[int, int] = {}
    begin = index + 1
    if begin == len(tokens) or tokens[begin].type != "ordered_list_open":
        return Notes(prefix=prefix, env=env, items=items)
    number, level = int(tokens[begin].attrs.get("start", 1)), tokens[begin].level
    for place in range(begin + 1, len(tokens)):
        token = tokens[place]
        if token.level == level:
            break
        if token.type == "list_item_open" and token.level == level + 1:
            items[number + len(items)] = place
    return Notes(prefix=prefix, env=env, items=items)


def note_of(line: str, language: str) -> tuple[str, int] | None:
    """The line without the note behind its code, and the note's number."""
    if ")" not in line:
        return None
    comment = last_comment(line, "(", begins(language))
    found = _NOTE.fullmatch(comment[1]) if comment else None
    return (comment[0], int(found[1])) if comment and found else None


def link_back(tokens: Sequence[Token], notes: Notes, numbers: Sequence[int]) -> None:
    """Gives the items that are referred to an id, and a link back to the code."""
    for number in dict.fromkeys(numbers):
        place, ident = notes.items[number], f"{notes.prefix}-{number}"
        tokens[place].attrSet("id", f"note-{ident}")
        inline = _first_text(tokens, place)
        if inline is not None:
            label = said(notes.env, "code_back")
            back = f' <a href="#ref-{ident}" aria-label="{label}">↩</a>'
            mark = Token("html_inline", "", 0, content=back)
            inline.children = [*(inline.children or ()), mark]


def _first_text(tokens: Sequence[Token], item: int) -> Token | None:
    """The first running text of a list item."""
    for place in range(item + 1, len(tokens)):
        token = tokens[place]
        if token.type == "inline":
            return token
        if token.level == tokens[item].level:
            break
    return None
