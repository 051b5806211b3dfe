"""The addresses of posts and files: `{% post_url %}` and `{% link %}`."""

import posixpath

from liquid.token import Token

from blog.diagnostics import suggest
from blog.dialects.jekyll import SUFFIXES
from blog.liquid.running import Run
from blog.liquid.words import Words, WordsTag


class _Link(Words):
    def text(self, words: str, run: Run) -> str:
        """The address of a post, or of a file that is copied."""
        bare = posixpath.normpath(words.lstrip("/"))
        path = f"{run.prefix}{bare}"
        if address := run.facts.get(f"url:{path}"):
            return str(address)
        if not bare.startswith(("..", "_")) and run.facts.get(f"file:{path}"):
            return f"/{bare}"
        return _missing(words, path, run, self.token)


class _PostUrl(Words):
    def text(self, words: str, run: Run) -> str:
        """The address of a post, by its name without the ending."""
        name = words.strip("/")
        folder, _, base = name.rpartition("/")
        beside = f"{run.prefix}{folder}/_posts/{base}" if folder else ""
        plain = f"{run.prefix}_posts/{name}"
        for stem in filter(None, (plain, beside)):
            for suffix in SUFFIXES:
                if address := run.facts.get(f"url:{stem}{suffix}"):
                    return str(address)
        names: tuple[str, ...] = run.facts["names:sources"]
        found = [path for path in names if _stem(path) == base]
        path = found[0] if len(found) == 1 else ""
        address = run.facts.get(f"url:{path}")
        return str(address or _missing(words, path, run, self.token))


class PostUrlTag(WordsTag):
    """`{% post_url 2024-01-31-name %}`, without the ending."""

    name = "post_url"
    node = _PostUrl


class LinkTag(WordsTag):
    """`{% link _posts/2024-01-31-name.md %}`, from the root of the Jekyll site."""

    name = "link"
    node = _Link


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
