"""Posts in MDX: what of them readers get, though no code of theirs runs."""

import pytest

from conftest import output, said
from sites import HEAD, MDX, mdx, mdx_site

TICKS = "```"


@pytest.mark.parametrize(
    "text",
    [
        "import Tabs from '@theme/Tabs';\n\nHello.",
        "import Tabs from '@theme/Tabs'\nimport {\n  a,\n  b as c,\n} from \"./b\";\n\nHello.",
        "import './style.css'\n\nHello.",
        "export const x = {\n  a: 1,\n\n  b: 2,\n};\n\nHello.",
        "export default function Page() {\n  return <b>x</b>;\n}\n\nHello.",
        "import A from './a'\nHello.",
        "{/* a remark */}\n\nHello.",
        "{/* a remark\n\nof many lines, with `a` and } */}\n\nHello.",
        "Hello{/* here */}.",
        "<!-- a remark with <Tabs> and {x} -->\n\nHello.",
        "<Head><title>x</title></Head>\n\nHello.",
        "<>\nHello.\n</>",
        "<BrowserOnly>\nHello.\n</BrowserOnly>",
        "{'Hello.'}",
        '{"Hello."}',
        "{`Hello.`}",
    ],
)
def test_what_is_meant_for_the_compiler_is_not_shown(text: str):
    assert mdx(text) == "<p>Hello.</p>"
    assert said(mdx_site(text)) == ""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a{' '}b", "<p>a b</p>"),
        ("{'*a*'} {\"<b>\"}", "<p>*a* &lt;b&gt;</p>"),
        (r"{'\u0041 it\'s'}", "<p>A it's</p>"),
        ("{42} {-1.5}", "<p>42 -1.5</p>"),
        ("export const me = 'Ada';\n\nI am {me}.", "<p>I am Ada.</p>"),
        (r"\{a\} \<b>", "<p>{a} &lt;b&gt;</p>"),
    ],
)
def test_what_needs_no_code_to_run_is_put_in(text: str, html: str):
    assert mdx(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "Print {} in `{x}` and \\{y}.",
            "<p>Print {} in <code>{x}</code> and {y}.</p>",
        ),
        ("A brace { alone.", "<p>A brace { alone.</p>"),
        (
            "An Array<string> and a <> b.",
            "<p>An Array<string> and a &lt;&gt; b.</string></p>",
        ),
        ("A Map<Key, Value> too.", "<p>A Map&lt;Key, Value&gt; too.</p>"),
        ("import the\nparcel from the shop", "<p>import the\nparcel from the shop</p>"),
        ("export is a word", "<p>export is a word</p>"),
        ("1 < 2 > 0", "<p>1 &lt; 2 &gt; 0</p>"),
    ],
)
def test_prose_that_is_no_valid_mdx_is_shown_as_it_stands(text: str, html: str):
    assert mdx(text) == html
    assert said(mdx_site(text)) == ""


def test_code_stays_as_it_is():
    code = "import x from 'x'\n<Foo a={1} className='b'/> {y} {/* z */}"
    inner = code.replace("\n", "\n  ")
    for text in (
        f"{TICKS}js\n{code}\n{TICKS}",
        f"- a\n\n  ~~~~\n  {inner}\n  ~~~\n  ~~~~",
    ):
        assert said(mdx_site(text)) == ""
    plain = f"{TICKS}text\n{code}\n{TICKS}"
    assert "&lt;Foo a={1} className='b'/&gt; {y} {/* z */}" in mdx(plain)
    assert mdx("`<Foo a={1}/>`") == "<p><code>&lt;Foo a={1}/&gt;</code></p>"


def test_an_indent_makes_no_code():
    assert mdx("    Hello *you*") == "<p>Hello <em>you</em></p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<div>\ntext *b*\n</div>", "<div>\n<p>text <em>b</em></p>\n</div>"),
        ("<div>\n\n        deep *b*\n</div>", "<div>\n<p>deep <em>b</em></p>\n</div>"),
        (
            "<details>\n<summary>**More**</summary>\n- a\n- b\n</details>",
            "<details>\n<summary><strong>More</strong></summary>\n\n"
            "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n</details>",
        ),
        ('<p align="center">\ntext\n</p>', '<p align="center">\ntext\n</p>'),
        (
            "<table>\n<tr>\n<td>\n*a*\n</td>\n</tr>\n</table>",
            "<table>\n<tbody><tr>\n<td>\n<p><em>a</em></p>\n</td>\n</tr>\n</tbody></table>",
        ),
        ("<pre>\n  *a*\n\n  b\n</pre>", "<pre>  *a*\n\n  b\n</pre>"),
        ("<pre>{`a\n  <b>`}</pre>", "<pre>a\n  &lt;b&gt;</pre>"),
        ("a<br>b <kbd>*c*</kbd>", "<p>a<br>b <kbd><em>c</em></kbd></p>"),
        ("<my-box>\n*a*\n</my-box>", "<my-box>\n<p><em>a</em></p>\n</my-box>"),
    ],
)
def test_markdown_between_tags_is_markdown_without_blank_lines(text: str, html: str):
    assert mdx(text) == html


@pytest.mark.parametrize(
    "heading",
    [
        "## Title {#own.id}",
        "## Title {/* #own.id */}",
        "## Title { /*#own.id*/ }",
        "## Title <!-- #own.id -->",
    ],
)
def test_a_heading_may_have_an_id_of_its_own(heading: str):
    assert mdx(heading).startswith('<h2 id="own.id">Title <a')


def test_an_own_id_is_not_taken_by_another_heading():
    html = mdx("## Same\n\n## Other {#same}")
    assert '<h2 id="same-1">Same' in html
    assert '<h2 id="same">Other' in html


@pytest.mark.parametrize(
    "mark", ["{/* truncate */}", "{/*truncate*/}", "<!--truncate-->"]
)
def test_the_mark_of_a_summary_cuts_and_is_not_shown(mark: str):
    theme = {"templates/list.html": "{{ entries[0].summary_html|safe_html }}"}
    site = mdx_site(f"Above.\n\n{mark}\n\nBelow.", **theme)
    assert output(site)["blog/index.html"].strip() == "<p>Above.</p>"
    assert mdx(f"Above.\n\n{mark}\n\nBelow.") == "<p>Above.</p>\n<p>Below.</p>"


def test_a_title_may_stand_below_imports():
    post = "import A from './a'\nimport B from './b'\n\n# The title\n\nHello.\n"
    site = {**mdx_site(""), "templates/post.html": "{{ card.title }}", MDX: post}
    assert output(site)["blog/2024/01/31/a/index.html"].strip() == "The title"


def test_a_file_in_mdx_is_mdx_in_our_own_format_too():
    text = "import A from './a'\n\n{/* x */}<b className='c'>Hello</b>\n"
    bare = {"templates/post.html": "{{ body.html|safe_html }}"}
    mdx_file = {"content/posts/a.mdx": HEAD + text}
    assert output({**bare, **mdx_file})["blog/a/index.html"].strip() == (
        '<p><b class="c">Hello</b></p>'
    )
    assert "MDX is shown as text" in said({**bare, "content/posts/a.md": HEAD + text})
