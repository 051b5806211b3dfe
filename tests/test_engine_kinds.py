"""Steps that make several kinds of facts, or whose values are kept elsewhere."""

import pickle
from collections.abc import Mapping
from types import MappingProxyType

from blog.digests import digest_of
from blog.engine import Reader, Watcher, Wave
from blog.memo import EVERY, Memo
from blog.model import Blob
from test_engine import CODEC, found, page, shout, wave

# Several values of one step


def halves(name: str, facts: Reader) -> tuple[str, str | None]:
    """A step: what stands before a bar in a file, and what behind it, if anything."""
    one, _, two = str(facts[f"file:{name}"]).partition("|")
    return one, two or None


def read_second(_: str, facts: Reader) -> str:
    """A step: the second half of the file `a`."""
    return str(facts.get("second:a"))


def split(memo: Memo, text: str) -> Wave:
    """A build in which a step makes two facts, and another reads one of them."""
    made = Wave(memo, CODEC)
    made.give("file", {"a": text})
    made.each(("first", "second"), halves, ["a"])
    made.each("reader", read_second, ["a"])
    made.save({})
    return made


def test_a_step_may_make_facts_of_several_kinds():
    made = split(Memo(), "one|two")
    assert (found(made, "first"), found(made, "second")) == ({"a": "one"}, {"a": "two"})


def test_who_reads_one_of_them_does_not_care_for_the_other():
    memo = Memo()
    split(memo, "one|two")
    split(memo, "other|two")
    assert memo.computed == [("first", "a")]
    split(memo, "other|more")
    assert memo.computed == [("first", "a"), ("reader", "a")]


def test_one_of_several_facts_may_be_absent():
    memo = Memo()
    split(memo, "one|two")
    made = split(memo, "one")
    assert (found(made, "second"), found(made, "reader")) == ({}, {"a": "None"})
    assert found(split(memo, "one|two"), "reader") == {"a": "two"}


# A step that decides itself which facts there are


def letters(_: str, facts: Reader) -> Mapping[str, Mapping[str, str]]:
    """A step: where each letter of a file stands, and each one loud."""
    text = facts["file:a"]
    return {
        "place": {letter: str(text.index(letter)) for letter in text},
        "loud": {letter: letter.upper() for letter in text},
    }


def spread(memo: Memo, text: str) -> Wave:
    """A build with such a step, and one that reads what it makes of `b`."""
    made = Wave(memo, CODEC)
    made.give("file", {"a": text, "other": ""})
    made.spread("letters", letters, ("place", "loud"))
    made.each("loud b", lambda _, facts: facts.get("loud:b"), ["x"])
    made.each("b at", lambda _, facts: facts.get("place:b"), ["x"])
    made.save({})
    return made


def test_one_step_may_spread_facts_of_several_kinds():
    made = spread(Memo(), "ab")
    assert found(made, "place") == {"a": "0", "b": "1"}
    assert found(made, "loud") == {"a": "A", "b": "B"}


def test_what_was_spread_is_there_again_without_being_computed():
    memo = Memo()
    spread(memo, "ab")
    made = spread(memo, "ab")
    assert (found(made, "loud"), memo.computed) == ({"a": "A", "b": "B"}, [])


def test_only_the_facts_that_come_out_different_are_told_on():
    memo = Memo()
    spread(memo, "ab")
    spread(memo, "abc")
    assert memo.computed == [("letters", "")]
    spread(memo, "cab")
    assert memo.computed == [("letters", ""), ("b at", "x")]
    spread(memo, "ca")
    assert memo.computed == [("letters", ""), ("loud b", "x"), ("b at", "x")]


# Values that are kept elsewhere


def bake(memo: Memo, *texts: str) -> dict[str, tuple[str, bytes]]:
    """The pages that a build puts into the output, instead of into the memo."""
    made, output = Wave(memo, CODEC), {}
    files = {f"{n}.html": text for n, text in enumerate(texts)}

    def put(name: str, digest: str, data: bytes) -> None:
        output[name] = digest, data

    made.give("file", files)
    made.each("page", lambda n, f: f[f"file:{n}"].encode(), files, put=put)
    made.save({})
    return output


def blobs(**files: str) -> Mapping[str, Blob]:
    """An output by the numbers of its pages."""
    pages = {f"{n[1:]}.html": Blob.of(t.encode()) for n, t in files.items()}
    return MappingProxyType(pages)


def test_values_that_are_not_to_be_kept_are_not_in_the_memo():
    memo = Memo()
    assert bake(memo, "x") == {"0.html": (digest_of(b"x"), b"x")}
    assert (memo.values("page"), memo.digests("page")) == (
        {},
        {"0.html": digest_of(b"x")},
    )


def test_a_page_is_not_made_again_where_the_output_has_it():
    memo = Memo()
    bake(memo, "x", "y")
    memo.kept = blobs(_0="x", _1="y")
    assert (bake(memo, "x", "y"), memo.computed) == ({}, [])


def test_a_page_is_made_again_where_the_output_has_none_or_another():
    memo = Memo()
    bake(memo, "x", "y", "z")
    memo.kept = blobs(_0="x", _1="by hand")
    assert list(bake(memo, "x", "y", "z")) == ["1.html", "2.html"]


# What is recorded


def test_a_trace_says_what_was_read_and_no_more():
    def curious(_: str, facts: Reader) -> int:
        facts.get("file:a")
        facts.get("file:a")
        facts.get("file:gone")
        return len(facts.every("file"))

    memo = Memo()
    wave(memo, {"a": "x", "b": "y"}, names=["n"], curious=curious)
    assert memo.reads("curious", "n") == [f"file:{EVERY}", "file:a", "file:gone"]


def test_reads_that_many_have_in_common_count_like_any_others():
    def titled(name: str, facts: Reader) -> str:
        return f"{facts['file:title']}: {facts[f'file:{name}']}"

    memo, told = Memo(), []
    for files in (
        {"a": "x", "b": "y", "title": "T"},
        {"a": "x", "b": "z", "title": "T"},
        {"a": "x", "b": "z", "title": "U"},
    ):
        made = Wave(memo, CODEC, shared=["file"])
        made.give("file", files)
        made.each("titled", titled, ["a", "b"])
        made.save({})
        told.append((found(made, "titled"), [name for _, name in memo.computed]))
    assert told == [
        ({"a": "T: x", "b": "T: y"}, ["a", "b"]),
        ({"a": "T: x", "b": "T: z"}, ["b"]),
        ({"a": "U: x", "b": "U: z"}, ["a", "b"]),
    ]


# What others see of it


def test_facts_can_be_sent_to_a_process_that_has_no_memo():
    memo, files = Memo(), {"a": "x", "b": "y"}
    wave(memo, files, headline=shout, page=page)
    made = wave(memo, files, headline=shout, page=page)
    sent = pickle.loads(pickle.dumps(made.facts))
    assert dict(sent.every("page")) == {"a": "<h1>X</h1>", "b": "<h1>Y</h1>"}


class Counting(Watcher):
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []

    def begin(self, step, names) -> None:
        self.told.append(("begin", step, *names))

    def done(self, name, /) -> None:
        self.told.append(("done", name))

    def ended(self, stage) -> None:
        made = [made.name for made in stage.made]
        self.told.append(("ended", stage.step, stage.names, made))


def test_whoever_watches_is_told_what_begins_what_is_done_and_how_it_went():
    memo, watcher = Memo(), Counting()
    wave(memo, {"a": "x", "b": "y"}, shout=shout)
    made = Wave(memo, CODEC, watcher=watcher)
    made.give("file", {"a": "other", "b": "y"})
    made.each("shout", shout, ["a", "b"])
    assert watcher.told == [
        ("begin", "shout", "a"),
        ("done", "a"),
        ("ended", "shout", 2, ["a"]),
    ]
