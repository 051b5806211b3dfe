"""Where a key stands in TOML: tomllib tells no positions, so the text is searched."""

import re

from blog.diagnostics import Span, span_at

FILE = "site.toml"


def locate(text: str, where: tuple[str | int, ...], path: str = FILE) -> Span:
    """The line of the key `where` in the TOML `text`; at least the nearest table.

    tomllib tells no positions, so headers and keys are looked for in the text.
    """
    line, column = _table_line(text, where)
    key = str(where[-1])
    for number, source in enumerate(text.split("\n")[line:], line + 1):
        if source.lstrip().startswith("[") and number > line:
            break
        if found := re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", source):
            column = found.end() - len(found[0].lstrip()) + 1
            return span_at(path, text, number, column, length=len(key))
    return _on_one_line(text, where, path) or span_at(path, text, max(line, 1), column)


def _on_one_line(text: str, where: tuple[str | int, ...], path: str) -> Span | None:
    """The place of a key written as `table.key = …` or `table = { key = … }`."""
    names = [re.escape(str(part)) for part in where if isinstance(part, str)]
    if len(names) < 2:
        return None
    table, key = names[-2:]
    pattern = rf"\s*[\"']?{table}[\"']?\s*(?:\.|=\s*\{{.*?)\s*[\"']?\b(?P<key>{key})\b"
    for number, source in enumerate(text.split("\n"), 1):
        if found := re.match(pattern, source):
            column = found.start("key") + 1
            return span_at(path, text, number, column, length=len(found["key"]))
    return None


def _table_line(text: str, where: tuple[str | int, ...]) -> tuple[int, int]:
    """Line number of the header of the table that holds `where`; 0 for the top."""
    tables = [p for p in where if isinstance(p, str)]
    index = next((p for p in where if isinstance(p, int)), 0)
    for depth in range(len(tables), 0, -1):
        name = r"\s*\.\s*".join(rf"[\"']?{re.escape(t)}[\"']?" for t in tables[:depth])
        header = re.compile(rf"^[ \t]*\[\[?\s*{name}\s*\]\]?", re.MULTILINE)
        found = list(header.finditer(text))
        if len(found) > index:
            start = found[index].start()
            return text.count("\n", 0, start) + 1, 1
    return 0, 0


def toml_fault(text: str, error: Exception) -> tuple[int, int, str]:
    """Line, column (0 if it has none) and message of what tomllib raised."""
    found = re.search(
        r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)", str(error)
    )
    message = str(error)[: found.start()] if found else str(error)
    line = int(found[1]) if found and found[1] else text.count("\n") + 1
    column = int(found[2]) if found and found[2] else 0
    return line, column, message[:1].lower() + message[1:]
