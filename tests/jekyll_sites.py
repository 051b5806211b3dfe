"""Small helpers for tests of Jekyll posts: a text in, the HTML of its body out."""

from conftest import output, said

JEKYLL = {
    "site.toml": 'title = "Test"\nbase_url = "https://example.org"\n'
    '[[content]]\npath = "old"\ndialect = "jekyll"\n',
    "templates/post.html": "{{ body.html|safe_html }}",
    "templates/list.html": "{% for c in entries %}{{ c.summary_html|safe_html }}"
    "{% endfor %}",
}
"""A Jekyll site in `old`, and a theme of bodies alone."""
A = "old/_posts/2024-01-31-a.md"
PAGE = "2024/01/31/a.html"
HEAD = "---\ntitle: A post\n---\n"


def body(text: str, head: str = HEAD, /, **files: str) -> str:
    """The HTML of a post with this text; `files` lie in the Jekyll site."""
    return output(site(text, head, **files))[PAGE].strip()


def told(text: str, head: str = HEAD, /, **files: str) -> str:
    """What a build says of the post."""
    return said(site(text, head, **files))


def site(text: str, head: str = HEAD, /, **files: str) -> dict[str, str]:
    """The site with the post."""
    return {**JEKYLL, A: head + text, **{f"old/{n}": t for n, t in files.items()}}
