"""Pictures: how large they are, and what readers are offered of them.

The only room that knows Pillow. Importing it costs 40 ms, so each function that needs
it does so for itself, and only those pay for it who have a new picture.
"""

from blog.images.cleaning import Cleaning
from blog.images.making import Making
from blog.images.measuring import drawing_size, picture_size
from blog.images.names import candidates, is_picture, is_raster, mentioned, offered_as
from blog.images.posters import Wanted, drawn, font_of, not_drawn, runs_left

__all__ = [
    "Cleaning",
    "Making",
    "Wanted",
    "candidates",
    "drawing_size",
    "drawn",
    "font_of",
    "is_picture",
    "is_raster",
    "mentioned",
    "not_drawn",
    "offered_as",
    "picture_size",
    "runs_left",
]
