"""The head of a file to its fields, with the place of each.

python-frontmatter's handlers read the block; the splitter around them is ours, because
theirs takes an unclosed block, a BOM or a list for the text of the page. Scalars stay
text as written: `no` is no boolean here, `12:30:45` no number. What a field means is
the dialect's business.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from blog.diagnostics import Report, Span, span_at
from blog.frontmatter.handlers import HANDLERS, YAML
from blog.frontmatter.values import Fault, Fields, Scalar
from blog.model import FrontMatter

__all__ = [
    "CONTROL",
    "HANDLERS",
    "Scalar",
    "decode",
    "load_value",
    "load_yaml",
    "split",
    "written",
]

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no feed may hold."""


def decode(path: str, data: bytes, report: Report) -> str | None:
    """The text of a file with `\\n` as line break and without a BOM, or None."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(errors="replace").replace("\r\n", "\n")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        report.error(
            "not-utf8",
            Span(path=path, line=line, column=column),
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            hint="save the file as UTF-8 in your editor",
        )
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        report.error(
            "not-utf8",
            Span(path=path, line=line),
            "the file holds a zero byte, so it is no text",
            hint="save the file as UTF-8 in your editor",
        )
        return None
    text = re.sub(r"\r\n?", "\n", text)
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        report.warning(
            "control-character",
            Span(path=path, line=line),
            "the text holds invisible control characters, left out",
            hint="retype the words around them",
        )
        text = CONTROL.sub("", text)
    return text


def split(
    path: str, text: str, report: Report, *, last_wins: bool = False
) -> FrontMatter | None:
    """The fields and the body of `text`, or None if the block cannot be read.

    A field given twice is an error, or with `last_wins` a warning. A file without a
    block has no fields and is all body.
    """
    start = len(text) - len(text.lstrip("\n \t")) if text[:1] in "\n \t" else 0
    start = text.rfind("\n", 0, start) + 1
    first, _, rest = text[start:].partition("\n")
    opened = text.count("\n", 0, start) + 1
    handler = next((h for h in HANDLERS if h.FM_BOUNDARY.match(first)), None)
    if handler is None:
        return _without(path, text, report)
    lines = rest.split("\n")
    length = next((n for n, li in enumerate(lines) if handler.CLOSING.match(li)), None)
    if length is None:
        report.error(
            "front-matter-open",
            span_at(path, text, opened, 1, length=len(first)),
            f"front matter opened with {first.strip()!r} is never closed",
            hint=f"add a line {first.strip()[:3]!r} below the last field",
        )
        return None
    block = "\n".join(lines[:length])
    try:
        found = handler.load(block)
    except Fault as fault:
        line = opened + fault.line if fault.line else opened
        span = span_at(path, text, min(line, opened + length + 1), fault.column)
        report.error(fault.code, span, fault.message, hint=fault.hint)
        return None
    return _front_matter(path, text, opened, length, found, report, last_wins)


def _front_matter(
    path: str,
    text: str,
    opened: int,
    length: int,
    found: Fields,
    report: Report,
    last_wins: bool,
) -> FrontMatter:
    lines = text.split("\n")
    head, body = lines[: opened + length + 1], lines[opened + length + 1 :]

    def spot(name: str, place: tuple[int, int]) -> Span:
        line, column = opened + place[0], place[1]
        source = head[line - 1] if line <= len(head) else ""
        return Span(
            path=path, line=line, column=column, length=len(name), source=source
        )

    spans = {name: spot(name, place) for name, place in found.spots.items()}
    for name, place in found.repeats:
        tell = report.warning if last_wins else report.error
        tell(
            "duplicate-key",
            spot(name, place),
            f"field {name!r} is given twice"
            + (f", first on line {spans[name].line}" if name in spans else ""),
            hint="the last one counts" if last_wins else "keep one of the two",
        )
    values = {n: _cleaned(v, spans[n], report) for n, v in found.items()}
    return FrontMatter(
        fields=MappingProxyType(values),
        spans=MappingProxyType(spans),
        body="\n".join(body),
        first_line=opened + length + 2,
    )


def _without(path: str, text: str, report: Report) -> FrontMatter | None:
    if found := re.match(r"\s*(---|\+\+\+)", text):
        line = text.count("\n", 0, found.end()) + 1
        report.error(
            "front-matter-open",
            span_at(path, text, line, 1, length=3),
            f"the line begins like front matter, but holds more than {found[1]!r}",
            hint=f"leave {found[1]!r} alone on its line, or write *** for a rule",
        )
        return None
    if re.match(r"\s*\{\s*\"", text):
        report.error(
            "front-matter-syntax",
            span_at(path, text, 1),
            "front matter written as JSON is not read",
            hint="write the fields as YAML between two lines of '---'",
        )
        return None
    return FrontMatter(
        fields=MappingProxyType({}), spans=MappingProxyType({}), body=text, first_line=1
    )


def _cleaned(value: object, span: Span, report: Report) -> object:
    """`value` without control characters, which no feed may hold."""
    if isinstance(value, str):
        if not CONTROL.search(value):
            return value
        report.warning(
            "control-character",
            span,
            "the value holds an invisible control character, left out",
            hint="retype the value",
        )
        return Scalar(CONTROL.sub("", value), plain=getattr(value, "plain", False))
    if isinstance(value, tuple):
        return tuple(_cleaned(v, span, report) for v in value)
    if isinstance(value, Mapping):
        return MappingProxyType(
            {k: _cleaned(v, span, report) for k, v in value.items()}
        )
    return value


def written(fields: Mapping[str, object]) -> str:
    """The head of a new file with these fields, in their order, and an empty line."""
    block = YAML().export(dict(fields), sort_keys=False, width=1000)
    return f"---\n{block}\n---\n\n"


def load_yaml(path: str, text: str, report: Report) -> Mapping[str, object]:
    """The mapping in a YAML file such as `authors.yml`; empty if it cannot be read."""
    try:
        found = YAML().load(re.sub(r"\A---[ \t]*\n", "", text))
    except Fault as fault:
        span = span_at(path, text, fault.line, fault.column)
        report.error("config-syntax", span, fault.message, hint=fault.hint)
        return MappingProxyType({})
    span = Span(path=path)
    return MappingProxyType({k: _cleaned(v, span, report) for k, v in found.items()})


def load_value(path: str, text: str, report: Report) -> object:
    """Whatever a YAML file holds: text, None, tuple or mapping; None if it cannot be
    read."""
    try:
        return YAML().value(re.sub(r"\A---[ \t]*\n", "", text))
    except Fault as fault:
        span = span_at(path, text, fault.line, fault.column)
        report.error("config-syntax", span, fault.message, hint=fault.hint)
        return None
