"""A glance at a page, which spares most of them a parser, never overlooks anything."""

from random import Random  # noqa: TID251 - with a seed, the same pages every time

import pytest

from blog.theme.policy import policy, policy_of_all

LOADING = [
    *("img", "source", "input", "image", "video", "audio", "track", "iframe", "object"),
    *("embed", "script", "form", "button", "link", "style"),
]
OTHERS = [
    *("p", "a", "div", "b", "html", "head", "body", "svg", "math", "template", "title"),
    *("textarea", "select", "table", "td", "noscript", "xmp", "plaintext", "frameset"),
]
ATTRIBUTES = [
    *("src", "srcset", "formaction", "href", "poster", "data", "action", "rel", "type"),
    *("style", "onclick", "STYLE", "OnLoad", "class", "id", "data-x", "xlink:href"),
]
VALUES = [
    *("/a.png", "//b.example/x", "https://c.example/d e", "data:x", "", "a", "&#47;/f"),
    *("/\t/g.example", "stylesheet", "icon", "manifest", "module", "text/plain", "a>b"),
    *("speculationrules", "a<b", "url(//h.example)", "alert(1)", "https://[", "/../i"),
]
TEXTS = [
    *("one = 1", " only=x", "a < b", "&lt;img&gt;", "style ", "https://j.example", "'"),
    *("<!--", "-->", "<![CDATA[", "]]>", "<?x", "</ x>", "<", '"', ">", "</script>"),
    *("<script>fetch('https://k.example')</script>", "<style>@import '//l.example'"),
]
PLAIN = [
    *('<p class="a">', "</p>", '<span class="k">', "</span>", "</a>", "</textarea>"),
    *('<img src="/a.png" alt="b">', '<script type="module" src="/c.js"></script>'),
    *('<a href="https://d.example/">', '<button type="button" data-e>', "</template>"),
    *('<svg viewBox="0"><path d="m"/></svg>', '<form method="dialog">', "one = 1"),
]
HEAD = [
    *('<meta charset="utf-8">', "<title>a</title>", '<script src="/b.js"></script>'),
    *('<link rel="icon" href="/c.svg">', "<style>d{}</style>"),
    '<script type="speculationrules">{"e":"f"}</script>',
    '<script type="application/ld+json">{"g": "\\u003c"}</script>',
    *('<link rel="canonical" href="https://h.example/">', '<link rel="preload">'),
    '<link rel="stylesheet" href="https://i.example/j.css">',
]


def tag(chance: Random) -> str:
    """A tag with up to two attributes, in one of the ways in which tags are written."""
    name = chance.choice(LOADING + OTHERS)
    given = (
        chance.choice(
            [' {}="{}"', ' {}="{}"', " {}='{}'", "/{}={}", '\n{} = "{}"', " {}"]
        )
        for _ in range(chance.randint(0, 2))
    )
    rest = "".join(
        g.format(chance.choice(ATTRIBUTES), chance.choice(VALUES)) for g in given
    )
    name = name.upper() if chance.random() < 0.05 else name
    return f"<{name}{rest}{chance.choice(['>', '>', '/>', ' >'])}"


def pieces(chance: Random, usual: list[str]) -> str:
    """Usual pieces of a page, with more or less of others among them."""
    share = chance.choice([0, 0, 0.1, 0.5])
    return "".join(
        chance.choice([tag(chance), chance.choice(TEXTS)])
        if chance.random() < share
        else chance.choice(usual)
        for _ in range(chance.randint(0, 10))
    )


def test_a_glance_at_a_page_gives_the_policy_that_its_elements_need():
    chance = Random(3)
    for _ in range(15_000):
        head, body = pieces(chance, HEAD), pieces(chance, PLAIN)
        page = f"<!doctype html><head>{head}</head><body>{body}"
        assert policy(page) == policy_of_all(page), page


@pytest.mark.parametrize("place", ["", "<svg>", "<table>", "<p title='>'>"])
@pytest.mark.parametrize("name", LOADING)
def test_a_glance_sees_every_tag_that_may_load_something(name: str, place: str):
    for attribute in ATTRIBUTES:
        page = f'<head></head><body>{place}<{name} {attribute}="https://a.example">'
        assert policy(page) == policy_of_all(page)


@pytest.mark.parametrize(
    "head",
    [
        "<script>a()<body><p>b</script>",
        "<!-- <body> --><script>a()</script><body>",
        '<meta content="<body><img src=//a.example>',
        "<template><body></template><script>a()</script>",
        "<html style><title>b</title></head><body>url(https://c.example)",
    ],
)
def test_a_head_that_does_not_end_where_it_seems_to_is_read_whole(head: str):
    assert policy(head) == policy_of_all(head)
