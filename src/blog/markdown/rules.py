"""Rules of the parser that others wrote, with something before or around them."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler

Rule = Callable[..., bool]


def wrap(ruler: Ruler[Any], name: str, hull: Callable[[Rule], Rule]) -> None:
    """Puts `hull(rule)` in the place of the rule of this name."""
    known = next(rule for rule in ruler.__rules__ if rule.name == name)
    ruler.at(name, hull(known.fn), {"alt": known.alt})


def wrap_helper(md: MarkdownIt, name: str, hull: Callable[[Any], Any]) -> None:
    """The same for a helper of the rules, e.g. `parseLinkLabel`."""
    names = [each for each in dir(md.helpers) if each.startswith("parse")]
    every = {each: getattr(md.helpers, each) for each in names}
    every[name] = hull(every[name])
    setattr(md, "helpers", SimpleNamespace(**every))  # noqa: B010 - it is a module
