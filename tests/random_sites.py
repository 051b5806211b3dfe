"""Sites at random, and random edits of them, for the tests of the laws."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

from hypothesis import strategies as st

from photos import PNG

Files = dict[str, str | bytes]
NAMES = ("a", "b", "c", "d")
CHECKS = '[checks]\nlinks = "warning"\nanchors = "warning"\nimages = "warning"\n'


@dataclass(frozen=True, kw_only=True)
class Written:
    """A post: its fields, and the pieces of its text."""

    fields: Mapping[str, str]
    text: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A site that is being written."""

    posts: Mapping[str, Written] = field(default_factory=dict)
    others: Mapping[str, str | bytes] = field(default_factory=dict)
    """Files by path: pages, pictures, templates, …"""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Pieces of `site.toml` by what they are."""

    @property
    def files(self) -> Files:
        """The site as a dict of path to text."""
        keys = [t for t in self.settings.values() if not t.startswith("[")]
        tables = [t for t in self.settings.values() if t.startswith("[")]
        head = 'title = "T"\nbase_url = "https://example.org"\n'
        found: Files = {"site.toml": "\n".join([*keys, head, CHECKS, *tables])}
        if "title" in self.settings:
            found["site.toml"] = str(found["site.toml"]).replace(head, "")
        for name, post in self.posts.items():
            rows = "".join(f"{key}: {value}\n" for key, value in post.fields.items())
            body = "\n\n".join(post.text)
            found[f"content/posts/{name}.md"] = f"---\n{rows}---\n\n{body}\n"
        return found | dict(self.others)


FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("A", "B", "An *odd* one", "''"),
    "date": ("2024-01-01", "2024-02-02", "2023-03-03 10:00", "2031-01-01", "soon"),
    "updated": ("2025-01-01", "2020-01-01"),
    "tags": ("[x]", "[x, y]", "[X, z]", "[new tag]", "[]"),
    "draft": ("true", "false"),
    "slug": ("a", "other", "b"),
    "series": ("One", "one", "Two"),
    "part": ("1", "2"),
    "planned": ("[Next]", "[A, Last]"),
    "description": ("In short.", "'<b>'"),
    "image": ("cat.png", "gone.png", "https://example.com/x.png"),
    "aliases": ("[/old/]", "[/older/, /blog/b/]"),
    "listed": ("false",),
    "authors": ("[me]", "[you]", "{name: Me}"),
    "titel": ("Odd",),
    "lang": ("de",),
}
TEXTS = (
    *(f"[{name}]({name}.md)" for name in NAMES),
    *(f"[{name}]({name}.md#one)" for name in NAMES),
    "Hello, world.",
    "Good day.",
    "<!-- more -->",
    "# One",
    "## One",
    "## Two\n\n### Three",
    "![A cat](cat.png)",
    "![](dog.png)",
    "![A dog](/dog.png)",
    "[page](/about/) and [tag](/tags/x/)",
    "[out](https://example.com/)",
    "Note[^1].\n\n[^1]: Text.",
    "```python\nx = 1\n```",
    "```nosuch\nx\n```",
    '<p id="mine">Bare</p>',
    "[mine](#mine)",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "- [ ] task",
)
OTHERS: Mapping[str, tuple[str | bytes, ...]] = {
    "content/index.md": ("Welcome.\n", "[a](posts/a.md)\n"),
    "content/about.md": ("# About\n", "# About\n\n[b](posts/b.md#two)\n"),
    "content/projects.md": ("# Mine\n",),
    "content/posts/cat.png": (b"cat", b"other cat"),
    "content/posts/dog.png": (b"dog",),
    "static/dog.png": (b"dog", b"other dog"),
    "static/robots.txt": ("User-agent: *\n",),
    "static/theme.css": ("p {}", "b {}"),
    "static/blog/a": (b"in the way",),
    "static/blog/a/cat.png": (b"in the way",),
    "content/posts/authors.yml": ("me: {name: Me}\n", "me: {name: I}\nyou: {}\n"),
    "content/posts/tags.yml": ("x: {label: Ex}\n", "x: {label: Ex}\ny: {label: X}\n"),
    "templates/post.html": (
        '{% extends "default/post.html" %}{% block after %}x{% endblock %}',
        '{% include "mine.html" ignore missing %}{{ body.html|safe_html }}',
        "{{ card.title }}{% if site.nope %}{% endif %}{{ page.data.fields }}",
        "{{ nope }}",
        "{% if %}",
    ),
    "templates/mine.html": ("{{ site.title }}", "mine", '{% include "post.html" %}'),
    "templates/parts/footer.html": ("<footer></footer>", "{{ asset('dog.png') }}"),
    "templates/list.html": ("{% for c in entries %}{{ c.title }}{% endfor %}",),
}
SETTINGS: Mapping[str, tuple[str, ...]] = {
    "title": ('title = "T2"\nbase_url = "https://example.org/sub"',),
    "language": ('language = "ar"', 'language = "de"'),
    "timezone": ('timezone = "Asia/Tokyo"',),
    "description": ('description = "Words."',),
    "content": (
        "[[content]]\nper_page = 1",
        '[[content]]\nbase = "/"',
        '[[content]]\npermalink = "/{slug}/"',
        '[[content]]\ndialect = "docusaurus"',
        '[[content]]\npath = "content"\ndialect = "jekyll"',
    ),
    "tags": ('[tags.x]\nslug = "ex"', '[tags.x]\ndescription = "All of x."'),
    "feeds": ('[feeds]\ncontent = "summary"', "[feeds]\nitems = 1\nper_tag = false"),
    "theme": ('[theme]\nsearch = "off"\nhue = 9', '[theme]\nsearch = "full"'),
    "author": ('[author]\nname = "Me"', '[author]\nname = "Me"\nphoto = "dog.png"'),
    "projects": ('[[projects]]\ntitle = "P"',),
    "odd": ("odd = 1", "= 1"),
}

Edit = Callable[[Draft], Draft]


def put(mapping: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """With the value under the key, or without the key if it is None."""
    rest = {k: v for k, v in mapping.items() if k != key}
    return rest if value is None else {**rest, key: value}


def any_of(table: Mapping[str, tuple[Any, ...]]) -> st.SearchStrategy[tuple[str, Any]]:
    """A key and one of its values, or None."""
    return st.sampled_from(sorted(table)).flatmap(
        lambda key: st.tuples(st.just(key), st.sampled_from((*table[key], None)))
    )


TEXT = st.lists(st.sampled_from(TEXTS), max_size=5).map(tuple)
POSTS = st.builds(
    Written,
    fields=st.fixed_dictionaries(
        {"title": st.sampled_from(FIELDS["title"]), "date": st.just("2024-01-01")},
        optional={key: st.sampled_from(FIELDS[key]) for key in ("tags", "series")},
    ),
    text=TEXT,
)


def with_post(name: str, post: Written | None) -> Edit:
    """Writes a post, or takes it away."""
    return lambda site: replace(site, posts=put(site.posts, name, post))


def with_field(name: str, pair: tuple[str, str | None]) -> Edit:
    """Sets a field of a post, or drops it."""

    def edit(site: Draft) -> Draft:
        post = site.posts.get(name)
        if post is None:
            return site
        fields = put(post.fields, *pair)
        return replace(site, posts=put(site.posts, name, replace(post, fields=fields)))

    return edit


def with_text(name: str, text: tuple[str, ...]) -> Edit:
    """Rewrites the text of a post, and not its fields."""

    def edit(site: Draft) -> Draft:
        post = site.posts.get(name)
        if post is None:
            return site
        return replace(site, posts=put(site.posts, name, replace(post, text=text)))

    return edit


def renamed(old: str, new: str) -> Edit:
    """Gives a post another name."""

    def edit(site: Draft) -> Draft:
        post = site.posts.get(old)
        if post is None:
            return site
        return replace(site, posts=put(put(site.posts, old, None), new, post))

    return edit


def with_tag(old: str, new: str) -> Edit:
    """Renames a tag wherever it stands."""

    def edit(site: Draft) -> Draft:
        names = [name for name, post in site.posts.items() if "tags" in post.fields]
        changes = [
            with_field(
                name, ("tags", site.posts[name].fields["tags"].replace(old, new))
            )
            for name in names
        ]
        return reduce(lambda done, change: change(done), changes, site)

    return edit


NAME = st.sampled_from(NAMES)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(with_post, NAME, POSTS),
    st.builds(with_post, NAME, st.none()),
    st.builds(with_field, NAME, any_of(FIELDS)),
    st.builds(with_field, NAME, any_of(FIELDS)),
    st.builds(with_text, NAME, TEXT),
    st.builds(renamed, NAME, NAME),
    st.builds(with_tag, st.sampled_from("xy"), st.sampled_from("xyz")),
    any_of(OTHERS).map(
        lambda pair: lambda site: replace(site, others=put(site.others, *pair))
    ),
    any_of(SETTINGS).map(
        lambda pair: lambda site: replace(site, settings=put(site.settings, *pair))
    ),
)
SITES = st.builds(
    Draft,
    posts=st.fixed_dictionaries({"a": POSTS, "b": POSTS}, optional={"c": POSTS}),
    others=st.just({"content/posts/cat.png": PNG}),
)
