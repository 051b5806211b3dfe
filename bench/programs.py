"""The same site for each generator: laid out, built, edited, looked at."""

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).resolve().parent
OUTPUT = "public"
LEFT = (
    OUTPUT,
    ".blog",
    ".hugo_build.lock",
    ".jekyll-cache",
    "cache",
    "resources",
)
"""What builds leave in the folder of a site."""
SETTINGS = """\
title = "Bench"
base_url = "https://example.org"
[feeds]
formats = ["rss"]
per_tag = false
[cards]
enabled = false
[theme]
search = "{search}"
"""
"""What the others are asked for as well: pages, lists, tags, one feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A generator: how it is called, and where its site has what is edited."""

    title: str
    build: tuple[str, ...]
    version: str
    """Its argument that prints the version."""
    posts: str
    template: str
    """That of a post's page."""


PROGRAMS: Mapping[str, Program] = MappingProxyType(
    {
        "blog": Program(
            title="blog",
            build=("build", "--quiet"),
            version="--version",
            posts="content/posts",
            template="templates/post.html",
        ),
        "hugo": Program(
            title="Hugo",
            build=("--quiet",),
            version="version",
            posts="content/posts",
            template="layouts/_default/single.html",
        ),
        "eleventy": Program(
            title="Eleventy",
            build=("--quiet",),
            version="--version",
            posts="content/posts",
            template="_includes/post.njk",
        ),
        "pelican": Program(
            title="Pelican",
            build=("--quiet", "--settings", "pelicanconf.py"),
            version="--version",
            posts="content/posts",
            template="theme/templates/article.html",
        ),
        "jekyll": Program(
            title="Jekyll",
            build=("build", "--quiet"),
            version="--version",
            posts="content/_posts",
            template="_layouts/post.html",
        ),
    }
)
"""By the name of the command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A folder with posts, and the command that is run in it to build the site."""

    title: str
    command: tuple[str, ...]
    root: Path
    posts: tuple[Path, ...]
    """Oldest first."""
    template: Path

    def clean(self) -> None:
        """Moves away all that earlier builds left.

        ext4 makes new files slowly for half a minute after many were deleted, so these
        are deleted when all is measured.
        """
        away = Path(tempfile.mkdtemp(prefix="left-", dir=self.root.parent))
        for name in LEFT:
            path = self.root / name
            if path.exists():
                path.rename(away / name)

    def post(self, place: float) -> Path:
        """The oldest post is at 0, the newest at 1."""
        return self.posts[int(place * (len(self.posts) - 1))]

    def stamps(self) -> Mapping[str, tuple[int, int, int]]:
        """What tells whether a file of the output was written: time, size, inode."""
        files = (p for p in (self.root / OUTPUT).rglob("*") if p.is_file())
        found = {str(path): path.stat() for path in files}
        return {p: (s.st_mtime_ns, s.st_size, s.st_ino) for p, s in found.items()}

    def check(self, evidence: Mapping[str, str]) -> None:
        """Ends all if a post has no page, or a page lacks its text of `evidence`."""
        output = self.root / OUTPUT
        built = len(list(output.glob("blog/*/index.html")))
        if built != len(self.posts):
            sys.exit(f"{self.title}: {len(self.posts)} posts, but {built} pages")
        for address, text in evidence.items():
            page = output / address
            if not page.is_file() or text not in page.read_text(encoding="utf-8"):
                sys.exit(f"{self.title}: {text!r} did not arrive in {page}")


def blog_site(executable: str, root: Path, posts: Path, search: str) -> Site:
    """The site of `blog`, with this kind of search."""
    root.mkdir(parents=True)
    (root / "site.toml").write_text(SETTINGS.format(search=search))
    site = _with_posts("blog", executable, root, posts)
    return site if search == "off" else replace(site, title=f"blog, search {search}")


def peer_site(name: str, executable: str, root: Path, posts: Path) -> Site:
    """The site of another generator, from the folder here that has its name."""
    shutil.copytree(HERE / name, root)
    site = _with_posts(name, executable, root, posts)
    match name:
        case "eleventy":
            (root / "node_modules").symlink_to(_modules(executable))
        case "pelican":
            for post in site.posts:
                edit(post, _plain)
    return site


def _with_posts(name: str, executable: str, root: Path, posts: Path) -> Site:
    program = PROGRAMS[name]
    shutil.copytree(posts, root / program.posts, dirs_exist_ok=True)
    return Site(
        title=program.title,
        command=(executable, *program.build),
        root=root,
        posts=tuple(sorted((root / program.posts).glob("*.md"))),
        template=root / program.template,
    )


def _modules(executable: str) -> Path:
    """Where Eleventy lies, and beside it the plugins its site asks for."""
    for folder in Path(executable).resolve().parents:
        if folder.name == "node_modules":
            return folder
    sys.exit(f"{executable} does not lead to a node_modules folder")


def _plain(text: str) -> str:
    """A post with its front matter as Pelican reads it: no quotes, no brackets."""
    _, head, body = text.split("---\n", 2)
    return "---\n".join(("", re.sub(r'["\[\]]', "", head), body))


def address(post: Path) -> str:
    """Where the page of a post is in the output; files are called date-slug.md."""
    return f"blog/{slug(post)}/index.html"


def slug(post: Path) -> str:
    """The name of a post in its address."""
    return post.stem[len("2000-01-01-") :]


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Writes a file anew, changed."""
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
