"""A site and the command that deploys it, for the tests of `blog deploy`."""

from pathlib import Path

from command import blog_here as blog
from conftest import POST, A
from disk import tree, write

TARGET = '[deploy.www]\nkind = "folder"\npath = "www"\n'
SITE = 'title = "Test"\nbase_url = "https://example.org"\n'
TOML = SITE + TARGET
POSTS = {
    f"content/posts/{n}.md": POST.replace("A post", f"Post {n}") for n in range(28)
}


def new_site(root: Path) -> Path:
    """A site of many posts that is deployed to a folder."""
    write(root, {"site.toml": TOML, A: POST, **POSTS})
    return root


def live(site: Path) -> dict[str, str]:
    """What readers see."""
    found = tree(site / "www" / "current")
    return {path: text for path, text in found.items() if text != "<folder>"}


def of_build(site: Path) -> dict[str, str]:
    """What was built."""
    found = tree(site / "public")
    del found[".blog-output"]
    return {path: text for path, text in found.items() if text != "<folder>"}


def deploy(site: Path, *words: str) -> tuple[int, str, str]:
    return blog(site, "deploy", "--yes", *words)
