"""`:tada:` to 🎉, for those who ask for it."""

from blog.markdown.text import Text


def set_emoji(text: Text) -> None:
    """Replaces the names of emoji in running text, if `[markdown] emoji` is set."""
    if not any(line.count(":") > 1 for line in text.lines):
        return
    if not text.facts["config:markdown"].emoji:
        return
    # rich has the table, and costs time to import; few ask for emoji.
    from rich.emoji import Emoji

    for inline in text.inlines():
        for child in inline.children or ():
            if child.type == "text" and child.content.count(":") > 1:
                child.content = Emoji.replace(child.content)
