"""Front matter that cannot be read, and what is said of it."""

import subprocess
import sys

import pytest

from test_frontmatter import read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "---\ntitle: A\n\nB\n",
            "a.md:1:1: error: front matter opened with '---' is never closed"
            " [front-matter-open]\n  1 | ---\n"
            "    | ^^^ add a line '---' below the last field",
        ),
        (
            '\n+++\ntitle = "A"\n---\n',
            "a.md:2:1: error: front matter opened with '+++' is never closed"
            " [front-matter-open]\n  2 | +++\n"
            "    | ^^^ add a line '+++' below the last field",
        ),
        (
            '{\n"title": "A"\n}\nB\n',
            "a.md:1: error: front matter written as JSON is not read"
            " [front-matter-syntax]\n  1 | {\n"
            "    | write the fields as YAML between two lines of '---'",
        ),
        (
            "---\n- a\n- b\n---\n",
            "a.md:2:1: error: front matter must be fields, not a list or a sentence"
            " [front-matter-shape]\n  2 | - a\n"
            "    | ^ write one field a line, e.g. title: Hello",
        ),
        (
            "---\njust a sentence\n---\n",
            "a.md:2:1: error: front matter must be fields, not a list or a sentence"
            " [front-matter-shape]\n  2 | just a sentence\n"
            "    | ^ write one field a line, e.g. title: Hello",
        ),
        (
            "---\n[a]: b\n---\n",
            "a.md:2:1: error: a field's name must be text"
            " [front-matter-shape]\n  2 | [a]: b\n    | ^",
        ),
        (
            "---\nx: 1\ntitle: One: two\n---\n",
            "a.md:3:11: error: not valid YAML: mapping values are not allowed in this"
            " context [front-matter-syntax]\n  3 | title: One: two\n"
            '    |           ^ a value with a colon needs quotes: title: "One: two"',
        ),
        (
            "---\ntitle: *b\n---\n",
            "a.md:2:8: error: not valid YAML: found undefined alias"
            " [front-matter-syntax]\n  2 | title: *b\n"
            "    |        ^ quote values that begin with '*' or '&'",
        ),
        (
            "---\ntitle: !!python/name:os.system x\n---\n",
            "a.md:2:8: error: the YAML tag 'tag:yaml.org,2002:python/name:os.system' is"
            " not allowed [front-matter-syntax]\n"
            "  2 | title: !!python/name:os.system x\n"
            "    |        ^ quote values that begin with '!'",
        ),
        (
            "---\ntitle: !secret x\n---\n",
            "a.md:2:8: error: the YAML tag '!secret' is not allowed"
            " [front-matter-syntax]\n  2 | title: !secret x\n"
            "    |        ^ quote values that begin with '!'",
        ),
        (
            "+++\ntitle = A\n+++\n",
            "a.md:2:9: error: not valid TOML: Invalid value"
            " [front-matter-syntax]\n  2 | title = A\n    |         ^",
        ),
    ],
    ids=lambda value: value.split("\n")[0] if "error" in value else "",
)
def test_a_block_that_cannot_be_read_is_an_error_at_its_place(text, told):
    assert read(text) == (None, [told])


def test_a_field_given_twice_is_an_error_that_names_both_lines():
    assert read("---\ntitle: A\nx: 1\ntitle: B\n---\n")[1] == [
        "a.md:4:1: error: field 'title' is given twice, first on line 2 [duplicate-key]"
        "\n  4 | title: B\n    | ^^^^^ keep one of the two"
    ]


def test_where_the_last_of_two_fields_wins_it_is_a_warning():
    front, told = read("---\ntitle: A\ntitle: B\n---\n", last_wins=True)
    assert dict(front.fields) == {"title": "B"}
    assert told == [
        "a.md:3:1: warning: field 'title' is given twice, first on line 2"
        " [duplicate-key]\n  3 | title: B\n    | ^^^^^ the last one counts"
    ]


def test_a_field_given_twice_in_an_inner_mapping_is_an_error_too():
    told = read("---\nauthor:\n  name: A\n  name: B\n---\n")[1]
    assert [line.partition(": ")[0] for line in told] == ["a.md:4:3"]


@pytest.mark.parametrize("first", ["--- yaml", "---\u00a0", "---title: A"])
def test_a_first_line_that_only_begins_like_a_block_is_never_page_text(first):
    front, told = read(f"{first}\ndraft: true\n---\nB\n")
    assert front is None or front.fields.get("draft") == "true"
    assert front is not None or "a.md:1" in told[0]


# Blocks made to hurt


def said_of(block):
    front, told = read(f"---\n{block}\n---\n")
    assert front is None
    return [line.partition(": error: ")[2].split("\n")[0] for line in told]


def test_aliases_that_explode_are_refused():
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert said_of("\n".join(["l0: &l0 [x]", *levels])) == [
        "front matter holds too many values [front-matter-size]"
    ]


def test_a_value_nested_fifty_deep_is_read_and_one_far_deeper_refused():
    front, _ = read(f"---\na: {'[' * 49}{']' * 49}\n---\n")
    assert front is not None
    assert said_of(f"a: {'[' * 1000}{']' * 1000}") == [
        "front matter is nested too deep [front-matter-size]"
    ]


DEEP = """
from blog.diagnostics import Report
from blog.frontmatter import split
block = "a: " + "[" * 200_000 + "]" * 200_000
print(split("a.md", f"---\\n{block}\\n---\\n", Report()))
"""


def test_a_value_nested_without_end_does_not_end_the_program():
    run = subprocess.run([sys.executable, "-c", DEEP], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "None\n")
