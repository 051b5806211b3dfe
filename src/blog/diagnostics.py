"""Mistakes of the author as values: where, what is wrong, and a way out.

Every stage reports into a `Report` and goes on, so that one run names all mistakes.
Diagnostics are plain data: they travel with the value they belong to and are shown
again when that value is reused.
"""

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning"]
PlaceOf = Callable[..., "Span"]
"""Where the first of some fields stands in a source: `(path, *names)`; else its top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place in a source file."""

    path: str
    """Site-relative POSIX path, as the author knows the file."""
    line: int = 0
    """1-based; 0 where only the file is known."""
    column: int = 0
    """1-based, in characters; 0 where only the line is known."""
    length: int = 0
    """Characters to mark from `column` on."""
    source: str = ""
    """The whole line, so that it can be shown without reading the file again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One mistake, or one thing worth knowing."""

    severity: Severity
    code: str
    """A key of `CODES`."""
    message: str
    """What is wrong: lower case, no full stop, names in quotes."""
    span: Span
    hint: str = ""
    """What to do about it; may be empty."""
    related: tuple[Span, ...] = ()
    """Other places that belong to it, e.g. the second file on the same address."""


@dataclass(slots=True)
class Report:
    """Collects the diagnostics of one step, in the order they are found."""

    found: list[Diagnostic] = field(default_factory=list)

    def error(
        self,
        code: str,
        span: Span,
        message: str,
        *,
        hint: str = "",
        related: tuple[Span, ...] = (),
    ) -> None:
        """The site cannot be published as it is."""
        self._add("error", code, span, message, hint, related)

    def warning(
        self,
        code: str,
        span: Span,
        message: str,
        *,
        hint: str = "",
        related: tuple[Span, ...] = (),
    ) -> None:
        """The site can be published, perhaps not as its author means it."""
        self._add("warning", code, span, message, hint, related)

    def _add(
        self,
        severity: Severity,
        code: str,
        span: Span,
        message: str,
        hint: str,
        related: tuple[Span, ...],
    ) -> None:
        assert code in CODES, code
        self.found.append(
            Diagnostic(
                severity=severity,
                code=code,
                message=message,
                span=span,
                hint=hint,
                related=related,
            )
        )


class Abort(Exception):
    """The world refuses (disk full, folder not ours): one line, then exit.

    `usage` says that the call was wrong (exit 2) rather than the world (exit 1).
    """

    def __init__(self, message: str, *, hint: str = "", usage: bool = False) -> None:
        super().__init__(message)
        self.hint = hint
        self.usage = usage


def span_at(
    path: str, text: str, line: int, column: int = 0, *, length: int = 0
) -> Span:
    """The place `line:column` of `text`, with the line itself; both 1-based."""
    lines = text.split("\n")
    source = lines[line - 1] if 0 < line <= len(lines) else ""
    return Span(path=path, line=line, column=column, length=length, source=source)


def suggest(name: str, known: Iterable[str]) -> str:
    """A question with the known name most like `name`; empty if none is like it."""
    nearest = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.7)
    return f"did you mean {nearest[0]!r}?" if nearest else ""


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by file, line, column and code, each diagnostic once."""
    return tuple(
        sorted(
            dict.fromkeys(diagnostics),
            key=lambda d: (
                d.span.path,
                d.span.line,
                d.span.column,
                d.code,
                d.message,
            ),
        )
    )


def plain(diagnostic: Diagnostic) -> str:
    """The diagnostic as lines of text without colour, no line break at the end."""
    return "".join(text for _, text in segments(diagnostic))


def segments(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    """Pieces of the shown text, each with what it is: place, error, hint, caret …"""
    yield "place", place(diagnostic.span)
    yield "", ": "
    yield diagnostic.severity, diagnostic.severity
    yield "", f": {shown(diagnostic.message)} "
    yield "code", f"[{diagnostic.code}]"
    yield from _excerpt(diagnostic)
    for span in diagnostic.related:
        yield "", "\n  also: "
        yield "place", place(span)


def place(span: Span) -> str:
    """`path:line:column`, as editors and terminals make it clickable."""
    path = span.path if span.path.isprintable() else repr(span.path)
    return ":".join([path, *(str(n) for n in (span.line, span.column) if n)])


def shown(text: str) -> str:
    """`text` safe for a terminal: control and direction characters spelled out."""
    return "".join(
        repr(c)[1:-1] if unicodedata.category(c) in _UNSHOWN else c for c in text
    )


_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_WIDTH = 100
"""Characters of a source line shown around a column."""


def _excerpt(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    span, hint = diagnostic.span, shown(diagnostic.hint)
    if not (span.line and span.source.strip()):
        if hint:
            yield "hint", f"\n  {hint}"
        return
    start = max(0, span.column - 1 - _WIDTH // 2) if span.column > _WIDTH else 0
    source = _flat(span.source[start : start + _WIDTH])
    number = str(span.line)
    yield "gutter", f"\n  {number} | "
    yield "", source.rstrip()
    if not span.column:
        if hint:
            yield "gutter", f"\n  {' ' * len(number)} | "
            yield "hint", hint
        return
    offset = span.column - 1 - start
    marked = source[offset : offset + max(span.length, 1)]
    yield "gutter", f"\n  {' ' * len(number)} | "
    yield "caret", " " * _columns(source[:offset]) + "^" * max(_columns(marked), 1)
    if hint:
        yield "hint", f" {hint}"


def _flat(source: str) -> str:
    """One printable character for one character, so that carets stay in place."""
    return "".join(
        c if unicodedata.category(c) not in _UNSHOWN else " " for c in source
    )


def _columns(text: str) -> int:
    """Terminal columns that `text` takes: wide characters two, combining ones none."""
    return sum(
        0
        if unicodedata.category(c) in ("Mn", "Me")
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


CODES = MappingProxyType(
    {
        # the input tree
        "unreadable": "a file or folder exists but cannot be read",
        "not-utf8": "a text file holds bytes that are not UTF-8",
        "bad-name": "a file name cannot be used on other machines",
        "link-outside": "a symbolic link leads out of the site, or in circles",
        "special-file": "a device, pipe or socket lies among the sources",
        "not-copied": "a private or hidden file was left out",
        # site.toml and the other configuration files
        "config-syntax": "a configuration file is not valid TOML or YAML",
        "config-key": "site.toml has a key that does not exist",
        "config-value": "a value in a configuration file cannot be used",
        "config-unused": "a setting has no effect",
        # front matter
        "front-matter-open": "a front matter block is never closed",
        "front-matter-syntax": "front matter is not valid YAML or TOML",
        "front-matter-shape": "front matter is not a list of fields",
        "front-matter-size": "front matter is too large, too deep or refers to itself",
        "duplicate-key": "a field is given twice",
        "unknown-field": "a field looks like a misspelt one",
        "field-type": "a field holds the wrong kind of value",
        "control-character": "a value holds an invisible control character",
        # what front matter means
        "missing-date": "a post has no date",
        "bad-date": "a date does not exist or cannot be read",
        "ambiguous-date": "a date is read in a way its author may not expect",
        "bad-slug": "a slug cannot become part of an address",
        "bad-address": "an address cannot be written as a file, or leaves the site",
        "same-address": "two sources would be written to one place",
        "series-part": "two posts are the same part of a series",
        "tag-merge": "two tags share one page",
        "unknown-tag": "a tag is used that is not in tags.yml",
        "unknown-author": "an author is named who is not in authors.yml",
        "not-built": "a source of another system is left out",
        # Markdown
        "broken-link": "a link leads nowhere in this site",
        "broken-anchor": "a link names a heading that does not exist",
        "dead-outside": "a link to another site leads nowhere",
        "missing-image": "a picture does not exist",
        "picture-unreadable": "a picture is damaged, or none at all",
        "picture-too-large": "a picture has more pixels than can be worked on",
        "missing-alt": "a picture has no text for those who cannot see it",
        "unknown-language": "a code block names a language that has no highlighter",
        "code-too-long": "a code block is too long to be coloured",
        "unknown-footnote": "a footnote is referred to but never written",
        "unused-footnote": "a footnote is written but never referred to",
        "repeated-footnote": "two footnotes have one name, and one is shown",
        "repeated-id": "two places of a text have one id",
        "unclosed-code": "a code block is never closed",
        "lost-cells": "a row of a table is longer than its head, and cut",
        "unclosed-admonition": "a block between colons is never closed",
        "unknown-admonition": "a block between colons has a name that means nothing",
        "code-mark": "a mark on lines of code has no effect",
        "code-file": "code cannot be taken from the file that a block names",
        "lone-tab": "a tab stands outside of a set of tabs",
        "code-note": "a note on a line of code is never written",
        "mdx": "MDX is shown as text",
        "mdx-code": "a post in MDX holds code, which does not run",
        "unknown-component": "a post in MDX holds a component that is not known",
        "liquid-missing": "Liquid needs a program that is not installed",
        "liquid": "a piece of Liquid cannot be run, and is left out",
        "diagram": "a program cannot draw the code of a diagram",
        "math": "a formula is not TeX, or more than is known of it",
        "math-missing": "formulas need a program that is not installed",
        # templates
        "template-syntax": "a template is not valid Jinja",
        "template-undefined": "a template uses a name that does not exist",
        "template-missing": "a template refers to a file that does not exist",
        "template-failed": "a template fails while a page is rendered",
        "search-missing": "full-text search needs a program that is not installed",
        "poster-font": "the font of the pictures for sharing lacks characters",
        "over-budget": "a page is heavier than site.toml allows",
        "untranslated": "the theme has no words in a language",
    }
)
"""Every code, by name: what it means, in one line."""
