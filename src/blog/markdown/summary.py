"""The part of a post that lists show: cut on blocks, so that nothing is left open.

The cut is made in the tokens of the whole post, so reference links and footnotes that
are defined below it still work above it.
"""

import re

from markdown_it.token import Token
from selectolax.lexbor import LexborHTMLParser

from blog.frontmatter import CONTROL
from blog.markdown.flat import show_all_tabs
from blog.markdown.text import Text

_NATIVE = re.compile(r"<!--\s*(?:truncate|more|read-?more|excerpt)\b.*?-->", re.I)
_DOCUSAURUS = re.compile(r"<!--\s*truncate\s*-->")


def summary_tokens(text: Text) -> list[Token] | None:
    """The tokens above the summary mark, closed properly; None if there is no mark."""
    if text.source.dialect == "jekyll":
        return _above_separator(text)
    mark = _DOCUSAURUS if text.source.dialect == "docusaurus" else _NATIVE
    for index, token in enumerate(text.tokens):
        if token.type == "html_block" and mark.search(token.content):
            return _closed(text.tokens[:index])
        for place, child in enumerate(token.children or ()):
            if child.type == "html_inline" and mark.search(child.content):
                kept = _closed((token.children or [])[:place])
                return _closed([*text.tokens[:index], token.copy(children=kept)])
    return None


def first_paragraph(text: Text) -> list[Token]:
    """The tokens of the first paragraph that stands alone and has words."""
    for index, token in enumerate(text.tokens):
        if token.type == "paragraph_open" and token.level == 0:
            inline = text.tokens[index + 1]
            words = (c for c in inline.children or () if c.type in ("text", "literal"))
            if any(word.content.strip() for word in words):
                return text.tokens[index : index + 3]
    return []


def _above_separator(text: Text) -> list[Token] | None:
    """Jekyll cuts the source: blocks that begin above the separator are kept.

    Where nothing is left of them to be seen, as of a tag that prints nothing, it is
    the first paragraph.
    """
    separator = text.source.separator
    body = text.source.text.lstrip("\n")
    place = body.find(separator) if separator else -1
    if place < 0:
        return None
    skipped = text.source.text.count("\n") - body.count("\n")
    line = skipped + body.count("\n", 0, place + len(separator or "") - 1)
    for index, token in enumerate(text.tokens):
        is_below = token.map is not None and text.origin_of(token) >= max(line, 1)
        if is_below or token.type == "footnote_block_open":
            return _closed(text.tokens[:index]) or first_paragraph(text)
    return text.tokens


def _closed(tokens: list[Token]) -> list[Token]:
    """The tokens, and an end for everything that is still open."""
    open_: list[Token] = []
    for token in tokens:
        if token.nesting == 1:
            open_.append(token)
        elif token.nesting == -1 and open_:
            open_.pop()
    ends = [
        Token(
            t.type.replace("_open", "_close"), t.tag, -1, block=t.block, hidden=t.hidden
        )
        for t in reversed(open_)
    ]
    return [*tokens, *ends]


_GONE = "sup.ref, .anchor, section.notes, script, style"
_PLACES = 'a[href^="#"]'
_HEADINGS = "h1, h2, h3, h4, h5, h6"
_CHANGED = f"{_GONE}, [id], .tabs, {_PLACES}, {_HEADINGS}"
"""One question instead of four, to which most summaries answer no."""


def simplified(html: str, page: str) -> str:
    """HTML that may stand in a list: well formed, no ids, notes or headings.

    Links to a place in the text lead to `page`, where that place is.
    """
    patient = _HURRY.sub(r'\1 loading="lazy"', without_comments(html))
    tree = LexborHTMLParser(patient, is_fragment=True)
    if not tree.css_matches(_CHANGED):
        return (tree.html or "").strip()
    for node in tree.css(_GONE):
        node.decompose()
    show_all_tabs(tree)
    for node in tree.css("[id]"):
        del node.attrs["id"]
    for node in tree.css(_PLACES):
        node.attrs["href"] = f"{page}{node.attrs['href']}"
    for node in tree.css(_HEADINGS):
        paragraph = LexborHTMLParser(f"<p>{node.inner_html}</p>", is_fragment=True)
        node.replace_with(paragraph.css_first("p"))  # type: ignore[arg-type]
    return (tree.html or "").strip()


_HURRY = re.compile(r'(<img [^<>]*) fetchpriority="high"')
"""Of the first picture of a text, which is one of many in a list."""

_COMMENT = re.compile(
    r"<!--.*?(?:-->\n?|\Z)|(<(script|style)\b.*?(?:</\2\s*>|\Z))",
    re.DOTALL | re.IGNORECASE,
)


def without_comments(html: str) -> str:
    """HTML without the author's remarks to themselves; scripts stay as they are."""
    return _COMMENT.sub(lambda found: found[1] or "", html)


def well_formed(html: str) -> str:
    """HTML as a browser reads it: all elements closed, stray ends and comments gone."""
    tree = LexborHTMLParser(without_comments(html), is_fragment=True)
    return (tree.html or "").strip("\n") + "\n"


_ENDS = re.compile(
    r"</(?:p|li|d[dt]|div|t[dh]|pre|blockquote|figure|h\d)>|<br ?/?>", re.I
)


def plain_text(html: str, limit: int = 300) -> str:
    """The text of `html` on one line, cut at a word before `limit` characters."""
    body = LexborHTMLParser(_ENDS.sub(lambda m: f" {m[0]}", html)).body
    # Entities may name signs that no feed may hold.
    text = " ".join(CONTROL.sub("", body.text()).split()) if body else ""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(".,;:!?") + "…"
