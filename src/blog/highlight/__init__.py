"""Code to coloured HTML. The only user of Pygments.

A block too long to colour in reasonable time is shown plain; the limits are lengths,
not seconds, so that every machine writes the same bytes.
"""

from collections.abc import Iterator
from functools import cache
from html import escape
from itertools import count
from types import MappingProxyType

from pygments.lexer import Lexer
from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.util import ClassNotFound

from blog.highlight.dispatch import can_dispatch, dispatching
from blog.highlight.spans import spans

MAX_LINE = 2_000
"""Characters of one line; some lexers take quadratic time for longer ones."""
MAX_LINES = 1_000
"""Lines of one block; some lexers take quadratic time for many short ones."""
MAX_CODE = 50_000
"""Characters of one block."""

ALIASES = MappingProxyType(
    {
        "angular": "html",
        "angular-html": "html",
        "angular-ts": "ts",
        "astro": "html",
        "azurecli": "bash",
        "azurecli-interactive": "bash",
        "azurepowershell": "powershell",
        "bash-session": "console",
        "cjs": "js",
        "cli": "bash",
        "cmd": "batch",
        "conf": "ini",
        "cts": "ts",
        "dotenv": "bash",
        "editorconfig": "ini",
        "ejs": "html",
        "env": "bash",
        "feature": "gherkin",
        "flow": "js",
        "gitignore": "text",
        "golang": "go",
        "gql": "graphql",
        "gradle": "groovy",
        "hbs": "handlebars",
        "htmlmixed": "html",
        "ino": "arduino",
        "jinja2": "jinja",
        "jsonc": "js",
        "jsonl": "json",
        "mdx": "markdown",
        "mjml": "xml",
        "mjs": "js",
        "mm": "objective-c",
        "mts": "ts",
        "mustache": "handlebars",
        "objectivec": "objective-c",
        "patch": "diff",
        "plist": "xml",
        "postcss": "scss",
        "proto": "protobuf",
        "robot": "robotframework",
        "sh-session": "console",
        "shellsession": "console",
        "sol": "solidity",
        "ssh-config": "ini",
        "svelte": "html",
        "svg": "xml",
        "terminal": "console",
        "tfvars": "hcl",
        "vb": "vbnet",
        "viml": "vim",
        "vue": "html",
        "vue-html": "html",
        "wasm": "wat",
        "yml": "yaml",
        "zshrc": "zsh",
    }
)
"""Names that people write for languages Pygments knows by another.

`diff-js` and its like are known as well.
"""

SESSIONS = MappingProxyType(
    {
        **dict.fromkeys(("bash", "sh", "shell", "zsh", "ksh"), ("$ ", "console")),
        **dict.fromkeys(("python", "py", "python3", "py3"), (">>> ", "pycon")),
    }
)
"""Prompt and language of a session, by the language that people write over it."""
_NONE = ("", "")

PLAIN = frozenset(
    {"", "text", "txt", "plain", "plaintext", "none", "nohighlight", "log", "csv"}
    | {"no-highlight", "no-syntax", "tsv", "output", "ascii", "config", "mermaid"}
    | {"math", "tree"}
    # Pygments' lexers for these remember one text while they read the next.
    | {"csound", "csound-csd", "csound-document", "csound-orc", "csound-sco"}
    | {"csound-score"}
)
"""Names that mean: no colours."""


def colour(code: str, language: str) -> str | None:
    """Spans of `code` with Pygments' classes, or None if the language is unknown."""
    name = language.lower()
    if name in PLAIN:
        return escape(code, quote=False)
    name = "diff" if name.startswith("diff-") else ALIASES.get(name, name)
    prompt, session = SESSIONS.get(name, _NONE)
    lexer = _lexer(session if prompt and code.startswith(prompt) else name)
    if lexer is None:
        return None
    return spans(lexer.get_tokens(code))


def languages() -> frozenset[str]:
    """Every name that is known, for suggestions."""
    known = (alias for _, aliases, _, _ in get_all_lexers() for alias in aliases)
    return frozenset({*known, *ALIASES, *PLAIN} - {""})


def is_too_long(code: str) -> bool:
    """Whether `code` is past the limits and has to be shown plain."""
    lines = code.split("\n")
    is_long = len(code) > MAX_CODE or len(lines) > MAX_LINES
    return is_long or any(len(line) > MAX_LINE for line in lines)


_MANY = 20
"""Blocks of a language after which it pays to work out its table (15 ms)."""


@cache
def _counted(name: str) -> tuple[Lexer, Iterator[int]] | None:
    try:
        lexer = get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    return lexer, count(1)


def _lexer(name: str) -> Lexer | None:
    """The lexer of that name; the same tokens come faster once it is used a lot."""
    known = _counted(name)
    if known is None:
        return None
    lexer, uses = known
    if next(uses) == _MANY and can_dispatch(lexer):
        # An attribute of this one lexer; Pygments itself stays as it is.
        lexer.get_tokens_unprocessed = dispatching(lexer)  # type: ignore[method-assign,assignment]
    return lexer
