"""The head of a file: bytes to text, block and body, values.

Blocks that cannot be read stand in `test_frontmatter_mistakes.py`.
"""

import pytest

from blog.diagnostics import Report, Span, plain
from blog.frontmatter import decode, load_yaml, split

PATH = "a.md"


def read(text, **options):
    """The fields and the body, and all that is said, as it is shown."""
    report = Report()
    front = split(PATH, text, report, **options)
    return front, [plain(d) for d in report.found]


def fields(block):
    """The fields of a YAML block, which must have no faults."""
    front, told = read(f"---\n{block}\n---\n")
    assert told == []
    return dict(front.fields)


def decoded(data):
    report = Report()
    return decode(PATH, data, report), [plain(d) for d in report.found]


# Bytes to text


@pytest.mark.parametrize(
    "data",
    [
        b"---\ntitle: A\n---\nB\n",
        b"\xef\xbb\xbf---\ntitle: A\n---\nB\n",
        b"---\r\ntitle: A\r\n---\r\nB\r\n",
        b"---\rtitle: A\r---\rB\r",
        b"---\r\ntitle: A\n---\rB\n",
    ],
    ids=["plain", "BOM", "CRLF", "CR", "mixed"],
)
def test_a_bom_and_the_line_breaks_of_any_system_are_fine(data):
    assert decoded(data) == ("---\ntitle: A\n---\nB\n", [])


def test_bytes_that_are_not_utf8_are_named_with_their_place():
    text, told = decoded("---\r\ntitle: é\r\n---\r\nA caf".encode() + b"\xe9!\n")
    assert (text, told) == (
        None,
        [
            "a.md:4:6: error: byte 0xe9 is not UTF-8 [not-utf8]\n"
            "  save the file as UTF-8 in your editor"
        ],
    )


def test_control_characters_in_the_text_are_left_out_with_a_warning():
    assert decoded(b"one\r\nt\x0bw\x7fo\n") == (
        "one\ntwo\n",
        [
            "a.md:2: warning: the text holds invisible control characters, left out"
            " [control-character]\n  retype the words around them"
        ],
    )


# The block and the body


@pytest.mark.parametrize(
    ("text", "title", "body", "first_line"),
    [
        ("---\ntitle: A\n---\nB\n", "A", "B\n", 4),
        ("---\ntitle: A\n---\n\nB\n", "A", "\nB\n", 4),
        ("---\ntitle: A\n---", "A", "", 4),
        ("---  \ntitle: A\n---\t\nB", "A", "B", 4),
        ("-----\ntitle: A\n-----\nB", "A", "B", 4),
        ("---\ntitle: A\n...\nB\n", "A", "B\n", 4),
        ("\n\n---\ntitle: A\n---\nB\n", "A", "B\n", 6),
        ('+++\ntitle = "A"\n+++\nB\n', "A", "B\n", 4),
        ("---\n---\nB\n", None, "B\n", 3),
        ("---\n# only a remark\n---\nB\n", None, "B\n", 4),
        ("---\ntitle: A\n---\nB\n---\nC\n", "A", "B\n---\nC\n", 4),
        ("---\ntitle: A\ntext: |\n  ---\n---\nB\n", "A", "B\n", 6),
        ("B\n", None, "B\n", 1),
        ("\n\nB\n", None, "\n\nB\n", 1),
        ("B\n---\ntitle: A\n---\n", None, "B\n---\ntitle: A\n---\n", 1),
        ("", None, "", 1),
    ],
)
def test_the_body_is_what_stands_below_the_block(text, title, body, first_line):
    front, told = read(text)
    assert told == []
    assert front.fields.get("title") == title
    assert (front.body, front.first_line) == (body, first_line)


def test_every_field_knows_its_place():
    front, _ = read("---\ntitle: A\n\n  # a remark\ntags:\n  - x\n---\n")
    assert front.spans == {
        "title": Span(path=PATH, line=2, column=1, length=5, source="title: A"),
        "tags": Span(path=PATH, line=5, column=1, length=4, source="tags:"),
    }


def test_every_field_of_toml_knows_its_place():
    front, _ = read('+++\ntitle = "A"\n[extra]\nx = 1\n+++\n')
    assert [(n, s.line) for n, s in front.spans.items()] == [("title", 2), ("extra", 3)]


# Values


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("true", "true"),
        ("12:30:45", "12:30:45"),
        ("2024", "2024"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("1.10", "1.10"),
        ("5" * 5000, "5" * 5000),
        ("2005-08-24 05:07:23 +01:00", "2005-08-24 05:07:23 +01:00"),
        ("2015-01-06 # a remark", "2015-01-06"),
        ('"quoted: text"', "quoted: text"),
        ("'it''s'", "it's"),
        ("|-\n  one\n  two", "one\ntwo"),
        (">-\n  one\n  two", "one two"),
        ("", None),
        ("~", None),
        ("null", None),
        ('""', ""),
        ("[]", ()),
        ("[a, 1, no]", ("a", "1", "no")),
        ("\n- a\n-\n- b", ("a", None, "b")),
        ("{name: Ann, age: 7}", {"name": "Ann", "age": "7"}),
        ("\n- name: Ann\n- Bob", ({"name": "Ann"}, "Bob")),
        ("1 < 2 & `x`", "1 < 2 & `x`"),
    ],
)
def test_a_value_of_yaml_stays_as_it_is_written(written, value):
    assert fields(f"title: {written}") == {"title": value}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"text"', "text"),
        ("false", "false"),
        ("1.10", "1.10"),
        ("7", "7"),
        ("2024-01-31", "2024-01-31"),
        ("2024-01-31T10:00:00-05:00", "2024-01-31 10:00:00-05:00"),
        ('["a", "b"]', ("a", "b")),
        ('{name = "Ann"}', {"name": "Ann"}),
    ],
)
def test_a_value_of_toml_becomes_text_too(written, value):
    front, told = read(f"+++\nx = {written}\n+++\n")
    assert (dict(front.fields), told) == ({"x": value}, [])


def test_a_value_remembers_whether_it_stood_in_quotes():
    found = fields("plain: 2024\nquoted: '2024'\nblock: |\n  2024")
    assert {name: value.plain for name, value in found.items()} == {
        "plain": True,
        "quoted": False,
        "block": False,
    }


def test_an_alias_stands_for_its_value():
    assert fields("a: &x [1, 2]\nb: *x") == {"a": ("1", "2"), "b": ("1", "2")}


def test_a_merged_mapping_brings_its_fields():
    assert fields("a: {<<: {x: 1}, y: 2}") == {"a": {"x": "1", "y": "2"}}


def test_a_field_of_its_own_is_stronger_than_a_merged_one():
    found = fields("base: &b {title: A}\ntitle: B\n<<: *b")
    assert found["title"] == "B"


def test_a_control_character_is_left_out_with_a_warning():
    front, told = read('---\ntitle: "a\\x07b"\ntags: ["c\\x00d"]\n---\n')
    assert dict(front.fields) == {"title": "ab", "tags": ("cd",)}
    assert told == [
        "a.md:2:1: warning: the value holds an invisible control character, left out"
        ' [control-character]\n  2 | title: "a\\x07b"\n    | ^^^^^ retype the value',
        "a.md:3:1: warning: the value holds an invisible control character, left out"
        ' [control-character]\n  3 | tags: ["c\\x00d"]\n    | ^^^^ retype the value',
    ]


# Other files of YAML


def test_a_file_of_yaml_is_a_mapping_even_with_a_line_of_dashes_above_it():
    report = Report()
    assert load_yaml("tags.yml", "---\nx: {label: X}\n", report) == {
        "x": {"label": "X"}
    }
    assert load_yaml("tags.yml", "", report) == {}
    assert report.found == []


def test_a_file_of_yaml_that_cannot_be_read_is_an_error_and_counts_as_empty():
    report = Report()
    assert load_yaml("tags.yml", "x: [\n", report) == {}
    assert [plain(d).split("\n")[0] for d in report.found] == [
        "tags.yml:2:1: error: not valid YAML: did not find expected node content"
        " [config-syntax]"
    ]
