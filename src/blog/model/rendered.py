"""What a text becomes."""

from dataclasses import dataclass

from blog.diagnostics import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One entry of a contents list."""

    level: int
    """2 to 6."""
    id: str
    html: str
    """The heading's text with its inline markup."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of a body, to be checked when all pages are known."""

    address: str
    """Of this site: decoded, without the path of `base_url`. Outside: as written."""
    fragment: str
    """Decoded, without `#`; may be empty."""
    written: str
    """As the author wrote it."""
    span: Span
    picture: bool = False
    hint: str = ""
    """The nearest file, for a file path that leads to none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A post's text as HTML."""

    html: str
    summary: str
    """HTML for lists: no ids, no footnote marks, headings as paragraphs."""
    text: str
    """The summary as plain text on one line."""
    is_cut: bool = False
    """Whether the author marked where the summary ends, or wrote one."""
    toc: tuple[Heading, ...] = ()
    words: int = 0
    """Words of prose; a CJK character counts as half a word."""
    image: str = ""
    """The post's picture: an address outside, or one of this site as written."""
    links: tuple[Link, ...] = ()
    outside: tuple[Link, ...] = ()
    """Links to other sites, by http or https."""
    ids: tuple[str, ...] = ()
    """Every id on which a link may land."""
    assets: tuple[tuple[str, str], ...] = ()
    """Files the text refers to: source path and output path."""
