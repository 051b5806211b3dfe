"""Diagrams: code in, and what a program of the author's choice makes of it."""

import sys
from pathlib import Path

import pytest

from blog.build import build
from blog.memo import Memo
from conftest import A, B, output, said, snapshot
from sites import HEAD, page

PROGRAM = """\
import sys
code = sys.stdin.read()
if "broken" in code:
    sys.exit("line 1: syntax error")
with open(LOG, "a") as log:
    log.write(code)
print('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="40"'
      f' height="20"><text>{code.strip()}</text></svg>')
"""
DOT = "```dot\na -> b\n```\n"


@pytest.fixture
def drawing(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """A site that draws `dot`, and the file that notes what was drawn."""
    program, log = tmp_path / "draw.py", tmp_path / "log"
    program.write_text(PROGRAM.replace("LOG", repr(str(log))))
    command = f"{sys.executable} {program}"
    site = f"""\
title = "T"
base_url = "https://example.org"
[markdown.diagrams]
dot = "{command}"
gone = "no-such-program-here"
"""
    return {"site.toml": site}, log


def test_a_code_is_drawn_and_stands_in_the_page_as_a_picture(drawing):
    site, _ = drawing
    assert page('```dot title="A & B"\na -> b\n```\n', **site) == (
        '<figure class="diagram"><img src="data:image/svg+xml,%3Csvg'
        " xmlns=%22http://www.w3.org/2000/svg%22 width=%2240%22 height=%2220%22%3E"
        '%3Ctext%3Ea -%3E b%3C/text%3E%3C/svg%3E" alt="A &amp; B" width="40"'
        ' height="20"><figcaption>A &amp; B</figcaption></figure>'
    )


def test_a_code_is_drawn_once_however_many_posts_hold_it_and_are_edited(drawing):
    site, log = drawing
    memo = Memo()
    files = {**site, A: f"{HEAD}One.\n\n{DOT}", B: f"{HEAD}Two.\n\n{DOT}{DOT}"}
    build(snapshot(files), memo=memo)
    build(
        snapshot({**files, A: f"{HEAD}Edited.\n\n{DOT}"}),
        memo=memo,
    )
    assert log.read_text() == "a -> b\n"
    build(snapshot({**files, A: f"{HEAD}{DOT.replace('b', 'c')}"}), memo=memo)
    assert log.read_text() == "a -> b\na -> c\n"


def test_another_version_of_the_program_draws_anew(drawing, tmp_path: Path):
    site, log = drawing
    tool, memo = tmp_path / "tool", Memo()
    program = f"{sys.executable} {tmp_path / 'draw.py'}"
    toml = site["site.toml"].replace(program, str(tool))
    for version in ("1", "22"):
        tool.write_text(f"#!/bin/sh\n# {version}\nexec {program}\n")
        tool.chmod(0o755)
        build(snapshot({"site.toml": toml, A: HEAD + DOT}), memo=memo)
    assert log.read_text() == "a -> b\n" * 2


def test_a_program_that_fails_is_told_at_the_fence_and_nothing_is_published(drawing):
    site, _ = drawing
    files = {**site, A: f"{HEAD}```dot\nbroken\n```\n\n```gone\nx\n```\n"}
    assert said(files) == (
        "content/posts/a.md:5:4: error: the program for 'dot' cannot draw this: line 1:"
        " syntax error [diagram]\n"
        "  5 | ```dot\n"
        "    |    ^^^ mend the code, or the program in [markdown.diagrams] of site.toml\n"
        "content/posts/a.md:9:4: error: the program for 'gone' cannot draw this: no such"
        " file or directory [diagram]\n"
        "  9 | ```gone\n"
        "    |    ^^^^ mend the code, or the program in [markdown.diagrams] of site.toml"
    )
    assert build(snapshot(files)).artifacts == {}


def test_no_program_runs_that_is_not_named(drawing):
    _, log = drawing
    assert '<code class="language-dot">' in page(DOT)
    assert not log.exists()


def test_a_script_of_the_site_draws_in_the_browser():
    site = {
        "site.toml": 'title = "T"\nbase_url = "https://example.org/sub"\n'
        '[markdown.diagrams]\nmermaid = "/js/mermaid.mjs"\n',
        "static/js/mermaid.mjs": "export default {}",
    }
    assert page("```mermaid\na --> b\n```\n", **site) == (
        '<pre class="mermaid">a --&gt; b\n</pre>\n'
        '<script type="module">import draw from "/sub/js/mermaid.mjs";'
        " draw.initialize({startOnLoad: false});"
        ' draw.run({querySelector: "pre.mermaid"});</script>'
    )
    feeds = output({**site, A: f"{HEAD}```mermaid\na --> b\n```\n"})
    assert "<script" not in feeds["feed.json"]


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("jekyll", "{% highlight dot %}\na -> b\n{% endhighlight %}\n"),
        ("jekyll", "    a -> b\n{: .language-dot}\n"),
        ("jekyll", "{% include graph.md %}\n"),
        ("docusaurus", '<CodeBlock language="dot">\na -> b\n</CodeBlock>\n'),
        ("docusaurus", 'import Graph from "./_graph.md"\n\n<Graph />\n'),
    ],
)
def test_code_is_drawn_however_its_author_wrote_it(drawing, dialect: str, text: str):
    site, _ = drawing
    content = f'[[content]]\npath = "old"\ndialect = "{dialect}"\n'
    folder = "old/_posts" if dialect == "jekyll" else "old"
    files = {
        "site.toml": site["site.toml"] + content,
        f"{folder}/2024-01-31-a.md": f"---\ntitle: A\n---\n{text}",
        "old/_includes/graph.md": DOT,
        "old/_graph.md": DOT,
        "templates/post.html": "{{ body.html|safe_html }}",
    }
    pages = output(files)
    (shown,) = (pages[path] for path in pages if "2024/01/31/a" in path)
    assert shown.count('<figure class="diagram">') == 1
