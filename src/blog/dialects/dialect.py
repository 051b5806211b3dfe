"""What a dialect is: one row of rules, each a function of the front matter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from blog.dialects.head import Head
from blog.model import Author, Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """A post that is about to be written."""

    name: str
    """Path below the folder, without suffix."""
    fields: Mapping[str, object]
    """Its front matter, in order."""
    folds: bool = True
    """Whether the post may be an index file in a folder of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The rules by which a folder of posts was written.

    All addresses are decoded and start with `/`; names are paths below the folder.
    """

    claims: Callable[[str], bool]
    """Whether the file of this name is a post."""
    title: Callable[[Head, str], str]
    """From the fields, else the heading at the top (may be empty), else the name."""
    date: Callable[[Head], Moment | None]
    updated: Callable[[Head], Moment | None]
    slug: Callable[[Head], str]
    address: Callable[[Head, str, Moment | None], str]
    """From the slug and the date."""
    output: Callable[[Head, str], str]
    """The file that is written for an address."""
    id: Callable[[Head, str, str], str]
    """What feeds know a post by, from its slug and address."""
    tags: Callable[[Head], tuple[str, ...]]
    """Labels as written, categories among them; repeats allowed."""
    authors: Callable[[Head], tuple[str | Author, ...]]
    description: Callable[[Head], str]
    excerpt: Callable[[Head], str]
    """A summary in Markdown that replaces the one in the text; may be empty."""
    draft: Callable[[Head], bool]
    withheld: Callable[[Head], str]
    """A reason to hold the post back besides draft and date; may be empty."""
    listed: Callable[[Head], bool]
    redirects: Callable[[Head], tuple[str, ...]]
    drops_heading: Callable[[str, str], bool]
    """Whether the heading at the top (second) repeats the title (first)."""
    begin: Callable[[str, str, datetime, bool], Fresh]
    """A new post, from title, slug, the present time, and whether it is a draft."""
    tag_paths: Callable[[Head], Mapping[str, str]] = lambda _: {}
    """Addresses below the tags of the blog, by the labels that have one in the post."""
    dates_required: bool = False
    holds_future: bool = True
    last_key_wins: bool = False
    """A field given twice is a warning, not an error."""


def file_of(address: str) -> str:
    """The file a plain host serves for an address: a folder's index, or the name."""
    path = address.lstrip("/")
    if path == "" or path.endswith("/"):
        return f"{path}index.html"
    return path if path.endswith((".html", ".htm")) else f"{path}/index.html"
