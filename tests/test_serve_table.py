"""Addresses to files, as a host of plain files answers them."""

import pytest

from blog.media import content_type
from blog.model import Blob
from blog.serve.guard import Guard
from blog.serve.table import Table

FILES = {
    name: Blob.of(name.encode())
    for name in (
        "404.html",
        "index.html",
        "blog/a/index.html",
        "docs.html",
        "old/index.html",
        "img/x.png",
        "tag/c#/index.html",
    )
}
TABLE = Table(files=FILES, moved={"old/index.html": "/blog/a/"})
BELOW = Table(files=FILES, base="/me", moved={"old/index.html": "/blog/a/"})


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "index.html"),
        ("/index.html", "index.html"),
        ("/blog/a/", "blog/a/index.html"),
        ("/blog/a/index.html", "blog/a/index.html"),
        ("/docs", "docs.html"),
        ("/docs.html", "docs.html"),
        ("/img/x.png", "img/x.png"),
        ("/tag/c#/", "tag/c#/index.html"),
        ("/old/index.html", "old/index.html"),
    ],
)
def test_an_address_leads_to_its_file(path, name):
    found = TABLE.find(path)
    assert (found.name, found.status, found.blob) == (name, 200, FILES[name])


@pytest.mark.parametrize(
    "path",
    [
        "/no",
        "/blog/",
        "/BLOG/a/",
        "//blog/a/",
        "/../etc/passwd",
        "/blog/a/../a/",
        "/\0",
    ],
)
def test_what_is_not_in_the_table_is_not_found(path):
    found = TABLE.find(path)
    assert (found.name, found.status, found.location) == ("404.html", 404, "")


def test_a_folder_without_its_slash_leads_to_the_one_with_it():
    found = TABLE.find("/blog/a")
    assert (found.status, found.location, found.blob) == (301, "/blog/a/", None)
    assert TABLE.find("/tag/c#").location == "/tag/c%23/"


def test_an_old_address_leads_to_the_new_one_on_this_server():
    assert TABLE.find("/old/").location == "/blog/a/"
    assert BELOW.find("/me/old/").location == "/me/blog/a/"


def test_a_path_of_base_url_stands_before_everything():
    assert BELOW.find("/me/blog/a/").name == "blog/a/index.html"
    assert BELOW.find("/").location == BELOW.find("/me").location == "/me/"
    assert BELOW.find("/blog/a/").status == 404
    assert BELOW.find("/men/").status == 404


def test_without_a_page_for_lost_readers_there_is_none():
    found = Table().find("/")
    assert (found.name, found.blob, found.status) == ("", None, 404)


def test_a_version_tells_one_answer_from_another():
    changed = TABLE.with_files({"docs.html": Blob.of(b"new")})
    assert TABLE.find("/docs").version == TABLE.find("/docs.html").version
    assert changed.find("/docs").version != TABLE.find("/docs").version
    assert TABLE.find("/no").version.startswith("404:")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a/index.html", "text/html; charset=utf-8"),
        ("rss.xml", "application/rss+xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("x.JPG", "image/jpeg"),
        ("f.woff2", "font/woff2"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml; charset=utf-8"),
        ("CNAME", "text/plain; charset=utf-8"),
    ],
)
def test_types_are_the_same_on_every_machine(name, kind):
    assert content_type(name) == kind


def guard(host: str = "127.0.0.1", *names: str) -> Guard:
    async def app(scope, receive, send):
        raise AssertionError

    return Guard(app, host=host, names=names, port=8000, crashed=print)


@pytest.mark.parametrize(
    ("host", "is_served"),
    [
        ("localhost:8000", True),
        ("LOCALHOST:8000", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("127.0.0.1:8001", False),
        ("127.0.0.1", False),
        ("192.168.0.7:8000", False),
        ("evil.example:8000", False),
        ("localhost.evil.example:8000", False),
        ("a@localhost:8000", False),
        ("[::1", False),
        ("", False),
        ("localhost:99999999999999999999", False),
    ],
)
def test_only_names_of_this_machine_are_served(host, is_served):
    assert guard()._is_ours(host) == is_served


def test_in_a_network_every_address_in_digits_is_served_but_no_name_of_others():
    here = guard("0.0.0.0", "desk.local")
    assert here._is_ours("192.168.0.7:8000")
    assert here._is_ours("desk.local:8000")
    assert not here._is_ours("evil.example:8000")
