"""What stands after the fence: the language of a block, and how it is to be shown.

Every spelling that posts of other systems have means the same here, whatever system
the post was written for: `{1,4-6}`, `title="a.py"`, `js:a.js`, `showLineNumbers=5`,
`{linenos=true,hl_lines=[1]}`. Words that are not known are for somebody else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

Ranges = tuple[tuple[int, int], ...]
"""First and last line of each range, 1-based."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """How its author wants to see a block."""

    language: str = ""
    """As written, without regard to letter case."""
    title: str = ""
    ranges: Ranges = ()
    """Lines to highlight, of the code as it is written."""
    numbered: bool = False
    start: int = 0
    """Number of the first line; 0: what it is in its file."""
    wrap: bool = False
    """Whether long lines are broken."""
    notes: bool = False
    """Whether `# (1)` at the end of a line refers to the list below the block."""
    file: str = ""
    """Path of a file that holds the code, and the part of it after `#`."""
    tab: str = ""
    """The label of a block that is one of several variants."""

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to do but to colour the code."""
        return self == Meta(language=self.language)


def read_meta(info: str) -> Meta:
    """What the words after a fence say; the first of two that contradict counts."""
    found = _LANGUAGE.match(info)
    language = found["plain"] or found["braced"] if found else ""
    rest = info[found.end() if found else 0 : _LONGEST]
    if found and found["braced"]:
        rest = f"{{{rest}"
    if not rest.strip():
        return Meta(language=unescape(language))
    values: dict[str, str] = {}
    for name, value in _words(unescape(rest)):
        values.setdefault(_NAMES.get(name.lower(), ""), value)
    start = values.get("start") or values.get("numbered", "")
    return Meta(
        language=unescape(language),
        title=values.get("title", ""),
        ranges=tuple(_ranges(values.get("ranges", ""))),
        numbered=_is_on(values, "numbered"),
        start=int(start) if start.isdecimal() else 0,
        wrap=_is_on(values, "wrap"),
        notes=_is_on(values, "notes"),
        file=values.get("file", ""),
        tab=values.get("tab", ""),
    )


_LANGUAGE = re.compile(r"[ \t]*(?:(?P<plain>[\w+#.-]+)|\{[ \t]*\.(?P<braced>[\w+#-]+))")
_LONGEST = 2_000
"""Characters after a fence that are read."""

_NAMES = {
    **dict.fromkeys(("title", "filename", "name"), "title"),
    **dict.fromkeys(("lines", "hl_lines", "mark_lines", "highlight"), "ranges"),
    **dict.fromkeys(("showlinenumbers", "linenos", "linenums"), "numbered"),
    **dict.fromkeys(("linenumbers", "numberlines"), "numbered"),
    **dict.fromkeys(("linenostart", "startlinenumber"), "start"),
    **{name: name for name in ("wrap", "notes", "file", "tab")},
}
"""What each word means, by its spelling in lower case."""

_OFF = frozenset({"false", "no", "off", "0"})


def _is_on(values: dict[str, str], name: str) -> bool:
    return name in values and values[name].lower() not in _OFF


def _word(sign: str, bare: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<key>[\w-]+)(?:{sign}(?:"
        r"\"([^\"]*)\"|'([^']*)'|[“”„]([^“”„]*)[“”]|[‘’‚]([^‘’‚]*)[‘’]"
        rf"|\[([^\[\]]*)\]|\{{([^{{}}]*)\}}|({bare}*)))?"
        r"|\{(?P<group>[^{}]*)\}"
    )


_WORD = _word("=", r"[^\s{}]")
_PART = _word(r"\s*[=:]\s*", r"[^\s{},]")
"""What stands in braces has commas between its words."""
_FILE = re.compile(r":(\S+)")
_RANGES = re.compile(r"[\d\s,-]*")


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Names with their values, which may be empty."""
    if file := _FILE.match(text):
        yield "title", file[1]
        text = text[file.end() :]
    for found in _WORD.finditer(text):
        group = found["group"]
        if group is None:
            yield found["key"], _value(found)
        elif _RANGES.fullmatch(group):
            yield "lines", group
        else:
            yield from ((p["key"], _value(p)) for p in _PART.finditer(group))


def _value(found: re.Match[str]) -> str:
    _, *values, _ = found.groups()
    return _bare(next((v for v in values if v is not None), ""))


def _bare(value: str) -> str:
    """The value without the quotes that it has in braces."""
    is_quoted = len(value) > 1 and value[0] in "\"'`" and value[-1] == value[0]
    return value[1:-1] if is_quoted else value


_RANGE = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    for found in _RANGE.finditer(text):
        first, last = int(found[1]), int(found[2] or found[1])
        yield min(first, last), max(first, last)
