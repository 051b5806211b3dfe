"""Parts of posts in files of their own: `import Part from './_part.md'` and `<Part />`.

Reading one is a fact, so an edit of the part makes the posts stale that hold it.
"""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from blog.engine import Reader
from blog.frontmatter import decode, split
from blog.model import Source
from blog.snapshot import content_of

_MOST = 200_000
"""Characters that parts may bring to one post."""


@dataclass(slots=True, kw_only=True)
class Parts:
    """Puts parts into a text, and parts into those."""

    facts: Reader
    prepare: Callable[[Source, "Parts"], str]
    """The text of a part as Markdown with HTML."""
    depth: int = 0
    """Of the containers around the part that is being read."""
    around: list[str] = field(default_factory=list)
    """The files that are being read."""
    left: int = _MOST

    def text(self, source: Source, file: str, depth: int) -> str | None:
        """What the file that a source names comes to; None if it is not to be had.

        It must lie in the folder of the source, or its own links would lead elsewhere.
        """
        folder = posixpath.dirname(source.path)
        path = posixpath.normpath(posixpath.join(folder, file))
        is_near = posixpath.dirname(path) == folder and path not in self.around
        blob = self.facts.get(f"file:{path}") if is_near else None
        written = decode(path, content_of(blob), self.facts.report) if blob else None
        if written is None or len(written) > self.left:
            return None
        front = split(path, written, self.facts.report, last_wins=True)
        if front is None:
            return None
        self.left -= len(written)
        self.around.append(path)
        self.depth += depth
        part = replace(source, path=path, text=front.body, first_line=front.first_line)
        result = self.prepare(part, self)
        self.depth -= depth
        self.around.pop()
        return result
