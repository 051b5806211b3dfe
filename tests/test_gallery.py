"""Every construct in one post: nothing to warn of, and HTML that is well formed."""

from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from conftest import output, said
from gallery import gallery

POST = "blog/everything/index.html"


def test_there_is_nothing_to_warn_of():
    assert said(gallery()) == ""


def test_no_id_stands_twice_on_any_page():
    for path, html in output(gallery()).items():
        if path.endswith(".html"):
            nodes = LexborHTMLParser(html).css("[id]")
            ids = Counter(node.attrs["id"] for node in nodes)
            assert {name: n for name, n in ids.items() if n > 1} == {}, path


def test_no_mark_of_any_construct_is_left_for_readers():
    tree = LexborHTMLParser(output(gallery())[POST])
    for node in tree.css("pre, code, script, style"):
        node.decompose()
    body = tree.css_first(".prose")
    assert body is not None
    text = body.text()
    marks = (":::", "[!", "{.", "{#", "$$", "*[", "==", "~~", "**", "![", "](")
    assert [mark for mark in marks if mark in text] == []


def test_labels_and_links_within_the_page_lead_somewhere():
    tree = LexborHTMLParser(output(gallery())[POST])
    ids = {node.attrs["id"] for node in tree.css("[id]")}
    places = [node.attrs["href"] or "" for node in tree.css('a[href^="#"]')]
    labels = [node.attrs["for"] for node in tree.css("label[for]")]
    assert {place.removeprefix("#") for place in places} - ids == set()
    assert set(labels) - ids == set()
