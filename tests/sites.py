"""Small helpers for tests of finished sites: front matter in, pieces of HTML out."""

import json
import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from conftest import POST, A, B, output
from photos import PNG


def head(title: str = "T", day: str = "2024-01-31", **fields: str) -> str:
    """Front matter, and a line of text; fields without a value are left out."""
    rows = {"title": title, "date": day, **fields}
    block = "".join(f"{key}: {value}\n" for key, value in rows.items() if value)
    return f"---\n{block}---\n\nHello.\n"


def texts(html: str, selector: str) -> list[str]:
    """The texts of all matching elements, in order."""
    return [node.text(strip=True) for node in LexborHTMLParser(html).css(selector)]


def words(html: str, selector: str = "main") -> str:
    """The text of the first matching element, its spaces as a reader sees them."""
    node = LexborHTMLParser(html).css_first(selector)
    assert node is not None, selector
    return " ".join(node.text().split())


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


HEAD = "---\ntitle: A post\ndate: 2024-01-31\n---\n"
NEST = "content/posts/nest/index.md"

LINKED = {
    B: POST,
    NEST: POST,
    "content/posts/deep/c.md": POST,
    "content/about.md": "# About\n",
    "content/posts/cat.png": PNG,
    "content/posts/nest/cat.png": PNG + b"nest",
    "content/posts/notes.pdf": b"%PDF",
    "static/dog.png": PNG,
    "templates/post.html": "{{ body.html|safe_html }}",
    "templates/page.html": "{{ body.html|safe_html }}",
    "templates/list.html": "{% for c in entries %}{{ c.summary_html|safe_html }}"
    "{% endfor %}",
}
"""A site with something to link to, and a theme of bodies alone."""


def page(text: str, **files: str | bytes) -> str:
    """The body of a post with this text."""
    return output({**LINKED, A: HEAD + text, **files})["blog/a/index.html"].strip()


DOCUSAURUS = (
    'title = "T"\nbase_url = "https://example.org"\n'
    '[[content]]\npath = "website/blog"\ndialect = "docusaurus"\nbase = "/blog/"\n'
)
MDX = "website/blog/2024-01-31-a.md"


def mdx_site(text: str, **files: str | bytes) -> dict[str, str | bytes]:
    """A blog of Docusaurus with one post, which has this text from line 4 on."""
    bare = {"templates/post.html": LINKED["templates/post.html"]}
    post = {MDX: f"---\ntitle: A post\n---\n{text}\n"}
    return {"site.toml": DOCUSAURUS, **bare, **post, **files}


def mdx(text: str, **files: str | bytes) -> str:
    """The body of a post of Docusaurus with this text."""
    return output(mdx_site(text, **files))["blog/2024/01/31/a/index.html"].strip()
