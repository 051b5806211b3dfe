"""Films and other pages within a page: as they are, or as a link to click.

With `[markdown] embeds = "link"` nothing is loaded from elsewhere before a reader goes
there.
"""

import re
from html import escape, unescape
from urllib.parse import urlsplit

from blog.markdown.text import Text

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
            token.content = linked(token.content)


def linked(html: str) -> str:
    """HTML with a link in the place of every frame of another site."""
    return _FRAME.sub(_link, html)


def _link(frame: re.Match[str]) -> str:
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
    title = given.get("title") or "Embedded page"
    return (
        f'<a class="embed" href="{escape(address)}">{escape(title, quote=False)}'
        f"<small>{escape(where, quote=False)}</small></a>"
    )
