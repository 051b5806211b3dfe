"""The engine: facts in, traces out, nothing computed twice."""

import pytest

from blog.diagnostics import Span
from blog.engine import Facts, Memo, Reader, Trace, diagnostics, digest_of, run, values
from blog.model import Blob


def shout(name: str, facts: Reader) -> str:
    """A step: the text of a file, loud."""
    return str(facts[f"file:{name}"]).upper()


def facts(**files: object) -> Facts:
    """Facts of the kind `file`."""
    return Facts({"file": files})


def again(step, before: Memo, known: Facts, names=("a", "b")):
    """The step with the memo of an earlier build, and what it had to compute."""
    memo = before.next()
    return run("shout", step, names, known, memo), memo.computed


def test_a_step_gives_a_value_for_each_name_in_the_order_of_the_names():
    traces = run("shout", shout, ["b", "a"], facts(a="x", b="y"), Memo())
    assert list(values(traces).items()) == [("a", "X"), ("b", "Y")]


def test_a_trace_says_what_was_read_and_what_it_was_then():
    known = facts(a="x")
    trace = run("shout", shout, ["a"], known, Memo())["a"]
    assert trace == Trace(
        value="X",
        digest=digest_of("X"),
        reads={"file:a": known.digest("file:a")},
        diagnostics=(),
    )


def test_a_fact_is_known_by_its_kind_and_the_rest_of_its_name():
    assert facts(**{"x:y.md": "text"}).get("file:x:y.md") == "text"


def test_absence_is_a_fact():
    def is_there(name: str, known: Reader) -> str:
        return "no" if known.get(f"file:{name}") is None else "yes"

    memo = Memo()
    run("shout", is_there, ["a"], facts(), memo)
    same, computed = again(is_there, memo, facts(b="x"), ["a"])
    assert (values(same), computed) == ({"a": "no"}, [])
    other, computed = again(is_there, memo, facts(a="x"), ["a"])
    assert (values(other), computed) == ({"a": "yes"}, [("shout", "a")])


def test_a_fact_that_vanishes_makes_its_readers_stale():
    def size(name: str, known: Reader) -> int:
        return len(known.get(f"file:{name}") or "")

    memo = Memo()
    run("shout", size, ["a"], facts(a="x"), memo)
    traces, computed = again(size, memo, facts(), ["a"])
    assert (values(traces), computed) == ({"a": 0}, [("shout", "a")])


def test_an_empty_text_is_not_the_same_as_an_absent_one():
    assert digest_of("") != digest_of(None)


def test_asking_for_a_fact_that_must_exist_is_a_fault_of_the_step():
    with pytest.raises(AssertionError, match="no fact 'file:a'"):
        run("shout", shout, ["a"], facts(), Memo())


def test_a_kind_of_facts_that_no_one_gave_is_a_fault_too():
    with pytest.raises(AssertionError, match="no facts of the kind 'url'"):
        facts().get("url:a")


def test_nothing_is_computed_again_while_its_facts_stay():
    memo = Memo()
    first = run("shout", shout, ["a", "b"], facts(a="x", b="y"), memo)
    second, computed = again(shout, memo, facts(a="x", b="y"))
    assert (second, computed) == (first, [])


def test_only_the_readers_of_a_changed_fact_are_computed_again():
    memo = Memo()
    run("shout", shout, ["a", "b"], facts(a="x", b="y"), memo)
    traces, computed = again(shout, memo, facts(a="x", b="z"))
    assert values(traces) == {"a": "X", "b": "Z"}
    assert computed == [("shout", "b")]


def test_a_new_name_is_computed_and_one_that_is_gone_is_forgotten():
    memo = Memo()
    run("shout", shout, ["a", "b"], facts(a="x", b="y"), memo)
    known = memo.next()
    run("shout", shout, ["b", "c"], facts(b="y", c="z"), known)
    assert known.computed == [("shout", "c")]
    assert set(known.next().old) == {("shout", "b"), ("shout", "c")}


def test_steps_of_different_labels_do_not_take_each_others_traces():
    memo = Memo()
    run("shout", shout, ["a"], facts(a="x"), memo)
    known = memo.next()
    traces = run(
        "size", lambda name, f: len(f[f"file:{name}"]), ["a"], facts(a="x"), known
    )
    assert values(traces) == {"a": 1}


def test_the_same_value_computed_again_stops_the_wave():
    def headline(name: str, known: Reader) -> str:
        return str(known[f"file:{name}"]).split("\n")[0]

    def page(name: str, known: Reader) -> str:
        return f"<h1>{known[f'headline:{name}']}</h1>"

    def wave(text: str, memo: Memo):
        known = facts(a=text)
        titles = run("headline", headline, ["a"], known, memo)
        return run(
            "page", page, ["a"], known.with_kind("headline", values(titles)), memo
        )

    memo = Memo()
    wave("Title\nold text", memo)
    memo = memo.next()
    wave("Title\nnew text", memo)
    assert memo.computed == [("headline", "a")]
    memo = memo.next()
    wave("Other\nnew text", memo)
    assert memo.computed == [("headline", "a"), ("page", "a")]


def test_diagnostics_are_told_again_when_the_value_is_reused():
    def careful(name: str, known: Reader) -> str:
        known.report.warning("missing-alt", Span(path=name), "no text")
        return str(known[f"file:{name}"])

    memo = Memo()
    first = run("shout", careful, ["a"], facts(a="x"), memo)
    second, computed = again(careful, memo, facts(a="x"), ["a"])
    assert computed == []
    assert diagnostics(second) == diagnostics(first)
    assert [(d.span.path, d.message) for d in diagnostics(second)] == [("a", "no text")]


def test_a_diagnostic_goes_when_its_cause_does():
    def careful(name: str, known: Reader) -> str:
        if known[f"file:{name}"] == "x":
            known.report.warning("missing-alt", Span(path=name), "no text")
        return ""

    memo = Memo()
    run("shout", careful, ["a"], facts(a="x"), memo)
    traces, _ = again(careful, memo, facts(a="y"), ["a"])
    assert diagnostics(traces) == []


def test_a_value_that_knows_its_digest_is_not_read_for_it():
    blob = Blob.of(b"picture")
    assert digest_of(blob) == blob.digest == digest_of(b"picture")


def test_equal_values_have_equal_digests_whatever_they_are():
    assert digest_of(("a", 1)) == digest_of(("a", 1))
    assert len({digest_of(v) for v in ("1", 1, ("1",), None, True)}) == 5


def test_facts_of_one_kind_are_given_once():
    with pytest.raises(AssertionError, match="file"):
        facts(a="x").with_kind("file", {})
