"""Imports and exports: where they end, and which names stand for files and texts."""

import re
from collections.abc import Callable

from blog.mdx.javascript import TEXT, static

Closing = Callable[[int], int]
"""The place behind the brace that closes the one at a place, or 0."""

_IMPORT = re.compile(
    r"import\s+(?:(?P<names>[\w$*{][\w$*{},\s]{0,1000}?)\s*\bfrom\s*)?"
    r"(?P<file>'[^'\n]*'|\"[^\"\n]*\")[ \t]*;?[ \t]*(?://[^\n]*)?(?=\n|\Z)"
)
_EXPORT = re.compile(
    r"export\s+(?:(?:const|let|var|function|async|class|default)\b|\*|\{)"
)
_CONSTANT = re.compile(
    rf"export\s+(?:const|let|var)\s+(?P<name>[\w$]+)(?:\s*:[^=\n]*)?\s*=\s*"
    rf"(?P<value>{TEXT}|-?[\d.]+|(?:require|useBaseUrl)\([^()\n]*\)(?:\.default)?)"
    r"[ \t]*;?[ \t]*(?=\n|\Z)",
    re.DOTALL,
)
_NEXT = re.compile(r"[ \t]*\n(?=import\b|export\b)")
_BLANK = re.compile(r"\n[ \t]*(?:\n|\Z)")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|ico|mp4|webm|mp3|pdf)$", re.I)
_PART = re.compile(r"\.mdx?$", re.I)


class Modules:
    """What the imports and exports of a text gave names to."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        """Texts, and addresses of files, by name."""
        self.parts: dict[str, str] = {}
        """Files of Markdown by the name of their component."""

    def read(self, text: str, start: int, closing: Closing) -> int:
        """The end of the block of imports and exports at `start`; 0 if it is prose."""
        end = start
        while True:
            statement = self._statement(text, end, closing)
            if not statement:
                return end if end > start else 0
            end = statement
            rest = _NEXT.match(text, end)
            if rest is None:
                return end
            end = rest.end()

    def _statement(self, text: str, start: int, closing: Closing) -> int:
        if found := _IMPORT.match(text, start):
            self._import(found)
            return found.end()
        if found := _CONSTANT.match(text, start):
            value = static(found["value"], self.texts)
            if value is not None:
                self.texts[found["name"]] = value
            return found.end()
        return _export(text, start, closing) if _EXPORT.match(text, start) else 0

    def _import(self, found: re.Match[str]) -> None:
        name = re.match(r"[\w$]+", found["names"] or "")
        file = found["file"][1:-1]
        if name and _PICTURE.search(file):
            self.texts[name[0]] = file
        elif name and _PART.search(file):
            self.parts[name[0]] = file


def _export(text: str, start: int, closing: Closing) -> int:
    """The end of a statement: the first blank line that stands between no braces."""
    blank = _BLANK.search(text, start)
    end = blank.start() if blank else len(text)
    place = start
    while (brace := text.find("{", place, end)) >= 0:
        place = closing(brace)
        if not place:
            break
        if place > end:
            blank = _BLANK.search(text, place)
            end = blank.start() if blank else len(text)
    return end
