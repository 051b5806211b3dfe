"""The newer and the older post of each, which Pelican leaves to plugins."""

from pelican import signals
from pelican.generators import ArticlesGenerator


def introduce(generator: ArticlesGenerator) -> None:
    """Posts come newest first."""
    posts = generator.articles
    for post, newer, older in zip(
        posts, [None, *posts[:-1]], [*posts[1:], None], strict=True
    ):
        post.newer, post.older = newer, older


def register() -> None:
    """Called by Pelican."""
    signals.article_generator_finalized.connect(introduce)
