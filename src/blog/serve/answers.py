"""Requests to answers: files of the table, and under `/_blog/` what is ours."""

import json
import os
import stat
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from blog.digests import digest_of_file
from blog.media import content_type
from blog.model import Blob
from blog.serve.editor import Editor, Unwilling
from blog.serve.guard import OPEN, OWN
from blog.serve.overview import failed_page
from blog.serve.shown import Shown
from blog.serve.streams import Stream, Streams
from blog.serve.table import Found, with_script

_HEADERS = MappingProxyType(
    {
        "Cache-Control": "no-cache",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
)
_SCRIPTS = ("live.js", "morph.js", "problems.js", "hub.js", "live.css")
_MOST = 4096
"""Bytes of what a page may ask to have opened."""


class Answers:
    """What each request is answered with."""

    def __init__(
        self,
        shown: Shown,
        streams: Streams,
        editor: Editor | None,
        overview: Callable[[], str],
    ) -> None:
        """Without an `editor` nothing is ever opened."""
        self._shown = shown
        self._streams = streams
        self._editor = editor
        self._overview = overview
        self._checked: dict[str, tuple[int, int, int, str]] = {}

    def app(self) -> Starlette:
        """The application that a server runs."""
        own = {
            name: files(__package__).joinpath(name).read_bytes() for name in _SCRIPTS
        }
        return Starlette(
            routes=[
                Route(f"{OWN}events", self._events),
                Route(OPEN, self._open, methods=["POST"]),
                Route(OWN, self._posts),
                *(Route(f"{OWN}{name}", _script(name, own)) for name in own),
                Route("/{path:path}", self._file),
            ]
        )

    async def _file(self, request: Request) -> Response:
        found = self._shown.table.find(request.scope["path"])
        if found.location:
            headers = {**_HEADERS, "Cache-Control": "no-store"}
            return RedirectResponse(found.location, found.status, headers)
        if found.blob is None:
            return self._nothing()
        if found.blob.source:
            return await run_in_threadpool(self._referred, found, found.blob)
        if found.is_page:
            self._streams.visit(found.name)
        return _answer(found.page, found, request.headers)

    def _nothing(self) -> Response:
        """Where there is no site to be shown yet, or no page for lost readers."""
        if self._shown.table.files:
            return PlainTextResponse("There is no such page.\n", 404, dict(_HEADERS))
        page = failed_page(self._shown.problems).encode(errors="replace")
        data = with_script(page, Found(status=404).version)
        return Response(data, 500, dict(_HEADERS), "text/html; charset=utf-8")

    def _referred(self, found: Found, blob: Blob) -> Response:
        """A file that lies among the sources, if it is still what was seen there."""
        if not self._is_as_seen(blob):
            return PlainTextResponse(
                "The file has just changed.\n", 503, {"Retry-After": "1"}
            )
        headers = {**_HEADERS, "ETag": f'"{blob.digest}"'}
        return FileResponse(
            blob.source, found.status, headers, media_type=content_type(found.name)
        )

    def _is_as_seen(self, blob: Blob) -> bool:
        """Looks at the content once, and then at the stamp."""
        path = blob.source
        try:
            at = os.lstat(path)
            if not stat.S_ISREG(at.st_mode) or os.path.realpath(path) != path:
                return False
            stamp = (at.st_ctime_ns, at.st_size, at.st_ino, blob.digest)
            if self._checked.get(path) != stamp:
                if digest_of_file(Path(path)) != blob.digest:
                    return False
                self._checked[path] = stamp
        except OSError:
            return False
        return True

    async def _events(self, request: Request) -> Response:
        pages = request.query_params.getlist("page")
        versions = request.query_params.getlist("version")
        stream = Stream(dict(zip(pages, versions, strict=False)))
        return StreamingResponse(
            self._streams.follow(stream),
            headers={**_HEADERS, "Cache-Control": "no-store"},
            media_type="text/event-stream",
        )

    async def _posts(self, _: Request) -> Response:
        html = await run_in_threadpool(self._overview)
        return Response(html.encode(errors="replace"), 200, dict(_HEADERS), _HTML)

    async def _open(self, request: Request) -> Response:
        """Opens the place that somebody has clicked at."""
        is_json = request.headers.get("content-type") == "application/json"
        length = request.headers.get("content-length", "")
        if not is_json or not length.isdecimal() or int(length) > _MOST:
            return PlainTextResponse("That is not understood.\n", 400)
        if self._editor is None:
            return PlainTextResponse("Only on this machine.\n", 403)
        try:
            asked = json.loads(await request.body())
            return PlainTextResponse(self._editor.open(asked, self._shown))
        except Unwilling as error:
            return PlainTextResponse(f"{error}\n", 409)
        except (ValueError, RecursionError):
            return PlainTextResponse("That is not understood.\n", 400)


_HTML = "text/html; charset=utf-8"


def _script(name: str, own: Mapping[str, bytes]) -> Callable[[Request], Response]:
    def answer(_: Request) -> Response:
        return Response(own[name], 200, dict(_HEADERS), content_type(name))

    return answer


def _answer(data: bytes, found: Found, asked: Headers) -> Response:
    """Bytes, or that they are what the asker has already."""
    assert found.blob is not None
    tag = f'"{found.blob.digest}"'
    headers = {**_HEADERS, "ETag": tag}
    known = {
        each.strip().removeprefix("W/")
        for each in asked.get("if-none-match", "").split(",")
    }
    if found.status == 200 and known & {tag, "*"}:
        return Response(status_code=304, headers=headers)
    return Response(data, found.status, headers, content_type(found.name))
