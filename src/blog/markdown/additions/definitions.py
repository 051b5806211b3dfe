"""Definition lists, and abbreviations with what they stand for."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from blog.markdown.rules import Rule, wrap


def definitions(md: MarkdownIt) -> None:
    """A term, and below it `: what it means`.

    The plugin knows `~` for `:` too; but a line may begin with `~ 5 minutes`.
    """
    md.use(deflist_plugin)
    wrap(md.block.ruler, "deflist", _behind_colon)


def _behind_colon(rule: Rule) -> Rule:
    def definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        line = start if silent else start + 1
        if not silent and line < end and state.isEmpty(line):
            line += 1
        if line >= end or not state.src.startswith(
            ":", state.bMarks[line] + state.tShift[line]
        ):
            return False
        return rule(state, start, end, silent)

    return definition


def abbreviations(md: MarkdownIt) -> None:
    """`*[HTML]: HyperText …` on any line: every HTML then says what it stands for."""
    md.block.ruler.before(
        "list", "abbreviation", _define, {"alt": ["paragraph", "reference"]}
    )
    md.core.ruler.after("inline", "abbreviations", _explain)


_DEFINITION = re.compile(r"\*\[(?P<short>[^\[\]\n]+)\]:[ \t]*(?P<long>[^\n]*)")


def _define(state: StateBlock, start: int, _: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    place = state.bMarks[start] + state.tShift[start]
    found = _DEFINITION.fullmatch(state.src, place, state.eMarks[start])
    if not found:
        return False
    if not silent:
        known = state.env.setdefault("abbreviations", {})
        known.setdefault(found["short"].strip(), found["long"].strip())
        state.line = start + 1
    return True


def _explain(state: StateCore) -> None:
    known: dict[str, str] = state.env.get("abbreviations", {})
    if not known:
        return
    longest = sorted(known, key=lambda short: (-len(short), short))
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = [
                piece
                for child in token.children
                for piece in _pieces(child, words, known)
            ]


def _pieces(child: Token, words: re.Pattern[str], known: dict[str, str]) -> list[Token]:
    """The text of a token cut at its abbreviations, each in an element of its own."""
    if child.type != "text":
        return [child]
    pieces, end = [], 0
    for found in words.finditer(child.content):
        begin = Token("abbr_open", "abbr", 1, level=child.level)
        if known[found[0]]:
            begin.attrs["title"] = known[found[0]]
        pieces += [
            _text(child.content[end : found.start()], child.level),
            begin,
            _text(found[0], child.level + 1),
            Token("abbr_close", "abbr", -1, level=child.level),
        ]
        end = found.end()
    if not pieces:
        return [child]
    rest = [*pieces, _text(child.content[end:], child.level)]
    return [piece for piece in rest if piece.type != "text" or piece.content]


def _text(content: str, level: int) -> Token:
    return Token("text", "", 0, content=content, level=level)
