"""Every noun of the program. Read this first.

Three words are kept apart: a **Post** is what the author wrote, a **Page** what we plan
to write, an **Artifact** the bytes. Everything is frozen. Paths are site-relative POSIX
paths; addresses are decoded, start with `/` and leave out the path of `base_url`.
"""

from blog.model.inputs import Blob, Snapshot
from blog.model.output import Artifact, Build, Page, Summary
from blog.model.pictures import Measured, Offer, Picture, Poster, Variant
from blog.model.rendered import Body, Brief, Drawing, Heading, Link, Rendered
from blog.model.site import (
    Card,
    Held,
    Neighbour,
    Part,
    Section,
    Series,
    Site,
    Standing,
    Tag,
)
from blog.model.written import (
    MARK,
    Author,
    FrontMatter,
    Moment,
    Post,
    Prepared,
    Source,
    Update,
    no_fields,
)

__all__ = [
    "MARK",
    "NOUNS",
    "Artifact",
    "Author",
    "Blob",
    "Body",
    "Brief",
    "Build",
    "Card",
    "Drawing",
    "FrontMatter",
    "Heading",
    "Held",
    "Link",
    "Measured",
    "Moment",
    "Neighbour",
    "Offer",
    "Page",
    "Part",
    "Picture",
    "Post",
    "Poster",
    "Prepared",
    "Rendered",
    "Section",
    "Series",
    "Site",
    "Snapshot",
    "Source",
    "Standing",
    "Summary",
    "Tag",
    "Update",
    "Variant",
    "no_fields",
]

_NOT_KEPT = ("MARK", "NOUNS", "Blob", "Build", "Prepared", "Snapshot", "no_fields")
NOUNS = tuple(globals()[name] for name in __all__ if name not in _NOT_KEPT)
"""What may be kept from one build to the next."""
