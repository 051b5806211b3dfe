"""The components of Docusaurus that posts use, each as Markdown or HTML has it."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from types import MappingProxyType

from blog.mdx.document import Container, Document
from blog.mdx.javascript import elements, members, static
from blog.mdx.tags import Tag
from blog.mdx.values import start_tag, text_of
from blog.model import MARK

Component = Callable[[Document, Tag], int]
"""Writes what a tag becomes; gives the place up to which the text is done."""
_DEEPEST = 8
"""Containers within each other; those within them are left out."""


def element(doc: Document, tag: Tag, *, name: str, **renamed: str) -> int:
    """An element of HTML that does the same."""
    new = f"</{name}>" if tag.is_close else start_tag(doc, tag, name, renamed)
    doc.sheet.replace(tag.start, tag.end, new)
    return tag.end


def children(doc: Document, tag: Tag) -> int:
    """Nothing but what it holds."""
    doc.sheet.replace(tag.start, tag.end, "")
    return tag.end


def nothing(doc: Document, tag: Tag) -> int:
    """Neither the tag nor what it holds."""
    end = tag.end if tag.is_empty or tag.is_close else doc.end_of(tag)[1] or tag.end
    doc.sheet.replace(tag.start, end, "")
    return end


def container(doc: Document, tag: Tag, begin: Callable[[Document, Tag], str]) -> int:
    """A block between marks, whose first line `begin` gives."""
    if tag.is_close:
        return _close(doc, tag)
    if tag.is_empty or not doc.is_closed(tag) or doc.depth >= _DEEPEST:
        return children(doc, tag)
    marks = MARK * (3 + _DEEPEST - doc.depth)
    doc.open.append(
        Container(
            name=tag.name,
            marks=marks,
            labels=_labels(tag),
            chosen=text_of(doc, tag, "defaultValue"),
        )
    )
    return doc.own_line(tag.start, tag.end, f"{marks}{begin(doc, tag)}")


def _close(doc: Document, tag: Tag) -> int:
    """The end of the container, and of those in it that have none."""
    if all(each.name != tag.name for each in doc.open):
        return children(doc, tag)
    ends: list[tuple[str, str]] = []
    while not ends or ends[-1][0] != tag.name:
        last = doc.open.pop()
        ends.append((last.name, last.marks))
    return doc.own_line(tag.start, tag.end, "\n".join(marks for _, marks in ends))


def _labels(tag: Tag) -> dict[str, str]:
    """The labels of tabs by their values, as `values` on `<Tabs>` lists them."""
    given = tag.get("values")
    tabs = [members(each) for each in elements(given.code or "")] if given else []
    texts = [{k: static(v, {}) or "" for k, v in tab.items()} for tab in tabs]
    return {each["value"]: each.get("label", "") for each in texts if "value" in each}


def _tabs(doc: Document, tag: Tag) -> str:
    group = _safe(text_of(doc, tag, "groupId"))
    return f'tabs{{group="{group}"}}' if group else "tabs"


def _tab(doc: Document, tag: Tag) -> str:
    value = text_of(doc, tag, "value")
    labels = doc.open[-2].labels if len(doc.open) > 1 else {}
    label = text_of(doc, tag, "label") or labels.get(value) or value
    is_chosen = len(doc.open) > 1 and doc.open[-2].chosen == value != ""
    given = [f'value="{_safe(value)}"'] if value else []
    given += ["default"] if tag.get("default") or is_chosen else []
    attributes = f"{{{' '.join(given)}}}" if given else ""
    return f"tab[{_title(label) or 'Tab'}]{attributes}"


def _admonition(doc: Document, tag: Tag) -> str:
    kind = re.sub(r"[^\w-]", "", text_of(doc, tag, "type")) or "note"
    title = text_of(doc, tag, "title")
    return f"{kind}[{_title(title)}]" if title.strip() else kind


def _title(text: str) -> str:
    """A text for between brackets."""
    signs = {
        "[": "&#91;",
        "]": "&#93;",
        "<": "&lt;",
        "&": "&amp;",
        "{": "&#123;",
        ":": "&#58;",
    }
    return "".join(signs.get(sign, sign) for sign in " ".join(text.split()))


def _safe(value: str) -> str:
    """A value for between quotes and braces."""
    return " ".join(re.sub(r'["{}<>\\]', " ", value).split())


def details(doc: Document, tag: Tag) -> int:
    """`<Details summary="…">`."""
    if tag.is_close:
        return element(doc, tag, name="details")
    summary = text_of(doc, tag, "summary")
    head = f"<summary>{escape(summary)}</summary>" if summary else ""
    new = start_tag(doc, tag, "details", {"summary": ""})
    return doc.own_line(tag.start, tag.end, f"{new}\n{head}\n")


def code_block(doc: Document, tag: Tag) -> int:
    """A fence with the text between the tags, or with the template between braces."""
    start, end = doc.end_of(tag)
    if tag.is_close or tag.is_empty or not end:
        return children(doc, tag)
    inner = doc.text[tag.end : start].strip("\n")
    if inner.strip().startswith("{") and inner.strip().endswith("}"):
        known = static(inner.strip()[1:-1], doc.modules.texts)
        inner = inner if known is None else known.strip("\n")
    runs = [len(run) for run in re.findall("`{3,}", inner)]
    fence = "`" * (max(runs, default=2) + 1)
    language = re.sub(r"[^\w+#.-]", "", text_of(doc, tag, "language"))
    title = re.sub(r"[\"`\n]", "", text_of(doc, tag, "title"))
    meta = f' title="{title}"' if title else ""
    meta += " showLineNumbers" if tag.get("showLineNumbers") else ""
    return doc.own_line(
        tag.start, end, f"{fence}{language}{meta}\n{_dedented(inner)}\n{fence}"
    )


def _dedented(code: str) -> str:
    lines = code.rstrip().split("\n")
    full = [line for line in lines if line.strip()]
    indent = min((len(line) - len(line.lstrip()) for line in full), default=0)
    return "\n".join(line[indent:] for line in lines)


def themed_image(doc: Document, tag: Tag) -> int:
    """A picture for light pages and one for dark."""
    given = tag.get("sources")
    texts = doc.modules.texts
    found = members(given.code or "") if given else {}
    light, dark = (static(found.get(n, ""), texts) or "" for n in ("light", "dark"))
    new = start_tag(doc, tag, "img", {"sources": ""})
    new = f'<img src="{escape(light or dark)}"{new.removeprefix("<img")}'
    if light and dark:
        media = "(prefers-color-scheme: dark)"
        source = f'<source srcset="{escape(dark)}" media="{media}">'
        new = f"<picture>{source}{new}</picture>"
    doc.sheet.replace(tag.start, tag.end, new if light or dark else "")
    return tag.end


def unknown(doc: Document, tag: Tag) -> int:
    """What it holds, and for one that holds nothing a link to where it leads."""
    file = doc.modules.parts.get(tag.name)
    part = doc.part(file) if file and tag.is_empty else None
    if part is not None:
        return doc.own_line(tag.start, tag.end, f"\n{part.strip()}\n")
    if not tag.is_close:
        doc.tell(
            "unknown-component",
            tag.name,
            tag.start,
            len(tag.name) + 1,
            f"the file {file!r} cannot be put in here"
            if file
            else f"the component {tag.name!r} is left out, only what it holds is shown",
            "put it beside the post" if file else "write it in Markdown or HTML",
        )
    address = text_of(doc, tag, "url", "href", "to") if tag.is_empty else ""
    label = text_of(doc, tag, "title", "name", "label", "text") or address
    link = f'<a href="{escape(address)}">{escape(label)}</a>' if address else ""
    doc.sheet.replace(tag.start, tag.end, link)
    return tag.end


COMPONENTS: Mapping[str, Component] = MappingProxyType(
    {
        "Tabs": partial(container, begin=_tabs),
        "TabItem": partial(container, begin=_tab),
        "Admonition": partial(container, begin=_admonition),
        "Details": details,
        "CodeBlock": code_block,
        "ThemedImage": themed_image,
        "Link": partial(element, name="a", to="href"),
        "Image": partial(element, name="img", img="src"),
        "Img": partial(element, name="img"),
        "IdealImage": partial(element, name="img", img="src"),
        "Video": partial(element, name="video"),
        "Audio": partial(element, name="audio"),
        "Head": nothing,
        "head": nothing,
        "BrowserOnly": children,
        "Fragment": children,
        "React.Fragment": children,
        "Translate": children,
        "TOCInline": children,
    }
)
"""What each component becomes, by its name; a newcomer adds a row."""


def component(doc: Document, tag: Tag) -> Component | None:
    """What becomes of the tag; None for an element of HTML."""
    if known := COMPONENTS.get(tag.name):
        return known
    if not tag.name:
        return children
    if not tag.is_component:
        return None
    picture = doc.modules.texts.get(tag.name)
    return partial(_picture, address=picture) if picture else unknown


def _picture(doc: Document, tag: Tag, address: str) -> int:
    """A picture that was imported as a component."""
    alt = "" if tag.get("alt") else ' alt=""'
    new = start_tag(doc, tag, "img").removeprefix("<img")
    doc.sheet.replace(tag.start, tag.end, f'<img src="{escape(address)}"{alt}{new}')
    return tag.end
