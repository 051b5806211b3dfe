"""The theme's own words within a text, in the language of the text."""

from collections.abc import Mapping
from html import escape
from typing import Any

from blog.engine import Reader
from blog.model import Source
from blog.wording import words_of


def words_for(source: Source, facts: Reader) -> Mapping[str, str]:
    """All words by name; kept in the parser's environment as `words`."""
    return words_of(source.language, facts)


def said(env: Mapping[str, Any], name: str, **values: object) -> str:
    """A word, filled in and escaped; empty where no text is being rendered."""
    return escape(env.get("words", {}).get(name, "").format(**values))
