"""`blog serve` from outside: what is answered, to whom, and how it ends."""

import http.client
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from blog.build import build
from blog.diagnostics import Abort
from blog.publish import Publication, Trees
from blog.serve.hosting import bound
from blog.serve.sources import Sources
from blog.serve.warm import warm_memo
from command import blog
from conftest import POST, A, B
from serving import (
    PREVIEW,
    SITE,
    Server,
    free_port,
    save,
    served,
    until,
    without_script,
)

FILES = {
    **SITE,
    B: POST.replace("title", "draft: true\ntitle"),
    "content/posts/c.md": POST.replace("date", "redirect_from: /old/\ndate"),
    "static/film.mp4": bytes(range(256)) * 40,
    "static/cat.png": b"png",
}
EDITOR = '[serve]\neditor = "touch {file}.opened-at-{line}"\n'


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("serve") / "site"
    files = {**FILES, "site.toml": SITE["site.toml"] + EDITOR}
    with served(root, files, "--port", str(free_port())) as made:
        yield made


def test_every_file_is_that_of_a_build_but_for_one_script(server):
    made = build(
        Sources(server.root, config="site.toml", output=Path("public")).all(),
        options=PREVIEW,
    )
    for name, artifact in made.artifacts.items():
        status, _, text = server.get(f"/{name}")
        data = artifact.blob.data
        if data is None:
            data = Path(artifact.blob.source).read_bytes()
        assert (status, without_script(text)) == (200, data.decode(errors="replace"))


def test_a_page_is_html_of_this_site_that_is_asked_for_each_time(server):
    status, headers, text = server.get("/blog/a/")
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-cache"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers
    assert text.count("/_blog/live.js") == 1


def test_who_has_a_file_already_is_told_so(server):
    _, headers, _ = server.get("/theme.css")
    again = server.get("/theme.css", If_None_Match=f'W/"x", {headers["etag"]}')
    assert (again[0], again[2]) == (304, "")
    assert server.get("/theme.css", If_None_Match='"x"')[0] == 200


def test_a_part_of_a_film_is_sent_by_itself(server):
    status, headers, text = server.get("/film.mp4", Range="bytes=2-4")
    assert (status, text) == (206, "\x02\x03\x04")
    assert headers["content-range"] == "bytes 2-4/10240"
    assert headers["content-type"] == "video/mp4"
    assert server.get("/film.mp4", Range="bytes=99999-")[0] == 416


def test_a_file_that_has_become_a_link_is_not_followed(server):
    place = server.root / "static/cat.png"
    assert server.get("/cat.png")[2] == "png"
    place.unlink()
    place.symlink_to("/etc/hostname")
    assert until(lambda: server.get("/cat.png")[0] in (404, 503))
    place.unlink()
    place.write_bytes(b"png")
    assert until(lambda: server.get("/cat.png")[2] == "png")


def test_old_addresses_and_folders_lead_on(server):
    assert server.get("/blog/a")[1]["location"] == "/blog/a/"
    assert server.get("/old/")[1]["location"] == "/blog/c/"
    assert server.get("/old/")[0] == 301
    assert server.get("/old/")[1]["cache-control"] == "no-store"


def test_what_is_not_there_shows_the_page_of_the_site_for_it(server):
    status, _, text = server.get("/no/such/page")
    assert status == 404
    assert "Nothing here" in text


def test_a_head_has_no_body_and_nothing_is_ever_taken_in(server):
    assert server.get("/", "HEAD")[0::2] == (200, "")
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"):
        assert server.get("/", method)[0] == 405


def test_drafts_are_shown_and_marked(server):
    assert "Not published: draft." in server.get("/blog/b/")[2]
    posts = server.get("/_blog/")[2]
    assert re.findall("<td>(draft|published)<td>", posts) == [
        "published",
        "draft",
        "published",
    ]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example"},
        {"Host": "192.168.0.1"},
    ],
)
def test_another_host_is_refused(server, headers):
    assert server.get("/", **headers)[0] == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
def test_pages_from_elsewhere_learn_nothing_and_open_nothing(server, headers):
    for path in ("/_blog/events", "/_blog/"):
        assert server.get(path, **headers)[0] == 403
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    assert server.post({"file": A, "line": 1}, **named)[0] == 403


def test_a_click_opens_the_line_of_the_source(server):
    place = {"page": "/blog/a/", "text": "Hello.", "nth": 0}
    assert server.post(place) == (200, f"{A}:6")
    assert until((server.root / f"{A}.opened-at-6").exists)
    (server.root / f"{A}.opened-at-6").unlink()


def test_only_files_of_the_site_are_opened(server):
    for name in ("/etc/passwd", "../x", ".blog/store.sqlite", "no.md"):
        assert server.post({"file": name, "line": 1})[0] == 409
    for question in ([], {}, {"page": 1}, "x", None):
        assert server.post(question)[0] == 400
    assert server.post({"file": A}, **{"Content-Type": "text/plain"})[0] == 400


def test_a_stream_tells_what_is_wrong_and_what_is_new(server):
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    line.request("GET", "/_blog/events?page=/blog/a/&version=old")
    heard = b""
    with closing(line), line.getresponse() as stream:
        while heard.count(b"data:") < 2:
            heard += stream.read1()
    assert b'"errors": []' in heard
    assert b'{"page": "/blog/a/", "version": "200:' in heard


def test_hundreds_of_connections_that_say_nothing_hold_nobody_up(server):
    held = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(150)]
    for half in held[::2]:
        half.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
    assert server.get("/blog/a/")[0] == 200
    for each in held:
        each.close()


def test_a_save_is_shown_and_told_in_a_line(server):
    server.write({A: POST + "\nMore.\n"})
    assert server.shows("More.")
    assert until(lambda: f"{A} → " in server.said())
    server.write({A: POST})
    assert until(lambda: "More." not in server.get("/blog/a/")[2])


def test_nothing_is_written_into_the_site_but_what_builds_keep(server):
    places = {path.relative_to(server.root).parts[0] for path in server.root.rglob("*")}
    assert places - {".blog"} == {"content", "static", "site.toml"}


def test_a_site_of_mistakes_shows_them_until_it_can_be_built(tmp_path):
    bad = {**SITE, A: "---\ntitle: <b>x\n---\n"}
    with served(tmp_path / "site", bad, "--port", str(free_port())) as server:
        status, _, text = server.get("/blog/a/")
        assert status == 500
        assert "the post has no date [missing-date]" in text
        assert "/_blog/live.js" in text
        server.write({A: POST})
        assert server.shows("Hello.")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_at_once_although_pages_are_open(tmp_path, number):
    root = tmp_path / "site"
    with served(root, SITE, "--no-drafts", "--port", str(free_port())) as server:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        line.request("GET", "/_blog/events")
        with closing(line), line.getresponse() as stream:
            stream.read1()
            code, seconds = server.end(number)
    assert code == (0 if number == signal.SIGINT else 128 + number)
    assert seconds < 2
    assert "without drafts" in server.said()


def contents(root: Path) -> dict[Path, bytes]:
    """All files of a site by path, but for the pictures that are made of others."""
    files = (p for p in root.rglob("*") if p.is_file() and ".blog" not in p.parts)
    return {p: p.read_bytes() for p in files}


def test_the_output_of_a_build_stays_as_it_is(tmp_path):
    root = tmp_path / "site"
    save(root, SITE)
    made = build(Sources(root, config="site.toml", output=root / "public").all())
    Publication(root / "public", root, Trees()).finish(made.artifacts)
    before = contents(root)
    with served(root, {}, "--port", str(free_port())) as server:
        assert server.get("/")[0] == 200
    after = contents(root)
    assert after == before
    assert not any(b"_blog" in data for data in after.values())


def test_a_port_that_was_asked_for_and_is_taken_is_an_error():
    with bound("127.0.0.1", free_port(), is_asked=True) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Abort) as told:
            bound("127.0.0.1", port, is_asked=True)
        assert str(told.value) == f"port {port} is taken by another program"
        assert f"sport = :{port}" in told.value.hint


def test_without_a_wish_the_next_free_port_is_taken():
    with (
        bound("127.0.0.1", free_port(), is_asked=True) as taken,
        bound("127.0.0.1", taken.getsockname()[1], is_asked=False) as next_one,
    ):
        assert next_one.getsockname()[1] > taken.getsockname()[1]


def test_an_address_of_another_machine_cannot_be_listened_on():
    with pytest.raises(Abort) as told:
        bound("192.0.2.1", 8000, is_asked=False)
    assert "cannot listen on 192.0.2.1 port 8000" in str(told.value)


def test_the_first_build_does_only_what_differs_from_the_last_one(tmp_path):
    root = tmp_path / "site"
    save(root, FILES)
    code, _, errors = blog(root, "build")
    assert code == 0, errors
    memo = warm_memo(root, root / "public", 1893456000.0)
    taken = Sources(root, config="site.toml", output=root / "public").all()
    warm = build(taken, options=PREVIEW, memo=memo)
    bodies = [name for step, name in memo.computed if step == "body"]
    assert bodies == [B]
    cold = build(taken, options=PREVIEW)
    assert {n: a.blob.digest for n, a in warm.artifacts.items()} == {
        n: a.blob.digest for n, a in cold.artifacts.items()
    }


def test_without_an_earlier_build_everything_is_begun(tmp_path):
    assert warm_memo(tmp_path, tmp_path / "public", 0.0).kept == {}
