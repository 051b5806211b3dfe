"""Every code block of a text to a figure, and what its author has to know."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import count

from markdown_it.token import Token

from blog.diagnostics import suggest
from blog.highlight import PLAIN, colour, is_too_long, languages
from blog.markdown.code.figure import Figure
from blog.markdown.code.files import Fault, Files
from blog.markdown.code.marks import Marked, marked
from blog.markdown.code.meta import Meta, read_meta
from blog.markdown.code.notes import Notes, link_back, note_of, notes_below
from blog.markdown.text import Text


def colour_code(text: Text) -> None:
    """Turns every code block into a figure with its code in colours."""
    blocks = _Blocks(text=text, files=Files(text=text))
    for index, token in enumerate(text.tokens):
        if token.type in ("fence", "code_block"):
            token.content = blocks.html(index, read_meta(token.info))
            token.type = "html_block"


@dataclass(slots=True, kw_only=True)
class _Blocks:
    """Makes figures of the blocks of one text."""

    text: Text
    files: Files
    told: set[str] = field(default_factory=set)
    """What its author knows already."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    """Of the blocks with notes."""

    def html(self, index: int, meta: Meta) -> str:
        """The figure of the block at `index`."""
        token = self.text.tokens[index]
        code = token.content
        has_marks = "[!code" in code or (meta.language and "highlight-" in code)
        if meta.is_plain and not has_marks:
            whole = self._coloured(token, code, meta.language)
            return Figure(language=meta.language, lines=[whole]).html()
        return self._figure(index, token, meta).html()

    def _figure(self, index: int, token: Token, meta: Meta) -> Figure:
        code, first = self._code(token, meta)
        found = marked(code, meta.language, meta.ranges)
        self._tell_marks(token, meta, found)
        links = self._take_notes(index, meta, found.lines) if meta.notes else {}
        html = self._coloured(token, "\n".join(found.lines) + "\n", meta.language)
        lines = html.split("\n")
        return Figure(
            language=meta.language,
            lines=[f"{line}{links.get(i, '')}" for i, line in enumerate(lines)],
            title=meta.title,
            first=(meta.start or first) if meta.numbered else 0,
            kinds=found.kinds,
            wrap=meta.wrap,
            noted=bool(links),
        )

    def _coloured(self, token: Token, code: str, language: str) -> str:
        """The code as HTML, in colours where that is possible; no line break behind."""
        html, name = None, language.lower()
        if name not in PLAIN and is_too_long(code):
            self._warn(
                "code-too-long",
                token,
                "the code block is too long to be coloured, or has a very long line",
            )
        else:
            html = colour(code, language)
            if html is None:
                self._warn(
                    "unknown-language",
                    token,
                    f"no highlighter knows the language {name!r}",
                    needle=language,
                    hint=suggest(name, languages())
                    or "write 'text' for code without colours",
                )
        html = escape(code, quote=False) if html is None else html
        return html.removesuffix("\n")

    def _code(self, token: Token, meta: Meta) -> tuple[str, int]:
        """The code to show, and the number of its first line in its file."""
        if not meta.file:
            return token.content, 1
        part = self.files.excerpt(meta.file)
        if isinstance(part, Fault):
            self._warn(
                "code-file", token, part.message, needle=meta.file, hint=part.hint
            )
            return token.content, 1
        return part.code, part.first

    def _take_notes(self, index: int, meta: Meta, lines: list[str]) -> dict[int, str]:
        """Takes the notes out of the lines; the links that stand for them, by index."""
        prefix = f"{self.text.env['docId']}-c{next(self.numbers)}"
        notes = notes_below(self.text.tokens, index, prefix, self.text.env)
        links: dict[int, str] = {}
        times: Counter[int] = Counter()
        for place, line in enumerate(lines):
            note = note_of(line, meta.language)
            if note is None:
                continue
            code, number = note
            if number not in notes.items:
                self._tell_note(index, number, notes)
                continue
            lines[place] = code
            links[place] = notes.reference(number, again=times[number])
            times[number] += 1
        link_back(self.text.tokens, notes, tuple(times))
        return links

    def _tell_note(self, index: int, number: int, notes: Notes) -> None:
        has_list = "the list below the block has no item" if notes.items else ""
        self._warn(
            "code-note",
            self.text.tokens[index],
            f"{has_list or 'there is no numbered list right below the block for note'}"
            f" {number}",
            needle=f"({number})",
            hint=f"write {number}. and what is to be said of the line there",
        )

    def _tell_marks(self, token: Token, meta: Meta, found: Marked) -> None:
        first = token.map[0] if token.map else 0
        for mark in found.useless:
            line = -1 if meta.file else mark.line
            self.text.facts.report.warning(
                "code-mark",
                self.text.at(first + 1 + line),
                mark.message,
                hint=mark.hint,
            )

    def _warn(
        self, code: str, token: Token, message: str, *, needle: str = "", hint: str = ""
    ) -> None:
        if message not in self.told:
            self.told.add(message)
            span = self.text.span(token, needle)
            self.text.facts.report.warning(code, span, message, hint=hint)
