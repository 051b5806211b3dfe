"""The syntaxes of front matter: YAML and TOML, each as fields with their places.

YAML is composed, not loaded: nodes know their places, and no value is guessed.
"""

import re
import tomllib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NoReturn

import yaml
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from blog.frontmatter.values import Fault, Fields, Scalar

_MAX_VALUES = 10_000
"""Values in one block after aliases are followed; a real one has some twenty."""
_MAX_DATA = 200_000
"""Values in one file of data."""
_MAX_DEPTH = 50
_FLATTER = "write the values out, without brackets in brackets or '*'"


class YAML(YAMLHandler):
    """YAML between lines of dashes; `...` may close it, as in Jekyll."""

    FM_BOUNDARY = re.compile(r"-{3,}[ \t]*$")
    CLOSING = re.compile(r"(?:-{3,}|\.{3})[ \t]*$")

    def load(self, fm: str, **_: object) -> "Fields":
        """The fields; raises `Fault` for anything but a mapping."""
        return _Yaml(_MAX_VALUES).fields(_composed(fm))

    def value(self, text: str) -> object:
        """Whatever a file of data holds; raises `Fault` where it is not YAML."""
        root = _composed(text)
        return None if root is None else _Yaml(_MAX_DATA).value(root, 0)


def _composed(text: str) -> yaml.Node | None:
    try:
        _check_depth(text)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _yaml_fault(error, text) from None
    except yaml.YAMLError as error:
        raise Fault("front-matter-syntax", str(error).split("\n")[0]) from None


class TOML(BaseHandler):
    """TOML between lines of plus signs, as Hugo and Zola write it."""

    FM_BOUNDARY = re.compile(r"\+{3,}[ \t]*$")
    CLOSING = FM_BOUNDARY

    def load(self, fm: str) -> "Fields":
        """The fields; raises `Fault` for text that is not TOML."""
        try:
            raw = tomllib.loads(fm, parse_float=str)
        except (ValueError, RecursionError) as error:
            found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
            line, column = (int(found[1]), int(found[2])) if found else (0, 0)
            message = str(error).partition(" (at ")[0]
            raise Fault(
                "front-matter-syntax", f"not valid TOML: {message}", line, column
            ) from None
        fields = Fields()
        for name, value in raw.items():
            fields[name] = _toml_value(value)
            fields.spots[name] = _toml_spot(fm, name)
        return fields


HANDLERS: tuple[Any, ...] = (YAML(), TOML())
"""Every syntax of front matter; a newcomer adds a row."""


def _yaml_fault(error: yaml.MarkedYAMLError, block: str) -> Fault:
    mark = error.problem_mark or error.context_mark
    # The parser notices an unclosed value only at the end of the block.
    if mark and mark.line >= block.count("\n") and error.context_mark:
        mark = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    problem = error.problem or error.context or "not valid YAML"
    source = [*block.split("\n"), ""][line - 1] if line else ""
    return Fault(
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
            raise Fault(
                "front-matter-size", "front matter is nested too deep", hint=_FLATTER
            )


class _Yaml:
    """Builds plain values from YAML nodes, within limits."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.repeats: list[tuple[str, tuple[int, int]]] = []

    def fields(self, root: yaml.Node | None) -> Fields:
        if root is None:
            return Fields()
        if not isinstance(root, yaml.MappingNode):
            raise Fault(
                "front-matter-shape",
                "front matter must be fields, not a list or a sentence",
                root.start_mark.line + 1,
                root.start_mark.column + 1,
                "write one field a line, e.g. title: Hello",
            )
        found = Fields()
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
        raise Fault(code, message, mark.line + 1, mark.column + 1, hint)


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
