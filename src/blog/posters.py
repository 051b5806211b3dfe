"""The stage of a build that draws a poster for each text, and one for the site.

A post's own picture wins. Stale when a title, an author, a topic, the colour or the
font changes; what was drawn lies on the shelf, by its recipe, whatever becomes of the
memo.
"""

from collections.abc import Iterable, Mapping
from unicodedata import east_asian_width

from blog.assets import STATIC
from blog.config import Cards, Config, locate
from blog.diagnostics import Report
from blog.engine import Facts, Reader, Wave, Workers
from blog.images import Wanted, drawn, font_of, not_drawn, runs_left
from blog.model import Blob, Card, Poster
from blog.shelf import Shelf
from blog.snapshot import content_of

_NO_FONT = "\0"
"""Stands for all characters, where the font is none."""
SITE = ""
"""The name of the poster for pages without a text of their own."""
_FEW = 8
"""Posters below which it does not pay to share them out."""
_ALL = 1 << 30


def draw_posters(
    wave: Wave, sources: Iterable[str], shelf: Shelf | None, workers: Workers
) -> None:
    """Draws what is missing; without a shelf, or if they are off, there are none."""
    config: Config = wave.facts.get("config", "whole")
    is_preview: bool = wave.facts.get("option", "preview")
    is_on = config.cards.enabled and shelf is not None and not is_preview
    wave.each(
        "poster",
        Drawing(shelf),
        (*sources, SITE) if is_on else (),
        few=_FEW if shelf and shelf.is_shared else _ALL,
        workers=workers,
        holds=lambda poster: shelf is None or _is_there(poster, shelf),
    )


def _is_there(poster: Poster, shelf: Shelf) -> bool:
    return not poster.file or shelf.holds(poster.file, poster.size)


class Drawing:
    """The step that draws a poster, and puts it on a shelf."""

    def __init__(self, shelf: Shelf | None) -> None:
        self._shelf = shelf

    def __call__(self, source: str, facts: Reader) -> Poster | None:
        """The poster of a text; None if its author gave it a picture."""
        card: Card | None = facts[f"card:{source}"] if source != SITE else None
        shelf = self._shelf
        if shelf is None or (card and card.image):
            return None
        font = _font(facts)
        if font is None:
            return Poster(missing=_NO_FONT)
        wanted = _wanted(card, font, facts)
        try:
            missing = not_drawn(wanted)
        except OSError:
            return Poster(missing=_NO_FONT)
        if missing:
            return Poster(missing=missing)
        known = _known(wanted.recipe, shelf)
        if known is None:
            data = drawn(wanted)
            known = Poster(file=shelf.put(data, "png"), size=len(data))
            shelf.note(wanted.recipe, f"{known.file} {known.size}".encode())
        return known


def _known(recipe: str, shelf: Shelf) -> Poster | None:
    """What was drawn before, if it is still there."""
    file, _, size = (shelf.noted(recipe) or b"").decode(errors="replace").partition(" ")
    if size.isdecimal() and shelf.holds(file, int(size)):
        return Poster(file=file, size=int(size))
    return None


def _wanted(card: Card | None, font: bytes, facts: Reader) -> Wanted:
    person, title = facts["site:author"], facts["site:title"]
    owner = person.name or title
    names = [author.name for author in card.authors] if card else []
    return Wanted(
        title=card.title if card else title,
        author=", ".join(names) or (owner if card else person.role or owner),
        topics=tuple(tag.label for tag in card.tags[:3]) if card else (),
        hue=facts["site:theme"].hue,
        font=font,
    )


def _font(facts: Reader) -> bytes | None:
    """The font that is named for posters, else that of the pages.

    Empty for Pillow's own; None if the family that is named is not installed.
    """
    cards: Cards = facts["config:cards"]
    if cards.font and not cards.font_file:
        return font_of(cards.font) or None
    name = cards.font_file or facts["site:theme"].font
    blob: Blob | None = facts.get(f"file:{STATIC}{name}") if name else None
    return content_of(blob) if blob else b""


def tell_not_drawn(facts: Facts, report: Report) -> None:
    """One warning for all posters that are not drawn."""
    posters: Mapping[str, Poster] = facts.every("poster")
    faulty = {
        name or "site.toml": p.missing for name, p in posters.items() if p.missing
    }
    if not faulty:
        return
    cards: Cards = facts.get("config", "cards")
    letters = sorted({*"".join(faulty.values())})
    if _NO_FONT in letters:
        message, hint = _no_font(cards, facts.get("site", "theme").font)
    else:
        some = ", ".join(repr(letter) for letter in letters[:6])
        more = f" and {len(letters) - 6} more" if len(letters) > 6 else ""
        count = "1 page has" if len(faulty) == 1 else f"{len(faulty)} pages have"
        message = (
            f"{count} no picture for sharing, {min(faulty)} the first of them,"
            f" since the font lacks {some}{more}"
        )
        hint = _way_out(letters, cards)
    where = ("cards", "font") if cards.font else ("cards",)
    report.warning(
        "poster-font", locate(facts.get("config", "text"), where), message, hint=hint
    )


def _no_font(cards: Cards, font: str) -> tuple[str, str]:
    """What is to say of a font that is not there, or is none."""
    if cards.font and not cards.font_file:
        package = cards.font.strip().lower().replace(" ", "-")
        wanted = "'blog[cards]'" if cards.font == FAMILY else f"fontpkg-{package}"
        message = f"the font {cards.font!r} is not installed"
        return message, f"pip install {wanted}; a file in static/ has a dot in its name"
    message = f"the font 'static/{cards.font_file or font}' cannot be read"
    return (
        message,
        "there are no pictures for sharing; it must be a .ttf, .otf or .woff2",
    )


def _way_out(letters: Iterable[str], cards: Cards) -> str:
    """What to write where the font lacks these letters."""
    if any(map(runs_left, letters)):
        return "write [cards] enabled = false: no script that runs left is drawn yet"
    if cards.font or any(east_asian_width(letter) in "WF" for letter in letters):
        own = 'name one in static/ that has them, [cards] font = "…"'
        return f"{own}, or draw none, enabled = false"
    return (
        f"write [cards] font = \"{FAMILY}\" and pip install 'blog[cards]',"
        " or draw none, [cards] enabled = false"
    )


FAMILY = "Inter"
"""The font of the extra `cards`: Latin, Greek and Cyrillic letters."""


def poster_files(facts: Facts, shelf: Shelf | None) -> Mapping[str, Blob]:
    """The posters by output path."""
    if shelf is None:
        return {}
    every: Mapping[str, Poster] = facts.every("poster")
    return {p.output: shelf.blob(p.file, p.size) for p in every.values() if p.file}


def poster_names(facts: Facts) -> set[str]:
    """The names on the shelf that posters have."""
    every: Mapping[str, Poster] = facts.every("poster")
    return {poster.file for poster in every.values() if poster.file}
