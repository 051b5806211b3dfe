"""Files that are made for a target, and what hosts are told of each."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from blog.deploy import files_for, target_for
from blog.deploy.serving import cache_life
from blog.media import content_type
from command import blog_here as blog
from conftest import A
from disk import write
from hosts import Place, built

LONG = "<p>" + "many words " * 200


def extras(root: Path, files: dict[str, str], **settings: Any) -> dict[str, str]:
    """All that a target is to hold, by path; packed files unpacked."""
    built(root, files)
    order = Place(settings=settings).order(root)
    found = files_for(target_for(order, ()), order)
    texts = {}
    for path, file in found.items():
        data = Path(file.folder, path).read_bytes()
        texts[path] = (gzip.decompress(data) if path.endswith(".gz") else data).decode()
    return texts


def test_a_branch_of_pages_keeps_what_begins_with_an_underscore(tmp_path: Path):
    files = {"index.html": "home", "_next/a.js": "a"}
    assert extras(tmp_path, files, kind="git") == {**files, ".nojekyll": ""}


def test_texts_are_packed_for_servers_that_can_send_them_so(tmp_path: Path):
    files = {"index.html": LONG, "short.html": "s", "a.png": LONG}
    found = extras(tmp_path, files, kind="folder", path="www", compress=["gz"])
    assert found == {**files, "index.html.gz": LONG}


def test_packed_files_follow_their_texts(tmp_path: Path):
    settings = {"kind": "folder", "path": "www", "compress": ["gz"]}
    extras(tmp_path, {"a.html": LONG, "b.html": LONG}, **settings)
    files = {"a.html": LONG + "more"}
    assert extras(tmp_path, files, **settings) == {**files, "a.html.gz": LONG + "more"}
    places = {path.name for path in (tmp_path / ".blog/deploy/there").iterdir()}
    assert places == {"a.html.gz"}


def test_a_packed_file_that_is_not_what_was_packed_is_packed_anew(tmp_path: Path):
    settings = {"kind": "folder", "path": "www", "compress": ["gz"]}
    extras(tmp_path, {"a.html": LONG}, **settings)
    twin = tmp_path / ".blog/deploy/there/a.html.gz"
    twin.write_bytes(gzip.compress(b"half of"))
    assert extras(tmp_path, {"a.html": LONG}, **settings)["a.html.gz"] == LONG


def test_brotli_packs_smaller(tmp_path: Path):
    pytest.importorskip("brotli")
    built(tmp_path, {"index.html": LONG})
    settings = {"kind": "folder", "path": "www", "compress": ["gz", "br"]}
    order = Place(settings=settings).order(tmp_path)
    found = files_for(target_for(order, ()), order)
    assert found["index.html.br"].size < found["index.html.gz"].size


MOVED = (
    "---\ntitle: A\ndate: 2024-01-31\naliases: [/old/, /an older one/]\n---\n\nHello.\n"
)


def test_redirects_become_rules_for_hosts_that_read_them(tmp_path: Path):
    own = {"static/_redirects": "/mine /blog/a/ 301"}
    toml = '[deploy.there]\nkind = "git"\nremote = "x"\nrules = true\n'
    base = 'title = "T"\nbase_url = "https://example.org/sub"\n'
    write(tmp_path, {A: MOVED, "site.toml": base + toml, **own})
    assert blog(tmp_path, "build")[0] == 0
    settings = {"kind": "git", "remote": "x", "rules": True}
    order = Place(settings=settings).order(tmp_path)
    found = files_for(target_for(order, ()), order)
    assert "old/index.html" not in found
    texts = {
        n: Path(found[n].folder, n).read_text() for n in ("_redirects", "_headers")
    }
    assert texts["_redirects"].splitlines() == [
        "/mine /blog/a/ 301",
        "/an%20older%20one/ /sub/blog/a/ 301",
        "/old/ /sub/blog/a/ 301",
    ]
    rules = texts["_headers"].splitlines()
    assert rules[1::2] == ["  Cache-Control: public, max-age=31536000, immutable"] * (
        len(rules) // 2
    )
    assert any(rule.startswith("/theme.") for rule in rules)


@pytest.mark.parametrize(
    ("path", "kind", "life"),
    [
        ("index.html", "text/html; charset=utf-8", "no-cache"),
        ("rss.xml", "application/rss+xml; charset=utf-8", "no-cache"),
        ("tags/a/atom.xml", "application/atom+xml; charset=utf-8", "no-cache"),
        ("feed.json", "application/feed+json; charset=utf-8", "no-cache"),
        ("sitemap.xml", "application/xml; charset=utf-8", "no-cache"),
        ("search.json", "application/json; charset=utf-8", "no-cache"),
        ("robots.txt", "text/plain; charset=utf-8", "no-cache"),
        ("theme.css", "text/css; charset=utf-8", "public, max-age=600"),
        (
            "theme.2fffd62e.css",
            "text/css; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        (
            "js/copy.0123abcd.js",
            "text/javascript; charset=utf-8",
            "public, max-age=31536000, immutable",
        ),
        ("a/cat.PNG", "image/png", "public, max-age=600"),
        ("a/cat.svg", "image/svg+xml; charset=utf-8", "public, max-age=600"),
        ("font.woff2", "font/woff2", "public, max-age=600"),
        # A day is no digest, and a page never has one.
        ("talk-20240131.pdf", "application/pdf", "public, max-age=600"),
        ("blog/deadbeef/a-0123abcd.html", "text/html; charset=utf-8", "no-cache"),
        ("CNAME", "text/plain; charset=utf-8", "no-cache"),
        (".well-known/nostr", "text/plain; charset=utf-8", "no-cache"),
        ("a.bin", "application/octet-stream", "public, max-age=600"),
    ],
)
def test_every_kind_of_file_has_a_type_and_a_life(path: str, kind: str, life: str):
    assert (content_type(path), cache_life(path)) == (kind, life)
