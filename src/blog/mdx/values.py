"""What the attributes of a tag come to: texts, and HTML with nothing to run."""

import re
from collections.abc import Mapping
from html import escape, unescape

from blog.mdx.attributes import css, html_name
from blog.mdx.document import Document
from blog.mdx.javascript import closing, static, without_comments
from blog.mdx.tags import VOID, Attribute, Tag, read_tag

_SILENT = frozenset({"key", "ref", "suppressHydrationWarning"})
"""What React alone makes something of."""
_NOTHING = ("false", "null", "undefined")


def text_of(doc: Document, tag: Tag, *names: str) -> str:
    """The text of the first of these attributes that has one; may be empty."""
    for name in names:
        given = tag.get(name)
        value = None if given is None else _value(doc, given)
        if value:
            return value
    return ""


def _value(doc: Document, given: Attribute) -> str | None:
    """The text of an attribute, its entities decoded; None if code makes it."""
    if given.code is not None:
        return static(given.code, doc.modules.texts)
    return unescape(given.text or "")


def start_tag(
    doc: Document, tag: Tag, name: str, renamed: dict[str, str] | None = None
) -> str:
    """The tag as HTML has it, as an element `name`, closed if it was.

    Attributes are `renamed`, and left out where their new name is empty.
    """
    written = "".join(
        _written(doc, tag, each, renamed or {}) for each in tag.attributes
    )
    return f"<{name}{written}>{_end(tag, name)}"


def _end(tag: Tag, name: str) -> str:
    """The end tag that HTML needs where JSX has `/>`."""
    return f"</{name}>" if tag.is_empty and name.lower() not in VOID else ""


def _written(doc: Document, tag: Tag, given: Attribute, renamed: dict[str, str]) -> str:
    """An attribute with the space before it; empty if it is left out."""
    name = renamed.get(given.name, html_name(given.name))
    if not name:
        return ""
    written = _plain(given, name, doc.modules.texts)
    if written is None:
        _tell(doc, tag, given.name)
        return ""
    return written


def _plain(given: Attribute, name: str, texts: Mapping[str, str]) -> str | None:
    """An attribute as HTML has it, with the space before it; None if code makes it.

    Empty if it means something to React alone.
    """
    if given.name in _SILENT:
        return ""
    if given.code is None:
        value = None if given.text is None else given.text.replace('"', "&quot;")
        return f" {name}" if value is None else f' {name}="{_one_line(value)}"'
    code = without_comments(given.code)
    if code == "true" and not name.startswith(("aria-", "data-")):
        return f" {name}"
    if code in _NOTHING and not name.startswith(("aria-", "data-")):
        return ""
    if code in ("true", "false"):
        return f' {name}="{code}"'
    known = css if name == "style" and code.startswith("{") else static
    computed = known(code, texts)
    return None if computed is None else f' {name}="{_one_line(escape(computed))}"'


def _tell(doc: Document, tag: Tag, name: str) -> None:
    """Says that an attribute is left out, for which code would have to run."""
    if re.match("on[A-Z]", name):
        message = f"{name!r} has no effect: no code of a post runs"
    else:
        message = f"{name!r} is left out: its value comes of code, which does not run"
    doc.tell(
        "mdx-code",
        "attribute",
        tag.start,
        tag.end - tag.start,
        message,
        "write its value as text, or take it out",
    )


def _one_line(value: str) -> str:
    return " ".join(value.split("\n")) if "\n" in value else value


_LONGEST = 500
"""Characters of a value between braces in a text that is no MDX."""


def html_tag(text: str, start: int) -> tuple[str, int] | None:
    """The start tag of JSX at `start` as HTML, and the place behind it.

    None if there is none: no tag, one that is HTML already, or one with code in it.
    """
    tag = read_tag(text, start, lambda place: closing(text, place, _LONGEST))
    if tag is None or tag.is_component or not any(map(_is_foreign, tag.attributes)):
        return None
    written = [_plain(each, html_name(each.name), {}) for each in tag.attributes]
    if None in written:
        return None
    html = f"<{tag.name}{''.join(filter(None, written))}>{_end(tag, tag.name)}"
    return html, tag.end


def _is_foreign(given: Attribute) -> bool:
    return given.code is not None or given.name in ("className", "htmlFor")
