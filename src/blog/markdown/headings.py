"""Heading ids as GitHub makes them, anchors to link to, and the contents list."""

import re
from collections.abc import Iterator
from html import escape

from markdown_it.token import Token

from blog.markdown.parser import parser
from blog.markdown.text import Text
from blog.markdown.words import said
from blog.model import Heading
from blog.slugs import heading_slug

_FRAME = {"main", "search"}
"""Ids that the page around the text has."""
_ANCHOR = '<a class="anchor" href="#{id}" aria-label="{label}">#</a>'


def drop_title(text: Text) -> None:
    """Takes away a heading of the first level at the top, which repeats the title."""
    first = next((t for t in text.tokens if t.type != "html_block"), None)
    if not text.source.drops_heading or first is None:
        return
    index = text.tokens.index(first)
    if first.type == "heading_open" and first.tag == "h1":
        del text.tokens[index : index + 3]


def name_headings(text: Text) -> None:
    """Gives every heading an id and an anchor.

    Ids written by hand are kept and reserved; a repeated one gets `-1`, `-2` …
    """
    given = _given_ids(text) | _FRAME
    times: dict[str, int] = {}
    label = said(text.env, "anchor")
    for heading, inline in _headings(text):
        if not heading.attrs.get("id"):
            slug = heading_slug(_plain(inline)) or "section"
            heading.attrSet("id", _unique(slug, given, times))
        anchor = _ANCHOR.format(id=escape(str(heading.attrs["id"])), label=label)
        children = inline.children or []
        inline.children = [*children, Token("html_inline", "", 0, content=f" {anchor}")]


def _given_ids(text: Text) -> set[str]:
    """Every id that the author gave; one that is there twice is told."""
    found = set(_ids_in_html(text))
    for token in text.tokens:
        children = (token.children or ()) if "{" in token.content else ()
        for each in (token, *children):
            ident = str(each.attrs.get("id", ""))
            if ident in found:
                text.facts.report.warning(
                    "repeated-id",
                    text.span(token, f"#{ident}", ident),
                    f"the id {ident!r} is given twice, so no link leads here",
                    hint="give one of them another id",
                )
            found |= {ident} - {""}
    return found


def contents_list(text: Text) -> tuple[Heading, ...]:
    """The named headings from h2 to h6, in order."""
    return tuple(
        Heading(
            level=int(heading.tag[1]),
            id=str(heading.attrs["id"]),
            html=_html(text, inline),
        )
        for heading, inline in _headings(text)
        if heading.tag != "h1"
    )


def _headings(text: Text) -> list[tuple[Token, Token]]:
    """Each heading: the token it begins with, and its running text."""
    pairs = zip(text.tokens, text.tokens[1:], strict=False)
    return [pair for pair in pairs if pair[0].type == "heading_open"]


def _ids_in_html(text: Text) -> Iterator[str]:
    """Ids in the author's own HTML, which headings must not take."""
    for token in text.html():
        yield from _ID.findall(token.content)


_ID = re.compile(r"""<[a-zA-Z][^<>]*?\sid\s*=\s*["']?([^\s"'>]+)""")


def _unique(slug: str, taken: set[str], times: dict[str, int]) -> str:
    ident = slug
    while ident in taken:
        times[slug] = times.get(slug, 0) + 1
        ident = f"{slug}-{times[slug]}"
    taken.add(ident)
    return ident


def _plain(inline: Token) -> str:
    """The text of a heading without its markup."""
    kinds = ("text", "code_inline", "literal", "math_inline")
    return "".join(c.content for c in inline.children or [] if c.type in kinds)


_LEFT_OUT = frozenset(
    [
        *("link_open", "link_close", "abbr_open", "abbr_close"),
        *("image", "footnote_ref", "html_inline"),
    ]
)


def _html(text: Text, inline: Token) -> str:
    """The heading's text with its markup, but for links, pictures and notes."""
    kept = [c for c in inline.children or [] if c.type not in _LEFT_OUT]
    md = parser(text.source.dialect)
    html: str = md.renderer.renderInline(kept, md.options, text.env)  # type: ignore[attr-defined]
    return html.strip()
