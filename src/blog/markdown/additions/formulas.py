r"""Formulas in TeX to MathML, which browsers show without a script.

`$x$` and `\\(x\\)` in running text, `$$x$$` and `\\[x\\]` in the middle of a line of
their own, and fences in `math`. kramdown's `$$x$$` within a sentence stays there.
"""

from collections.abc import Sequence
from functools import cache
from html import escape, unescape
from importlib.util import find_spec
from typing import Any
from xml.etree.ElementTree import Element, tostring

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath.index import math_block_dollar

from blog.markdown.rules import Rule
from blog.markdown.text import Text

MAX_TEX = 5_000
"""Characters of one formula."""


def formulas(md: MarkdownIt) -> None:
    """The rules for formulas; they ask `env["math"]` whether they are wanted."""
    md.inline.ruler.before("escape", "math_inline", _inline)
    md.add_render_rule("formula", _formula_html)
    block = math_block_dollar(allow_labels=False, allow_blank_lines=False)
    md.block.ruler.before(
        "fence",
        "math_block",
        _block(block),
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )


def _formula_html(_: Any, tokens: Sequence[Token], i: int, *__: Any) -> str:
    return tokens[i].content


def _block(rule: Rule) -> Rule:
    def formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if not state.env.get("math"):
            return False
        tokens, line = len(state.tokens), state.line
        found = rule(state, start, end, silent)
        if silent:  # The rule itself does not look whether it is only asked.
            del state.tokens[tokens:]
            state.line = line
        return found

    return formula


_MARKS = (("$$", "$$"), ("$", "$"), ("\\\\(", "\\\\)"), ("\\\\[", "\\\\]"))


def _inline(state: StateInline, silent: bool) -> bool:
    if not state.env.get("math"):
        return False
    source, start = state.src, state.pos
    found = next((m for m in _MARKS if source.startswith(m[0], start)), None)
    if found is None:
        return False
    begin, end = found
    inner = start + len(begin)
    close = source.find(end, inner, state.posMax)
    if close <= inner or (begin == "$" and not _is_formula(source, start, close)):
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = source[inner:close], begin
    state.pos = close + len(end)
    return True


def _is_formula(source: str, start: int, close: int) -> bool:
    """Whether two dollars hold a formula, and are not two prices or shell variables."""
    before, after = source[start - 1 : start], source[close + 1 : close + 2]
    inner = source[start + 1 : close]
    is_price = (
        before.isalnum() or after.isalnum() or (inner[0].isdigit() and " " in inner)
    )
    return inner.strip() == inner and inner[-1] != "\\" and not is_price


def set_formulas(text: Text) -> None:
    """Turns every formula into MathML; mistakes in TeX are told at their line."""
    if not text.env.get("math"):
        return
    for token in text.tokens:
        if token.type == "math_block" or _is_fence(token):
            html = _display(_formula(token.content, token, text, is_block=True))
            token.type, token.content = "html_block", f"{html}\n"
        elif token.type == "inline" and token.children:
            for child in token.children:
                if child.type == "math_inline":
                    _set_inline(child, token, text)
                for each in child.children or ():  # The words of a picture.
                    each.type = "text" if each.type == "math_inline" else each.type


def _is_fence(token: Token) -> bool:
    return token.type == "fence" and token.info.strip() == "math"


def _set_inline(child: Token, block: Token, text: Text) -> None:
    is_kramdown = text.source.dialect == "jekyll" and child.markup == "$$"
    is_alone = len(block.children or ()) == 1
    is_block = child.markup in ("$$", "\\\\[") and (is_alone or not is_kramdown)
    child.content = _formula(child.content, block, text, is_block=is_block)
    child.type = "formula"


def _display(formula: str) -> str:
    return f'<div class="scroll" tabindex="0">{formula}</div>'


def _formula(tex: str, block: Token, text: Text, *, is_block: bool) -> str:
    """A formula as MathML; as TeX in code, with a warning, where that cannot be."""
    tex = tex.strip()
    shown = f"<code>{escape(tex)}</code>"
    if not _has_library():
        if "math-missing" not in text.env:
            text.env["math-missing"] = True
            text.facts.report.warning(
                "math-missing",
                text.span(block, tex.split("\n")[0]),
                "formulas are shown as TeX, for the program that sets them is missing",
                hint="install it: pip install 'blog[math]'",
            )
        return shown
    tree = _tree(tex, is_block)
    if isinstance(tree, str):
        line = text.span(block, tex.split("\n")[0])
        text.facts.report.warning("math", line, f"the formula is not TeX: {tree}")
        return shown
    for leaf in tree.iter():
        leaf.text = unescape(leaf.text or "")
        if leaf.text.startswith("\\") and len(leaf.text) > 1:
            text.facts.report.warning(
                "math",
                text.span(block, leaf.text),
                f"the command '{leaf.text}' is not known, and is shown as it stands",
            )
    return tostring(tree, encoding="unicode", short_empty_elements=False)


@cache
def _has_library() -> bool:
    return find_spec("latex2mathml") is not None


def _tree(tex: str, is_block: bool) -> Element | str:
    """The formula as a tree of MathML, or what is wrong with it."""
    # latex2mathml costs 60 ms to import, so only those pay for it who have formulas.
    from latex2mathml.converter import convert_to_element

    if len(tex) > MAX_TEX:
        return f"it is longer than {MAX_TEX} characters"
    try:
        tree = convert_to_element(tex, display="block" if is_block else "inline")
    except Exception as error:
        return _FAULTS.get(type(error).__name__, "something in it is not closed")
    for name in ("xmlns",) if is_block else ("xmlns", "display"):
        tree.attrib.pop(name, None)
    return tree


_FAULTS = {
    "MissingSuperScriptOrSubscriptError": "nothing stands behind a _ or ^",
    "DoubleSubscriptsError": "there are two subscripts on one sign",
    "DoubleSuperscriptsError": "there are two superscripts on one sign",
    "DenominatorNotFoundError": "a fraction has no denominator",
    "NumeratorNotFoundError": "a fraction has no numerator",
    "MissingEndError": "a \\begin has no \\end",
    "ExtraLeftOrMissingRightError": "a \\left has no \\right",
    "InvalidStyleForGenfracError": "a \\genfrac has an unknown style",
    "InvalidWidthError": "a width cannot be read",
    "LimitsMustFollowMathOperatorError": "\\limits does not follow an operator",
    "InvalidAlignmentError": "an alignment is unknown",
}
