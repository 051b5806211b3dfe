"""The Content-Security-Policy of a page: strict, and what the page itself holds."""

from base64 import b64encode
from hashlib import sha256

import pytest

from conftest import POST, A, B, output
from sites import HEAD, texts, values

RULES = '{"prefetch":[{"where":{"href_matches":"/*"},"eagerness":"moderate"}]}'
LEAST = 'title = "Test"\nbase_url = "https://example.org"\n'


def hashed(script: str) -> str:
    """The source that allows a script which stands in the page."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


STRICT = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": f"'self' {hashed(RULES)}",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
}
"""What a page may do that holds nothing unusual."""


def policy(page: str) -> str:
    """The policy of a page, which has just one."""
    (found,) = values(page, "meta[http-equiv=Content-Security-Policy]", "content")
    return found or ""


def allowed(text: str, **files: str) -> dict[str, str]:
    """What the page of a post with this text may do beyond a plain one."""
    page = output({A: HEAD + text, **files})["blog/a/index.html"]
    found = dict(row.split(" ", 1) for row in policy(page).split("; "))
    return {name: s for name, s in found.items() if STRICT.get(name) != s}


def test_a_plain_page_may_load_from_its_own_site_alone():
    page = output({A: POST})["blog/a/index.html"]
    assert policy(page) == (
        "default-src 'none'; style-src 'self';"
        f" script-src 'self' {hashed(RULES)};"
        " img-src 'self' data:; font-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'"
    )


def test_the_only_script_that_stands_in_a_plain_page_is_the_one_allowed():
    page = output({"content/about.md": "# About\n"})["about/index.html"]
    assert texts(page, "script:not([src])") == [RULES]


def test_a_page_that_is_not_loaded_ahead_allows_no_script_in_its_text():
    settings = LEAST + '[theme]\nprefetch = "off"\n'
    page = output({"site.toml": settings, A: POST})["blog/a/index.html"]
    assert "script-src 'self';" in policy(page)


def test_below_a_path_the_pages_of_that_path_are_loaded_ahead():
    below = {"site.toml": LEAST.replace(".org", ".org/sub")}
    page = output({**below, A: POST})["blog/a/index.html"]
    rules = RULES.replace("/*", "/sub/*")
    assert texts(page, "script[type=speculationrules]") == [rules]
    assert f"script-src 'self' {hashed(rules)};" in policy(page)


def test_the_policy_stands_before_all_that_a_page_loads():
    head = output({A: POST})["blog/a/index.html"].split("</head>")[0]
    place = head.index("Content-Security-Policy")
    assert place < min(head.index("<link"), head.index("<script"))


@pytest.mark.parametrize(
    ("text", "beyond"),
    [
        (
            "![x](https://pics.example/a.png)",
            {"img-src": "'self' data: https://pics.example"},
        ),
        (
            '<img src="//pics.example:8080/a.png" alt="">',
            {"img-src": "'self' data: pics.example:8080"},
        ),
        (
            "![x](https://b.example/1.png) ![y](https://a.example/2.png)"
            " ![z](https://b.example/3.png)",
            {"img-src": "'self' data: https://b.example https://a.example"},
        ),
        (
            '<img srcset="https://a.example/1.png 1x, https://b.example/2.png 2x"'
            ' src="https://c.example/3.png" alt="">',
            {
                "img-src": "'self' data: https://c.example"
                " https://a.example https://b.example"
            },
        ),
        (
            '<img alt="" srcset="https://b.example/1.png 1x,https://c.example/2.png 2x">',
            {"img-src": "'self' data: https://b.example https://c.example"},
        ),
        (
            '<button formaction="https://list.example/join">x</button>',
            {"form-action": "'self' https://list.example"},
        ),
        (
            '<p style="background: url(https://pics.example/a.png)">x</p>',
            {
                "style-src": "'self' 'unsafe-inline'",
                "img-src": "'self' data: https://pics.example",
                "font-src": "'self' https://pics.example",
            },
        ),
        (
            '<style>@import "https://face.example/a.css"; p { color: red }</style>',
            {
                "style-src": "'self' 'unsafe-inline' https://face.example",
                "font-src": "'self' https://face.example",
            },
        ),
        (
            '<picture><source srcset="https://a.example/1.png"></picture>',
            {"img-src": "'self' data: https://a.example"},
        ),
        (
            '<img src="https://münchen.example/1.png" alt="">',
            {"img-src": "'self' data: https://xn--mnchen-3ya.example"},
        ),
        (
            '<iframe src="https://film.example/embed/1"></iframe>',
            {"frame-src": "https://film.example"},
        ),
        (
            '<video src="https://film.example/1.mp4"'
            ' poster="https://pics.example/1.png"></video>',
            {
                "img-src": "'self' data: https://pics.example",
                "media-src": "https://film.example",
            },
        ),
        (
            '<audio><source src="https://sound.example/1.ogg"></audio>',
            {"media-src": "https://sound.example"},
        ),
        (
            '<form action="https://list.example/join"><input></form>',
            {"form-action": "'self' https://list.example"},
        ),
        ('<form action="/join/"><input></form>', {}),
        ("<p style='color: red'>x</p>", {"style-src": "'self' 'unsafe-inline'"}),
        ("<style>p { color: red }</style>", {"style-src": "'self' 'unsafe-inline'"}),
        (
            '<button onclick="go()">x</button>',
            {
                "script-src": f"{STRICT['script-src']} 'unsafe-hashes' {hashed('go()')}",
            },
        ),
        ('<script type="application/json">{"a": 1}</script>', {}),
        ("`<img src=https://pics.example/a.png onclick=go()>`", {}),
        ("[x](https://pics.example/a.png)", {}),
        ("<!-- <style></style> <p onclick='go()' style=''> -->", {}),
    ],
)  # fmt: skip
def test_a_page_may_load_what_its_text_shows_and_no_more(
    text: str, beyond: dict[str, str]
):
    assert allowed(f"{text}\n") == beyond


def test_a_film_of_the_site_is_one_of_its_own():
    film = {"static/1.mp4": "mp4"}
    assert allowed('<video src="/1.mp4"></video>\n', **film) == {"media-src": "'self'"}


ANYTHING = {
    "style-src": "'self' 'unsafe-inline' https:",
    "img-src": "'self' data: https:",
    "font-src": "'self' https:",
    "connect-src": "'self' https:",
    "media-src": "https:",
    "frame-src": "https:",
}
"""What a script may load that was not written by the theme."""


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("<script>go()</script>", hashed("go()")),
        ("<script type=module>\ngo(1 < 2);\n</script>", hashed("\ngo(1 < 2);\n")),
        ("<script type='text/javascript'>go()</script>", hashed("go()")),
        ("<script async src='https://talk.example/a.js'></script>", None),
    ],
    ids=["plain", "module", "with its type", "from elsewhere"],
)
def test_a_script_in_a_text_may_run_and_load_what_it_wants(
    text: str, source: str | None
):
    own, rules = STRICT["script-src"].split(" ", 1)
    script = (
        f"{own} {rules} {source}" if source else f"{own} https://talk.example {rules}"
    )
    assert allowed(f"{text}\n") == {**ANYTHING, "script-src": script}


def test_a_style_sheet_from_elsewhere_may_bring_its_fonts_and_pictures():
    text = '<link rel="stylesheet" href="https://type.example/a.css">\n'
    assert allowed(text) == {
        "style-src": "'self' https://type.example",
        "img-src": "'self' data: https:",
        "font-src": "'self' https:",
    }


def test_what_one_post_holds_is_allowed_where_it_is_shown_and_nowhere_else():
    text = "![x](https://pics.example/a.png)\n\n<!-- more -->\n\n"
    text += '<iframe src="https://film.example/1"></iframe>\n'
    site = output({A: HEAD.replace("title", "tags: [x]\ntitle") + text, B: POST})
    pages = {p: policy(t) for p, t in site.items() if p.endswith(".html")}
    assert {p for p, said in pages.items() if "https://pics.example" in said} == {
        *("blog/a/index.html", "blog/index.html", "index.html", "tags/x/index.html")
    }
    assert [p for p, said in pages.items() if "https://film.example" in said] == [
        "blog/a/index.html"
    ]


def test_a_template_of_the_site_is_allowed_what_it_loads():
    own = '{% extends "default/base.html" %}{% block footer %}'
    own += '<script src="https://count.example/c.js"></script>{% endblock %}'
    site = output({A: POST, "templates/base.html": own})
    assert "https://count.example" in policy(site["index.html"])
    assert "https://count.example" in policy(site["404.html"])


@pytest.mark.parametrize("block", ["", '<meta name="own" content="{{ policy }}; x y">'])
def test_a_template_of_the_site_may_have_another_policy_or_none(block: str):
    own = '{% extends "default/base.html" %}{% block policy %}' + block
    site = output({A: POST, "templates/base.html": own + "{% endblock %}"})
    plain = "; ".join(f"{name} {sources}" for name, sources in STRICT.items())
    for path in ("index.html", "blog/a/index.html"):
        assert "Content-Security-Policy" not in site[path]
        found = values(site[path], "meta[name=own]", "content")
        assert found == ([f"{plain}; x y"] if block else [])


def test_a_template_without_a_place_for_it_has_no_policy():
    bare = {"templates/post.html": "<p>{{ page.title }}</p>"}
    assert output({A: POST, **bare})["blog/a/index.html"] == "<p>A post</p>"


@pytest.mark.parametrize("word", ["policy", '"\\0policy\\0"', "{{ policy }}"])
def test_no_word_of_a_post_stands_for_the_policy(word: str):
    page = output({A: HEAD.replace("A post", repr(word)) + word})["blog/a/index.html"]
    assert page.count("default-src") == 1


def test_a_module_in_the_text_may_load_what_it_imports():
    script = 'import { x } from "https://parts.example/x.js";'
    found = allowed(f'<script type="module">{script}</script>\n')["script-src"]
    assert found == (f"{STRICT['script-src']} {hashed(script)} https://parts.example")


def test_a_map_of_imports_needs_leave_but_loads_nothing():
    script = '{"imports": {}}'
    assert allowed(f'<script type="importmap">{script}</script>\n') == {
        "script-src": f"{STRICT['script-src']} {hashed(script)}"
    }
