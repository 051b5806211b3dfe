"""The filters of Jekyll for lists: picking, grouping, sorting."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from liquid.builtin.expressions import BooleanExpression, tokenize
from liquid.filter import with_context
from liquid.stream import TokenStream
from liquid.token import TOKEN_EXPRESSION, Token

from blog.liquid.filters import text
from blog.liquid.language import expression
from blog.liquid.running import Context, Refused

_LONGEST = 500
"""Characters of an expression in quotes."""


def items(value: object) -> list[Any]:
    """The items of a list, or the values of a mapping."""
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, (list, tuple, range)):
        return list(value)
    return []


def property_of(item: object, name: object) -> Any:
    """A field of an item, `a.b` for one within; None if there is none."""
    for part in text(name).split("."):
        if not isinstance(item, Mapping):
            return None
        item = item.get(part)
    return item


def _is_like(value: object, wanted: object) -> bool:
    """Whether a field is the value that is looked for, or a list that holds it."""
    if isinstance(value, (list, tuple)):
        return text(wanted) in map(text, value)
    if wanted is None or value is None:
        return value is wanted
    return text(value) == text(wanted)


def where(value: object, name: object, wanted: object = None) -> list[Any]:
    """The items whose field is `wanted`."""
    return [each for each in items(value) if _is_like(property_of(each, name), wanted)]


def find(value: object, name: object, wanted: object = None) -> Any:
    """The first item whose field is `wanted`."""
    return next(iter(where(value, name, wanted)), None)


@with_context
def where_exp(
    value: object, name: object, written: object, *, context: Context
) -> list[Any]:
    """The items of which an expression holds, e.g. `"item", "item.year > 2014"`."""
    return [e for e, holds in _evaluated(value, name, written, context) if holds]


@with_context
def find_exp(value: object, name: object, written: object, *, context: Context) -> Any:
    """The first item of which an expression holds."""
    found = (e for e, holds in _evaluated(value, name, written, context) if holds)
    return next(found, None)


def _evaluated(
    value: object, name: object, written: object, context: Context
) -> Iterator[tuple[Any, bool]]:
    source = text(written)
    if len(source) > _LONGEST:
        raise Refused("an expression in quotes is longer than any real one")
    token = Token(TOKEN_EXPRESSION, source, 0, source)
    parsed = BooleanExpression.parse(context.env, TokenStream(tokenize(source, token)))
    for each in items(value):
        context.run.spend(1)
        with context.extend({text(name): each}):
            yield each, bool(parsed.evaluate(context))


def group_by(value: object, name: object) -> list[dict[str, object]]:
    """`name`, `items` and `size` for each value of a field, in their order."""
    return _grouped((each, property_of(each, name)) for each in items(value))


@with_context
def group_by_exp(
    value: object, name: object, written: object, *, context: Context
) -> list[dict[str, object]]:
    """As `group_by`, with an expression for the field."""
    source = text(written)
    token = Token(TOKEN_EXPRESSION, source[:_LONGEST], 0, source)
    parsed = expression(context.env, source[:_LONGEST], token)
    pairs = []
    for each in items(value):
        context.run.spend(1)
        with context.extend({text(name): each}):
            pairs.append((each, parsed.evaluate(context)))
    return _grouped(pairs)


def _grouped(pairs: Iterable[tuple[Any, object]]) -> list[dict[str, object]]:
    groups: dict[str, list[Any]] = {}
    for each, key in pairs:
        groups.setdefault(text(key), []).append(each)
    return [
        {"name": name, "items": found, "size": len(found)}
        for name, found in groups.items()
    ]


def sort(value: object, name: object = None, nils: object = "first") -> list[Any]:
    """By a field, or by the items themselves; those without it first, or `"last"`."""

    def key(item: Any) -> Any:
        return item if name is None else property_of(item, name)

    given = [each for each in items(value) if key(each) is not None]
    without = [each for each in items(value) if key(each) is None]
    is_mixed = len({isinstance(key(each), str) for each in given}) > 1
    given.sort(key=(lambda e: text(key(e))) if is_mixed else key)
    return [*given, *without] if nils == "last" else [*without, *given]


def map_(value: object, name: object) -> list[Any]:
    """A field of every item."""
    return [property_of(each, name) for each in items(value)]


def push(value: object, item: object) -> list[Any]:
    """The list with one more at its end."""
    return [*items(value), item]


def unshift(value: object, item: object) -> list[Any]:
    """The list with one more at its beginning."""
    return [item, *items(value)]


def pop(value: object, number: int = 1) -> list[Any]:
    """The list without its last items."""
    found = items(value)
    return found[: max(0, len(found) - int(number))]


def shift(value: object, number: int = 1) -> list[Any]:
    """The list without its first items."""
    return items(value)[max(0, int(number)) :]


ARRAYS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "find": find,
        "find_exp": find_exp,
        "group_by": group_by,
        "group_by_exp": group_by_exp,
        "map": map_,
        "pop": pop,
        "push": push,
        "shift": shift,
        "sort": sort,
        "unshift": unshift,
        "where": where,
        "where_exp": where_exp,
    }
)
"""Filters by name; they win over those of Liquid."""
