"""What open pages are told: the state of now, whatever happened since."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from blog.diagnostics import Diagnostic, Span
from blog.model import Blob
from blog.serve.shown import Problems, Shown
from blog.serve.streams import Stream, Streams
from blog.serve.table import Table

FAULT = Diagnostic(
    severity="error", code="broken-link", message="no", span=Span(path="a.md", line=3)
)


def table(text: str) -> Table:
    return Table(files={"a/index.html": Blob.of(text.encode())})


def version(text: str) -> str:
    return table(text).find("/a/").version


def told(
    shown: Shown, have: str, *changes: Callable[[Streams], None]
) -> list[list[dict[str, Any]]]:
    """What a tab with this version of a page hears first, and after each change."""

    async def follow() -> list[list[dict[str, Any]]]:
        streams = Streams(shown)
        heard: list[list[dict[str, Any]]] = [[]]

        async def listen() -> None:
            async for event in streams.follow(Stream({"/a/": have})):
                if event.startswith("data: "):
                    heard[-1].append(json.loads(event.removeprefix("data: ")))

        tab = asyncio.create_task(listen())
        await asyncio.sleep(0.05)
        assert streams.watched == ("a/index.html",)
        for change in changes:
            heard.append([])
            change(streams)
            await asyncio.sleep(0.05)
        streams.close()
        await asyncio.wait_for(tab, 1)
        assert streams.watched == ()
        return heard

    return asyncio.run(follow())


def shows(shown: Shown, *texts: str) -> Callable[[Streams], None]:
    """Several states of the page, one right after the other."""

    def change(streams: Streams) -> None:
        for text in texts:
            shown.table = table(text)
            streams.update()

    return change


def test_a_tab_that_is_up_to_date_is_told_so_and_sent_nothing():
    shown = Shown(table=table("one"))
    assert told(shown, version("one")) == [
        [
            {"problems": {"errors": [], "warnings": [], "count": 0}},
            {"page": "/a/", "version": version("one"), "note": ""},
        ]
    ]


def test_a_tab_that_is_not_is_sent_the_page():
    shown = Shown(table=table("<head>two"))
    [[_, page]] = told(shown, version("one"))
    assert page["version"] == version("<head>two")
    assert page["html"].startswith('<head><script type="module" src="/_blog/live.js"')
    assert page["html"].endswith("two")


def test_of_many_changes_only_the_last_is_sent():
    shown = Shown(table=table("one"))
    news = told(shown, version("one"), shows(shown, *map(str, range(50)), "<head>end"))[
        1
    ]
    assert [page["html"][-3:] for page in news] == ["end"]


def test_where_nothing_differs_nothing_is_sent():
    shown = Shown(table=table("one"))
    assert told(shown, version("one"), shows(shown, "two", "one"))[1] == []


def test_mistakes_are_told_when_they_come_and_when_they_go():
    shown = Shown(table=table("one"))

    def fail(streams: Streams) -> None:
        shown.problems = Problems(errors=(FAULT,))
        streams.update()

    def mend(streams: Streams) -> None:
        shown.problems = Problems()
        streams.update()

    _, failed, mended = told(shown, version("one"), fail, mend)
    [error] = failed[0]["problems"]["errors"]
    assert (error["file"], error["line"]) == ("a.md", 3)
    assert [event["problems"]["errors"] for event in mended] == [[]]


def test_files_with_another_content_are_named_once():
    shown = Shown(table=table("one"))

    def change(streams: Streams) -> None:
        streams.renew(["/b.png"])
        streams.renew(["/a.png", "/b.png"])

    assert told(shown, version("one"), change)[1] == [{"files": ["/a.png", "/b.png"]}]


def test_who_leaves_at_once_is_not_remembered():
    async def leave() -> tuple[str, ...]:
        streams = Streams(Shown(table=table("one")))
        events = streams.follow(Stream({"/a/": ""}))
        await anext(events)
        await events.aclose()
        return streams.watched

    assert asyncio.run(leave()) == ()
