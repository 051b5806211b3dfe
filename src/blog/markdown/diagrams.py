"""Fences whose code a program draws: `[markdown.diagrams] dot = "dot -Tsvg"`.

A drawing is made once, whichever posts hold its code. It stands in the page as a
picture, so that nothing in it can run or meet the rest of the page. A language whose
program is a script of the site, `mermaid = "/js/mermaid.mjs"`, is drawn by the reader's
browser.
"""

import re
from collections.abc import Iterator, Set
from html import escape
from urllib.parse import quote

from markdown_it.token import Token

from blog.digests import digest_of
from blog.engine import Reader
from blog.images import drawing_size
from blog.markdown.code.meta import read_meta
from blog.markdown.parsing import parsed, parsed_excerpt
from blog.markdown.preparing import prepare
from blog.markdown.text import Text
from blog.model import Drawing, Source
from blog.programs import answer_of

_LANGUAGE = re.compile(
    r"(?:```|~~~|\blang-|\blanguage-)[ \t]*(?:\{[ \t]*\.)?([\w+#.-]+)"
)
"""What names the language of a block: a fence, or a class as kramdown has it."""
_SCRIPT = re.compile(r"/[\w./-]+\.m?js")

Code = tuple[str, str]
"""The language of a fence, and what it holds."""


def is_script(program: str) -> bool:
    """Whether the reader's browser is to draw."""
    return bool(_SCRIPT.fullmatch(program))


def name_of(code: Code) -> str:
    """What the drawing of a code is known by."""
    return digest_of("\n".join(code).encode())


def codes_in(path: str, facts: Reader) -> tuple[Code, ...] | None:
    """A step: all code in a text that is to be drawn; None if there is none."""
    source: Source = facts[f"text:{path}"]
    programs = facts["config:markdown"].diagrams
    names = {name for name in programs if not is_script(programs[name])}
    told = len(facts.report.found)
    codes = dict.fromkeys(_codes(source, names, facts)) if names else ()
    del facts.report.found[told:]  # The body tells all that.
    return tuple(codes) or None


def _codes(source: Source, names: Set[str], facts: Reader) -> Iterator[Code]:
    written = (prepare(source, facts).text, source.excerpt)
    found = (each[1] for text in written for each in _LANGUAGE.finditer(text))
    if names.isdisjoint(found):
        return
    for text in (parsed(source, facts), parsed_excerpt(source, facts)):
        for token in text.tokens if text else ():
            language = read_meta(token.info).language if token.type == "fence" else ""
            if language in names:
                yield language, token.content


def draw(name: str, facts: Reader) -> Drawing:
    """A step: what the program of its language makes of a code."""
    language, code = facts[f"code:{name}"]
    facts.get(f"program:{language}")  # Another version may draw in another way.
    command = facts["config:markdown"].diagrams[language]
    data, fault = answer_of(command, code.encode())
    text = data.decode(errors="replace")
    place = text.find("<svg")
    if not fault and place < 0:
        fault = "it wrote no SVG"
    svg = text[place:].strip() if not fault else ""
    return Drawing(
        svg=svg, size=drawing_size(svg.encode()) if svg else None, fault=fault
    )


def set_diagrams(text: Text) -> None:
    """Puts a drawing in the place of every code that is drawn."""
    fences = [token for token in text.tokens if token.type == "fence"]
    programs = text.facts["config:markdown"].diagrams if fences else {}
    scripts: dict[str, str] = {}
    for token in fences if programs else ():
        meta = read_meta(token.info)
        program = programs.get(meta.language, "")
        if is_script(program):
            scripts[meta.language] = program
            token.type = "html_block"
            token.content = (
                f'<pre class="{escape(meta.language)}">{escape(token.content)}</pre>\n'
            )
        elif program:
            _set_drawing(token, meta.language, meta.title, text)
    for language, address in scripts.items():
        text.tokens.append(_script(language, address, text))


def _set_drawing(token: Token, language: str, title: str, text: Text) -> None:
    drawing: Drawing = text.facts[f"diagram:{name_of((language, token.content))}"]
    if drawing.fault:
        text.facts.report.error(
            "diagram",
            text.span(token, language),
            f"the program for {language!r} cannot draw this: {drawing.fault}",
            hint="mend the code, or the program in [markdown.diagrams] of site.toml",
        )
        token.info = "text"
        return
    width, height = drawing.size or (0, 0)
    sides = f' width="{width}" height="{height}"' if drawing.size else ""
    caption = f"<figcaption>{escape(title)}</figcaption>" if title else ""
    address = quote(drawing.svg, safe=" !#$&'()*+,/:;=?@[]^_`{|}~-.")
    token.type = "html_block"
    token.content = (
        f'<figure class="diagram"><img src="data:image/svg+xml,{escape(address)}"'
        f' alt="{escape(title or "Diagram")}"{sides}>{caption}</figure>\n'
    )


def _script(language: str, address: str, text: Text) -> Token:
    """What draws in the browser: the module's own `run`, as mermaid has it."""
    base: str = text.facts["config:base_path"]
    html = (
        f'<script type="module">import draw from "{quote(base)}{address}";'
        f" draw.initialize({{startOnLoad: false}});"
        f' draw.run({{querySelector: "pre.{language}"}});</script>\n'
    )
    return Token("html_block", "", 0, content=html)
