"""Tabs: of several variants one is seen, and readers choose without a script.

`::::tabs` holds `:::tab[Label]` with any content; blocks of code right after each other
that say `tab="Label"` are a set as well. Radio buttons do the choosing, so keyboards
and screen readers know how; without a style sheet all variants are there, each below
its label.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape, unescape

from markdown_it.token import Token

from blog.markdown.additions.braces import read_attributes
from blog.markdown.code.meta import read_meta
from blog.markdown.text import Text
from blog.markdown.words import said

_OPEN, _CLOSE = "container_box_open", "container_box_close"


def set_tabs(text: Text) -> None:
    """Turns tabs of both kinds into radio buttons, labels and what they choose."""
    if any(
        (token.type == _OPEN and _name(token) in ("tabs", "tab"))
        or (token.type == "fence" and _label(token))
        for token in text.tokens
    ):
        text.tokens = _Rewriting(text=text).tokens()


def _name(token: Token) -> str:
    """The name of the container that the token opens; empty if it opens none."""
    box = token.meta.get("box") if token.type == _OPEN else None
    return str(box.name) if box else ""


def _label(token: Token) -> str:
    """The label of a block of code that is a variant; else empty."""
    is_one = token.type == "fence" and "tab" in token.info
    return read_meta(token.info).tab if is_one else ""


@dataclass(slots=True, kw_only=True)
class _Set:
    """Variants of which one is seen."""

    id: str
    inputs: list[Token] = field(default_factory=list)
    chosen: Token | None = None

    def button(self, value: str, *, is_chosen: bool = False) -> Token:
        """The radio button of the next variant."""
        ident = f"{self.id}-{len(self.inputs) + 1}"
        attrs = {"type": "radio", "name": self.id, "id": ident}
        made = Token("tab_input", "input", 0, attrs={**attrs}, block=True)
        if value:
            made.attrs["value"] = value
        if is_chosen:
            self.chosen = made
        self.inputs.append(made)
        return made

    def close(self) -> None:
        """Chooses the first variant where its author has chosen none."""
        chosen = self.chosen or (self.inputs[0] if self.inputs else None)
        if chosen:
            chosen.attrs["checked"] = ""


@dataclass(slots=True, kw_only=True)
class _Rewriting:
    """Goes through the tokens of one text."""

    text: Text
    made: list[Token] = field(default_factory=list)
    open: list[_Set | None] = field(default_factory=list)
    """The containers around the present place; None for those that are no set."""
    count: int = 0
    """Of sets so far."""
    has_told: bool = False
    """Whether a tab outside of a set was told."""

    def tokens(self) -> list[Token]:
        """All tokens, with tabs as they are shown."""
        given, index = self.text.tokens, 0
        while index < len(given):
            name = _name(given[index])
            if name == "tabs":
                index += self._begin(given[index])
            elif name == "tab":
                index += self._tab(given, index)
            elif _label(given[index]):
                index += self._blocks(given, index)
            else:
                index += self._other(given[index])
        return self.made

    def _set(self) -> _Set:
        self.count += 1
        return _Set(id=f"tabs-{self.text.env['docId']}-{self.count}")

    def _group(self, classes: str) -> dict[str, str | int | float]:
        label = unescape(said(self.text.env, "variants"))
        return {"class": classes, "role": "group", "aria-label": label}

    def _begin(self, token: Token) -> int:
        self.open.append(self._set())
        given = token.meta["box"].attributes
        token.attrs = self._group(_joined("tabs", given.get("class", "")))
        if ident := given.get("id"):
            token.attrs["id"] = ident
        if group := given.get("group"):
            token.attrs["data-group"] = group
        self.made.append(token)
        return 1

    def _tab(self, given: Sequence[Token], index: int) -> int:
        """One variant; its title is its label."""
        token, above = given[index], self.open[-1] if self.open else None
        self.open.append(None)
        title = list(given[index + 1 : index + 4])
        has_title = bool(title) and title[0].type == "box_title_open"
        if above is None:
            self._tell_lone(token)
            self.made.append(token)
            return 1
        attributes, is_chosen = _attributes(token.info)
        button = above.button(attributes.get("value", ""), is_chosen=is_chosen)
        token.attrs = {"class": _joined("tab", attributes.get("class", ""))}
        if has_title:
            title[0].tag = title[2].tag = "label"
            title[0].attrs = {"for": button.attrs["id"]}
            self.made += [button, *title, token]
        else:
            self.made += [button, _label_of(button, str(len(above.inputs))), token]
        return 4 if has_title else 1

    def _blocks(self, given: Sequence[Token], index: int) -> int:
        """Blocks of code right after each other are the variants of one set."""
        end, set_ = index, self._set()
        begin = Token("tabs_open", "div", 1, block=True, map=given[index].map)
        begin.attrs = self._group("tabs")
        self.made.append(begin)
        while end < len(given) and (label := _label(given[end])):
            button = set_.button("")
            panel = Token("tab_open", "div", 1, attrs={"class": "tab"}, block=True)
            close = Token("tab_close", "div", -1, block=True)
            self.made += [button, _label_of(button, label), panel, given[end], close]
            end += 1
        set_.close()
        self.made.append(Token("tabs_close", "div", -1, block=True))
        return end - index

    def _other(self, token: Token) -> int:
        if token.type == _OPEN:
            self.open.append(None)
        elif token.type == _CLOSE and self.open:
            closed = self.open.pop()
            if closed is not None:
                closed.close()
        self.made.append(token)
        return 1

    def _tell_lone(self, token: Token) -> None:
        if self.has_told:
            return
        self.has_told = True
        self.text.facts.report.warning(
            "lone-tab",
            self.text.span(token, "tab"),
            "this tab stands outside of a set of tabs",
            hint="write '::::tabs' above the first of them and '::::' below the last",
        )


_BRACES = re.compile(r"\{([^{}]*)\}\s*\Z")


def _attributes(info: str) -> tuple[dict[str, str], bool]:
    """What stands between braces, and whether the word `default` is among it."""
    found = _BRACES.search(info)
    words = found[1].split() if found else []
    kept = " ".join(word for word in words if word != "default")
    return read_attributes(kept) or {}, "default" in words


def _label_of(button: Token, label: str) -> Token:
    ident = escape(str(button.attrs["id"]))
    html = f'<label for="{ident}">{escape(label)}</label>\n'
    return Token("html_block", "", 0, content=html, block=True)


def _joined(name: str, others: str) -> str:
    return f"{name} {others}".strip()
