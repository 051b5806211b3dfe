"""The examples of docs/writing-code.md, as they stand there."""

import re
from pathlib import Path

import pytest

from conftest import A, said
from sites import HEAD, page, texts

TEXT = (Path(__file__).parents[1] / "docs/writing-code.md").read_text()
EXAMPLES = re.findall(r"^````md\n(.*?)^````$", TEXT, re.DOTALL | re.MULTILINE)
FILES = {"content/posts/app.py": "".join(f"line({n})\n" for n in range(1, 12))}


def test_there_are_examples():
    assert len(EXAMPLES) == 7


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_built_without_a_word(example: str):
    assert said({**FILES, A: HEAD + example}) == ""


def test_no_mark_of_an_example_is_left_in_its_code():
    whole = "".join(page(example, **FILES) for example in EXAMPLES)
    shown = "\n".join(texts(whole, "code"))
    assert re.findall(r"highlight-|\[!code|# \(\d", shown) == []


def test_every_word_of_the_tables_is_known():
    words = re.findall(r"^\| `([^`]*)`", TEXT, re.MULTILINE)
    plain = page("```text\na\nb\nc\nd\n```\n")
    for word in words:
        text = f"```text {word}\na\nb\nc\nd\n```\n"
        is_shown = page(text, **FILES) != plain
        assert is_shown or "[code-file]" in said({**FILES, A: HEAD + text}), word
