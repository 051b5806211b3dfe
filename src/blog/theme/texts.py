"""Which templates there are, and what is written in them."""

from collections.abc import Iterable

from blog.engine import Reader
from blog.frontmatter import decode
from blog.model import Blob
from blog.snapshot import content_of
from blog.theme.faults import FOLDER
from blog.wording import STRINGS

_DEFAULT = "default/"
"""Begins the names under which the packaged templates can always be had."""


def template_names(files: Iterable[str], theme: Iterable[str]) -> set[str]:
    """Every template by name: the site's, the packaged ones, and these once more."""
    packaged = {path.removeprefix(FOLDER) for path in theme if _is_template(path)}
    own = {path.removeprefix(FOLDER) for path in files if _is_template(path)}
    return own | packaged | {f"{_DEFAULT}{name}" for name in packaged}


def _is_template(path: str) -> bool:
    """Whether the file is one; words of languages lie among them."""
    return path.startswith(FOLDER) and not path.startswith(STRINGS)


def read_template(name: str, facts: Reader) -> str:
    """A step: the text of a template, the site's before the packaged one.

    One that is not UTF-8 is told, and empty.
    """
    blob: Blob | None = facts.get(f"file:{FOLDER}{name}")
    if blob is None:
        blob = facts[f"theme:{FOLDER}{name.removeprefix(_DEFAULT)}"]
        name = name.removeprefix(_DEFAULT)
    return decode(f"{FOLDER}{name}", content_of(blob), facts.report) or ""
