"""The head of a file to its fields, with the place of each.

python-frontmatter's handlers read the block; the splitter around them is ours, because
theirs takes an unclosed block, a BOM or a list for the text of the page. Scalars stay
text as written: `no` is no boolean here, `12:30:45` no number. What a field means is
the dialect's business.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NoReturn

import yaml
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from blog.diagnostics import Report, Span, span_at
from blog.model import FrontMatter

_MAX_VALUES = 10_000
"""Values in one block after aliases are followed; a real one has some twenty."""
_MAX_DEPTH = 50
_FLATTER = "write the values out, without brackets in brackets or '*'"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no feed may hold."""


class Scalar(str):
    """A value as written, which remembers whether it stood without quotes."""

    plain: bool

    def __new__(cls, text: str, *, plain: bool) -> "Scalar":
        scalar = super().__new__(cls, text)
        scalar.plain = plain
        return scalar

    def __repr__(self) -> str:
        """Tells quoted from plain, so that digests of facts do."""
        return f"{'plain' if self.plain else 'quoted'} {super().__repr__()}"


@dataclass
class _Fault(Exception):
    """Why a block cannot be read; the line is counted in the block, 1-based."""

    code: str
    message: str
    line: int = 0
    column: int = 0
    hint: str = ""


class YAML(YAMLHandler):
    """YAML between lines of dashes; `...` may close it, as in Jekyll."""

    FM_BOUNDARY = re.compile(r"-{3,}[ \t]*$")
    CLOSING = re.compile(r"(?:-{3,}|\.{3})[ \t]*$")

    def load(self, fm: str, **_: object) -> "_Fields":
        """The fields; raises `_Fault` for anything but a mapping."""
        try:
            _check_depth(fm)
            root = yaml.compose(fm, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            raise _yaml_fault(error, fm) from None
        except yaml.YAMLError as error:
            raise _Fault("front-matter-syntax", str(error).split("\n")[0]) from None
        return _Yaml().fields(root)


class TOML(BaseHandler):
    """TOML between lines of plus signs, as Hugo and Zola write it."""

    FM_BOUNDARY = re.compile(r"\+{3,}[ \t]*$")
    CLOSING = FM_BOUNDARY

    def load(self, fm: str) -> "_Fields":
        """The fields; raises `_Fault` for text that is not TOML."""
        try:
            raw = tomllib.loads(fm, parse_float=str)
        except (ValueError, RecursionError) as error:
            found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
            line, column = (int(found[1]), int(found[2])) if found else (0, 0)
            message = str(error).partition(" (at ")[0]
            raise _Fault(
                "front-matter-syntax", f"not valid TOML: {message}", line, column
            ) from None
        fields = _Fields()
        for name, value in raw.items():
            fields[name] = _toml_value(value)
            fields.spots[name] = _toml_spot(fm, name)
        return fields


HANDLERS: tuple[Any, ...] = (YAML(), TOML())
"""Every syntax of front matter; a newcomer adds a row."""


class _Fields(dict[str, Any]):
    """Values by name, and where the names stand in the block."""

    def __init__(self) -> None:
        super().__init__()
        self.spots: dict[str, tuple[int, int]] = {}
        """Line and column of each name, 1-based."""
        self.repeats: list[tuple[str, tuple[int, int]]] = []
        """Names that are given again, with the later place."""


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
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        report.warning(
            "control-character",
            Span(path=path, line=line),
            "the text holds invisible control characters, left out",
            hint="retype the words around them",
        )
        text = _CONTROL.sub("", text)
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
    except _Fault as fault:
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
    found: _Fields,
    report: Report,
    last_wins: bool,
) -> FrontMatter:
    def spot(name: str, place: tuple[int, int]) -> Span:
        line, column = place
        return span_at(path, text, opened + line, column, length=len(name))

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
        body="\n".join(text.split("\n")[opened + length + 1 :]),
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
        if not _CONTROL.search(value):
            return value
        report.warning(
            "control-character",
            span,
            "the value holds an invisible control character, left out",
            hint="retype the value",
        )
        return Scalar(_CONTROL.sub("", value), plain=getattr(value, "plain", False))
    if isinstance(value, tuple):
        return tuple(_cleaned(v, span, report) for v in value)
    if isinstance(value, Mapping):
        return MappingProxyType(
            {k: _cleaned(v, span, report) for k, v in value.items()}
        )
    return value


def _yaml_fault(error: yaml.MarkedYAMLError, block: str) -> _Fault:
    mark = error.problem_mark or error.context_mark
    # The parser notices an unclosed value only at the end of the block.
    if mark and mark.line >= block.count("\n") and error.context_mark:
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    problem = error.problem or error.context or "not valid YAML"
    source = [*block.split("\n"), ""][line - 1] if line else ""
    return _Fault(
        "front-matter-syntax",
        f"not valid YAML: {problem}",
        line,
        column,
        _hint(problem, source),
    )


def _hint(problem: str, source: str) -> str:
    """A way out for the slips that people make."""
    if "mapping values are not allowed" in problem:
        return 'a value with a colon needs quotes: title: "One: two"'
    if "\t" in source or "character that cannot start any token" in problem:
        return "indent with spaces, and quote values that begin with a sign"
    if "end of stream" in problem or "quoted scalar" in problem:
        return "close the quotes on the same line"
    if "alias" in problem or "alphabetic or numeric" in problem:
        return "quote values that begin with '*' or '&'"
    return "every line is a name, a colon, a space and a value"


def _check_depth(block: str) -> None:
    """Refuses what is nested so deep that composing it would exhaust the stack."""
    if sum(block.count(sign) for sign in "[{-?") < 10 * _MAX_DEPTH:
        return
    depth = 0
    for event in yaml.parse(block, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > 10 * _MAX_DEPTH:
            raise _Fault(
                "front-matter-size", "front matter is nested too deep", hint=_FLATTER
            )


class _Yaml:
    """Builds plain values from YAML nodes, within limits."""

    def __init__(self) -> None:
        self.left = _MAX_VALUES
        self.repeats: list[tuple[str, tuple[int, int]]] = []

    def fields(self, root: yaml.Node | None) -> _Fields:
        if root is None:
            return _Fields()
        if not isinstance(root, yaml.MappingNode):
            raise _Fault(
                "front-matter-shape",
                "front matter must be fields, not a list or a sentence",
                root.start_mark.line + 1,
                root.start_mark.column + 1,
                "write one field a line, e.g. title: Hello",
            )
        found = _Fields()
        for key, _ in root.value:
            spot = (key.start_mark.line + 1, key.start_mark.column + 1)
            found.spots.setdefault(self.name(key), spot)
        for name, value in self.mapping(root, 0).items():
            found.spots.setdefault(name, (1, 1))
            found[name] = value
        found.repeats = self.repeats
        return found

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, object]:
        """Values by name; a merge key (`<<`) brings those that are not given."""
        self.check(node, depth)
        merged: dict[str, object] = {}
        own: dict[str, object] = {}
        for key, value in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                merged |= self.merged(value, depth)
                continue
            name = self.name(key)
            if name in own:
                mark = key.start_mark
                self.repeats.append((name, (mark.line + 1, mark.column + 1)))
            own[name] = self.value(value, depth + 1)
        return {**merged, **own}

    def merged(self, node: yaml.Node, depth: int) -> dict[str, object]:
        if not isinstance(node, yaml.MappingNode):
            self.fail(node, "front-matter-shape", "'<<' can only take in fields")
        return self.mapping(node, depth + 1)

    def name(self, key: yaml.Node) -> str:
        if not isinstance(key, yaml.ScalarNode):
            self.fail(key, "front-matter-shape", "a field's name must be text")
        return str(key.value)

    def value(self, node: yaml.Node, depth: int) -> object:
        """Text, None, tuple or mapping."""
        if not isinstance(node, yaml.MappingNode):
            self.check(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(n, depth + 1) for n in node.value)
        if isinstance(node, yaml.MappingNode):
            return MappingProxyType(self.mapping(node, depth))
        if node.tag == "tag:yaml.org,2002:null":
            return None
        assert isinstance(node, yaml.ScalarNode)
        return Scalar(node.value, plain=not node.style)

    def check(self, node: yaml.Node, depth: int) -> None:
        self.left -= 1
        if self.left < 0:
            self.fail(
                node,
                "front-matter-size",
                "front matter holds too many values",
                "move long lists into the text, and write out what '*' refers to",
            )
        if depth > _MAX_DEPTH:
            self.fail(
                node,
                "front-matter-size",
                "a value is nested too deep, or holds itself",
                _FLATTER,
            )
        if not node.tag.startswith("tag:yaml.org,2002:") or "python" in node.tag:
            self.fail(
                node,
                "front-matter-syntax",
                f"the YAML tag {node.tag!r} is not allowed",
                "quote values that begin with '!'",
            )

    @staticmethod
    def fail(node: yaml.Node, code: str, message: str, hint: str = "") -> NoReturn:
        mark = node.start_mark
        raise _Fault(code, message, mark.line + 1, mark.column + 1, hint)


def _toml_value(value: object) -> object:
    if isinstance(value, Mapping):
        return MappingProxyType({k: _toml_value(v) for k, v in value.items()})
    if isinstance(value, list):
        return tuple(_toml_value(v) for v in value)
    if isinstance(value, bool):
        return Scalar("true" if value else "false", plain=True)
    return Scalar(str(value), plain=not isinstance(value, str))


def _toml_spot(block: str, name: str) -> tuple[int, int]:
    """Where `name` is set in the block; its first line if that cannot be told."""
    pattern = rf"^[ \t]*\[*[\"']?{re.escape(name)}\b"
    found = re.search(pattern, block, re.MULTILINE)
    return (block.count("\n", 0, found.start()) + 1, 1) if found else (1, 1)


def load_yaml(path: str, text: str, report: Report) -> Mapping[str, object]:
    """The mapping in a YAML file such as `authors.yml`; empty if it cannot be read."""
    try:
        found = YAML().load(re.sub(r"\A---[ \t]*\n", "", text))
    except _Fault as fault:
        span = span_at(path, text, fault.line, fault.column)
        report.error("config-syntax", span, fault.message, hint=fault.hint)
        return MappingProxyType({})
    span = Span(path=path)
    return MappingProxyType({k: _cleaned(v, span, report) for k, v in found.items()})
