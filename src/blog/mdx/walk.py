"""The walk through a text of MDX: what is code, what is markup, and what becomes of it.

Linear in the length of the text, whatever it holds.
"""

import re
from html import escape
from string import punctuation

from blog.engine import Reader
from blog.mdx.components import component
from blog.mdx.document import PREFIX, Document
from blog.mdx.javascript import static, without_comments
from blog.mdx.parts import Parts
from blog.mdx.tags import VOID, Tag, read_tag
from blog.mdx.values import start_tag
from blog.model import Prepared, Source

_NEEDED = re.compile(r"[{<]|^(?:import|export)\b", re.MULTILINE)
_NEXT = re.compile(
    rf"^{PREFIX.pattern}(?:(?P<ticks>`{{3,}})[^`\n]*|(?P<tildes>~{{3,}})[^\n]*)$"
    r"|^(?P<module>import|export)\b"
    r"|\\.|`+|\{|<(?=[A-Za-z/>!])|\$",
    re.MULTILINE | re.DOTALL,
)
"""Where something begins that is no mere text."""
_MATH = re.compile(
    r"\$\$[^$]{1,5000}\$\$|\$(?=[^\s$])(?!\d[^$\n<]* )[^$\n<]*[^\s$<\\]\$(?!\d)"
)
"""A formula, whose braces are TeX; a number with spaces behind it is a price."""
_HEADING = re.compile(r"[ \t>]*#{1,6}[ \t]")
_ID = re.compile(r"\s*#([^\s{}#\"<>]+)\s*")
_MARK = re.compile(r"\s*truncate\s*")
_ATTRIBUTES = re.compile(r"\{(?:[#.:%{][^{}\n]*\}+|\s*\})")
"""Braces that mean something to others, and empty ones."""
_FUNCTION = re.compile(r"(?:async\s*)?(?:\([^()]*\)|[\w$]+)\s*=>|function\b")


def prepared(source: Source, facts: Reader) -> Prepared:
    """The text of a post in MDX as Markdown with HTML.

    Comments, imports and tags over many lines take one line or none: the origin says
    where each line came from.
    """
    return _prepared(source, Parts(facts=facts, prepare=_part, around=[source.path]))


def _part(source: Source, parts: Parts) -> str:
    return _prepared(source, parts).text


def _prepared(source: Source, parts: Parts) -> Prepared:
    if not _NEEDED.search(source.text):
        return Prepared(text=source.text)
    doc = Document(source, parts)
    place = 0
    while found := _NEXT.search(doc.text, place):
        place = _step(doc, found)
    text, origin = doc.sheet.finish()
    for each in reversed(doc.open):
        text += f"\n{each.marks}"
        origin = (*(origin or range(doc.text.count("\n") + 1)), doc.text.count("\n"))
    return Prepared(text=text, origin=origin)


def _step(doc: Document, found: re.Match[str]) -> int:
    """The place up to which the text is done."""
    start, sign = found.start(), found[0][:1]
    if start >= doc.raw_until:
        if found["ticks"] or found["tildes"]:
            return _end_of_fence(doc, found)
        if found["module"]:
            return _module(doc, found)
        if sign == "`":
            return _end_of_code(doc, found)
        if sign == "$":
            math = _MATH.match(doc.text, start)
            return math.end() if math else start + 1
    if found[0] == "{":
        return _braces(doc, start)
    if found[0] == "<":
        return _angle(doc, start)
    return found.end() if sign == "\\" else start + 1


def _end_of_fence(doc: Document, found: re.Match[str]) -> int:
    marks = found["ticks"] or found["tildes"]
    end = re.compile(
        rf"^[ \t>]*{re.escape(marks)}{re.escape(marks[0])}*[ \t]*$", re.MULTILINE
    ).search(doc.text, found.end())
    return end.end() if end else len(doc.text)


def _end_of_code(doc: Document, found: re.Match[str]) -> int:
    """The end of running code, or of its marks if they are not met again."""
    limit = doc.block_end(found.end())
    for marks in re.compile("`+").finditer(doc.text, found.end(), limit):
        if marks[0] == found[0]:
            return marks.end()
    return found.end()


def _module(doc: Document, found: re.Match[str]) -> int:
    """The end of imports and exports, which begin a block of their own."""
    start = found.start()
    above = doc.text[doc.sheet.start_of_line(max(start - 1, 0)) : start]
    is_block = not above.strip() or doc.module_end == start - 1 > 0
    end = doc.modules.read(doc.text, start, doc.closing) if is_block else 0
    if not end:
        return found.end()
    doc.sheet.replace(start, end, "")
    doc.module_end = end
    return end


def _braces(doc: Document, start: int) -> int:
    """An expression: a comment, a text, or what only code could tell."""
    if given := _ATTRIBUTES.match(doc.text, start):
        return _attributes(doc, start, given.end())
    end = doc.closing(start)
    if not end:
        return start + 1
    written = doc.text[start + 1 : end - 1]
    code = without_comments(written)
    if not code:
        return _comment(doc, start, end, written.strip()[2:-2])
    shown = static(code, doc.modules.texts)
    if shown is not None:
        doc.sheet.replace(start, end, _literally(shown, start < doc.raw_until))
        return end
    is_function = _FUNCTION.match(code) is not None
    name = " ".join(code.split())
    doc.tell(
        "mdx-code",
        "expression",
        start,
        end - start,
        f"the expression {name if len(name) < 40 else name[:39] + '…'!r} is "
        + ("left out: no code of a post runs" if is_function else "shown as text"),
        "write what it would put here, or \\{ for a brace",
    )
    if is_function:
        doc.sheet.replace(start, end, "")
    return end if is_function else start + 1


def _attributes(doc: Document, start: int, end: int) -> int:
    """Stay, but the id of a heading may hold any sign."""
    ident = _ID.fullmatch(doc.text, start + 1, end - 1)
    if ident and "." in ident[1] and _ends_heading(doc, start, end):
        doc.sheet.replace(start, end, _id(ident[1]))
    return end


def _id(ident: str) -> str:
    return f'{{id="{ident}"}}'


def _comment(doc: Document, start: int, end: int, remark: str) -> int:
    """Goes, but for the mark of a summary and the id of a heading."""
    new = ""
    if _MARK.fullmatch(remark):
        new = "<!-- truncate -->"
    elif ident := _ID.fullmatch(remark):
        new = _id(ident[1]) if _ends_heading(doc, start, end) else ""
    doc.sheet.replace(start, end, new)
    return end


def _ends_heading(doc: Document, start: int, end: int) -> bool:
    last = doc.sheet.end_of_line(start)
    is_heading = _HEADING.match(doc.text, doc.sheet.start_of_line(start), start)
    return bool(is_heading) and end <= last and not doc.text[end:last].strip()


_SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in punctuation if sign not in ",;?'/"}


def _literally(text: str, is_raw: bool) -> str:
    """A text that means nothing to Markdown."""
    if is_raw:
        return escape(text, quote=False)
    return re.sub(r"\s*\n\s*", " ", text).translate(_SIGNS)


def _angle(doc: Document, start: int) -> int:
    """A tag of JSX or HTML, or a comment of HTML."""
    if doc.text.startswith("<!", start):
        return _remark(doc, start)
    if doc.text.startswith("](", max(start - 2, 0)):
        return start + 1
    tag = read_tag(doc.text, start, doc.closing)
    if tag is None or _is_prose(doc, tag):
        if tag or doc.text[start + 1 : start + 2].isupper():
            doc.sheet.replace(start, start + 1, "&lt;")
        return start + 1
    if known := component(doc, tag):
        return known(doc, tag)
    return _element(doc, tag)


def _is_prose(doc: Document, tag: Tag) -> bool:
    """Whether what looks like a component is none: nothing closes it."""
    if tag.is_close or tag.is_empty or not (tag.is_component or not tag.name):
        return False
    return not doc.is_closed(tag)


def _element(doc: Document, tag: Tag) -> int:
    written = doc.text[tag.start : tag.end]
    is_foreign = "\n" in written or any(
        each.code is not None or not each.name.islower() for each in tag.attributes
    )
    if is_foreign or (tag.is_empty and tag.name.lower() not in VOID):
        new = f"</{tag.name}>" if tag.is_close else start_tag(doc, tag, tag.name)
        doc.sheet.replace(tag.start, tag.end, new)
    if tag.is_close or tag.is_empty:
        return tag.end
    end = doc.end_of(tag)[0] if tag.name in ("pre", "script", "style") else 0
    if tag.name == "pre":
        doc.raw_until = end
    elif end:
        return _raw(doc, tag, end)
    return tag.end


def _raw(doc: Document, tag: Tag, end: int) -> int:
    """The content of a script or a style sheet; JSX has it as a template in braces."""
    inner = doc.text[tag.end : end].strip()
    is_template = inner.startswith("{") and inner.endswith("}")
    text = static(inner[1:-1], doc.modules.texts) if is_template else None
    if text is not None:
        doc.sheet.replace(tag.end, end, text)
    return end


def _remark(doc: Document, start: int) -> int:
    """The end of a comment of HTML; one behind a heading may be its id."""
    if not doc.text.startswith("<!--", start):
        return start + 1
    end = doc.text.find("-->", start + 4) + 3
    if end == 2:
        return start + 1
    ident = _ID.fullmatch(doc.text, start + 4, end - 3)
    if ident and _ends_heading(doc, start, end):
        doc.sheet.replace(start, end, _id(ident[1]))
    return end
