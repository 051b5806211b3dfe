"""The engine: facts in, facts out, nothing computed twice."""

from collections.abc import Iterable, Mapping

import pytest

from blog.codec import Codec
from blog.diagnostics import Diagnostic, Span
from blog.engine import Facts, Reader, Step, Wave
from blog.memo import Key, Memo

CODEC = Codec(Diagnostic, Span)


def wave(
    memo: Memo,
    files: Mapping[str, object],
    *,
    names: Iterable[str] = ("a", "b"),
    **steps: Step,
) -> Wave:
    """A build: files are given, and each step runs for all names."""
    made = Wave(memo, CODEC)
    made.give("file", files)
    for kind, step in steps.items():
        made.each(kind, step, names)
    made.save({})
    return made


def found(made: Wave, kind: str) -> dict[str, object]:
    """All facts of a kind."""
    return dict(made.facts.every(kind))


def again(
    before: Mapping[str, object], after: Mapping[str, object], **steps: Step
) -> tuple[dict[str, object], list[Key]]:
    """The last facts of a second build, and what had to be computed for them."""
    memo = Memo()
    wave(memo, before, **steps)
    second = wave(memo, after, **steps)
    return found(second, [*steps][-1]), memo.computed


def shout(name: str, facts: Reader) -> str:
    """A step: the text of a file, loud."""
    return str(facts[f"file:{name}"]).upper()


def headline(name: str, facts: Reader) -> str:
    """A step: the first line of a file."""
    return str(facts[f"file:{name}"]).split("\n")[0]


def page(name: str, facts: Reader) -> str:
    """A step: what is made of the first line."""
    return f"<h1>{facts[f'headline:{name}']}</h1>"


def is_there(name: str, facts: Reader) -> str:
    """A step: whether there is such a file."""
    return "no" if facts.get(f"file:{name}") is None else "yes"


def contents(_: str, facts: Reader) -> tuple[object, ...]:
    """A step: all files, by name."""
    return tuple(facts.every("file").items())


def careful(name: str, facts: Reader) -> str:
    """A step that warns of one text."""
    text = str(facts[f"file:{name}"])
    if text == "x":
        facts.report.warning("missing-alt", Span(path=name), "no text")
    return text


# What is computed


def test_a_step_makes_a_fact_of_each_name():
    made = wave(Memo(), {"a": "x", "b": "y"}, shout=shout)
    assert found(made, "shout") == {"a": "X", "b": "Y"}


def test_names_are_computed_in_their_order_and_steps_in_theirs():
    memo = Memo()
    files = {"b": "y", "a": "x"}
    wave(memo, files, names=["b", "a"], headline=headline, page=page)
    assert memo.computed == [
        ("headline", "a"),
        ("headline", "b"),
        ("page", "a"),
        ("page", "b"),
    ]


def test_a_fact_is_known_by_its_kind_and_the_rest_of_its_name():
    made = wave(Memo(), {"x:y.md": "text"}, names=["x:y.md"], shout=shout)
    assert made.facts.get("shout", "x:y.md") == "TEXT"


def test_asking_for_a_fact_that_must_exist_is_a_fault_of_the_step():
    with pytest.raises(AssertionError, match="no fact 'file:a'"):
        wave(Memo(), {}, shout=shout)


def test_a_kind_of_facts_that_no_one_gave_is_a_fault_too():
    with pytest.raises(AssertionError, match="no facts of the kind 'headline'"):
        wave(Memo(), {}, page=page)


def test_a_value_that_cannot_be_kept_is_a_fault_of_the_step():
    with pytest.raises(TypeError, match="set cannot be kept"):
        wave(Memo(), {}, odd=lambda *_: {"a"})


def test_facts_that_are_loaded_again_are_what_they_were():
    value = {"span": Span(path="a", line=3), "list": (1, ("x",), None)}
    facts, computed = again({}, {}, value=lambda *_: value)
    assert (facts, computed) == ({"a": value, "b": value}, [])


# What is not


def test_nothing_is_computed_again_while_its_facts_stay():
    files = {"a": "x", "b": "y"}
    assert again(files, files, shout=shout) == ({"a": "X", "b": "Y"}, [])


def test_only_the_readers_of_a_changed_fact_are_computed_again():
    facts, computed = again({"a": "x", "b": "y"}, {"a": "x", "b": "z"}, shout=shout)
    assert (facts, computed) == ({"a": "X", "b": "Z"}, [("shout", "b")])


def test_the_same_value_computed_again_stops_the_wave():
    before = {"a": "Title\nold text", "b": ""}
    steps: dict[str, Step] = {"headline": headline, "page": page}
    _, computed = again(before, {**before, "a": "Title\nnew text"}, **steps)
    assert computed == [("headline", "a")]
    _, computed = again(before, {**before, "a": "Other\nnew text"}, **steps)
    assert computed == [("headline", "a"), ("page", "a")]


def test_a_change_that_is_taken_back_is_seen_each_time():
    memo, told = Memo(), []
    for text in ("x", "y", "x", "x"):
        made = wave(memo, {"a": text}, names=["a"], shout=shout)
        told.append((found(made, "shout")["a"], len(memo.computed)))
    assert told == [("X", 1), ("Y", 1), ("X", 1), ("X", 0)]


def test_a_build_that_was_not_saved_has_not_been():
    memo = Memo()
    wave(memo, {"a": "x", "b": "y"}, shout=shout)
    lost = Wave(memo, CODEC)
    lost.give("file", {"a": "z", "b": "y"})
    lost.each("shout", shout, ["a", "b"])
    made = wave(memo, {"a": "z", "b": "y"}, shout=shout)
    assert (found(made, "shout"), memo.computed) == (
        {"a": "Z", "b": "Y"},
        [("shout", "a")],
    )


def test_a_step_that_reads_nothing_runs_once():
    assert again({"a": "x"}, {"a": "y"}, name=lambda name, _: name)[1] == []


# What is absent


def test_absence_is_a_fact():
    assert again({}, {"c": "x"}, there=is_there) == ({"a": "no", "b": "no"}, [])
    facts, computed = again({}, {"a": "x"}, there=is_there)
    assert (facts, computed) == ({"a": "yes", "b": "no"}, [("there", "a")])


def test_a_fact_that_vanishes_makes_its_readers_stale():
    facts, computed = again({"a": "x", "b": "y"}, {"b": "y"}, there=is_there)
    assert (facts, computed) == ({"a": "no", "b": "yes"}, [("there", "a")])


def test_a_step_may_make_nothing():
    def loud(name: str, facts: Reader) -> str | None:
        return str(facts[f"file:{name}"]) or None

    def heard(name: str, facts: Reader) -> bool:
        return facts.get(f"loud:{name}") is not None

    files = {"a": "", "b": "y"}
    assert again(files, files, loud=loud, heard=heard) == (
        {"a": False, "b": True},
        [],
    )
    facts, computed = again(files, {"a": "x", "b": ""}, loud=loud, heard=heard)
    assert facts == {"a": True, "b": False}
    assert len(computed) == 4


def test_an_empty_text_is_not_the_same_as_an_absent_one():
    facts, computed = again({}, {"a": ""}, there=is_there)
    assert (facts["a"], computed) == ("yes", [("there", "a")])


# All facts of a kind


@pytest.mark.parametrize(
    "after",
    [{"x": "1", "y": "2"}, {}, {"x": "2"}, {"y": "1"}],
    ids=["one comes", "one goes", "one changes", "one is renamed"],
)
def test_who_reads_every_fact_of_a_kind_is_stale_when(after: dict[str, str]):
    facts, computed = again({"x": "1"}, after, contents=contents)
    assert facts["a"] == tuple(after.items())
    assert computed == [("contents", "a"), ("contents", "b")]


def test_every_fact_of_a_kind_comes_by_the_order_of_the_names():
    made = wave(Memo(), {"b": "2", "c": "3", "a": "1"}, contents=contents)
    assert found(made, "contents")["a"] == (("a", "1"), ("b", "2"), ("c", "3"))


# Names


def test_a_new_name_is_computed_and_one_that_is_gone_is_forgotten():
    memo = Memo()
    files = {"a": "x", "b": "y", "c": "z"}
    wave(memo, files, names=["a", "b"], shout=shout)
    made = wave(memo, files, names=["b", "c"], shout=shout)
    assert (found(made, "shout"), memo.computed) == (
        {"b": "Y", "c": "Z"},
        [("shout", "c")],
    )
    assert memo.names("shout") == {"b", "c"}


def test_a_name_that_comes_back_is_computed_anew():
    memo = Memo()
    files = {"a": "x", "b": "y"}
    for names in (["a", "b"], ["b"], ["a", "b"]):
        wave(memo, files, names=names, shout=shout)
    assert memo.computed == [("shout", "a")]


def test_a_name_that_is_gone_makes_those_stale_that_read_what_it_made():
    def heard(_: str, facts: Reader) -> bool:
        return facts.get("shout:a") is not None

    memo, told = Memo(), []
    for names in (["a", "b"], ["b"], ["b"], ["a", "b"]):
        made = Wave(memo, CODEC)
        made.give("file", {"a": "x", "b": "y"})
        made.each("shout", shout, names)
        made.each("heard", heard, ["only"])
        made.save({})
        told.append((found(made, "heard")["only"], ("heard", "only") in memo.computed))
    assert told == [(True, True), (False, True), (False, False), (True, True)]


def test_steps_of_different_labels_do_not_take_each_others_facts():
    memo = Memo()
    files = {"a": "x"}
    wave(memo, files, names=["a"], shout=shout)
    made = wave(memo, files, names=["a"], size=lambda n, f: len(f[f"file:{n}"]))
    assert found(made, "size") == {"a": 1}


# Diagnostics


def test_diagnostics_are_told_again_when_the_value_is_reused():
    memo, files = Memo(), {"a": "x", "b": "y"}
    first = wave(memo, files, careful=careful).diagnostics
    assert [(d.span.path, d.message) for d in first] == [("a", "no text")]
    second = wave(memo, files, careful=careful).diagnostics
    assert (second, memo.computed) == (first, [])


@pytest.mark.parametrize(
    ("files", "names"),
    [({"a": "y", "b": "y"}, "ab"), ({"b": "y"}, "b")],
    ids=["edited", "gone"],
)
def test_a_diagnostic_goes_when_its_cause_does(files: dict[str, str], names: str):
    memo = Memo()
    wave(memo, {"a": "x", "b": "y"}, careful=careful)
    assert wave(memo, files, names=names, careful=careful).diagnostics == []


def test_facts_know_their_kinds_only():
    with pytest.raises(AssertionError, match="no facts of the kind 'url'"):
        Facts(CODEC, Memo()).get("url", "a")
