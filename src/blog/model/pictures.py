"""What is known of a picture, and what readers are offered of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the head of a picture's file says, without a look at the picture."""

    width: int
    """In pixels, as it is shown: its orientation is applied."""
    height: int
    format: str
    """`JPEG`, `PNG`, `WEBP`, `AVIF`, `GIF`, `BMP` or `SVG`, whatever the name says."""
    is_still: bool
    """False if it moves, or is a drawing: then it is left as it is."""
    is_bare: bool
    """Whether the file holds nothing of where, when and with what it was made."""
    tells_place: bool = False
    """Whether it says where it was taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A picture in one size and format, as a file that was made."""

    file: str
    """Its name among all that were made: the digest of its bytes and a suffix."""
    width: int
    height: int
    size: int
    """In bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One format in which a picture is offered."""

    format: str
    """`avif` or `webp`."""
    variants: tuple[Variant, ...]
    """Narrow to wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """What stands for a page where its address is shared: 1200 by 630 pixels."""

    file: str = ""
    """Its name among all that were made; empty if it cannot be drawn."""
    size: int = 0
    """In bytes."""
    missing: str = ""
    """The characters that the font has not."""

    @property
    def output(self) -> str:
        """Path in the output folder."""
        return f"cards/{self.file}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What was made of a picture, or what is wrong with it."""

    recipe: str = ""
    """Names what it was made of and how."""
    offers: tuple[Offer, ...] = ()
    """The best one first; may be empty."""
    fallback: Variant | None = None
    """For those who know none of these formats, as wide as the widest; None: the file
    that the author has, which is smaller.
    """
    colour: str = ""
    """What it looks like from afar: red, green and blue, each a digit from 0 to 7.

    Empty if it lets through what is behind it.
    """
    fault: str = ""
    """The code of what is wrong with it; empty if nothing is."""
    reason: str = ""
    """That in words, as they follow the name of the picture."""

    @property
    def files(self) -> tuple[Variant, ...]:
        """All that was made."""
        every = [variant for offer in self.offers for variant in offer.variants]
        return (*every, *((self.fallback,) if self.fallback else ()))
