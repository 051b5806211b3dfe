"""What kramdown, the Markdown of Jekyll, reads in another way than CommonMark."""

from markdown_it import MarkdownIt


def kramdown(md: MarkdownIt) -> None:
    """All of it, for the parser of Jekyll's posts."""
    # Nobody else needs to load these.
    from blog.markdown.kramdown.attributes import attributes
    from blog.markdown.kramdown.blocks import blocks
    from blog.markdown.kramdown.markdown_in_html import markdown_in_html
    from blog.markdown.kramdown.running_text import running_text
    from blog.markdown.kramdown.tables import tables

    blocks(md)
    attributes(md)
    markdown_in_html(md)
    running_text(md)
    tables(md)
