"""Values as bytes and back: nothing is lost, and nothing else can come of it."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.diagnostics import Diagnostic, Span
from blog.digests import digest_of
from blog.gather import CODEC
from blog.model import Blob, Heading, Moment, Page, Tag
from chances import cases

often = cases(200)

TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)
"""Any text that Python can hold, halves of surrogate pairs among it."""
ZONES = st.integers(-1439, 1439).map(lambda m: timezone(timedelta(minutes=m)))
TIMES = st.datetimes(timezones=st.none() | ZONES)
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    TEXTS,
    TIMES,
    st.dates(),
)
SPANS = st.builds(
    Span, path=TEXTS, line=st.integers(0, 9), column=st.integers(0, 9), source=TEXTS
)
NOUNS = st.one_of(
    SPANS,
    st.builds(Moment, instant=TIMES, origin=TEXTS),
    st.builds(Tag, slug=TEXTS, label=TEXTS, address=TEXTS, count=st.integers(0)),
    st.builds(Heading, level=st.integers(2, 6), id=TEXTS, html=TEXTS),
    st.builds(
        Diagnostic,
        severity=st.sampled_from(["error", "warning"]),
        code=TEXTS,
        message=TEXTS,
        span=SPANS,
        related=st.lists(SPANS, max_size=2).map(tuple),
    ),
)
KEYS = st.sampled_from(["", "mapping", "items", "at", "Span"]) | TEXTS


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Values that hold others."""
    mappings = st.dictionaries(KEYS, inner, max_size=4).map(MappingProxyType)
    page = st.builds(Page, kind=TEXTS, output=TEXTS, address=TEXTS, data=mappings)
    return st.one_of(st.lists(inner, max_size=4).map(tuple), mappings, page)


VALUES = st.recursive(PLAIN | NOUNS, nested, max_leaves=12)
"""Whatever a step may make."""


def inside(value: Any) -> Iterator[Any]:
    """A value and all that is in it."""
    yield value
    parts: list[Any] = []
    if isinstance(value, Mapping):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, tuple):
        parts = list(value)
    elif hasattr(value, "__dataclass_fields__"):
        parts = [getattr(value, name) for name in value.__dataclass_fields__]
    for part in parts:
        yield from inside(part)


@often
@given(VALUES)
def test_what_is_read_is_what_was_written(value: Any):
    found = CODEC.decode(CODEC.encode(value))
    assert found == value
    assert [type(part) for part in inside(found)] == [
        type(part) for part in inside(value)
    ]


@often
@given(VALUES)
def test_what_was_read_is_written_as_it_was(value: Any):
    written = CODEC.encode(value)
    assert CODEC.encode(CODEC.decode(written)) == written


@often
@given(VALUES, VALUES)
def test_other_values_have_other_bytes(one: Any, two: Any):
    assert one == two or CODEC.encode(one) != CODEC.encode(two)


def loose(value: Any) -> Any:
    """The same with lists and dicts for tuples and read-only mappings."""
    if isinstance(value, tuple):
        return [loose(part) for part in value]
    if isinstance(value, Mapping) and "" not in value:
        return {key: loose(part) for key, part in value.items()}
    return value


@often
@given(VALUES)
def test_equal_values_have_equal_bytes_whatever_holds_them(value: Any):
    assert CODEC.encode(loose(value)) == CODEC.encode(value)


def test_the_order_of_a_mapping_is_part_of_it():
    one, two = {"a": 1, "b": 2}, {"b": 2, "a": 1}
    assert list(CODEC.decode(CODEC.encode(two))) == ["b", "a"]
    assert CODEC.digest(one) != CODEC.digest(two)


def test_a_read_only_mapping_may_have_the_empty_key():
    for value in ({"": "Span"}, {"": "mapping", "items": 1}):
        assert CODEC.decode(CODEC.encode(MappingProxyType(value))) == value


def test_bytes_stay_as_they_are():
    assert CODEC.encode(b"\xff\x00") == b"\xff\x00"
    assert CODEC.digest(b"x") == digest_of(b"x") == Blob.of(b"x").digest


@pytest.mark.parametrize(
    "value",
    [{1}, object(), Blob.of(b""), ("deep", [frozenset()]), 1j, {("a", "b"): 1}],
    ids=["set", "object", "noun of others", "deep inside", "number", "key"],
)
def test_what_is_no_value_of_ours_is_refused(value: object):
    with pytest.raises(TypeError):
        CODEC.encode(value)


def test_a_digest_is_the_same_in_every_process():
    script = (
        "from blog.gather import CODEC; from blog.model import Tag;"
        "print(CODEC.digest((Tag(slug='a', label='A', address='/a/', count=1), {'b': 1})))"
    )
    tag = Tag(slug="a", label="A", address="/a/", count=1)
    for seed in "12":
        found = subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        )
        assert found.stdout.strip() == CODEC.digest((tag, {"b": 1}))


# What others wrote

REFUSED = (ValueError, TypeError, LookupError, RecursionError)
HARMLESS = (str, int, float, bool, type(None), tuple, MappingProxyType, datetime, date)

WORDS = st.sampled_from(["", "mapping", "time", "day", "items", "at", "Span", "path"])
WORDS |= st.sampled_from(["os", "Path", "Blob", "__class__", "source", "Config"])
FOREIGN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4)
    ),
    max_leaves=12,
)


def is_harmless(value: Any) -> bool:
    """Whether it is made of text, numbers, nouns and what may hold them."""
    classes = (*HARMLESS, *CODEC._classes.values())
    return all(part.__class__ in classes for part in inside(value))


@often
@given(FOREIGN)
def test_foreign_json_makes_nouns_and_plain_values_or_nothing(value: Any):
    written = json.dumps(value).encode()
    try:
        found = CODEC.decode(written)
    except REFUSED:
        return
    assert is_harmless(found)


@often
@given(st.binary(max_size=40))
def test_what_is_no_json_is_refused(data: bytes):
    try:
        assert is_harmless(CODEC.decode(data))
    except REFUSED:
        return


@pytest.mark.parametrize(
    "text",
    [
        '{"": "Path", "at": "/etc/passwd"}',
        '{"": "Blob", "digest": "", "size": 0, "source": "/etc/passwd"}',
        '{"": "Span", "file": "x"}',
        '{"": ["Span"], "path": "x"}',
        '{"": {"": "Span", "path": "x"}}',
        '{"": "time", "at": "now"}',
        '{"": "mapping", "items": 3}',
        "[" * 100_000,
        "",
        "nothing",
    ],
    ids=lambda text: text[:40],
)
def test_nothing_is_made_of_what_is_not_ours(text: str):
    with pytest.raises(REFUSED):
        CODEC.decode(text.encode())
