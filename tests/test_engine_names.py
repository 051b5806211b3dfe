"""Stages that run for all facts of some kinds, and names that come and go."""

from collections.abc import Mapping
from pathlib import Path

from blog.engine import Reader, Wave
from blog.memo import Memo
from test_engine import CODEC, found, headline, page, shout


def begun(memo: Memo, files: Mapping[str, object]) -> Wave:
    """A build up to its first stage."""
    made = Wave(memo, CODEC)
    made.give("file", files)
    made.each("headline", headline, made.facts.names("file"))
    return made


def built(memo: Memo, files: Mapping[str, object]) -> Wave:
    """A build of two stages, each for all that the one before has made."""
    made = begun(memo, files)
    made.each("page", page, made.facts.names("headline"))
    made.save({})
    return made


def test_a_stage_runs_for_every_fact_of_a_kind():
    assert found(built(Memo(), {"a": "x", "b": "y"}), "page") == {
        "a": "<h1>x</h1>",
        "b": "<h1>y</h1>",
    }


def test_names_may_come_and_go_between_builds():
    memo = Memo()
    built(memo, {"a": "x", "b": "y"})
    made = built(memo, {"b": "y", "c": "z"})
    assert memo.computed == [("headline", "c"), ("page", "c")]
    assert found(made, "page") == {"b": "<h1>y</h1>", "c": "<h1>z</h1>"}


def test_where_no_name_has_come_or_gone_only_what_changed_is_computed():
    memo = Memo()
    built(memo, {"a": "x", "b": "y"})
    made = built(memo, {"a": "x", "b": "other"})
    assert memo.computed == [("headline", "b"), ("page", "b")]
    assert found(made, "page") == {"a": "<h1>x</h1>", "b": "<h1>other</h1>"}


def test_a_fact_that_is_no_more_takes_with_it_what_was_made_of_it():
    def unless_empty(name: str, facts: Reader) -> str | None:
        return str(facts[f"file:{name}"]) or None

    def build(memo: Memo, text: str) -> dict[str, object]:
        made = Wave(memo, CODEC)
        made.give("file", {"a": text, "b": "y"})
        made.each("headline", unless_empty, made.facts.names("file"))
        made.each("page", page, made.facts.names("headline"))
        made.save({})
        return found(made, "page")

    memo = Memo()
    whole = {"a": "<h1>x</h1>", "b": "<h1>y</h1>"}
    assert build(memo, "x") == whole
    assert build(memo, "") == {"b": "<h1>y</h1>"}
    assert build(memo, "x") == whole


def test_after_a_first_build_that_was_interrupted_every_stage_is_made_up_for(
    tmp_path: Path,
):
    files = {"a": "x", "b": "y"}
    memo = Memo(path=tmp_path / "memo")
    begun(memo, files)
    memo.close()

    memo = Memo(path=tmp_path / "memo")
    made = built(memo, files)
    assert memo.computed == [("page", "a"), ("page", "b")]
    assert found(made, "page") == {"a": "<h1>x</h1>", "b": "<h1>y</h1>"}


def test_what_another_process_has_built_meanwhile_is_seen(tmp_path: Path):
    first = Memo(path=tmp_path / "memo")
    built(first, {"a": "x"})
    first.close()

    memo, other = Memo(path=tmp_path / "memo"), Memo(path=tmp_path / "memo")
    built(memo, {"a": "x"})
    built(other, {"a": "y", "b": "z"})
    made = built(memo, {"a": "y"})
    assert memo.computed == []
    assert found(made, "page") == {"a": "<h1>y</h1>"}
    assert set(found(built(other, {"a": "y", "b": "z"}), "page")) == {"a", "b"}


def test_a_step_may_ask_for_the_names_of_a_kind_and_nothing_more():
    def count(_: str, facts: Reader) -> str:
        return " ".join(facts.names("headline"))

    memo = Memo()
    for text, computed in [("x", 5), ("X", 3), ("X\nmore", 2)]:
        made = begun(memo, {"b": text, "a": "y"})
        made.each("loud", shout, made.facts.names("file"))
        made.each("all", count, ["all"])
        made.save({})
        assert found(made, "all") == {"all": "a b"}
        assert len(memo.computed) == computed
