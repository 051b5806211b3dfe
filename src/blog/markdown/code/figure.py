"""The HTML of a code block: a figure, its title, and its lines.

Lines have an element of their own where they are marked, and all of them where they
are numbered. The end of a line stands inside its element, so that what is copied has
the lines of the code. Numbers and signs are generated content, which is not copied.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from html import escape


@dataclass(slots=True, kw_only=True)
class Figure:
    """What is shown of a block."""

    language: str
    lines: Sequence[str]
    """HTML, no element of which goes on in the next line."""
    title: str = ""
    first: int = 0
    """Number of the first line; 0: lines have no numbers."""
    kinds: Mapping[int, AbstractSet[str]] = field(default_factory=dict)
    """How lines are marked, by their index."""
    wrap: bool = False
    noted: bool = False

    def html(self) -> str:
        """The whole figure, with a line break behind it."""
        name = escape(self.language.lower())
        kind = f' class="language-{name}"' if name else ""
        title = f"<figcaption>{escape(self.title)}</figcaption>" if self.title else ""
        return (
            f'<figure class="{self._classes()}">{title}<pre tabindex="0">'
            f"<code{kind}>{''.join(self._lines())}</code></pre></figure>\n"
        )

    def _classes(self) -> str:
        is_focused = any("focus" in kinds for kinds in self.kinds.values())
        names = (
            ("code", True),
            ("lined", self.first),
            ("wrap", self.wrap),
            ("noted", self.noted),
            ("focused", is_focused),
        )
        return " ".join(name for name, has in names if has)

    def _lines(self) -> Iterable[str]:
        if not self.first and not self.kinds:
            return (f"{line}\n" for line in self.lines)
        return (self._line(index, line) for index, line in enumerate(self.lines))

    def _line(self, index: int, line: str) -> str:
        kinds = self.kinds.get(index, frozenset())
        if not self.first and not kinds:
            return f"{line}\n"
        number = f' data-n="{self.first + index}"' if self.first else ""
        names = " ".join(["line", *(k for k in _CLASSES if k in kinds)])
        tag = next((tag for kind, tag in _TAGS if kind in kinds), "span")
        return f'<{tag} class="{names}"{number}>{line}\n</{tag}>'


_CLASSES = ("error", "warning", "focus")
_TAGS = (
    ("ins", "ins"),
    ("del", "del"),
    ("error", "mark"),
    ("warning", "mark"),
    ("mark", "mark"),
)
"""The element of a marked line; of several kinds the first counts."""
