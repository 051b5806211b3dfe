"""A post's text to its `Body`: HTML, summary, contents list, links. Parsed once.

Stale when the text changes, or what a link leads to; a changed title, date or tag of
the post leaves its body alone.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from markdown_it.token import Token

from blog.engine import Reader
from blog.markdown.additions.containers import check_containers
from blog.markdown.additions.embeds import link_embeds
from blog.markdown.additions.emoji import set_emoji
from blog.markdown.additions.formulas import set_formulas
from blog.markdown.additions.typography import set_type
from blog.markdown.blocks import label_tasks, wrap_tables
from blog.markdown.code import colour_code
from blog.markdown.diagrams import set_diagrams
from blog.markdown.headings import contents_list, drop_title, name_headings
from blog.markdown.kramdown.contents import fill_contents
from blog.markdown.links import Links
from blog.markdown.notices import tell
from blog.markdown.parser import parser
from blog.markdown.parsing import parsed, parsed_excerpt
from blog.markdown.pictures import add_captions
from blog.markdown.rewriting import resolve_links
from blog.markdown.summary import (
    first_paragraph,
    plain_text,
    simplified,
    summary_tokens,
    well_formed,
)
from blog.markdown.tabs import set_tabs
from blog.markdown.text import Text
from blog.model import Body, Brief, Heading, Rendered, Source
from blog.slugs import encoded

WORDS_A_MINUTE = 220


def render_body(path: str, facts: Reader) -> Rendered:
    """What comes of the text of the file `path`."""
    source: Source = facts[f"text:{path}"]
    text = parsed(source, facts)
    if source.markdown:
        tell(text)
        check_containers(text)
    has_html = any(not _REMARK.fullmatch(each.content) for each in text.html())
    drop_title(text)
    words = (
        _words(text.tokens) if source.markdown else _html_words("\n".join(text.lines))
    )
    links = Links(text=text, source=source)
    toc = _set(text, links)
    image = links.address(source.image, source.image_span or text.at(0))
    marked = _marked_summary(text, links)
    _drop_remarks(text)
    html = _html(text, text.tokens)
    if has_html:
        html = well_formed(html)
    page = encoded(facts["config:base_path"] + source.address)
    summary = simplified(_default_summary(text) if marked is None else marked, page)
    return Rendered(
        body=Body(html=html, toc=toc, words=words),
        brief=Brief(
            summary=summary,
            text=plain_text(summary),
            is_cut=marked is not None,
            minutes=max(1, ceil(words / WORDS_A_MINUTE)),
            image=image,
        ),
        links=tuple(links.found),
        outside=tuple(links.outside),
        anchors=_ids(html, toc),
        assets=tuple(sorted((path, output) for output, path in links.assets.items())),
        shown=tuple(sorted(links.shown)),
    )


def _set(text: Text, links: Links) -> tuple[Heading, ...]:
    """Makes the tokens of a text what is shown; its contents list."""
    link_embeds(text)
    resolve_links(links)
    name_headings(text)
    add_captions(text)
    set_type(text)
    set_emoji(text)
    set_formulas(text)
    toc = contents_list(text)
    fill_contents(text, toc)
    set_tabs(text)
    set_diagrams(text)
    colour_code(text)
    wrap_tables(text)
    label_tasks(text)
    return toc


def _html(text: Text, tokens: Sequence[Token]) -> str:
    md = parser(text.source.dialect)
    html: str = md.renderer.render(tokens, md.options, text.env)
    return html


_REMARK = re.compile(r"\s*(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)
"""Nothing but remarks of authors to themselves, marks of summaries among them."""


def _marked_summary(text: Text, links: Links) -> str | None:
    """What the author chose: in the front matter, or by a mark in the text."""
    if own := parsed_excerpt(text.source, text.facts):
        _set(own, replace(links, text=own))
        return _html(own, own.tokens)
    marked = summary_tokens(text)
    return None if marked is None else _html(text, marked)


def _drop_remarks(text: Text) -> None:
    for each in text.html():
        if _REMARK.fullmatch(each.content):
            each.content = ""


def _default_summary(text: Text) -> str:
    """What the dialect shows of a text without a mark."""
    is_whole = text.source.dialect in ("docusaurus", "jekyll")
    return _html(text, text.tokens if is_whole else first_paragraph(text))


_ID = re.compile(
    # The spans of coloured code are most of all tags and have none; so they go first.
    r"""<(?!span class="\w+">)[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*["']?([^\s"'>]+)"""
)


def _ids(html: str, toc: Sequence[Heading]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*(h.id for h in toc), *_ID.findall(html)]))


def _html_words(html: str) -> int:
    return len(re.sub(r"<[^<>]*>", " ", html).split())


_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def _words(tokens: Sequence[Token]) -> int:
    """Words to read: code at half weight, 400 CJK characters as 220 words."""
    prose = " ".join(
        [
            c.content
            for t in tokens
            for c in t.children or ()
            if c.type in ("text", "literal", "code_inline")
        ]
    )
    code = sum(
        len(t.content.split()) for t in tokens if t.type in ("fence", "code_block")
    )
    characters = 0 if prose.isascii() else len(_CJK.findall(prose))
    words = len((_CJK.sub(" ", prose) if characters else prose).split())
    return round(words + code / 2 + characters * 220 / 400)
