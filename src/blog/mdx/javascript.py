"""The little JavaScript that posts hold: where it ends, and what plain values say."""

import re
from collections.abc import Iterator, Mapping

TEXT = (
    r"\"[^\"\\\n]*(?:\\.[^\"\\\n]*)*\""
    r"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'"
    r"|`[^`\\]*(?:\\.[^`\\]*)*`"
)
"""A text in quotes, or a template."""
_STEP = re.compile(rf"{TEXT}|/\*|(?<![:\w])//[^\n]*|[{{}}]", re.DOTALL)
_PART = re.compile(rf"{TEXT}|[{{}}()\[\],]", re.DOTALL)
_COMMENT = re.compile(rf"({TEXT})|/\*.*?\*/|(?<![:\w])//[^\n]*", re.DOTALL)
_LITERAL = re.compile(rf"{TEXT}|-?(?:\d+\.?\d*|\.\d+)", re.DOTALL)
_ADDRESS = re.compile(
    rf"(?P<call>require|useBaseUrl)\(\s*(?P<text>{TEXT})\s*,?\s*\)(?:\.default)?",
    re.DOTALL,
)
_MEMBER = re.compile(rf"(?P<key>{TEXT}|[\w$-]+)\s*:\s*(?P<value>.*)", re.DOTALL)


def closing(text: str, start: int, limit: int) -> int:
    """The place behind the brace that closes the one at `start`; 0 if there is none.

    No more than `limit` characters are looked at.
    """
    depth, place, end = 0, start, min(len(text), start + limit)
    while found := _STEP.search(text, place, end):
        place = found.end()
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
            if depth == 0:
                return place
        elif found[0] == "/*":
            place = text.find("*/", place, end) + 2
            if place == 1:
                return 0
    return 0


def without_comments(code: str) -> str:
    """`code` without its comments and the space around it."""
    if "/" not in code:
        return code.strip()
    return _COMMENT.sub(lambda found: found[1] or "", code).strip()


def static(code: str, names: Mapping[str, str]) -> str | None:
    """The text of an expression that no code has to run for; None for all others.

    `names` are the texts and the addresses of files that are known by a name.
    """
    code = without_comments(code)
    if _LITERAL.fullmatch(code):
        return _literal(code)
    if found := _ADDRESS.fullmatch(code):
        address = _literal(found["text"])
        if found["call"] == "useBaseUrl" and address and not _WHOLE.match(address):
            return f"/{address}"
        return address
    return names.get(code)


_WHOLE = re.compile(r"/|[a-z]+:")
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "\n": ""}


def _literal(code: str) -> str | None:
    if code[0] not in "\"'`":
        return code
    if code[0] == "`" and "${" in code:
        return None
    return _ESCAPE.sub(_unescaped, code[1:-1]) if "\\" in code else code[1:-1]


def _unescaped(found: re.Match[str]) -> str:
    if number := found[1] or found[2] or found[3]:
        sign = int(number, 16)
        is_sign = 0 < sign <= 0x10FFFF and not 0xD800 <= sign <= 0xDFFF
        return chr(sign) if is_sign else "\ufffd"
    return _ESCAPES.get(found[4], found[4])


def members(code: str) -> dict[str, str]:
    """The members of an object as they are written, by name; empty if it is none."""
    code = without_comments(code)
    if not (code.startswith("{") and code.endswith("}")):
        return {}
    found = (_MEMBER.fullmatch(part) for part in _parts(code[1:-1]))
    return {str(_literal(each["key"])): each["value"].strip() for each in found if each}


def elements(code: str) -> list[str]:
    """The elements of a list as they are written; empty if it is none."""
    code = without_comments(code)
    if not (code.startswith("[") and code.endswith("]")):
        return []
    return list(_parts(code[1:-1]))


def _parts(code: str) -> Iterator[str]:
    """What stands between the commas of the outermost level."""
    depth, begin = 0, 0
    for found in _PART.finditer(code):
        sign = found[0]
        depth += (sign in "{([") - (sign in "})]") if len(sign) == 1 else 0
        if sign == "," and depth == 0:
            yield code[begin : found.start()].strip()
            begin = found.end()
    if last := code[begin:].strip():
        yield last
