"""Tabs: variants of which readers see one, chosen without a script."""

import json

import pytest

from conftest import A, output, said
from sites import HEAD, LINKED, page, texts, values

FENCES = """```sh tab="npm"
npm install a
```

```sh tab="Yarn"
yarn add a
```
"""
BOXES = """::::tabs{group=os}
:::tab[macOS]{value=mac}
Open *it*.
:::
:::tab[`Linux`]{value=linux default}
- a
:::
::::
"""


def test_blocks_of_code_that_follow_each_other_become_tabs():
    assert page(FENCES) == (
        '<div class="tabs" role="group" aria-label="Variants">\n'
        '<input type="radio" name="tabs-blog-a-1" id="tabs-blog-a-1-1" checked="">\n'
        '<label for="tabs-blog-a-1-1">npm</label>\n<div class="tab">\n'
        '<figure class="code"><pre tabindex="0"><code class="language-sh">'
        'npm<span class="w"> </span>install<span class="w"> </span>a\n'
        "</code></pre></figure>\n</div>\n"
        '<input type="radio" name="tabs-blog-a-1" id="tabs-blog-a-1-2">\n'
        '<label for="tabs-blog-a-1-2">Yarn</label>\n<div class="tab">\n'
        '<figure class="code"><pre tabindex="0"><code class="language-sh">'
        'yarn<span class="w"> </span>add<span class="w"> </span>a\n'
        "</code></pre></figure>\n</div>\n</div>"
    )


def test_tabs_between_colons_hold_anything():
    assert page(BOXES) == (
        '<div class="tabs" role="group" aria-label="Variants" data-group="os">\n'
        '<input type="radio" name="tabs-blog-a-1" id="tabs-blog-a-1-1" value="mac">\n'
        '<label for="tabs-blog-a-1-1">macOS</label>\n'
        '<div class="tab">\n<p>Open <em>it</em>.</p>\n</div>\n'
        '<input type="radio" name="tabs-blog-a-1" id="tabs-blog-a-1-2" value="linux"'
        ' checked="">\n'
        '<label for="tabs-blog-a-1-2"><code>Linux</code></label>\n'
        '<div class="tab">\n<ul>\n<li>a</li>\n</ul>\n</div>\n</div>'
    )


def test_words_between_blocks_begin_a_new_set():
    html = page(f"{FENCES}\nWords.\n\n{FENCES}")
    assert values(html, "input", "name") == [
        *("tabs-blog-a-1", "tabs-blog-a-1", "tabs-blog-a-2", "tabs-blog-a-2")
    ]
    assert values(html, "input[checked]", "id") == [
        "tabs-blog-a-1-1",
        "tabs-blog-a-2-1",
    ]


def test_a_block_without_a_label_is_no_tab():
    html = page(f"{FENCES}\n```sh\nother\n```\n")
    assert texts(html, "figure")[2:] == ["other"]
    assert texts(html, ".tabs ~ figure") == ["other"]


def test_sets_may_stand_in_tabs():
    inner = "::::tabs\n:::tab[x]\n1\n:::\n::::\n"
    html = page(f":::::::tabs\n::::::tab[a]\n{inner}::::::\n:::::::\n")
    assert texts(html, ".tabs .tabs > label") == ["x"]
    assert len(values(html, "input[checked]", "id")) == 2


def test_a_tab_without_a_label_has_its_number():
    assert texts(page(":::::tabs\n:::tab\na\n:::\n:::::\n"), "label") == ["1"]


def test_a_label_cannot_break_out():
    html = page('```sh tab="<i>x</i>"\na\n```\n')
    assert texts(html, "label") == ["<i>x</i>"]


@pytest.mark.parametrize("text", [FENCES, BOXES])
def test_lists_and_feeds_show_every_tab_below_its_label(text: str):
    bare = {"templates/list.html": LINKED["templates/list.html"]}
    site = output({**bare, A: f"{HEAD}{text}\n<!-- more -->\n\nEnd.\n"})
    feed = json.loads(site["feed.json"])["items"][0]["content_html"]
    labels = texts(page(text), "label")
    for html in (site["blog/index.html"], feed):
        assert values(html, "input, label, [role=group], [id^=tabs]", "id") == []
        assert texts(html, "p > strong") == labels


def test_a_tab_outside_of_a_set_is_told_once_and_its_text_is_kept():
    text = "\n:::tab[a]\nx\n:::\n\n:::tab[b]\ny\n:::\n"
    assert said({A: HEAD + text}).splitlines() == [
        "content/posts/a.md:6:4: warning: this tab stands outside of a set of tabs "
        "[lone-tab]",
        "  6 | :::tab[a]",
        "    |    ^^^ write '::::tabs' above the first of them and '::::' below the last",
    ]
    assert texts(page(text), "p") == ["a", "x", "b", "y"]


def test_a_set_may_have_an_id_to_link_to():
    html = page("::::tabs{#here}\n:::tab[A]\na\n:::\n::::\n")
    assert values(html, ".tabs", "id") == ["here"]
