"""Dialects: what Docusaurus, Jekyll and our own format mean by the same words.

Each is a table of rules (`Dialect`), filled in by a module of its own.
"""

from types import MappingProxyType

from blog.dialects.dialect import Dialect, file_of
from blog.dialects.docusaurus import DOCUSAURUS
from blog.dialects.head import Head
from blog.dialects.jekyll import JEKYLL
from blog.dialects.native import NATIVE, PAGE

__all__ = ["DIALECTS", "Dialect", "Head", "file_of"]

DIALECTS = MappingProxyType(
    {"native": NATIVE, "docusaurus": DOCUSAURUS, "jekyll": JEKYLL, "page": PAGE}
)
"""Every dialect by the name it has in `site.toml`; `page` is for pages."""
