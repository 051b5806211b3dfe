"""With which signs each rule of the parser can begin: the tables of the shortcut.

A rule that is not in them switches the shortcut off for its kind, see `dispatch.py`.
"""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from markdown_it.ruler import Ruler

from blog.markdown.rules import Rule

BLOCKS = MappingProxyType(
    {
        "kramdown_table": "|",
        "table": "|",
        "code": "",
        "container_box": ":",
        "math_block": "$",
        "fence": "`~",
        "blockquote": ">",
        "hr": "*-_",
        "list": "*-+0123456789",
        "footnote_def": "[",
        "kramdown_reference": "[",
        "reference": "[",
        "kramdown_html": "<",
        "html_block": "<",
        "kramdown_heading": "#",
        "heading": "#",
        "summary_mark": "{",
        "kramdown_attributes": "{",
        "kramdown_extension": "{",
        "abbreviation": "*",
        "deflist": None,
        "lheading": None,
        "paragraph": None,
    }
)
"""Signs with which a rule of blocks begins, by its name; None: with any.

A table has its sign somewhere in the line, code is known by its indent.
"""

INLINES = MappingProxyType(
    {
        "newline": "\n",
        "math_inline": "$\\",
        "escape": "\\",
        "backticks": "`",
        "strikethrough": "~",
        "emphasis": "*_",
        "sub": "~",
        "sup": "^",
        "link": "[",
        "image": "!",
        "kramdown_span": "{",
        "kramdown_span_extension": "{",
        "footnote_ref": "[",
        "autolink": "<",
        "foreign_tag": "<",
        "html_inline": "<",
        "entity": "&",
        "gfm_autolink_www": "w",
        "gfm_autolink_protocol": ":",
        "gfm_autolink_email": "@",
        "text": "",
    }
)
"""Signs with which a rule of running text begins, by its name.

Text is all between them.
"""

PAIRS = MappingProxyType(
    {
        "balance_pairs": "*_~",
        "strikethrough": "~",
        "emphasis": "*_",
        "fragments_join": None,
    }
)
"""Signs without which a rule finds nothing to pair in running text, by its name."""


class Rules:
    """The rules of one chain by the sign they begin with."""

    def __init__(self, every: Sequence[Rule], signs: Sequence[str | None]) -> None:
        self.every = tuple(every)
        kept = set("".join(s for s in signs if s))
        self._by_sign = {
            sign: tuple(
                rule
                for rule, own in zip(every, signs, strict=True)
                if own is None or sign in own
            )
            for sign in kept
        }
        self._others = tuple(
            rule for rule, own in zip(every, signs, strict=True) if own is None
        )

    def at(self, sign: str) -> tuple[Rule, ...]:
        """The rules that may begin with the sign, in their order."""
        return self._by_sign.get(sign, self._others)


def rules_of(ruler: Ruler[Any], chain: str, signs: Any) -> Rules | None:
    """The rules of a chain; None if one of them is not known."""
    active = [r for r in ruler.__rules__ if r.enabled and (not chain or chain in r.alt)]
    if any(rule.name not in signs for rule in active):
        return None
    return Rules([r.fn for r in active], [signs[r.name] for r in active])
