"""A list with `{:toc}` below it becomes the contents of the post."""

from collections.abc import Iterable
from html import escape

from markdown_it.token import Token

from blog.markdown.text import Text
from blog.model import Heading

CONTENTS = "contents"
"""Marks a list that is to become the contents."""


def fill_contents(text: Text, toc: Iterable[Heading]) -> None:
    """Puts the headings where the marked list stands, but those with `{:.no_toc}`."""
    if not any(CONTENTS in token.meta for token in text.tokens):
        return
    left_out = {
        str(token.attrs.get("id"))
        for token in text.tokens
        if token.type == "heading_open"
        and "no_toc" in str(token.attrs.get("class", "")).split()
    }
    shown = [heading for heading in toc if heading.id not in left_out]
    tokens: list[Token] = []
    skipped = 0
    for token in text.tokens:
        if skipped:
            skipped += token.nesting
        elif CONTENTS in token.meta:
            skipped = 1
            html = _nested(shown, token.tag)
            tokens.append(Token("html_block", "", 0, content=html, map=token.map))
        else:
            tokens.append(token)
    text.tokens = tokens


def _nested(headings: list[Heading], tag: str) -> str:
    """Lists in lists; a level that is left out opens no list of its own."""
    pieces: list[str] = []
    open_: list[int] = []
    for heading in headings:
        while open_ and open_[-1] > heading.level:
            pieces.append(f"</li></{tag}>")
            open_.pop()
        if open_ and open_[-1] == heading.level:
            pieces.append("</li>")
        else:
            mark = "" if open_ else ' id="markdown-toc"'
            pieces.append(f"<{tag}{mark}>")
            open_.append(heading.level)
        pieces.append(f'<li><a href="#{escape(heading.id)}">{heading.html}</a>')
    return "".join(pieces) + f"</li></{tag}>" * len(open_) + "\n"
