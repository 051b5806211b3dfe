"""Formulas, emoji, embeds and typography: what `site.toml` says of them."""

import pytest

from conftest import A, output, said
from sites import HEAD, items, page

SITE = 'title = "T"\nbase_url = "https://example.org"\n'


def told(text: str, site: str = SITE) -> str:
    return said({"site.toml": site, A: HEAD + text})


def test_formulas_become_mathml_which_needs_no_script():
    assert page("Let $a<b$ and \\\\(c^2\\\\).\n\n$$\n\\frac12\n$$\n") == (
        "<p>Let <math><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math> and"
        " <math><mrow><msup><mi>c</mi><mn>2</mn></msup></mrow></math>.</p>\n"
        '<div class="scroll" tabindex="0"><math display="block"><mrow><mfrac><mn>1</mn>'
        "<mn>2</mn></mfrac></mrow></math></div>"
    )


def test_a_formula_may_be_a_fence_or_stand_in_a_quotation():
    shown = (
        '<div class="scroll" tabindex="0"><math display="block"><mrow><mi>x</mi>'
        "</mrow></math></div>"
    )
    assert page("```math\nx\n```\n") == shown
    assert page("> $$\n> x\n> $$\n") == f"<blockquote>\n{shown}\n</blockquote>"


@pytest.mark.parametrize("above", ["Text", "- item", "> quotation", "Term\n: text"])
def test_a_formula_right_below_a_text_is_shown_once(above: str):
    html = page(f"{above}\n$$\nx\n$$\n")
    assert html.count("<mi>x</mi>") == 1
    assert html.index(above.split()[-1]) < html.index("<mi>x</mi>")


def test_a_formula_in_a_heading_stands_in_its_id_and_in_the_contents():
    own = {
        "templates/post.html": "{% for h in body.toc %}{{ h.html|safe_html }}{% endfor %}"
    }
    assert page("## Let $x^2$ be\n", **own) == (
        "Let <math><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math> be"
    )
    assert '<h2 id="let-x2-be">' in page("## Let $x^2$ be\n")


def test_a_formula_in_the_words_of_a_picture_stays_tex():
    assert 'alt="Let x^2 be"' in page("![Let $x^2$ be](https://other.example/x.png)")


def test_two_dollars_within_a_sentence_stay_there_in_kramdown():
    site = {
        **{"site.toml": SITE + '[[content]]\npath = "."\ndialect = "jekyll"\n'},
        "templates/post.html": "{{ body.html|safe_html }}",
        "_posts/2024-01-31-a.md": "---\ntitle: A\n---\nA $$x$$ b\n\n$$y$$\n",
    }
    assert output(site)["2024/01/31/a.html"].strip() == (
        "<p>A <math><mrow><mi>x</mi></mrow></math> b</p>\n"
        '<div class="scroll" tabindex="0"><math display="block"><mrow><mi>y</mi></mrow>'
        "</math></div>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 here and $10 there.",
        "From $5k to $6k.",
        "$HOME/$PATH and $HOME and $PATH",
        "A \\$x$ and $ x $ and $$ and $x \\$",
    ],
)
def test_prices_and_shell_variables_are_no_formulas(text: str):
    html = page(text)
    assert "<math" not in html
    assert html.count("$") == text.count("$")


def test_what_is_not_tex_is_told_at_its_line_and_shown_as_code():
    text = "One $x_$ and\ntwo $\\undefined{x}$.\n\n$$\n\\left( a\n$$\n"
    assert told(text) == (
        "content/posts/a.md:5:6: warning: the formula is not TeX: nothing stands behind"
        " a _ or ^ [math]\n"
        "  5 | One $x_$ and\n"
        "    |      ^^\n"
        "content/posts/a.md:6:6: warning: the command '\\undefined' is not known, and is"
        " shown as it stands [math]\n"
        "  6 | two $\\undefined{x}$.\n"
        "    |      ^^^^^^^^^^\n"
        "content/posts/a.md:9:1: warning: the formula is not TeX: a \\left has no \\right"
        " [math]\n"
        "  9 | \\left( a\n"
        "    | ^^^^^^^^"
    )
    assert "<code>x_</code>" in page(text)


def test_html_in_a_formula_is_text():
    assert "<mtext>&lt;b&gt;</mtext>" in page("$\\text{<b>}$")


@pytest.mark.parametrize("tex", ["{" * 4000, "\\frac" * 900, "x^{" * 1500, "y" * 6000])
def test_hostile_tex_is_told_and_shown(tex: str):
    assert "[math]" in told(f"$$\n{tex}\n$$\n")


def test_formulas_can_be_switched_off():
    off = f"{SITE}[markdown]\nmath = false\n"
    files = {"site.toml": off, "templates/post.html": "{{ body.html|safe_html }}"}
    html = output({**files, A: f"{HEAD}Let $a *b* c$.\n"})["blog/a/index.html"]
    assert html.strip() == "<p>Let $a <em>b</em> c$.</p>"


def test_emoji_are_for_those_who_ask():
    text = "Done :tada: at 10:30:20, `:tada:` :nosuchthing:\n"
    assert page(text) == (
        "<p>Done :tada: at 10:30:20, <code>:tada:</code> :nosuchthing:</p>"
    )
    asked = f"{SITE}[markdown]\nemoji = true\n"
    assert page(text, **{"site.toml": asked}) == (
        "<p>Done 🎉 at 10:30:20, <code>:tada:</code> :nosuchthing:</p>"
    )


FRAME = (
    '<iframe src="https://www.youtube-nocookie.com/embed/abc?start=3" title="A film"'
    " allowfullscreen></iframe>"
)


def test_frames_are_kept_as_they_are():
    assert FRAME.removesuffix(" allowfullscreen></iframe>") in page(FRAME)


def test_frames_become_links_where_nothing_is_to_be_loaded_from_elsewhere():
    asked = {"site.toml": f'{SITE}[markdown]\nembeds = "link"\n'}
    text = f'{FRAME}\n\n<iframe src="//maps.example/x"/>\n'
    assert page(text, **asked) == (
        '<a class="embed" href="https://www.youtube.com/watch?v=abc">A film'
        "<small>youtube.com</small></a>\n"
        '<a class="embed" href="//maps.example/x">Embedded page'
        "<small>maps.example</small></a>"
    )


def test_feeds_name_a_frame_without_a_title_by_its_address():
    frame = '<iframe src="https://maps.example/x?a=1&amp;b=2"></iframe>'
    (item,) = items(output({A: f"{HEAD}{frame}\n"}))
    assert item["content_html"] == (
        '<a class="embed" href="https://maps.example/x?a=1&amp;b=2">'
        "https://maps.example/x?a=1&amp;b=2<small>maps.example</small></a>"
    )


def test_feeds_link_to_what_a_frame_shows():
    (item,) = items(output({A: f"{HEAD}{FRAME}\n"}))
    assert item["content_html"] == (
        '<a class="embed" href="https://www.youtube.com/watch?v=abc">A film'
        "<small>youtube.com</small></a>"
    )


@pytest.mark.parametrize(
    ("language", "html"),
    [
        ("en", "“a ‘b’ c” it’s"),
        ("de", "„a ‚b‘ c“ it’s"),
        ("fr-CA", "«\u202fa “b” c\u202f» it’s"),
        ("sv", "”a ’b’ c” it’s"),
        ("ja", "“a ‘b’ c” it’s"),
    ],
)
def test_quotes_are_those_of_the_language(language: str, html: str):
    text = "\"a 'b' c\" it's"
    own = {"site.toml": f'{SITE}language = "{language}"\n'}
    assert page(text, **own) == f"<p>{html}</p>"
    head = HEAD.replace("---\n", f"---\nlang: {language}\n", 1)
    files = {"templates/post.html": "{{ body.html|safe_html }}", A: head + text}
    assert output(files)["blog/a/index.html"].strip() == f"<p>{html}</p>"


def test_straight_quotes_stay_where_that_is_asked_for():
    off = {"site.toml": f"{SITE}[markdown]\nsmart = false\n"}
    assert page("'a' -- it's...", **off) == "<p>'a' -- it's...</p>"
