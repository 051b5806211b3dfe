"""Bare addresses become links, as on GitHub."""

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from blog.markdown.rules import Rule, wrap

_PROTOCOLS = ("http", "https", "mailto", "xmpp")
_NEAR = 20
"""Characters among which a protocol and the sign before it are."""


def autolinks(md: MarkdownIt) -> None:
    """`https://…`, `www.…` and mail addresses."""
    md.use(gfm_autolink_plugin)
    wrap(md.inline.ruler, "gfm_autolink_protocol", _behind_protocol)


def _behind_protocol(rule: Rule) -> Rule:
    """The rule, which looks for a protocol in all text that is not yet a token."""

    def address(state: StateInline, silent: bool) -> bool:
        if silent or not state.src.endswith(_PROTOCOLS, 0, state.pos):
            return False
        text = state.pending
        if len(text) > _NEAR:
            state.pending = text[:-_NEAR]
            state.pushPending()
            state.pending = text[-_NEAR:]
        return rule(state, silent)

    return address
