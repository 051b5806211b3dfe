"""Marks that stand in the code itself, and go when it is shown."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import A, said
from sites import HEAD, page, texts, values

DOCUSAURUS = {
    "site.toml": 'title = "T"\nbase_url = "https://example.org"\n'
    '[[content]]\npath = "content/posts"\ndialect = "docusaurus"\nbase = "/blog/"\n',
}


def shown(code: str, info: str = "js", **files: str) -> tuple[list[str], list[str]]:
    """The lines of the code as they are shown, and those of them that are marked."""
    html = page(f"```{info}\n{code}\n```\n", **files)
    (code,) = LexborHTMLParser(html).css("code")
    return code.text().removesuffix("\n").split("\n"), texts(html, "mark.line")


def test_comments_highlight_the_next_line_or_all_between_two():
    code = "// highlight-next-line\na\nb\n/* highlight-start */\nc\nd\n"
    assert shown(f"{code}// highlight-end\ne") == (list("abcde"), ["a", "c", "d"])


@pytest.mark.parametrize(
    ("language", "comment"),
    [
        *(("js", "//"), ("ts", "/* */"), ("jsx", "{/* */}"), ("tsx", "{ /* */ }")),
        *(("py", "#"), ("bash", "#"), ("html", "<!-- -->"), ("html", "//")),
        *(("md", "<!-- -->"), ("md", "#"), ("lua", "--"), ("sql", "--")),
        *(
            ("haskell", "--"),
            ("tex", "%"),
            ("go", "//"),
            ("go", "#"),
            ("rust", "/* */"),
        ),
        *(("ocaml", "(* *)"), ("batch", "REM"), ("vbnet", "'"), ("JS", "//")),
    ],
)
def test_each_language_has_its_comments(language: str, comment: str):
    begin, _, end = comment.partition(" ")
    if comment.startswith("{ "):
        begin, end = "{ /*", "*/ }"
    mark = f"  {begin} highlight-next-line {end}"
    assert shown(f"{mark}\na", language) == (["a"], ["a"])


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("py", "// highlight-next-line"),
        ("js", "# highlight-next-line"),
        ("js", "{/* highlight-next-line */}"),
        ("go", "-- highlight-next-line"),
        ("js", "/* highlight-next-line"),
        ("js", "x // highlight-next-line"),
        ("js", "// highlight-next-lines"),
        ("", "// highlight-next-line"),
    ],
)
def test_what_is_no_comment_of_the_language_is_code(language: str, line: str):
    assert shown(f"{line}\na", language) == ([line, "a"], [])


def test_beside_a_range_the_comments_are_code():
    lines = ["// highlight-next-line", "a"]
    assert shown("\n".join(lines), "js {2}") == (lines, ["a"])
    assert shown("\n".join(lines), "js {2}", **DOCUSAURUS) == (lines, ["a"])


@pytest.mark.parametrize(
    ("mark", "tag", "classes"),
    [
        ("[!code highlight]", "mark", "line"),
        ("[!code hl]", "mark", "line"),
        ("[!code ++]", "ins", "line"),
        ("[!code --]", "del", "line"),
        ("[!code focus]", "span", "line focus"),
        ("[!code error]", "mark", "line error"),
        ("[!code warning]", "mark", "line warning"),
    ],
)
def test_marks_behind_the_code_are_known_in_every_dialect(mark, tag, classes):
    text = f"```text\na // {mark}\nb\n```\n"
    line = f'<{tag} class="{classes}">a\n</{tag}>b\n'
    assert line in page(text)
    assert line in page(text, **DOCUSAURUS)


@pytest.mark.parametrize(
    "line",
    [
        *("x; // [!code ++]", "x; # [!code ++]", "x; /* [!code ++] */"),
        *("x; {/* [!code ++] */}", "x; <!-- [!code ++] -->", "x; -- [!code ++]"),
        *("x; ;; [!code ++]", "x; % [!code ++]", "x; (* [!code ++] *)"),
    ],
)
def test_any_comment_may_hold_a_mark(line: str):
    assert texts(page(f"```text\n{line}\n```\n"), "ins.line") == ["x;"]


def test_a_mark_may_be_about_several_lines_and_lines_may_have_several():
    html = page(
        "```text\na // [!code focus:2]\nb // [!code ++] // [!code error]\nc\n```\n"
    )
    assert texts(html, ".focus") == ["a", "b"]
    assert texts(html, "ins.line.error.focus") == ["b"]
    assert values(html, "figure", "class") == ["code focused"]


def test_a_mark_alone_on_its_line_is_about_the_next():
    assert shown("// [!code hl:2]\na\nb\nc") == (list("abc"), ["a", "b"])


def test_a_mark_goes_with_a_range_of_lines_as_they_were_written():
    html = page("```js {2}\na // [!code ++]\nb\n```\n")
    assert (texts(html, "ins"), texts(html, "mark")) == (["a"], ["b"])


@pytest.mark.parametrize(
    "line",
    ["// [!code word:x]", '"[!code ++]"', "[!code ++]", "// [!code ++] x", "// [!code"],
)
def test_what_is_no_mark_is_code(line: str):
    assert shown(line, "text") == ([line], [])


@pytest.mark.parametrize(
    ("code", "line", "message"),
    [
        ("a\n// highlight-start\nb", 8, "-start' {}: there is no highlight-end below"),
        ("a\n// highlight-end\nb", 8, "-end' {}: there is no highlight-start above"),
        ("a\n// highlight-next-line", 8, "-next-line' {}: there is no line below"),
    ],
)
def test_a_mark_without_effect_is_told_at_its_line(code, line, message):
    told = said({A: f"{HEAD}\n```js\n{code}\n```\n"}).splitlines()[0]
    what = f"'highlight{message.format('highlights nothing')}"
    assert told == f"content/posts/a.md:{line}: warning: {what} [code-mark]"
