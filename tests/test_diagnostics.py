"""What the program says to an author: each case is a tiny site and the exact text.

A case file holds a sentence on what it shows, then the files of the site, each below
a line `=== path`, and last, below `=== says`, what a build of that site says. Below
`=== path (escaped)` stand bytes as Python writes them: `\\xff`, `\\0`, `\\r`. A file is
named after the code it is about: `code.txt`, `code--variant.txt`.

`UPDATE_CASES=1 pytest tests/test_diagnostics.py` rewrites what is said. Read the
difference as the author of that site would: is it clear where to look, what is wrong
there, and what to do?
"""

import os
import re
from pathlib import Path

import pytest

from blog.diagnostics import CODES, Diagnostic, Span, plain
from conftest import said

HERE = Path(__file__).parent
CASES = HERE / "cases" / "diagnostics"
ON_DISK = {"unreadable", "bad-name", "link-outside", "special-file", "not-copied"}
ON_NET = {"dead-outside"}
ON_SCALES = {"over-budget"}
BARE = {"liquid-missing", "math-missing", "search-missing", "poster-font"}
"""Codes that need a disk, a server, pages of a size, or an environment without extras.

test_snapshot*.py, test_outside.py, test_weights.py,
test_posters.py, test_search_full.py and test_wheel.py show them.
"""


def parts(case: Path) -> dict[str, str]:
    """The text below each `=== heading` of a case, by heading; `says` is the last."""
    _, *pieces = re.split(r"^=== (.+)\n", case.read_text(), flags=re.MULTILINE)
    return dict(zip(pieces[::2], pieces[1::2], strict=True))


def files(case: Path) -> dict[str, str | bytes]:
    """The site of a case, as a dict."""
    site: dict[str, str | bytes] = {}
    for heading, text in parts(case).items():
        path, is_escaped = heading.removesuffix(" (escaped)"), "(escaped)" in heading
        if heading != "says":
            site[path] = _unescaped(text) if is_escaped else text
    return site


def _unescaped(text: str) -> bytes:
    return text.encode("latin-1").decode("unicode_escape").encode("latin-1")


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=case.stem) for case in sorted(CASES.glob("*.txt"))],
)
def test_the_author_is_told(case):
    told = said(files(case)) + "\n"
    if os.environ.get("UPDATE_CASES"):
        site, _, _ = case.read_text().partition("=== says\n")
        case.write_text(f"{site}=== says\n{told}")
    assert told == parts(case)["says"]
    assert f"[{case.stem.partition('--')[0]}]" in told


def test_every_code_is_shown_by_a_case_or_on_a_disk():
    in_cases = {case.stem.partition("--")[0] for case in CASES.glob("*.txt")}
    shown = [
        *HERE.glob("test_snapshot*.py"),
        HERE / "test_outside.py",
        HERE / "test_wheel.py",
        HERE / "test_posters.py",
        HERE / "test_weights.py",
        HERE / "test_search_full.py",
    ]
    text = "".join(file.read_text() for file in shown)
    elsewhere = {
        code for code in ON_DISK | ON_NET | ON_SCALES | BARE if f"[{code}]" in text
    }
    assert in_cases | elsewhere == CODES.keys()


def caret(source: str, marked: str) -> tuple[str, str]:
    """The excerpt and its caret line, for a mistake at `marked` in `source`."""
    column = source.index(marked) + 1
    span = Span(path="a.md", line=6, column=column, length=len(marked), source=source)
    _, excerpt, carets = shown_at(span).split("\n")
    return excerpt, carets


def shown_at(span: Span, **more: object) -> str:
    return plain(
        Diagnostic(
            severity="error", code="broken-link", message="wrong", span=span, **more
        )
    )


def test_carets_stand_below_their_text_behind_wide_characters():
    assert caret("日本語 x", "x") == ("  6 | 日本語 x", "    |        ^")


def test_carets_below_wide_characters_are_wide():
    assert caret("x 日本語", "日本語") == ("  6 | x 日本語", "    |   ^^^^^^")


def test_combining_accents_take_no_room():
    assert caret("cafe\u0301 x", "x") == ("  6 | cafe\u0301 x", "    |      ^")


def test_a_mistake_far_to_the_right_is_shown_with_fifty_characters_before_it():
    source = "-" * 150 + "x" + "-" * 150
    excerpt = "-" * 50 + "x" + "-" * 49
    assert caret(source, "x") == (f"  6 | {excerpt}", f"    | {' ' * 50}^")


def test_a_mistake_far_to_the_right_of_wide_characters_keeps_its_caret():
    source = "語" * 150 + "x"
    assert caret(source, "x") == (f"  6 | {'語' * 50}x", f"    | {' ' * 100}^")


def test_carets_end_where_the_excerpt_ends():
    source = "x" * 300
    assert caret(source, source) == (f"  6 | {'x' * 100}", f"    | {'^' * 100}")


def test_control_characters_never_reach_the_terminal():
    span = Span(path="a\x1b[31m.md", line=1, column=1, source="\x1b[2J\u202e!")
    shown = shown_at(span, hint="not \x07")
    assert shown == (
        "'a\\x1b[31m.md':1:1: error: wrong [broken-link]\n  1 |  [2J !\n    | ^ not \\x07"
    )


def test_a_place_without_a_column_shows_its_line_and_the_hint_below_it():
    span = Span(path="a.md", line=12, source="  text")
    assert shown_at(span, hint="do this") == (
        "a.md:12: error: wrong [broken-link]\n  12 |   text\n     | do this"
    )


def test_other_places_are_named_last():
    also = (Span(path="b.md", line=3, column=1), Span(path="c.md"))
    assert shown_at(Span(path="a.md"), related=also) == (
        "a.md: error: wrong [broken-link]\n  also: b.md:3:1\n  also: c.md"
    )
