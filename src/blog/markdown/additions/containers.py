"""Blocks between colons, `:::note[Title]` to `:::`, and GitHub's alerts.

Written as Docusaurus has them (`:::tip Title`, `:::warning{title="…"}` too), nested by
more colons outside; VitePress's `::: details` and Pandoc's `::: {.class}` are known.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from blog.diagnostics import suggest
from blog.markdown.additions.braces import give, read_attributes
from blog.markdown.text import Text
from blog.model import MARK

ALERTS = MappingProxyType(
    {
        "note": "note",
        "tip": "tip",
        "info": "info",
        "important": "important",
        "warning": "warning",
        "caution": "caution",
        "danger": "danger",
        "success": "success",
        "secondary": "note",
    }
)
"""The word that is the title of each kind where its author gave none, by its class."""

_END = re.compile(rf"[\s>]*(?::{{3,}}|{MARK}{{3,}})\s*")
_OPEN, _CLOSE = "container_box_open", "container_box_close"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What the first line of a container says."""

    name: str
    """In lower case; may be empty."""
    title: str
    """Markdown; may be empty."""
    attributes: Mapping[str, str] = field(default_factory=dict)


Shape = Callable[[Box, list[Token]], list[Token]]
"""Turns the tokens of a container, its own at both ends, into those that are shown."""


def containers(md: MarkdownIt) -> None:
    """The rule for blocks between colons, and what each of them is shown as."""
    for sign in (":", MARK):
        md.use(container_plugin, "box", sign, _begins, _element)
    md.options["alerts"] = True
    md.core.ruler.before("block", "last_line", _end_last_line)
    md.core.ruler.before("inline", "boxes", _shape_boxes)


def _end_last_line(state: StateCore) -> None:
    """The rule looks for a sign behind an empty last line that has no line break."""
    if _has_marks(state) and not state.src.endswith("\n"):
        state.src += "\n"


def _has_marks(state: StateCore) -> bool:
    return ":::" in state.src or MARK in state.src


def _element(md: Any, tokens: Sequence[Token], i: int, options: Any, env: Any) -> str:
    html: str = md.renderToken(tokens, i, options, env)
    return html


_INFO = re.compile(r"[ \t]*(?P<name>[A-Za-z][\w-]*)?[ \t]*(?P<rest>.*)", re.DOTALL)


def _begins(info: str, _: str) -> bool:
    """Whether what stands behind the colons can be the beginning of a container."""
    found = _INFO.fullmatch(info)
    rest = found["rest"].strip() if found else ""
    if found and found["name"]:
        return ":::" not in rest
    return rest.startswith("{") and rest.endswith("}")


_BRACES = re.compile(r"\A\{([^{}]*)\}|\{([^{}]*)\}\Z")


def read_box(info: str) -> Box:
    """What stands behind the colons of a container's first line."""
    found = _INFO.fullmatch(info)
    name, rest = (found["name"] or "", found["rest"].strip()) if found else ("", "")
    title, attributes = "", {}
    if rest.startswith("[") and (end := _closing(rest)):
        title, rest = rest[1:end], rest[end + 1 :].strip()
    braces = _BRACES.search(rest)
    given = read_attributes(braces[1] or braces[2] or "") if braces else None
    if braces and given:
        attributes = given
        rest = f"{rest[: braces.start()]}{rest[braces.end() :]}".strip()
    title = title or attributes.pop("title", "") or rest
    return Box(name=name.lower(), title=title.strip(), attributes=attributes)


def _closing(text: str) -> int:
    """Where the bracket ends with which `text` begins; 0 if it does not."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "[") - (sign == "]")
        if depth == 0:
            return place
    return 0


def _shape_boxes(state: StateCore) -> None:
    if _has_marks(state):
        _drop_ends(state.tokens)
    if any(token.type in (_OPEN, "alert_open") for token in state.tokens):
        state.tokens = _shaped(state.tokens, state.env.get("words", {}))


def _drop_ends(tokens: list[Token]) -> None:
    """Takes away ends that close nothing, as equal colons within each other leave."""
    for index in range(len(tokens) - 2, 0, -1):
        inline = tokens[index]
        if inline.type != "inline":
            continue
        lines = inline.content.split("\n")
        kept = [line for line in lines if not _END.fullmatch(line)]
        if len(kept) < len(lines) and tokens[index - 1].type == "paragraph_open":
            inline.content = "\n".join(kept)
            inline.meta["stray"] = True
            tokens[index - 1].hidden = tokens[index + 1].hidden = not kept


def _shaped(tokens: Sequence[Token], words: Mapping[str, str]) -> list[Token]:
    """All tokens with the containers among them shaped, inner ones first."""
    stack: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == _OPEN:
            stack.append([])
        stack[-1].append(token)
        if token.type == _CLOSE:
            inner = stack.pop()
            stack[-1] += _shape(inner, words)
        elif token.type == "alert_open":
            kind = token.meta["kind"].lower()
            token.attrs = {"class": f"alert {kind}", "role": "note"}
        elif token.type == "alert_title_open":
            token.attrs = {"class": "alert-title"}
        elif token.type == "alert_title_close":
            title = stack[-1][-2]
            title.content = words.get(title.content.lower(), title.content)
    return stack[0]


def _shape(tokens: list[Token], words: Mapping[str, str]) -> list[Token]:
    box = read_box(tokens[0].info)
    if not box.title and box.name in _TITLES:
        box = replace(box, title=words.get(_TITLES[box.name], box.name))
    tokens[0].meta["box"] = box
    return SHAPES.get(box.name, _plain)(box, tokens)


def _alert(box: Box, tokens: list[Token]) -> list[Token]:
    """A box with a title, which says what kind it is."""
    first = tokens[0]
    first.attrs = {"class": f"alert {box.name}", "role": "note"}
    give(first, box.attributes)
    title = _line("p", box.title, first, {"class": "alert-title"})
    return [first, *title, *tokens[1:]]


def _details(box: Box, tokens: list[Token]) -> list[Token]:
    """A box that readers open."""
    first, last = tokens[0], tokens[-1]
    first.tag = last.tag = "details"
    give(first, box.attributes)
    return [first, *_line("summary", box.title, first, {}), *tokens[1:]]


def _plain(box: Box, tokens: list[Token]) -> list[Token]:
    """An element without a look of its own: classes by Pandoc, or an unknown name."""
    first = tokens[0]
    give(first, box.attributes)
    title = _line("p", box.title, first, {"class": "alert-title"}) if box.title else []
    return [first, *title, *tokens[1:]]


def _line(
    tag: str, content: str, above: Token, attrs: dict[str, str | int | float]
) -> list[Token]:
    """A line of running text at the head of a container."""
    begin = Token("box_title_open", tag, 1, attrs=attrs, block=True, map=above.map)
    inline = Token("inline", "", 0, content=content, children=[], map=above.map)
    end = Token("box_title_close", tag, -1, block=True)
    return [begin, inline, end]


_TITLES = {**ALERTS, "details": "details"}

SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        **dict.fromkeys(ALERTS, _alert),
        "details": _details,
        # What these become depends on each other: `markdown/tabs.py`.
        **dict.fromkeys(("tabs", "tab"), _plain),
    }
)
"""What a container is shown as, by its name; a newcomer adds a row."""


def check_containers(text: Text) -> None:
    """Warns of names that mean nothing, and of containers without an end."""
    told: set[str] = set()
    for token in text.tokens:
        if "stray" in token.meta:
            text.facts.report.warning(
                "unclosed-admonition",
                text.span(token, ":::"),
                "this ::: closes nothing, and is left out",
                hint="write more colons around a block that holds others",
            )
        box: Any = token.meta.get("box")
        if box is None:
            continue
        if box.name and box.name not in SHAPES and box.name not in told:
            told.add(box.name)
            text.facts.report.warning(
                "unknown-admonition",
                text.span(token, box.name),
                f"there is no admonition {box.name!r}; its text is shown without a box",
                hint=suggest(box.name, SHAPES) or f"use one of {', '.join(ALERTS)}",
            )
        last = token.map[1] if token.map else 0
        if last >= len(text.lines) or not _END.fullmatch(text.lines[last]):
            text.facts.report.warning(
                "unclosed-admonition",
                text.span(token, token.markup),
                f"the {token.markup} of this line is never closed",
                hint=f"add a line {token.markup} below its text, and more colons to "
                "what holds it",
            )
