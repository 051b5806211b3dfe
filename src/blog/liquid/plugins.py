"""The tags of plugins that many sites have: a link to what they embed, or nothing.

Readers of a post lose what a frame would show, but not where it is; the author is told
once for each tag.
"""

import re
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from typing import TextIO

from liquid.ast import Node
from liquid.context import RenderContext
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from blog.liquid.including import rendered
from blog.liquid.running import Context

Address = Callable[[str], str]
"""The address of what is embedded, by the first word of the tag; may be empty."""


def _gist(word: str) -> str:
    return f"https://gist.github.com/{word}"


def _youtube(word: str) -> str:
    return f"https://www.youtube.com/watch?v={word}"


def _vimeo(word: str) -> str:
    return f"https://vimeo.com/{word}"


def _itself(word: str) -> str:
    return word


def _nothing(_: str) -> str:
    return ""


PLUGINS: Mapping[str, Address] = MappingProxyType(
    {
        "gist": _gist,
        "youtube": _youtube,
        "vimeo": _vimeo,
        "twitter": _itself,
        "tweet": _itself,
        "embed": _itself,
        "oembed": _itself,
        "avatar": _nothing,
        "feed_meta": _nothing,
        "seo": _nothing,
        "toc": _nothing,
        "github_edit_link": _nothing,
    }
)
"""Tags of plugins by name; a newcomer adds a row."""

_WORD = re.compile(r"[\w./:@?&=#%+~-]+")


class PluginTag(Tag):
    """A tag of `PLUGINS`."""

    block = False

    def parse(self, stream: TokenStream) -> Node:
        """What is embedded, as written."""
        token, written = stream.expect(TOKEN_TAG), ""
        if stream.peek.kind == TOKEN_EXPRESSION:
            next(stream)
            written = stream.current.value
        return _Plugin(token, written)


class _Plugin(Node):
    def __init__(self, token: Token, written: str) -> None:
        super().__init__(token)
        self.blank = False
        self.written = written

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """A link to what is embedded."""
        assert isinstance(context, Context)
        name = self.token.value
        words = rendered(self.written, self.token, context).replace('"', " ")
        found = _WORD.match(words.replace("'", " ").strip())
        address = PLUGINS[name](found[0]) if found else ""
        place = context.run.place(self.token)
        if not address.startswith("https://"):
            message = f"the plugin of {name!r} is not here, nothing is shown"
            context.run.warn(place, message)
            return 0
        message = f"the plugin of {name!r} is not here, a link is shown"
        context.run.warn(place, message, "embed it in HTML if it must be seen in place")
        shown = escape(address.removeprefix("https://"))
        return buffer.write(f'<a href="{escape(address)}">{shown}</a>')
