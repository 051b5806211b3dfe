"""Tables wrapped, tasks labelled: blocks that need more than CommonMark gives."""

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
    tokens: list[Token] = []
    for index, token in enumerate(text.tokens):
        tokens.append(token)
        if token.attrs.get("class") == "contains-task-list":
            token.attrs["class"] = "tasks"
        if token.type == "list_item_open" and "checked" in token.meta:
            del token.attrs["class"]
            mark = " checked" if token.meta.pop("checked") else ""
            box = f'<input type="checkbox" disabled{mark}>'
            if not _label_first(text.tokens[index + 1 : index + 3], box):
                tokens.append(_html(f"{box}\n"))
    text.tokens = tokens


def _label_first(following: list[Token], box: str) -> bool:
    """Labels a box with the words of an item, if it begins with words."""
    inline = following[-1]
    if inline.type != "inline":
        return False
    begin, end = (_html(each, "html_inline") for each in (f"<label>{box} ", "</label>"))
    inline.children = [begin, *(inline.children or []), end]
    return True


def _html(content: str, kind: str = "html_block") -> Token:
    return Token(kind, "", 0, content=content, block=kind == "html_block")
