"""Small helpers for tests of finished sites: front matter in, pieces of HTML out."""

import json
import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser


def head(title: str = "T", day: str = "2024-01-31", **fields: str) -> str:
    """Front matter, and a line of text; fields without a value are left out."""
    rows = {"title": title, "date": day, **fields}
    block = "".join(f"{key}: {value}\n" for key, value in rows.items() if value)
    return f"---\n{block}---\n\nHello.\n"


def texts(html: str, selector: str) -> list[str]:
    """The texts of all matching elements, in order."""
    return [node.text(strip=True) for node in LexborHTMLParser(html).css(selector)]


def values(html: str, selector: str, attribute: str) -> list[str | None]:
    """An attribute of all matching elements, in order."""
    return [node.attrs.get(attribute) for node in LexborHTMLParser(html).css(selector)]


def addresses(html: str) -> list[str]:
    """Every address of a link or picture as it is written, in order."""
    return re.findall(r'(?:href|src|srcset)="([^"]*)"', html)


def items(site: dict[str, str], path: str = "feed.json") -> list[dict[str, Any]]:
    """The items of a JSON feed."""
    found: list[dict[str, Any]] = json.loads(site[path])["items"]
    return found


def ids(site: dict[str, str], path: str = "feed.json") -> list[str]:
    """The identities of the items of a JSON feed."""
    return [item["id"] for item in items(site, path)]
