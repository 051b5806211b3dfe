"""What posts may ask: `site`, with its settings, data and posts, and `page`.

Each question is one fact, so a post is stale for what it asked and for nothing else.
"""

from collections.abc import Iterator, Mapping

from blog.liquid.data import SUFFIXES, thawed, typed
from blog.liquid.running import Refused, Run
from blog.liquid.times import formatted
from blog.model import Moment, Post

_UNKNOWN = frozenset(
    {"pages", "html_pages", "static_files", "html_files", "documents", "related_posts"}
    | {"collections", "time"}
)
_LATER = frozenset({"content", "excerpt", "next", "previous", "output"})


class Site(Mapping[str, object]):
    """`site`: what `_config.yml` says, `site.data`, and the posts."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._made: dict[str, object] = {}

    def __getitem__(self, name: object) -> object:
        if name not in self._made and isinstance(name, str):
            self._made[name] = self._value(name)
        return self._made[str(name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._settings())

    def __len__(self) -> int:
        return len(self._settings())

    def _settings(self) -> Mapping[str, object]:
        found = self.run.facts.get(f"data:{self.run.prefix}_config.yml")
        return found if isinstance(found, Mapping) else {}

    def _value(self, name: str) -> object:
        if name in _UNKNOWN:
            raise Refused(
                f"'site.{name}' is not known while a post is written",
                "write it out, or put it into a file of _data",
            )
        match name:
            case "url":
                return self.run.home
            case "baseurl":
                return ""
            case "data":
                return Data(self.run, f"{self.run.prefix}_data")
            case "posts":
                return [_card(post, self.run) for post in _posts(self.run)]
            case "tags" | "categories":
                return self._by_label(name)
        return thawed(self._settings()[name])

    def _by_label(self, name: str) -> dict[str, list[object]]:
        found: dict[str, list[object]] = {}
        posts = self["posts"]
        for post in posts if isinstance(posts, list) else ():
            for label in post[name]:
                found.setdefault(label, []).append(post)
        return found


def _posts(run: Run) -> list[Post]:
    """The published posts of the Jekyll site, newest first."""
    own: Post = run.facts[f"post:{run.source.path}"]
    published = run.facts.every("url")
    every: Mapping[str, Post] = run.facts.every("post")
    found = [
        (post.date.instant, path, post)
        for path, post in every.items()
        if path in published and post.section == own.section and post.date
    ]
    return [post for *_, post in sorted(found, key=lambda f: f[:2], reverse=True)]


class Data(Mapping[str, object]):
    """A folder of `_data`: files by their names without an ending, and folders."""

    def __init__(self, run: Run, folder: str) -> None:
        self.run = run
        self.folder = folder
        self._made: dict[str, object] = {}

    def __getitem__(self, name: object) -> object:
        if name not in self._made and isinstance(name, str):
            self._made[name] = self._value(f"{self.folder}/{name}")
        return self._made[str(name)]

    def __iter__(self) -> Iterator[str]:
        names = self.run.facts.get(f"listing:{self.folder}") or ()
        stems = (n.rpartition(".")[0] for n in names if n.endswith(SUFFIXES))
        return iter(dict.fromkeys(stems))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _value(self, path: str) -> object:
        for suffix in SUFFIXES:
            found = self.run.facts.get(f"data:{path}{suffix}")
            if found is not None:
                return thawed(found)
        if self.run.facts.get(f"listing:{path}"):
            return Data(self.run, path)
        raise KeyError(path)


class Page(Mapping[str, object]):
    """`page`: the front matter of the post, and what was made of it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._made: Mapping[str, object] | None = None

    def _fields(self) -> Mapping[str, object]:
        if self._made is None:
            post: Post = self.run.facts[f"post:{self.run.source.path}"]
            self._made = _card(post, self.run)
        return self._made

    def __getitem__(self, name: object) -> object:
        return self._fields()[str(name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields())

    def __len__(self) -> int:
        return len(self._fields())


class Card(dict[str, object]):
    """What Liquid may know of a post; its text is not among it."""

    def __missing__(self, name: str) -> object:
        if name in _LATER:
            raise Refused(
                f"the {name!r} of a post is not known while posts are written",
                "write it out, or use its title and description",
            )
        raise KeyError(name)


def _card(post: Post, run: Run) -> Card:
    given = thawed(typed(post.fields))
    fields = given if isinstance(given, dict) else {}
    name = post.path.removeprefix(run.prefix)
    own: dict[str, object] = {
        "title": post.title,
        "url": post.address,
        "id": post.address.removesuffix(".html").rstrip("/"),
        "path": name,
        "relative_path": name,
        "name": name.rpartition("/")[2],
        "slug": post.slug,
        "date": _shown(post.date),
        "tags": _labels(fields.get("tag") or fields.get("tags")),
        "categories": _categories(name, fields),
        "collection": "posts",
        "draft": post.draft,
        "lang": post.language or fields.get("lang"),
    }
    return Card(fields | own)


def _shown(date: Moment | None) -> str | None:
    """A date as Ruby prints it."""
    return formatted(date.instant, "%Y-%m-%d %H:%M:%S %z") if date else None


def _labels(value: object) -> list[str]:
    if isinstance(value, str):
        return value.split()
    return [str(each) for each in value] if isinstance(value, list) else []


def _categories(name: str, fields: Mapping[str, object]) -> list[str]:
    """Folders above `_posts`, then those of the front matter."""
    above, _, _ = name.partition("_posts/")
    one = fields.get("category")
    own = [*_labels(fields.get("categories")), *([str(one)] if one else [])]
    folders = [part for part in above.split("/") if part]
    return list(dict.fromkeys([*folders, *own]))
