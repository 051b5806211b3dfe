"""Click to source: from a block of a page to a line, and to an editor."""

import pytest

from blog.serve.editor import Unwilling, command_line, editor_of, line_of

SOURCE = """---
title: Hello
---

# Hello

One *very* short [paragraph](./other.md) about "cats".

- first thing
- second thing

Again.

```python
print("Again")
```

Again.
"""


@pytest.mark.parametrize(
    ("text", "nth", "line"),
    [
        ("One very short paragraph about “cats”.", 0, 7),
        ("second thing", 0, 10),
        ("Again.", 0, 12),
        ("Again.", 9, 18),
        ('print("Again")', 0, 15),
        ("nowhere to be found", 0, 1),
        ("", 0, 1),
    ],
)
def test_a_block_leads_to_the_line_that_made_it(text, nth, line):
    assert line_of(SOURCE, text, nth) == line


def test_a_long_text_is_searched_in_a_moment():
    assert line_of("word " * 200_000 + "\nlast word", "word " * 100_000) == 1


def test_an_editor_is_told_the_file_and_the_line():
    assert command_line("true {file}:{line}", "/s/a b.md", 3) == ["true", "/s/a b.md:3"]
    assert command_line("true --x '{file}' {line}", "$(rm)", 3) == [
        "true",
        "--x",
        "$(rm)",
        "3",
    ]


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("", 'name your editor in site.toml: [serve] editor = "code -g {file}:{line}"'),
        (
            "vim",
            "vim may need a terminal; say how to open it in site.toml:"
            ' [serve] editor = "vim {file}"',
        ),
        ("no-such-program {file}", "there is no program 'no-such-program'"),
        (
            "'",
            'name your editor in site.toml: [serve] editor = "code -g {file}:{line}"',
        ),
    ],
)
def test_where_no_editor_can_be_opened_the_reason_is_told(command, reason):
    with pytest.raises(Unwilling) as told:
        command_line(command, "/a.md", 1)
    assert str(told.value) == reason


def test_the_setting_wins_over_the_machine():
    machine = {"VISUAL": "gvim", "EDITOR": "vi"}
    assert editor_of("code", machine) == "code"
    assert editor_of("", machine) == "gvim"
    assert editor_of("", {"EDITOR": "vi"}) == "vi"
    assert editor_of("", {}) == ""
