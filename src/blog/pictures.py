"""The stages of a build that are about pictures, and the files that come of them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from blog.assets import STATIC
from blog.engine import Facts, Reader, Wave, Workers
from blog.images import Cleaning, Making, is_raster, picture_size
from blog.model import Blob, Measured, Picture, Variant
from blog.shelf import Shelf

_SMALL = 500
"""Pictures below which measuring them is not shared out."""
_ALL = 1 << 30
"""More pictures than there are."""


def measure(wave: Wave) -> None:
    """How large each picture of the site is."""
    wave.each("size", picture_size, wave.facts.names("image"), few=_SMALL)


def offer(wave: Wave, shelf: Shelf | None, workers: Workers) -> None:
    """Makes the sizes and formats of all pictures that posts show.

    Without a shelf nothing is made, and only faults are found.
    """
    files = tuple(sorted(filter(is_raster, wave.facts.names("image"))))
    wave.give("raster", {"": files})
    wave.spread("wanted", wanted, ("wanted",))

    def holds(picture: Picture) -> bool:
        return shelf is None or all(shelf.holds(v.file, v.size) for v in picture.files)

    wave.each(
        "picture",
        Making(shelf),
        wave.facts.digests("wanted"),
        few=0 if shelf is None or shelf.is_shared else _ALL,
        workers=workers,
        holds=holds,
    )


def wanted(_: str, facts: Reader) -> Mapping[str, Mapping[str, bool]]:
    """A step: the pictures that posts mention, see `images.mentioned`.

    Not those of posts that are held back: their pictures can wait until they are due.
    """
    held = facts.every("held")
    every = facts.every("mentions").items()
    said = {path for post, paths in every if post not in held for path in paths}
    files = facts["raster:"] if said else ()
    return {"wanted": {f: True for f in files if not said.isdisjoint(_names(f))}}


def _names(path: str) -> list[str]:
    """What a post may call a file: its path, or the end of it from the root."""
    parts = path.split("/")
    return [path, *("/" + "/".join(parts[n:]) for n in range(len(parts)))]


def clean(
    wave: Wave, static: Iterable[str], shelf: Shelf | None, workers: Workers
) -> None:
    """Writes again what is published as it is and tells more than a picture."""
    if shelf is None:
        return
    facts = wave.facts
    copied = [path for path in facts.every("copy").values() if is_raster(path)]
    own = [f"{STATIC}{path}" for path in static if is_raster(path)]
    sizes: Mapping[str, Measured] = facts.every("size") if copied or own else {}
    told = [p for p in own if p in sizes and sizes[p].tells_place]
    names = [p for p in copied if p not in sizes or not sizes[p].is_bare]

    def holds(picture: Picture) -> bool:
        return all(shelf.holds(v.file, v.size) for v in picture.files)

    wave.each(
        "cleaned",
        Cleaning(shelf),
        {*names, *told},
        few=0 if shelf.is_shared else _ALL,
        workers=workers,
        holds=holds,
    )


def pictures_made(
    facts: Facts, static: Mapping[str, Blob], shelf: Shelf | None
) -> Mapping[str, Blob | None]:
    """The files that come of all this, by output path.

    None in the place of a file that is not to be published.
    """
    if shelf is None:
        return MappingProxyType({})
    stored: Mapping[str, Variant] = facts.every("offered")
    made: dict[str, Blob | None] = {
        output: shelf.blob(variant.file, variant.size)
        for output, variant in stored.items()
    }
    cleaned: Mapping[str, Picture] = facts.every("cleaned")
    copies = {**{path: f"{STATIC}{path}" for path in static}, **facts.every("copy")}
    for output, source in copies.items() if cleaned else ():
        if picture := cleaned.get(source):
            file = picture.fallback
            made[output] = shelf.blob(file.file, file.size) if file else None
    return MappingProxyType(made)


def names_used(facts: Facts) -> set[str]:
    """The names of all files on the shelf that this build has made use of."""
    every = (*facts.every("picture").values(), *facts.every("cleaned").values())
    names = {variant.file for picture in every for variant in picture.files}
    return names | {f"{picture.recipe}.json" for picture in every}
