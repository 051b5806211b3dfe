"""A site with a post of every construct; `python tests/gallery.py DIR` writes it."""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

CASES = Path(__file__).parent / "cases" / "gallery"
SITE = """\
title = "Gallery"
base_url = "https://gallery.example"
description = "A site with a post of every construct."

[author]
name = "Ada Example"
"""
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">'
    '<circle cx="50" cy="50" r="40" fill="teal"/></svg>'
)


def gallery() -> dict[str, str | bytes]:
    """The files of the site by path."""
    post = "content/posts/everything"
    return {
        "site.toml": SITE,
        f"{post}/index.md": (CASES / "content.md").read_text(),
        f"{post}/photo.jpg": _photo(),
        f"{post}/drawing.svg": DRAWING,
        "content/about.md": "---\ntitle: About\n---\n\nA gallery.\n",
    }


def _photo() -> bytes:
    """A picture of 1600 by 900 pixels with something to see."""
    red = Image.linear_gradient("L").resize((1600, 900))
    picture = Image.merge("RGB", (red, red.rotate(180), red.transpose(1)))
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=85)
    return stream.getvalue()


if __name__ == "__main__":
    for name, data in gallery().items():
        path = Path(sys.argv[1]) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
