"""Tags in MDX: attributes as HTML has them, components as Markdown has them."""

import pytest

from blog.memo import Memo
from conftest import built, changed, said
from sites import PNG, mdx, mdx_site


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("<b className='a b'>x</b>", '<b class="a b">x</b>'),
        ("<label htmlFor={'a'}>x</label>", '<label for="a">x</label>'),
        (
            '<b title={"a \\"b\\" <c>"}>x</b>',
            '<b title="a &quot;b&quot; &lt;c&gt;">x</b>',
        ),
        ("<b title={`a`} hidden={true}>x</b>", '<b title="a" hidden="">x</b>'),
        ("<b aria-hidden={true} hidden={false}>x</b>", '<b aria-hidden="true">x</b>'),
        ("<b tabIndex={0} key={1} lang={null}>x</b>", '<b tabindex="0">x</b>'),
        ("<b style={{maxWidth: 300}}>x</b>", '<b style="max-width: 300px">x</b>'),
        (
            "<b style={{'margin': '0 auto', lineHeight: 1.5, top: 0, }}>x</b>",
            '<b style="margin: 0 auto; line-height: 1.5; top: 0">x</b>',
        ),
        (
            "<b style={{WebkitMask: 'a', msFlex: 1, '--x': 2}}>x</b>",
            '<b style="-webkit-mask: a; -ms-flex: 1px; --x: 2">x</b>',
        ),
        (
            "<svg viewBox='0 0 9 9'><g strokeWidth={2} xlinkHref='#a' /></svg>",
            '<svg viewBox="0 0 9 9"><g stroke-width="2" xlink:href="#a"></g></svg>',
        ),
        ("a <b\n  className='c'\n>\nx</b>", 'a <b class="c">\nx</b>'),
        ("<a id='x' /> y", '<a id="x"></a> y'),
    ],
)
def test_attributes_of_jsx_become_those_of_html(written: str, html: str):
    assert mdx(f"So: {written}") == f"<p>So: {html}</p>"
    assert said(mdx_site(written)) == ""


PICTURES = {
    "website/static/img/a.png": PNG,
    "website/blog/b.png": PNG,
    "website/static/img/dark.png": PNG,
}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("<img alt='' src={require('./b.png').default} />", "/blog/2024/01/31/a/b.png"),
        ("<img alt='' src={require('@site/static/img/a.png')} />", "/img/a.png"),
        ("<img alt='' src={useBaseUrl('/img/a.png')} />", "/img/a.png"),
        ("<img alt='' src={useBaseUrl('img/a.png')} />", "/img/a.png"),
        (
            "import p from './b.png'\n\n<img alt='' src={p} />",
            "/blog/2024/01/31/a/b.png",
        ),
        ("<Image alt='' img={require('./b.png')} />", "/blog/2024/01/31/a/b.png"),
        ("![x](@site/static/img/a.png)", "/img/a.png"),
        ("import P from './b.png'\n\n<P />", "/blog/2024/01/31/a/b.png"),
    ],
)
def test_the_address_of_a_picture_may_be_written_in_code(text: str, address: str):
    assert f'src="{address}"' in mdx(text, **PICTURES)
    assert said(mdx_site(text, **PICTURES)) == ""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('<Link to="/blog">here</Link>', '<p><a href="/blog">here</a></p>'),
        (
            '<Admonition type="tip" title="Mind [it]">\n  *Go*\n</Admonition>',
            '<div class="alert tip" role="note">\n'
            '<p class="alert-title">Mind [it]</p>\n<p><em>Go</em></p>\n</div>',
        ),
        (
            "<Admonition>Go *on*</Admonition>",
            '<div class="alert note" role="note">\n'
            '<p class="alert-title">Note</p>\n<p>Go <em>on</em></p>\n</div>',
        ),
        (
            '<Details summary="More">\nText\n</Details>',
            "<details>\n<summary>More</summary>\n\n<p>Text</p>\n</details>",
        ),
        (
            "<ThemedImage alt='A' sources={{light: '/img/a.png', dark: "
            "useBaseUrl('/img/dark.png')}} />",
            '<picture><source srcset="/img/dark.png" media="(prefers-color-scheme: dark)">'
            '<img src="/img/a.png" alt="A" width="1" height="1" fetchpriority="high"'
            ' decoding="async"></picture>',
        ),
        ("<Card.Body>\n*Held*\n</Card.Body>", "<p><em>Held</em></p>"),
        ("A <Badge kind={x}>*held*</Badge> b", "<p>A <em>held</em> b</p>"),
        (
            '<SiteCard url="https://a.example" title="A & b" />',
            '<p><a href="https://a.example">A &amp; b</a></p>',
        ),
    ],
)
def test_a_component_becomes_what_html_has_for_it(text: str, html: str):
    assert mdx(text, **PICTURES) == html


def test_a_code_block_in_a_component_is_one_like_any_other():
    html = mdx('<CodeBlock language="text">{`a {b}\n  <c>`}</CodeBlock>')
    assert '<code class="language-text">a {b}\n  &lt;c&gt;\n</code>' in html


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "A <Chart data={x} /> b\n\n<Chart />",
            "website/blog/2024-01-31-a.md:4:3: warning: the component 'Chart' is left out,"
            " only what it holds is shown [unknown-component]\n"
            "  4 | A <Chart data={x} /> b\n"
            "    |   ^^^^^^ write it in Markdown or HTML",
        ),
        (
            "import Part from './_part.md'\n\n<Part />",
            "website/blog/2024-01-31-a.md:6:1: warning: the file './_part.md' cannot be"
            " put in here [unknown-component]\n"
            "  6 | <Part />\n"
            "    | ^^^^^ put it beside the post",
        ),
        (
            "{/* one\ntwo */}\n\nIt is {props.size} {b}.",
            "website/blog/2024-01-31-a.md:7:7: warning: the expression 'props.size' is"
            " shown as text [mdx-code]\n"
            "  7 | It is {props.size} {b}.\n"
            "    |       ^^^^^^^^^^^^ write what it would put here, or \\{ for a brace",
        ),
        (
            "<b onClick={() => alert(1)}>x</b>",
            "website/blog/2024-01-31-a.md:4:1: warning: 'onClick' has no effect: no code"
            " of a post runs [mdx-code]\n"
            "  4 | <b onClick={() => alert(1)}>x</b>\n"
            "    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ write its value as text, or take it out",
        ),
    ],
)
def test_what_is_lost_is_told_once_at_its_place(text: str, told: str):
    assert said(mdx_site(text)) == told


def test_no_code_of_an_attribute_reaches_the_page():
    html = mdx("<b onClick={() => alert(1)} style={{a: f()}} title={g()}>x</b>")
    assert html == "<p><b>x</b></p>"


def test_the_children_of_a_function_are_not_shown():
    html = mdx("<BrowserOnly>{() => { return <i>x</i>; }}</BrowserOnly> after")
    assert html == "<p>after</p>"


PART = {"website/blog/_part.mdx": "---\nx: y\n---\n{/* a */}It is *put* {`in`}.\n"}
USE = "import Part from './_part.mdx'\n\nAbove\n<Part />\nbelow"


def test_a_part_beside_the_post_is_put_in():
    text = "<p>Above</p>\n<p>It is <em>put</em> in.</p>\n<p>below</p>"
    assert mdx(USE, **PART) == text
    assert said(mdx_site(USE, **PART)) == ""


def test_a_post_follows_the_part_it_holds():
    memo = Memo()
    built(mdx_site(USE, **PART), memo=memo)
    edited = mdx_site(USE, **{"website/blog/_part.mdx": "Anew."})
    assert changed(built(edited, memo=memo), built(edited)) == set()


def test_a_part_that_holds_itself_is_told():
    circle = {"website/blog/_part.mdx": USE}
    assert said(mdx_site(USE, **circle)).startswith(
        "website/blog/_part.mdx:4:1: warning:"
    )


def test_components_and_boxes_between_colons_hold_each_other():
    inner = ":::warning\n<Admonition>\n\none\n\n</Admonition>\ntwo\n:::"
    assert mdx(inner) == (
        '<div class="alert warning" role="note">\n<p class="alert-title">Warning</p>\n'
        '<div class="alert note" role="note">\n<p class="alert-title">Note</p>\n'
        "<p>one</p>\n</div>\n<p>two</p>\n</div>"
    )
    outer = "<Admonition>\n\n::::tip\n:::note\none\n:::\n::::\n\n</Admonition>"
    assert said(mdx_site(inner)) == said(mdx_site(outer)) == ""


def test_expressions_between_prices_are_no_formulas():
    assert mdx('From $5 to {"$"}6, $x_{"a"}$') == (
        '<p>From $5 to $6, <math><mrow><msub><mi>x</mi><mrow><mi>"</mi><mi>a</mi>'
        '<mi>"</mi></mrow></msub></mrow></math></p>'
    )
