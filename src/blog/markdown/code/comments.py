"""Comments of every language, as far as marks in code need them."""

import re
from collections.abc import Sequence
from functools import cache

STYLES = {
    "js": ("//", ""),
    "block": ("/*", "*/"),
    "jsx": ("{/*", "*/}"),
    "hash": ("#", ""),
    "html": ("<!--", "-->"),
    "dashes": ("--", ""),
    "semicolons": (";;", ""),
    "percent": ("%", ""),
    "quote": ("'", ""),
    "rem": ("rem ", ""),
    "f90": ("!", ""),
    "ml": ("(*", "*)"),
    "cobol": ("*>", ""),
}
"""How a comment begins and ends, by a name for the style."""

POPULAR = ("js", "block", "jsx", "hash", "html")
"""The styles of a language that is not in the table."""

_OF = {
    **dict.fromkeys(("js", "javascript", "ts", "typescript"), ("js", "block")),
    **dict.fromkeys(("jsx", "tsx"), ("js", "block", "jsx")),
    "html": ("js", "block", "html"),
    **dict.fromkeys(("python", "py", "bash"), ("hash",)),
    **dict.fromkeys(("markdown", "md"), ("html", "jsx", "hash")),
    **dict.fromkeys(("tex", "latex", "matlab"), ("percent",)),
    **dict.fromkeys(("lua", "haskell"), ("dashes",)),
    "sql": ("dashes", "block"),
    "wasm": ("semicolons",),
    **dict.fromkeys(("vb", "vba", "visual-basic", "vbnet"), ("quote", "rem")),
    "batch": ("rem",),
    "basic": ("rem", "f90"),
    "fsharp": ("js", "ml"),
    **dict.fromkeys(("ocaml", "sml"), ("ml",)),
    "fortran": ("f90",),
    "cobol": ("cobol",),
}
"""The styles in which Docusaurus knows comments, by the language."""


@cache
def alone(language: str, words: Sequence[str]) -> re.Pattern[str]:
    """Matches a stripped line that is a comment of one of `words` and nothing else.

    The word is in the match's only group that is not None.
    """
    choice = "|".join(words)
    styles = (STYLES[name] for name in _OF.get(language.lower(), POPULAR))
    return re.compile(
        "|".join(
            rf"(?i:{_loose(begin)})\s*({choice})\s*{_loose(end)}"
            for begin, end in styles
        )
    )


def _loose(sign: str) -> str:
    """The sign as a pattern; a brace of JSX may stand by itself."""
    pattern = re.escape(sign.strip())
    return pattern.replace(r"\{", r"\{\s*").replace(r"\}", r"\s*\}")


_ENDS = ("*/}", "*/", "-->", "*)")
_MORE = (";", '"')
"""Further signs that begin a comment in some language."""
EVERY = tuple(
    sorted({*(begin for begin, _ in STYLES.values()), *_MORE}, key=len, reverse=True)
)
"""Every sign that begins a comment, the longest first."""

_LISP = frozenset({"ini", "lisp", "elisp", "clojure", "clj", "scheme", "asm", "nasm"})
_PERCENT = frozenset({"erlang", "prolog"})


def begins(language: str) -> tuple[str, ...]:
    """The signs that begin a comment in a language, the longest first."""
    name = language.lower()
    own = {STYLES[style][0] for style in _OF.get(name, POPULAR)}
    own |= {";"} if name in _LISP else {"%"} if name in _PERCENT else set()
    return tuple(sorted(own, key=len, reverse=True))


def last_comment(
    line: str, opener: str, signs: Sequence[str] = EVERY
) -> tuple[str, str] | None:
    """What stands before the comment at the end of `line`, and what is in it.

    None without a comment there that begins with `opener`.
    """
    text = line.rstrip()
    end = next((e for e in _ENDS if text.endswith(e)), "")
    inner = text.removesuffix(end).rstrip() if end else text
    place = inner.rfind(opener)
    before = inner[:place].rstrip() if place >= 0 else ""
    sign = next((s for s in signs if _ends_with(before, s.strip())), "").strip()
    if not sign:
        return None
    code = before[: len(before) - len(sign)]
    # `;;` and `///` are comments too.
    return code.rstrip(sign[0] if sign in ("//", ";") else None).rstrip(), inner[place:]


def _ends_with(text: str, sign: str) -> bool:
    if not text.lower().endswith(sign):
        return False
    return not sign.isalpha() or not text[: -len(sign)][-1:].isalnum()
