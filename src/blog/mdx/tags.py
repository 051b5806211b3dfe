"""One tag of JSX or HTML: its name and its attributes, as they are written."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_HEAD = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w$.:-]*)?")
_ATTRIBUTE = re.compile(
    r"""\s*(?:
        (?P<name>[A-Za-z_:@][\w:.@-]*)
        (?:\s*=\s*(?:
            "(?P<double>[^"]*)" | '(?P<single>[^']*)'
          | (?P<brace>\{) | (?P<bare>[^\s"'=<>`{}]+)
        ))?
      | (?P<spread>\{)
      | (?P<end>/?>)
    )""",
    re.VERBOSE,
)
_EMPTY = "area base br col embed hr img input link meta source track wbr"
VOID = frozenset(_EMPTY.split())
"""Elements without content, which have no end tag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """An attribute; a spread has no name."""

    name: str
    text: str | None = None
    """The value between quotes, its entities as they are; None if it is none."""
    code: str | None = None
    """The value between braces; None if it is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag and its place in the text."""

    name: str
    """Empty for the tags of a fragment, `<>` and `</>`."""
    start: int
    end: int
    is_close: bool = False
    is_empty: bool = False
    """Whether it ends with `/>`."""
    attributes: tuple[Attribute, ...] = ()

    def get(self, name: str) -> Attribute | None:
        """The attribute of this name."""
        return next((each for each in self.attributes if each.name == name), None)

    @property
    def is_component(self) -> bool:
        """Whether it is none of HTML: `<Tabs>`, `<Foo.Bar>`, `<x.y>`."""
        return self.name[:1].isupper() or "." in self.name


def read_tag(text: str, start: int, closing: Callable[[int], int]) -> Tag | None:
    """The tag at `start`; None if there is none.

    `closing` gives the place behind the brace that closes the one at a place, or 0.
    """
    head = _HEAD.match(text, start)
    if head is None:
        return None
    name, place = head["name"] or "", head.end()
    if head["close"] or not name:
        end = len(text[place : place + 200]) - len(text[place : place + 200].lstrip())
        if text[place + end : place + end + 1] != ">":
            return None
        is_close = bool(head["close"])
        return Tag(name=name, start=start, end=place + end + 1, is_close=is_close)
    attributes = []
    for each in _attributes(text, place, closing):
        if each is None:
            return None
        if isinstance(each, Attribute):
            attributes.append(each)
        else:
            return Tag(
                name=name,
                start=start,
                end=each.end(),
                is_empty=each["end"] == "/>",
                attributes=tuple(attributes),
            )
    return None


def _attributes(
    text: str, place: int, closing: Callable[[int], int]
) -> Iterator[Attribute | re.Match[str] | None]:
    """Every attribute, then the end of the tag; None where it is not understood."""
    while found := _ATTRIBUTE.match(text, place):
        place = found.end()
        if found["end"]:
            yield found
            return
        if found["brace"] or found["spread"]:
            begin, place = place, closing(place - 1)
            if not place:
                break
            code = text[begin : place - 1]
            yield Attribute(name=found["name"] or "", code=code)
            continue
        values = (found["double"], found["single"], found["bare"])
        value = next((each for each in values if each is not None), None)
        yield Attribute(name=found["name"], text=value)
    yield None
