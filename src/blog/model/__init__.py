"""Every noun of the program. Read this first.

Three words are kept apart: a **Post** is what the author wrote, a **Page** what we plan
to write, an **Artifact** the bytes. Everything is frozen. Paths are site-relative POSIX
paths; addresses are decoded, start with `/` and leave out the path of `base_url`.
"""

from blog.model.inputs import Blob, Snapshot
from blog.model.output import Artifact, Build, Page
from blog.model.rendered import Body, Heading, Link
from blog.model.site import Card, Held, Neighbour, Part, Section, Series, Site, Tag
from blog.model.written import Author, FrontMatter, Moment, Post, Source, no_fields

__all__ = [
    "Artifact",
    "Author",
    "Blob",
    "Body",
    "Build",
    "Card",
    "FrontMatter",
    "Heading",
    "Held",
    "Link",
    "Moment",
    "Neighbour",
    "Page",
    "Part",
    "Post",
    "Section",
    "Series",
    "Site",
    "Snapshot",
    "Source",
    "Tag",
    "no_fields",
]
