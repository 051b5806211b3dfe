"""The theme's own words within a text, in the language of the text."""

from collections.abc import Mapping
from html import escape
from typing import Any


def said(env: Mapping[str, Any], name: str, **values: object) -> str:
    """A word, filled in and escaped; empty where no text is being rendered."""
    return escape(env.get("words", {}).get(name, "").format(**values))
