"""The laws, on sites and edits at random: a memo changes the speed, never the result."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from blog.build import Options, build
from blog.diagnostics import plain
from blog.memo import Memo
from blog.model import Build
from chances import cases
from conftest import snapshot
from random_sites import EDITS, SITES, Draft, Edit, Files

HOW = st.sampled_from(["here", "here", "here", "jobs", "threads"])
ASKED = st.sampled_from(
    [Options()] * 4
    + [Options(drafts=True), Options(future=True), Options(base_url="https://e.org/x")]
)
STEPS = st.lists(
    st.tuples(st.lists(EDITS, min_size=1, max_size=2), HOW, ASKED),
    min_size=3,
    max_size=8,
)
Steps = list[tuple[list[Edit], str, Options]]


def outcome(result: Build) -> object:
    """All that is written, said and counted."""
    files = {path: a.blob.digest for path, a in result.artifacts.items()}
    return files, [plain(d) for d in result.diagnostics], result.summary


def made(files: Files, memo: Memo, how: str, asked: Options) -> Build:
    """A build with a memo, shared out in one way or another."""
    if how == "threads":
        with ThreadPoolExecutor(2) as pool:
            return build(snapshot(files), options=asked, memo=memo, executor=pool)
    jobs = 2 if how == "jobs" else 1
    return build(snapshot(files), options=asked, memo=memo, jobs=jobs)


@cases(40)
@given(SITES, STEPS)
def test_after_any_edits_a_build_with_memo_is_the_clean_build(
    site: Draft, steps: Steps
):
    memo = Memo()
    made(site.files, memo, "here", Options())
    for edits, how, asked in steps:
        for edit in edits:
            site = edit(site)
        clean = build(snapshot(site.files), options=asked)
        assert outcome(made(site.files, memo, how, asked)) == outcome(clean)
        assert memo.trouble == ""


@cases(12)
@given(SITES, STEPS)
def test_so_is_one_with_a_memo_that_another_process_left(site: Draft, steps: Steps):
    with tempfile.TemporaryDirectory() as folder:
        file, kept = Path(folder) / "memo.sqlite", {}
        for edits, how, asked in steps:
            for edit in edits:
                site = edit(site)
            memo = Memo(path=file, kept=kept)
            found = made(site.files, memo, how, asked)
            memo.close()
            clean = build(snapshot(site.files), options=asked)
            assert outcome(found) == outcome(clean)
            assert memo.trouble == ""
            if found.ok:
                kept = {path: a.blob for path, a in found.artifacts.items()}


@cases(10)
@given(SITES, STEPS)
def test_where_nothing_was_edited_nothing_is_computed(site: Draft, steps: Steps):
    memo = Memo()
    for edits, how, asked in steps:
        for edit in edits:
            site = edit(site)
        # Posters lie on a shelf, which is another one here each time.
        asked = replace(asked, preview=True)
        if made(site.files, memo, how, asked).ok:
            made(site.files, memo, how, asked)
            assert memo.computed == []
