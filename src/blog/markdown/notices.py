"""What a text holds that is shown as it stands: one warning per kind and file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from blog.diagnostics import Span
from blog.markdown.additions.foreign_tags import FOREIGN_TAG, html_tag
from blog.markdown.text import Text

OURS = ("native", "page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that other systems make more of."""

    code: str
    message: str
    hint: str = ""
    dialects: tuple[str, ...]
    signs: tuple[str | re.Pattern[str], ...]
    """Without one of these outside code there is nothing to look for."""
    pattern: re.Pattern[str]
    """What gives it away in a line."""


NOTICES = (
    Notice(
        code="mdx",
        message="MDX is shown as text",
        hint="give the file the ending .mdx, or write it in Markdown or HTML",
        dialects=OURS,
        signs=(
            *("import", "export", "{/*"),
            re.compile("</?[A-Z]"),
        ),
        pattern=re.compile(
            r"^(?:import|export)\s+(?:[\w{*].*\bfrom\b|const|default|function)\b"
            r"|\{/\*(?!\s*(?:truncate|more)\s*\*/)|</?[A-Z][\w.]*[\s/>]"
        ),
    ),
)


def tell_unsupported(text: Text) -> None:
    """Warns of each kind once, where it first stands outside code."""
    dialect = "docusaurus" if text.source.is_mdx else text.source.dialect
    outside = "\n".join(line for _, line in _outside_code(text))
    pending = [
        notice
        for notice in NOTICES
        if dialect in notice.dialects and _has_sign(outside, notice)
    ]
    for number, line in _prose(text) if pending else ():
        for notice in tuple(pending):
            if found := notice.pattern.search(line):
                pending.remove(notice)
                span: Span = text.at(number, found.start() + 1, len(found[0].strip()))
                text.facts.report.warning(
                    notice.code, span, notice.message, hint=notice.hint
                )


def tell_foreign_tags(text: Text) -> None:
    """Warns of the first tag of JSX that is shown as text, for its values are code."""
    for number, line in _prose(text) if "foreign" in text.env else ():
        for found in FOREIGN_TAG.finditer(line):
            if html_tag(line, found.start()) is None:
                span = text.at(number, found.start() + 1, len(found[0]))
                text.facts.report.warning(
                    "mdx",
                    span,
                    "this tag is shown as text: its values are code",
                    hint="write them as HTML has them, or name the file .mdx",
                )
                return


def _has_sign(outside: str, notice: Notice) -> bool:
    return any(
        sign in outside if isinstance(sign, str) else sign.search(outside)
        for sign in notice.signs
    )


def _prose(text: Text) -> Iterator[tuple[int, str]]:
    """The lines outside code blocks with their numbers, code spans blanked."""
    for number, line in _outside_code(text):
        yield number, _CODE_SPAN.sub(_blanked, line) if "`" in line else line


def _outside_code(text: Text) -> Iterator[tuple[int, str]]:
    code = {
        number
        for token in text.tokens
        if token.type in ("fence", "code_block") and token.map
        for number in range(*token.map)
    }
    for number, line in enumerate(text.lines):
        if number not in code:
            yield number, line


_CODE_SPAN = re.compile(r"`+[^`]*`+")


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])


_LABEL = re.compile(r"\[\^([^\]\s]+)\](:?)")


def check_footnotes(text: Text) -> None:
    """Warns of notes that are never written, and of those never referred to."""
    if not any("[^" in line for line in text.lines):
        return
    notes = text.env.get("footnotes", {})
    written = {label.removeprefix(":") for label in notes.get("refs", {})}
    used = {entry.get("label") for entry in notes.get("list", {}).values()}
    told: set[str] = set()
    for number, line in _prose(text):
        for found in _LABEL.finditer(line):
            label, is_definition = found[1], bool(found[2])
            span = text.at(number, found.start() + 1, len(label) + 3)
            if label in told:
                continue
            if label not in written and not is_definition:
                text.facts.report.warning(
                    "unknown-footnote",
                    span,
                    f"the footnote {label!r} is never written",
                    hint=f"add a line [^{label}]: … below the text",
                )
                told.add(label)
            elif is_definition and label in written - used:
                text.facts.report.warning(
                    "unused-footnote",
                    span,
                    f"nothing refers to the footnote {label!r}, so it is not shown",
                    hint=f"put [^{label}] where it belongs",
                )
                told.add(label)
