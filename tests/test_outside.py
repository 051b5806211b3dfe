"""Links to other sites, asked of a real server on this machine."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from blog.build import Options, build
from blog.diagnostics import plain
from blog.outside import check_outside
from conftest import POST, A, snapshot


class Pages(BaseHTTPRequestHandler):
    """`/here` is there, `/shy` only for those who ask for all of it."""

    def do_HEAD(self) -> None:
        status = {"/here": 200, "/shy": 405, "/login": 401}.get(self.path, 404)
        self.send_response(status)
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def told(text: str) -> list[str]:
    site = snapshot({A: f"{POST}\n{text}\n"})
    result = build(site, options=Options(outside=True))
    return [plain(d).split("\n")[0] for d in check_outside(result.outside)]


def test_pages_that_answer_are_not_told(host: str):
    links = f"[a]({host}/here) [b]({host}/shy) [c]({host}/login) <{host}/here#part>"
    assert told(links) == []


def test_a_page_that_is_gone_is_told_at_every_link_to_it(host: str):
    assert told(f'[a]({host}/gone)\n\n<img src="{host}/gone" alt="x">') == [
        f"content/posts/a.md:{line}: warning: '{host}/gone' answers 404 [dead-outside]"
        for line in ("8:5", "10:11")
    ]


def test_a_site_that_does_not_answer_is_told():
    (said,) = told("[a](http://127.0.0.1:9/)")
    assert "'http://127.0.0.1:9/' does not answer: " in said
