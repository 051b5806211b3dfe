"""The tags of plugins that many sites have: a link to what they embed, or nothing.

Readers of a post lose what a frame would show, but not where it is; the author is told
once for each tag.
"""

import re
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

from blog.liquid.running import Run
from blog.liquid.words import Words, WordsTag

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


class _Plugin(Words):
    def text(self, words: str, run: Run) -> str:
        """A link to what is embedded."""
        name = self.token.value
        found = _WORD.match(re.sub("[\"']", " ", words).strip())
        address = PLUGINS[name](found[0]) if found else ""
        place = run.place(self.token)
        if not address.startswith("https://"):
            run.warn(place, f"the plugin of {name!r} is not here, nothing is shown")
            return ""
        message = f"the plugin of {name!r} is not here, a link is shown"
        run.warn(place, message, "embed it in HTML if it must be seen in place")
        shown = escape(address.removeprefix("https://"))
        return f'<a href="{escape(address)}">{shown}</a>'


class PluginTag(WordsTag):
    """A tag of `PLUGINS`."""

    node = _Plugin
    needs_words = False
