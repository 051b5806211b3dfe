"""A site on the screen while it is written: what was saved is there, at once.

    snapshot → build → a table in memory → HTTP, and events to the pages that are open

Nothing of it gets into the output; what a request asks for is looked up, never opened.
"""

from blog.serve.guard import LOOPBACK
from blog.serve.hosting import Hosting, address_here, bound
from blog.serve.loop import Rebuilt
from blog.serve.preview import Preview, Settings

__all__ = [
    "LOOPBACK",
    "Hosting",
    "Preview",
    "Rebuilt",
    "Settings",
    "address_here",
    "bound",
]
