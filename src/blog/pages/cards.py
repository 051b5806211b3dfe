"""A post as other pages show it."""

from html import escape

from blog.engine import Reader
from blog.markdown import with_type
from blog.model import Brief, Card, Post, Standing


def card_of(path: str, facts: Reader) -> Card:
    """A step: the card of the post in the file `path`."""
    post: Post = with_type(facts[f"post:{path}"], facts)
    brief: Brief = facts[f"brief:{path}"]
    standing: Standing = facts[f"standing:{path}"]
    summary = post.description and f"<p>{escape(post.description)}</p>"
    is_own = brief.is_cut or post.dialect in ("docusaurus", "jekyll")
    return Card(
        path=post.path,
        address=post.address,
        id=post.id,
        title=post.title,
        date=post.date,
        updated=post.updated,
        summary_html=brief.summary if is_own else summary or brief.summary,
        summary_text=post.description or brief.text,
        tags=standing.tags,
        authors=standing.authors,
        minutes=brief.minutes,
        language=post.language,
        image=brief.image,
        preview=standing.preview,
    )
