"""A source to the tokens that the passes work on. Stale when its text changes, or what
its preparation asks for.
"""

from dataclasses import replace
from typing import Any

from markdown_it.token import Token

from blog.engine import Reader
from blog.markdown.parser import parser_of
from blog.markdown.preparing import prepare
from blog.markdown.text import Text
from blog.model import Source
from blog.slugs import slugify
from blog.wording import words_of


def parsed(source: Source, facts: Reader) -> Text:
    """The text of a post, prepared and parsed."""
    prepared = prepare(source, facts)
    text = prepared.text
    env: dict[str, Any] = {
        "docId": slugify(source.address) or "home",
        "words": words_of(source.language, facts),
    }
    if "$" in text or "\\\\" in text or "```math" in text:
        env["math"] = facts["config:markdown"].math
    lines = written = text.split("\n")
    if text != source.text:
        written = source.text.split("\n")
    if source.markdown:
        tokens = parser_of(source).parse(text, env)
    else:
        tokens = [Token("html_block", "", 0, content=text, map=[0, len(lines)])]
    return Text(
        source=source,
        facts=facts,
        tokens=tokens,
        env=env,
        lines=lines,
        origin=prepared.origin,
        written=written,
    )


def parsed_excerpt(source: Source, facts: Reader) -> Text | None:
    """The summary in the front matter, likewise; None if there is none.

    All of it stands on the line of its field.
    """
    span = source.excerpt_span
    if span is None:
        return None
    own = replace(source, text=source.excerpt, excerpt="", first_line=span.line)
    text = parsed(own, facts)
    return replace(text, origin=[0] * len(text.lines), written=[span.source])
