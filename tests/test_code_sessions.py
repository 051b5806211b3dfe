"""Sessions at a prompt: what was typed can be told from what was answered."""

import pytest

from sites import page, texts


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
