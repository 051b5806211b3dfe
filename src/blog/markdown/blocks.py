"""Tables wrapped, tasks labelled: blocks that need more than CommonMark gives."""

from itertools import islice

from markdown_it.token import Token

from blog.markdown.text import Text
from blog.markdown.words import said

_LABELS = {"text-align:left": "left", "text-align:center": "center"}


def wrap_tables(text: Text) -> None:
    """Puts tables into sections that scroll; alignment becomes a class.

    A page's policy allows no `style` attributes. A heading without words heads nothing
    and becomes a plain cell, or it would be read aloud as one.
    """
    tokens: list[Token] = []
    for index, token in enumerate(text.tokens):
        if style := token.attrs.pop("style", None):
            token.attrs["class"] = _LABELS.get(str(style), "n")
        if token.type == "th_open" and text.tokens[index + 1].content:
            token.attrs["scope"] = "col"
        elif token.type == "th_open":
            token.tag = text.tokens[index + 2].tag = "td"
        if token.type == "table_open":
            tokens.append(
                _html(
                    f'<section class="scroll" aria-label="{said(text.env, "table")}"'
                    ' tabindex="0">'
                )
            )
        tokens.append(token)
        if token.type == "table_close":
            tokens.append(_html("</section>\n"))
    text.tokens = tokens


def label_tasks(text: Text) -> None:
    """Puts the box of a task and its words into one label, so that it has a name."""
    for index, token in enumerate(text.tokens):
        if token.attrs.get("class") == "contains-task-list":
            token.attrs["class"] = "tasks"
        if token.type == "list_item_open" and "checked" in token.meta:
            del token.attrs["class"]
            mark = " checked" if token.meta.pop("checked") else ""
            below = islice(text.tokens, index, None)
            inline = next((t for t in below if t.type == "inline"), None)
            if inline is not None:
                box = f'<label><input type="checkbox" disabled{mark}> '
                ends = (_html(box, "html_inline"), _html("</label>", "html_inline"))
                inline.children = [ends[0], *(inline.children or []), ends[1]]


def _html(content: str, kind: str = "html_block") -> Token:
    return Token(kind, "", 0, content=content, block=kind == "html_block")
