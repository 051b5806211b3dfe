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
    """Without its line, if it stands in the text: see `Source.with_line`."""
    picture: bool = False
    hint: str = ""
    """The nearest file, for a file path that leads to none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a program made of the code of a diagram."""

    svg: str
    size: tuple[int, int] | None = None
    """Width and height in pixels, where it says them."""
    fault: str = ""
    """Why there is none; empty if there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A post's text as HTML."""

    html: str
    toc: tuple[Heading, ...] = ()
    words: int = 0
    """Words of prose; a CJK character counts as half a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What lists show of a text; an edit below the summary seldom changes it."""

    summary: str
    """HTML: no ids, no footnote marks, headings as paragraphs."""
    text: str
    """The summary as plain text on one line."""
    is_cut: bool = False
    """Whether the author marked where the summary ends, or wrote one."""
    minutes: int = 1
    """To read the text, at least 1."""
    image: str = ""
    """The post's picture: an address outside, or one of this site as written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """All that comes of a text; each part is a fact of its own."""

    body: Body
    brief: Brief
    links: tuple[Link, ...] = ()
    outside: tuple[Link, ...] = ()
    """Links to other sites, by http or https."""
    anchors: tuple[str, ...] = ()
    """Every id on which a link may land."""
    assets: tuple[tuple[str, str], ...] = ()
    """Files the text refers to: source path and output path."""
    shown: tuple[tuple[str, str], ...] = ()
    """Pictures of which sizes were made: source path, and the output path that the
    file itself would have.
    """
