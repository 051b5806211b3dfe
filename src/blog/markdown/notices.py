"""What an author should know of a text: MDX that is shown as it stands, notes without a
partner, and text that is not where it was meant to be. One warning per kind or name.
"""

import re
from collections.abc import Collection, Iterator

from markdown_it.common.utils import escapeRE
from markdown_it.rules_block.table import escapedSplit

from blog.markdown.additions.foreign_tags import FOREIGN_TAG, html_tag
from blog.markdown.text import Text


def tell(text: Text) -> None:
    """All of it, for a text that was just parsed."""
    if not text.source.is_mdx and text.source.dialect != "jekyll":
        _tell_mdx(text)
        _tell_foreign_tags(text)
    _tell_footnotes(text)
    _tell_unclosed_code(text)
    _tell_lost_cells(text)


_MDX_SIGNS = ("import", "export", "{/*")
_COMPONENT = re.compile("</?[A-Z]")
_MDX = re.compile(
    r"^(?:import|export)\s+(?:[\w{*].*\bfrom\b|const|default|function)\b"
    r"|\{/\*(?!\s*(?:truncate|more)\s*\*/)|</?[A-Z][\w.]*[\s/>]"
)
_CODE = ("fence", "code_block")


def _tell_mdx(text: Text) -> None:
    """Warns of MDX, where it first stands outside code."""
    outside = "\n".join(line for _, line in _outside(text, _CODE))
    has_sign = any(sign in outside for sign in _MDX_SIGNS)
    if not has_sign and not _COMPONENT.search(outside):
        return
    for number, line in _prose(text, _CODE):
        if found := _MDX.search(line):
            text.facts.report.warning(
                "mdx",
                text.at(number, found.start() + 1, len(found[0].strip())),
                "MDX is shown as text",
                hint="give the file the ending .mdx, or write it in Markdown or HTML",
            )
            return


def _tell_foreign_tags(text: Text) -> None:
    """Warns of the first tag of JSX that is shown as text, for its values are code."""
    for number, line in _prose(text, _CODE) if "foreign" in text.env else ():
        for found in FOREIGN_TAG.finditer(line):
            if html_tag(line, found.start()) is None:
                text.facts.report.warning(
                    "mdx",
                    text.at(number, found.start() + 1, len(found[0])),
                    "this tag is shown as text: its values are code",
                    hint="write them as HTML has them, or name the file .mdx",
                )
                return


def _prose(text: Text, left_out: Collection[str]) -> Iterator[tuple[int, str]]:
    """The lines outside of some blocks with their numbers, code spans blanked."""
    for number, line in _outside(text, left_out):
        yield number, _CODE_SPAN.sub(lambda found: " " * len(found[0]), line)


_CODE_SPAN = re.compile(r"`+[^`]*`+|<code>[^<]*</code>")


def _outside(text: Text, left_out: Collection[str]) -> Iterator[tuple[int, str]]:
    inside = {
        number
        for token in text.tokens
        if token.type in left_out and token.map
        for number in range(*token.map)
    }
    return (each for each in enumerate(text.lines) if each[0] not in inside)


_LABEL = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](:?)")


def _tell_footnotes(text: Text) -> None:
    """Warns of notes that are never written, never referred to, or written twice."""
    if not any("[^" in line for line in text.lines):
        return
    notes = text.env.get("footnotes", {})
    written = {label.removeprefix(":") for label in notes.get("refs", {})}
    used = {entry.get("label") for entry in notes.get("list", {}).values()}
    told: set[str] = set()
    begun: set[str] = set()
    for number, line in _prose(text, (*_CODE, "html_block")):
        for found in _LABEL.finditer(line):
            label = found[1]
            if found[2] and not line[: found.start()].strip(" \t>"):
                code = "repeated-footnote" if label in begun else "unused-footnote"
                is_fine = label in used - begun
                begun.add(label)
            else:
                code, is_fine = "unknown-footnote", label in written
            if not is_fine and label not in told:
                told.add(label)
                message, hint = (each.format(label) for each in _FOOTNOTES[code])
                span = text.at(number, found.start() + 1, len(label) + 3)
                text.facts.report.warning(code, span, message, hint=hint)


_FOOTNOTES = {
    "unknown-footnote": (
        "the footnote {!r} is never written",
        "add a line [^{}]: … below the text",
    ),
    "unused-footnote": (
        "nothing refers to the footnote {!r}, so it is not shown",
        "put [^{}] where it belongs",
    ),
    "repeated-footnote": (
        "the footnote {!r} is written twice, and shown once",
        "give one of them another name",
    ),
}
"""What is wrong with a footnote, and the way out, by the code."""


def _tell_unclosed_code(text: Text) -> None:
    """Warns of a fence without an end: all below it is code."""
    for token in text.tokens:
        if token.type != "fence" or not token.markup or not token.map:
            continue
        first, end = token.map
        last = text.lines[end - 1].strip(" \t>") if end - 1 > first else ""
        if re.fullmatch(f"{escapeRE(token.markup)}{token.markup[0]}*", last):
            continue
        below = text.lines[end].strip(" \t>") if end < len(text.lines) else ""
        text.facts.report.warning(
            "unclosed-code",
            text.span(token, token.markup),
            f"the {token.markup} of this line is never closed",
            hint="write more colons around a block whose code holds some"
            if below.startswith(":::")
            else f"add a line {token.markup} below the code",
        )
        return


def _tell_lost_cells(text: Text) -> None:
    """Warns of a row of a table with more cells than its head: these are not shown."""
    columns = 0
    for index, token in enumerate(text.tokens):
        if token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and columns and token.map:
            is_head = text.tokens[index - 1].type == "thead_open"
            line = text.lines[token.map[0]].strip(" \t>").strip("|")
            if not is_head and any(escapedSplit(line)[columns:]):
                text.facts.report.warning(
                    "lost-cells",
                    text.at(token.map[0]),
                    f"this row has more cells than the {columns} of its table's head,"
                    " and they are not shown",
                    hint="write \\| for a bar within a cell",
                )
                return
