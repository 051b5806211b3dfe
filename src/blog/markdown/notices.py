"""What a text holds that is shown as it stands: one warning per kind and file."""

import re
from collections.abc import Iterator

from blog.diagnostics import Span
from blog.markdown.text import Text

NOTICES = (
    (
        "admonition",
        ("native", "page", "docusaurus", "jekyll"),
        re.compile(r"^\s*:::+\s*\w+"),
        "an admonition is shown as text",
        "",
    ),
    (
        "mdx",
        ("native", "page", "docusaurus"),
        re.compile(
            r"^(?:import|export)\s+(?:[\w{*].*\bfrom\b|const|default|function)\b"
            r"|\{/\*(?!\s*(?:truncate|more)\s*\*/)|</?[A-Z][\w.]*[\s/>]|\bstyle=\{\{|\bclassName="
        ),
        "MDX is shown as text",
        "write it in Markdown or HTML",
    ),
    (
        "liquid",
        ("jekyll",),
        re.compile(r"\{%-?\s*\w+|\{\{-?\s*\w+[^}]*\}\}"),
        "Liquid is shown as text",
        "write what it would put here",
    ),
    (
        "kramdown",
        ("jekyll",),
        re.compile(r"\{:\s*[.#\w:]|\{::\w+"),
        "a kramdown attribute is shown as text",
        "",
    ),
    (
        "math",
        ("native", "page", "docusaurus", "jekyll"),
        re.compile(
            r"\$\$|\\\\\(|\\\\\[|(?<![\\$\w])\$[^\s$\d][^$\n]*[^\s$\\]\$(?![\w$])"
        ),
        "a formula is shown as text",
        "",
    ),
)
"""Code, dialects, what gives it away, message and hint."""


def tell_unsupported(text: Text) -> None:
    """Warns of each kind once, where it first stands outside code."""
    pending = [n for n in NOTICES if text.source.dialect in n[1]]
    for number, line in _prose(text):
        for notice in tuple(pending):
            code, _, pattern, message, hint = notice
            if found := pattern.search(line):
                pending.remove(notice)
                span: Span = text.at(number, found.start() + 1, len(found[0].strip()))
                text.facts.report.warning(code, span, message, hint=hint)


def _prose(text: Text) -> Iterator[tuple[int, str]]:
    """The lines outside code blocks with their numbers, code spans blanked."""
    code = {
        number
        for token in text.tokens
        if token.type in ("fence", "code_block") and token.map
        for number in range(*token.map)
    }
    for number, line in enumerate(text.lines):
        if number not in code:
            yield number, _CODE_SPAN.sub(_blanked, line) if "`" in line else line


_CODE_SPAN = re.compile(r"`+[^`]*`+")


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])


_LABEL = re.compile(r"\[\^([^\]\s]+)\](:?)")


def check_footnotes(text: Text) -> None:
    """Warns of notes that are never written, and of those never referred to."""
    if "[^" not in text.source.text:
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
