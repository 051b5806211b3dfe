"""The laws: a memo changes the speed, never the result, and no machine changes it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from blog.memo import Memo
from blog.model import Build
from conftest import POST, A, B, built, changed, lines
from photos import PNG

Files = dict[str, str | bytes]
Edit = Callable[[Files], Files]

C = "content/posts/c/index.md"
ABOUT = "content/about.md"
CAT = "content/posts/c/cat.png"
OTHER = PNG + b"other"
PART = "templates/parts/footer.html"
TOML = "site.toml"


def post(title: str, day: str, text: str, tags: str) -> str:
    """A post with two tags at most."""
    return f"---\ntitle: {title}\ndate: {day}\ntags: [{tags}]\n---\n\n{text}\n"


SITE: Files = {
    TOML: 'title = "Test"\nbase_url = "https://example.org"\n',
    "content/index.md": "Welcome.\n",
    ABOUT: "# About\n\n[a](posts/a.md)\n",
    A: post(
        "A",
        "2024-01-01",
        "Top.\n\n<!-- more -->\n\nBelow, [b](b.md#h), ![c](c/cat.png).",
        "x, y",
    ),
    B: post("B", "2024-02-01", "Text[^1].\n\n## H\n\n[^1]: Note.", "x"),
    C: post("C", "2024-03-01", "```nosuch\nx\n```", "z"),
    CAT: PNG,
    "static/robots.txt": "User-agent: *\n",
}
"""Posts with links, a picture, tags, a note, a warning; pages and a static file."""


def put(path: str, text: str | bytes) -> Edit:
    """Writes a file."""
    return lambda files: {**files, path: text}


def drop(path: str) -> Edit:
    """Takes a file away."""
    return lambda files: {p: text for p, text in files.items() if p != path}


def swap(path: str, old: str, new: str) -> Edit:
    """Replaces a piece of a file's text."""

    def edit(files: Files) -> Files:
        text = str(files[path])
        assert old in text, (path, old)
        return {**files, path: text.replace(old, new)}

    return edit


def move(old: str, new: str) -> Edit:
    """Renames a file."""
    return lambda files: {**drop(old)(files), new: files[old]}


EXTENDED = '{% extends "default/post.html" %}{% block after %}x{% endblock %}'

EDITS: dict[str, Edit] = {
    "edit a text below its summary": swap(A, "Below", "Under"),
    "edit a summary": swap(A, "Top.", "Tip."),
    "edit nothing": lambda files: files,
    "edit a title": swap(B, "title: B", "title: Bee"),
    "turn the order": swap(B, "2024-02-01", "2023-02-01"),
    "move to another topic": swap(B, "[x]", "[y, new]"),
    "change an address": swap(B, "title:", "slug: bee\ntitle:"),
    "link to what is not there": swap(A, "Under", "[d](d.md) Under"),
    "write what was linked to": put("content/posts/d.md", POST),
    "take it away again": drop("content/posts/d.md"),
    "and the link": swap(A, "[d](d.md) ", ""),
    "rename a post": move(B, "content/posts/bb.md"),
    "mend its links": swap(A, "b.md#h", "bb.md#h"),
    "rename a heading": swap("content/posts/bb.md", "## H", "## J"),
    "put it back": swap("content/posts/bb.md", "## J", "## H"),
    "hold a post back": swap(C, "title:", "draft: true\ntitle:"),
    "publish it": swap(C, "draft: true\n", ""),
    "date a post to the future": swap(C, "2024-03-01", "2044-03-01"),
    "date it back": swap(C, "2044-03-01", "2024-03-01"),
    "own a template": put("templates/post.html", EXTENDED),
    "own a part": put(PART, "<footer>{{ site.title }}</footer>"),
    "break the part": put(PART, "{{ nope }}"),
    "break it in another way": put(PART, "{% if %}"),
    "drop the part": drop(PART),
    "drop the template": drop("templates/post.html"),
    "rename the site": swap(TOML, "Test", "Tests"),
    "move the site below a path": swap(TOML, "example.org", "example.org/sub"),
    "lower the checks": lambda f: put(TOML, f'{f[TOML]}[checks]\nlinks = "off"\n')(f),
    "change a picture": put(CAT, OTHER),
    "take the picture away": drop(CAT),
    "put it into static": put("static/c/cat.png", PNG),
    "link to it there": swap(A, "(c/cat.png)", "(/c/cat.png)"),
    "own a style sheet": put("static/theme.css", "p {}"),
    "drop robots.txt": drop("static/robots.txt"),
    "drop a page": drop(ABOUT),
    "drop the home page's text": drop("content/index.md"),
    "leave front matter open": swap(A, "---\n\n", "\n"),
    "close it": put(A, SITE[A]),
    "break site.toml": put(TOML, "title ="),
    "mend it": put(TOML, SITE[TOML]),
    "go on with the first name": move("content/posts/bb.md", B),
    "bring the picture back": put(CAT, PNG),
    "turn a page each post": lambda f: put(
        TOML, f"{f[TOML]}[[content]]\nper_page = 1\n"
    )(f),
    "live elsewhere": lambda f: put(TOML, f'timezone = "Asia/Tokyo"\n{f[TOML]}')(f),
    "speak another language": lambda f: put(TOML, f'language = "ar"\n{f[TOML]}')(f),
    "begin a series": swap(B, "title:", "series: S\nplanned: [D]\ntitle:"),
    "go on with it": swap(C, "title:", "series: s\npart: 1\ntitle:"),
    "write of projects": put("content/projects.md", "# Mine\n"),
    "have one": lambda f: put(TOML, f'{f[TOML]}[[projects]]\ntitle = "P"\n')(f),
    "turn the hue": lambda f: put(TOML, f"{f[TOML]}[theme]\nhue = 9\n")(f),
}
"""Edits by what they are, one after another."""


def same(one: Build, two: Build) -> None:
    """Both builds are equal to the last byte and the last word."""
    assert changed(one, two) == set()
    assert one.diagnostics == two.diagnostics
    assert list(one.artifacts) == list(two.artifacts)


def test_after_every_edit_a_build_with_memo_is_the_clean_build():
    files, memo = SITE, Memo()
    built(files, memo=memo)
    for name, edit in EDITS.items():
        files = edit(files)
        try:
            same(built(files, memo=memo), built(files))
        except AssertionError as error:
            error.add_note(f"after the edit {name!r}")
            raise


def test_edits_that_are_built_together_are_the_clean_build_too():
    files, memo = SITE, Memo()
    built(files, memo=memo)
    order = list(EDITS.values())
    for first, second, third in zip(order[::3], order[1::3], order[2::3], strict=False):
        files = third(second(first(files)))
        same(built(files, memo=memo), built(files))


def test_the_memo_of_another_site_does_no_harm():
    memo = Memo()
    built({A: POST, B: POST, ABOUT: "# Other\n"}, memo=memo)
    same(built(SITE, memo=memo), built(SITE))


def test_nothing_edited_means_nothing_computed():
    memo = Memo()
    built(SITE, memo=memo)
    built(SITE, memo=memo)
    assert memo.computed == []


def test_a_warning_is_told_again_when_its_post_is_not_rebuilt():
    memo = Memo()
    built(SITE, memo=memo)
    told = [d.code for d in built(swap(B, "Text", "More")(SITE), memo=memo).diagnostics]
    assert ("body", C) not in memo.computed
    assert told == ["unknown-language"]


FEEDS = {"atom.xml", "feed.json", "rss.xml"}
OF_A = {"blog/a/index.html"}
FEEDS_OF_A = FEEDS | {f"tags/{tag}/{feed}" for tag in "xy" for feed in FEEDS}
LISTS_OF_A = {"index.html", "blog/index.html", "tags/x/index.html", "tags/y/index.html"}
LISTS_OF_A |= {"search.json"}
NEIGHBOUR = {"blog/b/index.html"}
TITLES_OF_A = {"404.html", "archive/index.html"}


@pytest.mark.parametrize(
    ("edit", "files"),
    [
        (swap(A, "Below", "Under"), OF_A | FEEDS_OF_A),
        (swap(A, "Top.", "Tip."), OF_A | FEEDS_OF_A | LISTS_OF_A),
        (
            swap(A, "title: A", "title: Ah"),
            OF_A | FEEDS_OF_A | LISTS_OF_A | NEIGHBOUR | TITLES_OF_A,
        ),
        (swap(ABOUT, "[a]", "[b]"), {"about/index.html"}),
        (swap("content/index.md", "Welcome", "Hello"), {"index.html"}),
        (put(CAT, OTHER), {"blog/a/c/cat.png"}),
        (put("templates/tags.html", "mine"), {"tags/index.html"}),
        (put("templates/unused.html", "{{ nope }}"), set()),
        (put("content/posts/unused.png", PNG), set()),
    ],
    ids=[
        "text below the summary",
        "summary",
        "title",
        "page",
        "home page",
        "picture",
        "template",
        "template that nothing uses",
        "picture that nothing shows",
    ],
)
def test_an_edit_changes_the_files_that_show_it_and_no_others(
    edit: Edit, files: set[str]
):
    assert changed(built(SITE), built(edit(SITE))) == files


@pytest.mark.parametrize(
    ("edit", "computed"),
    [
        (
            swap(A, "Below", "Under"),
            {("post", A), ("body", A), ("portable", A)}
            | {("page", path) for path in OF_A | FEEDS_OF_A},
        ),
        (
            swap(A, "title: A", "title: Ah"),
            {("post", A), ("outline", ""), ("card", A)}
            | {("page", path) for path in OF_A | FEEDS_OF_A | LISTS_OF_A}
            | {("page", path) for path in NEIGHBOUR | TITLES_OF_A},
        ),
        (
            swap(ABOUT, "[a]", "[b]"),
            {("post", ABOUT), ("body", ABOUT), ("card", ABOUT)}
            | {("page", "about/index.html")},
        ),
        (
            put("templates/tags.html", "mine"),
            {("sorted", ""), ("template", "tags.html"), ("page", "tags/index.html")},
        ),
        (put(CAT, OTHER), {("size", CAT), ("picture", CAT), ("body", A)}),
        (
            put("content/posts/no.png", PNG),
            {("sorted", ""), ("size", "content/posts/no.png"), ("wanted", "")},
        ),
    ],
    ids=["text", "title", "page", "template", "picture", "picture that nothing shows"],
)
def test_an_edit_costs_the_work_that_depends_on_it_and_no_more(
    edit: Edit, computed: set[tuple[str, str]]
):
    memo = Memo()
    built(SITE, memo=memo)
    built(edit(SITE), memo=memo)
    assert set(memo.computed) == computed


def test_the_order_of_the_files_is_no_matter():
    paths = sorted(SITE)
    for order in (paths[::-1], paths[4:] + paths[:4], paths[::2] + paths[1::2]):
        same(built({path: SITE[path] for path in order}), built(SITE))


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from test_laws import SITE
from conftest import built, lines
result = built(SITE)
for path, artifact in result.artifacts.items():
    print(path, artifact.blob.digest)
print(*lines(result), sep="\\n")
"""


@pytest.mark.parametrize(
    ("seed", "zone", "locale"),
    [
        ("0", "UTC", "C"),
        ("1", "Pacific/Kiritimati", "C.UTF-8"),
        ("2", "America/St_Johns", "tr_TR.UTF-8"),
    ],
)
def test_no_machine_changes_a_byte(seed: str, zone: str, locale: str):
    result = built(SITE)
    here = [f"{path} {a.blob.digest}" for path, a in result.artifacts.items()]
    here += lines(result)
    given = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
    there = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(Path(__file__).parent)],
        env={**os.environ, **given, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert there.splitlines() == here
