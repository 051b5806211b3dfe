"""Films and other pages within a page: as they are, or as a link to click.

With `[markdown] embeds = "link"` nothing is loaded from elsewhere before a reader goes
there.
"""

import re
from html import escape, unescape
from urllib.parse import urlsplit

from blog.markdown.text import Text
from blog.markdown.words import said

_FRAME = re.compile(
    r"<iframe\b(?P<given>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>.*?(?:</iframe\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_GIVEN = re.compile(
    r"""\s(?P<name>src|title)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""",
    re.IGNORECASE,
)
_YOUTUBE = re.compile(r"(?:www\.)?youtube(?:-nocookie)?\.com")


def link_embeds(text: Text) -> None:
    """Puts a link in the place of every frame, if that is asked for."""
    for token in text.html():
        if "<iframe" not in token.content.lower():
            continue
        if text.facts["config:markdown"].embeds == "link":
            token.content = linked(token.content, said(text.env, "embedded"))


def linked(html: str, name: str = "") -> str:
    """HTML with a link in the place of every frame of another site.

    `name` is said where a frame has no title; without one its address is.
    """
    return _FRAME.sub(lambda frame: _link(frame, name), html)


def _link(frame: re.Match[str], name: str) -> str:
    given = {
        found["name"].lower(): unescape(found[2] or found[3] or found[4] or "")
        for found in _GIVEN.finditer(frame["given"])
    }
    address = given.get("src", "").strip()
    try:
        parts = urlsplit(address, "https")
    except ValueError:
        return frame[0]
    if not parts.netloc:
        return frame[0]
    if _YOUTUBE.fullmatch(parts.netloc) and parts.path.startswith("/embed/"):
        film = parts.path.removeprefix("/embed/")
        address = f"https://www.youtube.com/watch?v={film}"
    where = parts.netloc.removeprefix("www.").replace("-nocookie", "")
    title = escape(given.get("title", ""), quote=False) or name
    title = title or escape(address, quote=False)
    return (
        f'<a class="embed" href="{escape(address)}">{title}'
        f"<small>{escape(where, quote=False)}</small></a>"
    )
