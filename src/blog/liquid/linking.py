"""The addresses of posts and files: `{% post_url %}` and `{% link %}`."""

import posixpath
from typing import TextIO

from liquid.ast import Node
from liquid.context import RenderContext
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from blog.diagnostics import suggest
from blog.dialects.jekyll import SUFFIXES
from blog.liquid.including import rendered
from blog.liquid.running import Context, Run


class PostUrlTag(Tag):
    """`{% post_url 2024-01-31-name %}`, without the ending."""

    name = "post_url"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """What is named."""
        token = stream.eat(TOKEN_TAG)
        return _PostUrl(token, stream.expect(TOKEN_EXPRESSION).value.strip())


class LinkTag(Tag):
    """`{% link _posts/2024-01-31-name.md %}`, from the root of the Jekyll site."""

    name = "link"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """What is named."""
        token = stream.eat(TOKEN_TAG)
        return _Link(token, stream.expect(TOKEN_EXPRESSION).value.strip())


class _Link(Node):
    def __init__(self, token: Token, written: str) -> None:
        super().__init__(token)
        self.blank = False
        self.written = written

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """The address; nothing, with the mistake told, if there is none."""
        assert isinstance(context, Context)
        name = rendered(self.written, self.token, context)
        return buffer.write(self.address(name, context.run))

    def address(self, name: str, run: Run) -> str:
        """Of a post, or of a file that is copied."""
        bare = posixpath.normpath(name.lstrip("/"))
        path = f"{run.prefix}{bare}"
        if address := run.facts.get(f"url:{path}"):
            return str(address)
        if not bare.startswith(("..", "_")) and run.facts.get(f"file:{path}"):
            return f"/{bare}"
        return _missing(name, path, run, self.token)


class _PostUrl(_Link):
    def address(self, name: str, run: Run) -> str:
        """Of a post, by its name without the ending."""
        folder, _, base = name.strip("/").rpartition("/")
        beside = f"{run.prefix}{folder}/_posts/{base}" if folder else ""
        plain = f"{run.prefix}_posts/{name.strip('/')}"
        for stem in filter(None, (plain, beside)):
            for suffix in SUFFIXES:
                if address := run.facts.get(f"url:{stem}{suffix}"):
                    return str(address)
        names: tuple[str, ...] = run.facts["names:sources"]
        found = [path for path in names if _stem(path) == base]
        path = found[0] if len(found) == 1 else ""
        address = run.facts.get(f"url:{path}")
        return str(address or _missing(name, path, run, self.token))


def _stem(path: str) -> str:
    return posixpath.splitext(posixpath.basename(path))[0]


def _missing(name: str, path: str, run: Run, token: Token) -> str:
    """Tells of a post that is not there, or not to be read; its address is empty."""
    place = run.place(token)
    if reason := run.facts.get(f"held:{path}"):
        message = f"{name!r} is not published: {reason}"
        run.broken(place, message, "publish it too, or take the link out")
    elif not run.facts.get(f"unread:{path}"):
        names: tuple[str, ...] = run.facts["names:sources"]
        whole = posixpath.splitext(name)[1] in SUFFIXES
        short = [posixpath.basename(each) if whole else _stem(each) for each in names]
        near = suggest(posixpath.basename(name), short)
        run.broken(place, f"there is no post {name!r}", near)
    return ""
