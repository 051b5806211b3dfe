"""Text to tokens: CommonMark, GitHub's additions, and small rules of our own."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from blog.markdown.additions.attributes import attributes
from blog.markdown.additions.autolinks import autolinks
from blog.markdown.additions.containers import containers
from blog.markdown.additions.definitions import abbreviations, definitions
from blog.markdown.additions.foreign_tags import foreign_tags
from blog.markdown.additions.formulas import formulas
from blog.markdown.additions.jsx import jsx
from blog.markdown.additions.scripts import scripts, single_tildes
from blog.markdown.additions.typography import literals
from blog.markdown.dispatch import dispatching
from blog.markdown.kramdown import kramdown
from blog.markdown.limits import limits
from blog.markdown.pictures import render_image
from blog.markdown.words import said
from blog.model import Source

DIALECTS = ("native", "page", "docusaurus", "jekyll")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """One addition to CommonMark."""

    name: str
    plugin: Callable[[MarkdownIt], None]
    dialects: tuple[str, ...] = DIALECTS


@cache
def parser(dialect: str) -> MarkdownIt:
    """The parser for posts of a dialect; it keeps nothing between texts."""
    return _new_parser(dialect)


def _new_parser(dialect: str) -> MarkdownIt:
    md = dispatching("commonmark", {"xhtmlOut": False})
    for extension in EXTENSIONS:
        if dialect in extension.dialects:
            extension.plugin(md)
    return md


def parser_of(source: Source) -> MarkdownIt:
    """The parser for the text of a post, as its dialect and its file name have it."""
    return _mdx_parser(source.dialect) if source.is_mdx else parser(source.dialect)


@cache
def _mdx_parser(dialect: str) -> MarkdownIt:
    md = _new_parser(dialect)
    jsx(md)
    return md


def _github(md: MarkdownIt) -> None:
    """Tables, strikethrough and task lists."""
    md.enable(["table", "strikethrough"])
    md.options["tasklists"] = True


def _footnotes(md: MarkdownIt) -> None:
    """`[^1]` and `[^1]: …`; ids carry `docId`, so that posts can share a page."""
    md.use(footnote_plugin, inline=False)
    for name, rule in _NOTE_RULES.items():
        md.add_render_rule(name, rule)


def _heading_ids(md: MarkdownIt) -> None:
    """`## Title {#id}`."""
    md.core.ruler.before("inline", "heading_id", _take_heading_id)


def _pictures(md: MarkdownIt) -> None:
    """Sizes and formats of a picture."""
    md.add_render_rule("image", render_image)


def _summary_mark(md: MarkdownIt) -> None:
    """`{/* truncate */}` on a line of its own, which CommonMark would print."""
    md.block.ruler.before(
        "lheading",
        "summary_mark",
        _take_summary_mark,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )


_HEADING_ID = re.compile(r"[ \t]*\{#(?P<id>[^\s{}#]+)\}[ \t]*$")


def _take_heading_id(state: StateCore) -> None:
    for heading, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if heading.type != "heading_open":
            continue
        if found := _HEADING_ID.search(inline.content):
            heading.attrSet("id", found["id"])
            inline.content = inline.content[: found.start()]


_MDX_MARK = re.compile(r"\{/\*\s*(?:truncate|more)\s*\*/\}[ \t]*$")


def _take_summary_mark(
    state: StateBlock,
    start: int,
    _end: int,
    silent: bool,
) -> bool:
    begin = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not _MDX_MARK.match(
        state.src[begin : state.eMarks[start]]
    ):
        return False
    if not silent:
        state.line = start + 1
        token = state.push("html_block", "", 0)
        token.map = [start, state.line]
        token.content = "<!-- truncate -->\n"
    return True


# Footnotes as a reader's tools know them: a named link there and one back.


def _note_id(tokens: Sequence[Token], index: int, env: Any) -> tuple[str, str, int]:
    """Id of the note, id of this reference to it, and its number."""
    meta = tokens[index].meta
    number = meta["id"] + 1
    note = f"{env.get('docId', 'note')}-{number}"
    again = f"-{meta['subId'] + 1}" if meta.get("subId", 0) > 0 else ""
    return note, f"{note}{again}", number


def _note_ref(_: Any, tokens: Sequence[Token], i: int, _options: Any, env: Any) -> str:
    note, ref, number = _note_id(tokens, i, env)
    return (
        f'<sup class="ref"><a id="ref-{ref}" href="#note-{note}"'
        f' aria-label="{said(env, "note_mark", n=number)}">{number}</a></sup>'
    )


def _note_open(_: Any, tokens: Sequence[Token], i: int, _options: Any, env: Any) -> str:
    return f'<li id="note-{_note_id(tokens, i, env)[0]}">'


def _note_back(_: Any, tokens: Sequence[Token], i: int, _options: Any, env: Any) -> str:
    _, ref, number = _note_id(tokens, i, env)
    label = said(env, "note_back", n=number)
    return f' <a href="#ref-{ref}" aria-label="{label}">↩</a>'


def _notes_open(_: Any, __: Any, ___: Any, ____: Any, env: Any) -> str:
    return f'<section class="notes" aria-label="{said(env, "notes")}">\n<ol>\n'


def _notes_close(*_: Any) -> str:
    return "</ol>\n</section>\n"


_NOTE_RULES = {
    "footnote_ref": _note_ref,
    "footnote_block_open": _notes_open,
    "footnote_block_close": _notes_close,
    "footnote_open": _note_open,
    "footnote_anchor": _note_back,
}

EXTENSIONS = (
    Extension(name="github", plugin=_github),
    # kramdown leaves bare addresses alone.
    Extension(
        name="autolinks",
        plugin=autolinks,
        dialects=("native", "page", "docusaurus"),
    ),
    Extension(name="scripts", plugin=scripts, dialects=("native", "page")),
    Extension(name="single tildes", plugin=single_tildes, dialects=("docusaurus",)),
    Extension(name="containers", plugin=containers),
    Extension(name="formulas", plugin=formulas),
    Extension(name="definitions", plugin=definitions),
    Extension(name="abbreviations", plugin=abbreviations),
    # Registered later, it comes before: what is literal is no abbreviation.
    Extension(name="literals", plugin=literals),
    Extension(name="footnotes", plugin=_footnotes),
    Extension(name="attributes", plugin=attributes),
    Extension(name="kramdown", plugin=kramdown, dialects=("jekyll",)),
    Extension(name="pictures", plugin=_pictures),
    Extension(name="tags of JSX", plugin=foreign_tags, dialects=("native", "page")),
    Extension(
        name="summary marks",
        plugin=_summary_mark,
        dialects=("native", "page", "docusaurus"),
    ),
    Extension(name="limits", plugin=limits),
)
"""Every addition, in order; a newcomer adds a row."""
