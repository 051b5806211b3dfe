"""Names of languages, and sessions: what was typed, and what was answered."""

import pytest

from blog.highlight import ALIASES, PLAIN, colour, languages
from conftest import A, said
from sites import HEAD, page, texts


def test_every_other_name_leads_to_a_language():
    assert {name for name in ALIASES.values() if name not in PLAIN} <= languages()
    assert [name for name in ALIASES if colour("x\n", name) is None] == []


@pytest.mark.parametrize("name", ["diff", "diff-js", "patch", "DIFF-ts"])
def test_a_diff_of_any_language_is_a_diff(name: str):
    assert texts(page(f"```{name}\n+ a\n- b\n```\n"), ".gi, .gd") == ["+ a", "- b"]


def test_an_unknown_language_is_told_once_a_file_and_shown_plain():
    text = "\n```zzzz\na < b\n```\n\n```ZZZZ {1}\nc\n```\n"
    assert said({A: HEAD + text}).splitlines() == [
        "content/posts/a.md:6:4: warning: no highlighter knows the language 'zzzz' "
        "[unknown-language]",
        "  6 | ```zzzz",
        "    |    ^^^^ write 'text' for code without colours",
    ]
    assert texts(page(text), "code") == ["a < b", "c"]


@pytest.mark.parametrize("language", ["bash", "sh", "shell", "zsh", "console"])
def test_a_session_in_a_shell_is_known_by_its_prompt(language: str):
    html = page(f"```{language}\n$ ls -a\n.git\n$ cd\n```\n")
    assert texts(html, ".gp") == ["$", "$"]
    assert texts(html, ".go") == [".git"]


@pytest.mark.parametrize("language", ["python", "py", "pycon"])
def test_a_session_in_python_is_known_by_its_prompt(language: str):
    html = page(f"```{language}\n>>> def f():\n...     pass\n>>> 1\n1\n```\n")
    assert texts(html, ".gp") == [">>>", "...", ">>>"]
    assert texts(html, ".go") == ["1"]


@pytest.mark.parametrize("code", ["echo $ x", "$HOME/run", "# $ ls"])
def test_a_dollar_alone_is_no_prompt(code: str):
    assert texts(page(f"```bash\n{code}\n```\n"), ".gp") == []
