"""What the attributes of a tag come to: texts, and HTML with nothing to run."""

import re
from html import escape, unescape

from blog.mdx.attributes import css, html_name
from blog.mdx.document import Document
from blog.mdx.javascript import static, without_comments
from blog.mdx.tags import VOID, Attribute, Tag

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
    end = f"</{name}>" if tag.is_empty and name.lower() not in VOID else ""
    return f"<{name}{written}>{end}"


def _written(doc: Document, tag: Tag, given: Attribute, renamed: dict[str, str]) -> str:
    """An attribute with the space before it; empty if it is left out."""
    name = renamed.get(given.name, html_name(given.name))
    if not name or given.name in _SILENT:
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
    computed = known(code, doc.modules.texts)
    if computed is None:
        _tell(doc, tag, given.name)
        return ""
    return f' {name}="{_one_line(escape(computed))}"'


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
