"""What stands after a fence: title, lines, numbers, and words of other systems."""

import pytest

from blog.markdown.code.meta import Meta, read_meta
from conftest import A, said
from sites import HEAD, page, texts, values


@pytest.mark.parametrize(
    ("info", "meta"),
    [
        ("js", Meta(language="js")),
        ("", Meta()),
        ('js title="src/app.js"', Meta(language="js", title="src/app.js")),
        ("js title='my app.js'", Meta(language="js", title="my app.js")),
        ("js title=app.js", Meta(language="js", title="app.js")),
        ("js title=“app.js”", Meta(language="js", title="app.js")),
        ('js title="it\'s"', Meta(language="js", title="it's")),
        ("js title=&quot;a&quot;", Meta(language="js", title="a")),
        ("js:fancyAlert.js", Meta(language="js", title="fancyAlert.js")),
        ('js filename="a.js"', Meta(language="js", title="a.js")),
        ('sh title=""', Meta(language="sh")),
        ("js {1,4-6}", Meta(language="js", ranges=((1, 1), (4, 6)))),
        ("js{2}", Meta(language="js", ranges=((2, 2),))),
        ("{2-3}", Meta(ranges=((2, 3),))),
        ("js {6-4}", Meta(language="js", ranges=((4, 6),))),
        ("js lines=3-5", Meta(language="js", ranges=((3, 5),))),
        ('py hl_lines="2 3"', Meta(language="py", ranges=((2, 2), (3, 3)))),
        ("js showLineNumbers", Meta(language="js", numbered=True)),
        ("js showLineNumbers=5", Meta(language="js", numbered=True, start=5)),
        ("js showLineNumbers={5}", Meta(language="js", numbered=True, start=5)),
        ("js showLineNumbers=false", Meta(language="js")),
        ('py linenums="1"', Meta(language="py", numbered=True, start=1)),
        ("js {numberLines: true}", Meta(language="js", numbered=True)),
        (
            'go {linenos=table,hl_lines=[1,"3-5"],linenostart=199}',
            Meta(language="go", ranges=((1, 1), (3, 5)), numbered=True, start=199),
        ),
        (
            'ruby showLineNumbers {1,2} title="a.rb"',
            Meta(
                language="ruby",
                title="a.rb",
                ranges=((1, 1), (2, 2)),
                numbered=True,
            ),
        ),
        ("text wrap", Meta(language="text", wrap=True)),
        ("py notes", Meta(language="py", notes=True)),
        ("py file=./a.py#L3-L9", Meta(language="py", file="./a.py#L3-L9")),
        ('sh tab="npm"', Meta(language="sh", tab="npm")),
        ("{r echo=FALSE}", Meta()),
        (" python", Meta(language="python")),
        (' python title="a.py"', Meta(language="python", title="a.py")),
        ("{.haskell .numberLines}", Meta(language="haskell", numbered=True)),
        ('{ .py title="a.py" }', Meta(language="py", title="a.py")),
    ],
)
def test_the_words_after_a_fence_mean(info: str, meta: Meta):
    assert read_meta(info) == meta


@pytest.mark.parametrize(
    "word",
    [
        *("npm2yarn", "live", "twoslash", "noInline", "mdx-code-block", "eval"),
        *(",ignore", "=", "{something=something}", '"', "[x", "title", "key=value"),
    ],
)
def test_words_for_others_are_ignored_without_a_word(word: str):
    text = f"```rust {word}\nlet a = 1;\n```\n"
    assert page(text) == page("```rust\nlet a = 1;\n```\n")
    assert said({A: HEAD + text}) == ""


def test_a_title_stands_above_the_code_and_cannot_break_out():
    html = page('```js title="<b>a</b>.js"\nx\n```\n')
    assert texts(html, "figure.code > figcaption") == ["<b>a</b>.js"]


def test_highlighted_lines_are_marked_as_they_were_written():
    html = page("```text {1,3-4,9}\na\nb\nc\nd\n```\n")
    assert html == (
        '<figure class="code"><pre tabindex="0"><code class="language-text">'
        '<mark class="line">a\n</mark>b\n<mark class="line">c\n</mark>'
        '<mark class="line">d\n</mark></code></pre></figure>'
    )


def test_colours_end_where_a_marked_line_ends():
    html = page("```js {2}\nlet a = `x\ny`\n```\n")
    assert html == (
        '<figure class="code"><pre tabindex="0"><code class="language-js">'
        '<span class="kd">let</span><span class="w"> </span><span class="nx">a</span>'
        '<span class="w"> </span><span class="o">=</span><span class="w"> </span>'
        '<span class="sb">`x</span>\n'
        '<mark class="line"><span class="sb">y`</span>\n'
        "</mark></code></pre></figure>"
    )


def test_lines_are_numbered_from_where_their_author_says():
    html = page("```text showLineNumbers=9\na\n\nb\n```\n")
    assert values(html, "code > .line", "data-n") == ["9", "10", "11"]
    assert values(html, "figure", "class") == ["code lined"]


def test_long_lines_are_broken_on_demand():
    html = page("```text wrap\na\n```\n")
    assert values(html, "figure", "class") == ["code wrap"]


def test_a_range_past_the_end_of_the_code_is_told():
    assert said({A: HEAD + "\n```js {7}\na\n```\n"}).splitlines()[0] == (
        "content/posts/a.md:6: warning: the code has 1 line, so none of these is "
        "highlighted [code-mark]"
    )


def test_a_block_that_is_too_long_for_colours_keeps_its_marks():
    html = page(f'```js title="a.js" {{1}}\n{"a" * 3_000}\n```\n')
    assert texts(html, "figcaption") == ["a.js"]
    assert texts(html, "mark.line") == ["a" * 3_000]
