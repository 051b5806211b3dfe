"""Names to parts of addresses, and the parts that no address may have."""

import sys
import unicodedata

import pytest

from blog.slugs import encoded, fault_of, heading_slug, kebab, same_file, slugify

SLUGS = [
    ("Hello World", "hello-world"),
    ("  spaces   and\ttabs ", "spaces-and-tabs"),
    ("snake_case", "snake-case"),
    ("--already--hyphenated--", "already-hyphenated"),
    ("C++", "c-plus-plus"),
    ("C#", "c-sharp"),
    ("C++ & C#", "c-plus-plus-c-sharp"),
    ("Node.js", "node-js"),
    ("core.async", "core-async"),
    ("6.14.0", "6-14-0"),
    ("Café au lait", "café-au-lait"),
    ("Cafe\u0301", "café"),
    ("What’s new?", "whats-new"),
    ("don't", "dont"),
    ("日本語", "日本語"),
    ("Привет, мир", "привет-мир"),
    ("हिन्दी", "हिन्दी"),
    ("ｆｕｌｌ　ｗｉｄｔｈ", "full-width"),
    ("ﬁne", "fine"),
    ("x²", "x2"),
    ("١٢٣", "١٢٣"),
    ("?", "question-mark"),
    ("🎉", "party-popper"),
    ("../../etc", "etc"),
    ("", ""),
    ("   ", ""),
]

# as lodash writes them
KEBABS = [
    ("C++", "c"),
    ("C#", "c"),
    ("Node.js", "node-js"),
    ("web3", "web-3"),
    ("GraphQL", "graph-ql"),
    ("iOS", "i-os"),
    ("HTML5", "html-5"),
    ("v2.0", "v-2-0"),
    ("foo_bar", "foo-bar"),
    ("Café au lait", "cafe-au-lait"),
    ("日本語", "日本語"),
    ("already-kebab", "already-kebab"),
    ("Hello World", "hello-world"),
    ("XMLHttpRequest", "xml-http-request"),
    ("don't", "dont"),
    ("Straße", "strasse"),
    ("4th of July", "4th-of-july"),
]

# as GitHub writes them
HEADINGS = [
    ("C++ & C#", "c--c"),
    ("What’s new?", "whats-new"),
    ("1. First", "1-first"),
    ("a--b", "a--b"),
    ("Café", "café"),
    ("Hello, World!", "hello-world"),
    ("snake_case", "snake_case"),
    ("日本語 の 見出し", "日本語-の-見出し"),
    ("?", ""),
]

DEVICES = ["CON", "con", "Con.txt", "prn", "aux", "nul", "COM1", "lpt9.md"]

# a relative path, and what is wrong with it
FAULTS = [
    ("a//b", "has an empty part"),
    ("a/ /b", "has an empty part"),
    (".", "walks out of its folder"),
    ("..", "walks out of its folder"),
    ("../x", "walks out of its folder"),
    ("a/../../x", "walks out of its folder"),
    ("%2e%2e", "walks out of its folder"),
    ("%2E./x", "walks out of its folder"),
    ("..%2fx", "holds a hidden slash"),
    ("..%5Cx", "holds a hidden slash"),
    ("a\\b", "holds a hidden slash"),
    ("a\0b", "holds a control character"),
    ("a%00b", "holds a control character"),
    ("a\nb", "holds a control character"),
    ("a\x7fb", "holds a control character"),
    ("a\u202eb", "holds a sign that turns the direction of text"),
    ("a\u2066b", "holds a sign that turns the direction of text"),
    (".htaccess", "has a part that begins with a dot, which hosts hide"),
    ("a/.git/config", "has a part that begins with a dot, which hosts hide"),
    ("a" * 241, "has a part of more than 240 bytes, too long for a file name"),
    ("日" * 81, "has a part of more than 240 bytes, too long for a file name"),
    ("/".join(["a" * 200] * 6), "is longer than a path may be"),
    *((name, f"holds {name!r}, which Windows keeps for a device") for name in DEVICES),
]

USABLE = [
    "hello",
    "Hello World",
    "2021/04/15/hello",
    "日本語",
    "11.7",
    "c++",
    "100%",
    "what?",
    "a#b",
    "a..b",
    "console",
    "icon",
    "a" * 240,
]


@pytest.mark.parametrize(("text", "slug"), SLUGS)
def test_a_slug_keeps_letters_and_digits_of_any_script(text, slug):
    assert slugify(text) == slug


@pytest.mark.parametrize("text", ["++", "#", "…", "&", "→", "\u200d"])
def test_signs_alone_still_make_a_slug(text):
    assert slugify(text) != ""


@pytest.mark.parametrize(("text", "_"), SLUGS)
def test_a_slug_of_a_slug_is_the_same(text, _):
    assert slugify(slugify(text)) == slugify(text)


@pytest.mark.parametrize(("label", "slug"), KEBABS)
def test_a_tag_of_docusaurus_is_written_as_lodash_writes_it(label, slug):
    assert kebab(label) == slug


@pytest.mark.parametrize(("text", "slug"), HEADINGS)
def test_the_id_of_a_heading_is_written_as_github_writes_it(text, slug):
    assert heading_slug(text) == slug


def test_the_id_of_a_heading_keeps_letters_marks_and_digits_of_every_script():
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    kinds = ("Nd", "Nl", "Pc")
    kind_of = {c: unicodedata.category(c) for c in every.lower()}
    kept = {c for c, kind in kind_of.items() if kind[0] in "LM" or kind in kinds}
    assert set(heading_slug(every)) == kept | {"-"}


@pytest.mark.parametrize(("path", "phrase"), FAULTS)
def test_a_path_that_some_host_would_misread_is_refused(path, phrase):
    assert fault_of(path) == phrase


@pytest.mark.parametrize("path", USABLE)
def test_a_path_that_all_hosts_serve_has_no_fault(path):
    assert fault_of(path) == ""


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("/blog/hello/", "/blog/hello/"),
        ("/blog/Hello World/", "/blog/Hello%20World/"),
        ("/blog/café/", "/blog/caf%C3%A9/"),
        ("/blog/日本/", "/blog/%E6%97%A5%E6%9C%AC/"),
        ("/blog/100%/", "/blog/100%25/"),
        ("/blog/a?b#c/", "/blog/a%3Fb%23c/"),
        ("/blog/c++.v1~x/", "/blog/c++.v1~x/"),
        ('/blog/"<>/', "/blog/%22%3C%3E/"),
    ],
)
def test_an_address_is_percent_encoded_where_it_is_written(address, written):
    assert encoded(address) == written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("blog/Hello/index.html", "blog/hello/index.html"),
        ("STRASSE", "straße"),
        (unicodedata.normalize("NFC", "é"), unicodedata.normalize("NFD", "é")),
        (unicodedata.normalize("NFD", "É"), "é"),
    ],
)
def test_paths_that_some_disk_takes_for_one_have_one_key(one, other):
    assert same_file(one) == same_file(other)


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("e", "é"), ("a", "а")])
def test_paths_that_every_disk_keeps_apart_have_two_keys(one, other):
    assert same_file(one) != same_file(other)
