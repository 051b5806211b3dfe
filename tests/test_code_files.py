"""Code that stands in a file of the site, whole or a part of it."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from blog.memo import Memo
from conftest import POST, A, B, built, changed, output, said
from sites import HEAD, values

APP = """import os

# region greet
def greet(name):
    # region inner
    return name
    # endregion
# endregion

    #region deep
    print(1)

      # regions of interest are remarks, as is: region
    #endregion deep
"""
FILES = {"content/posts/app.py": APP, "content/posts/nest/b.js": "b()\n"}


def block(file: str, inside: str = "old") -> str:
    return f"{HEAD}\n```python file={file}\n{inside}\n```\n"


def shown(file: str, **files: str | bytes) -> str:
    """The code that is shown for a file."""
    html = output({**FILES, **files, A: block(file)})["blog/a/index.html"]
    (code,) = LexborHTMLParser(html).css("main code")
    return code.text()


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("./app.py", APP),
        ("app.py#L1", "import os\n"),
        ("app.py#L1-L2", "import os\n\n"),
        ("app.py#1-2", "import os\n\n"),
        ("app.py#L13-", "  # regions of interest are remarks, as is: region\n#endregion deep\n"),
        ("app.py#greet", "def greet(name):\n    return name\n"),
        ("app.py#inner", "return name\n"),
        (
            "app.py#deep",
            "print(1)\n\n  # regions of interest are remarks, as is: region\n",
        ),
        ("nest/b.js", "b()\n"),
        ("../posts/nest/b.js", "b()\n"),
        ("/content/posts/nest/b.js", "b()\n"),
        ('"./app.py#L1"', "import os\n"),
    ],
)  # fmt: skip
def test_a_block_shows_the_part_of_the_file_it_names(file: str, code: str):
    assert shown(file) == code


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        *(("# region a", "# endregion"), ("#region a", "#endregion")),
        *(("// region a", "// endregion a"), ("//#region a", "//#endregion")),
        *(("/* region a */", "/* endregion */"), ("<!-- #region a -->", "<!-- #endregion -->")),
        *(("-- region a", "-- endregion"), ("; region a", "; endregion")),
        *(("#pragma region a", "#pragma endregion"), ("#Region \"a\"", "#End Region")),
        *(("(* region a *)", "(* endregion *)"), ("REM region a", "REM endregion")),
    ],
)  # fmt: skip
def test_a_region_is_marked_in_comments_of_any_language(begin: str, end: str):
    text = f"0\n{begin}\n1\n{end}\n2\n"
    assert shown("x.txt#a", **{"content/posts/x.txt": text}) == "1\n"


def test_files_of_static_have_the_path_that_readers_know():
    assert shown("/x/a.py", **{"static/x/a.py": "a = 1\n"}) == "a = 1\n"


def test_line_ends_and_a_mark_of_order_are_no_code():
    assert shown("x.py", **{"content/posts/x.py": b"\xef\xbb\xbfa\r\nb"}) == "a\nb\n"


def test_numbers_are_those_of_the_file():
    text = f"{HEAD}\n```python file=app.py#greet showLineNumbers\n```\n"
    html = output({**FILES, A: text})["blog/a/index.html"]
    assert values(html, ".line", "data-n") == ["4", "5"]


def test_marks_in_a_file_work_as_in_a_block():
    code = "a  # [!code ++]\n# highlight-next-line\nb\n"
    html = output({"content/posts/x.py": code, A: block("x.py")})["blog/a/index.html"]
    assert values(html, "code > *", "class") == ["line", "line"]


def test_an_edit_of_the_file_writes_the_post_anew_and_no_other():
    memo = Memo()
    site = {**FILES, B: POST, A: block("app.py#L1")}
    before = built(site, memo=memo)
    edited = {**site, "content/posts/app.py": APP.replace("os", "sys")}
    after = built(edited, memo=memo)
    assert changed(before, after) == {
        *("blog/a/index.html", "atom.xml", "rss.xml", "feed.json")
    }
    assert changed(after, built(edited)) == set()


@pytest.mark.parametrize(
    ("file", "message", "hint"),
    [
        ("ap.py", "there is no file 'ap.py' to take the code from", "did you mean 'app.py'?"),
        (
            "zzz.py",
            "there is no file 'zzz.py' to take the code from",
            "files are looked for beside the post, and from the root of the site in "
            "'content' and 'static'",
        ),
        ("app.py#gret", "'app.py' has no region 'gret'", "did you mean 'greet'?"),
        ("app.py#zzz", "'app.py' has no region 'zzz'", "mark it with '#region' and '#endregion'"),
        ("app.py#L99", "'app.py' has no line 99", "it has 14 lines"),
        ("app.py#L9-L3", "'app.py' has no lines 9 to 3", "it has 14 lines"),
        ("app.py#L0", "'app.py' has no line 0", "it has 14 lines"),
        ("../../../x.py", "'../../../x.py' lies outside the site", "copy what is to be shown beside the post"),
        ("/../x.py", "'/../x.py' lies outside the site", "copy what is to be shown beside the post"),
        *(
            (name, f"{name!r} is not for readers", "copy what they may see into a file of its own")
            for name in ("/site.toml", "../../site.toml", ".env", "./.git/config", "/templates/post.html", "b.md", "_x.py")
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_told_and_the_block_shows_what_stands_in_it(
    file: str, message: str, hint: str
):
    site = {**FILES, A: block(file), "templates/post.html": "{{ body.html|safe_html }}"}
    assert said(site).splitlines() == [
        f"content/posts/a.md:6:16: warning: {message} [code-file]",
        f"  6 | ```python file={file}",
        f"    |                {'^' * len(file)} {hint}",
    ]
    assert ">old<" in output(site)["blog/a/index.html"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "'x.py' is not a text in UTF-8"),
        (b"a\0b", "'x.py' is not a text in UTF-8"),
        (b"a" * 1_000_001, "'x.py' is too large to be shown"),
    ],
)
def test_a_file_that_is_no_text_is_told(content: bytes, message: str):
    assert message in said({"content/posts/x.py": content, A: block("x.py")})


def test_a_post_shows_no_more_out_of_files_than_a_page_holds():
    text = "\n```text file=x.txt\n```\n" * 3
    files = {"content/posts/x.txt": "x" * 400_000, A: HEAD + text}
    assert "shows more code out of files than a page holds" in said(files)
