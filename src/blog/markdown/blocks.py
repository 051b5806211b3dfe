"""Code blocks coloured, tables wrapped: blocks that need more than CommonMark gives."""

import re
from html import escape, unescape
from itertools import islice

from markdown_it.token import Token

from blog.diagnostics import suggest
from blog.highlight import PLAIN, colour, is_too_long, languages
from blog.markdown.text import Text

_LANGUAGE = re.compile(r"[\w+#.-]+")
_LABELS = {"text-align:left": "left", "text-align:center": "center"}


def colour_code(text: Text) -> None:
    """Turns every code block into a figure with its code in colours."""
    told: set[str] = set()
    for token in text.tokens:
        if token.type in ("fence", "code_block"):
            language = _language(token, text, told)
            html = _code(token, language, text, told)
            token.type, token.content = "html_block", html


def _language(token: Token, text: Text, told: set[str]) -> str:
    """The first word after the fence; what follows it is told once a file."""
    info = unescape(token.info).strip()
    found = _LANGUAGE.match(info)
    language = found[0] if found else ""
    if info != language and "code-meta" not in told:
        told.add("code-meta")
        text.facts.report.warning(
            "code-meta",
            text.span(token, info),
            f"{info.removeprefix(language).strip()!r} after the language has no effect",
        )
    return language


def _code(token: Token, language: str, text: Text, told: set[str]) -> str:
    report, code = text.facts.report, token.content
    coloured = None
    if language.lower() not in PLAIN and is_too_long(code):
        report.warning(
            "code-too-long",
            text.span(token),
            "the code block is too long to be coloured, or has a very long line",
        )
    else:
        coloured = colour(code, language)
        if coloured is None and language.lower() not in told:
            told.add(language.lower())
            report.warning(
                "unknown-language",
                text.span(token, language),
                f"no highlighter knows the language {language!r}",
                hint=suggest(language, languages())
                or "write 'text' for code without colours",
            )
    html = escape(code, quote=False) if coloured is None else coloured
    kind = f' class="language-{escape(language.lower())}"' if language else ""
    body = html.removesuffix("\n")
    return (
        '<figure class="code"><pre tabindex="0">'
        f"<code{kind}>{body}\n</code></pre></figure>\n"
    )


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
                _html('<section class="scroll" aria-label="Table" tabindex="0">')
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
