"""A reader's Chromium before the sample site of this repository; a plugin of pytest."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from blog.build import Options, build
from blog.model import Blob
from blog.snapshot import take_snapshot
from disk import publish

ROOT = Path(__file__).parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PAGES = (
    "/",
    "/blog/",
    "/blog/page/2/",
    "/blog/one-row-one-owner/",
    "/blog/where-to-cut/",
    "/blog/flat-line/",
    "/blog/when-to-split/",
    "/blog/wide/",
    "/blog/code/",
    "/tags/",
    "/tags/architecture/",
    "/archive/",
    "/about/",
    "/projects/",
    "/subscribe/",
    "/404.html",
)
"""A page of every kind; posts with code, drawings, a picture, a series."""

LONG = "word " * 40
WIDE = f"""---
title: Crème brûlée, à la Zürich
date: 2020-01-31
slug: wide
---

What is wider than a telephone: https://example.org/{"long" * 40}, `{"code" * 40}`.

| {"a column | " * 12}
|{"---|" * 12}
| {"unbreakable | " * 12}

```python
# {LONG}
```

- [ ] A task, {LONG}
- and an item that is none

* A list with a class
{{.of-somebodys-own}}

<p lang="ja">これは<em>強調</em>です。</p>

> [!WARNING]
> {LONG}
"""
"""A post of what the sample site has not: accents in its title, and things too wide."""
CODE = (ROOT / "tests/cases/browser/code.md").read_text()
"""A post with every form of code and of tabs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The sample site, built and served."""

    folder: Path
    url: str
    """Its address without a slash at the end."""


class Handler(SimpleHTTPRequestHandler):
    """Serves in silence, also those who leave before the end."""

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site") / "public"
    handler = partial(Handler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        made = Site(folder=folder, url=f"http://127.0.0.1:{server.server_port}")
        _publish(made)
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield made
        server.shutdown()
        thread.join()


def _publish(site: Site) -> None:
    now = datetime(2030, 1, 1, tzinfo=UTC)
    taken = take_snapshot(ROOT, output=site.folder, now=now)
    posts = {"wide": WIDE, "code": CODE}
    more = {f"content/posts/{n}.md": Blob.of(t.encode()) for n, t in posts.items()}
    result = build(
        replace(taken, files=dict(sorted({**taken.files, **more}.items()))),
        options=Options(base_url=site.url),
    )
    assert result.ok, result.diagnostics
    publish(result.artifacts, site.folder, site.folder.parent)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Gone with its module: while it is there, no other event loop can run."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("there is no chromium on the PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def troubles() -> list[str]:
    """What went wrong on the pages of this test, as it was told."""
    return []


@pytest.fixture
def visit(site, chromium, troubles) -> Iterator[Callable[..., Page]]:
    """Opens an address of the site in a browser of its own; options are a context's."""
    contexts = []

    def opened(path: str, *, width: int = 1440, script: str = "", **options) -> Page:
        size = {"width": width, "height": 900}
        context = chromium.new_context(base_url=site.url, viewport=size, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        _listen(context, site.url, troubles)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def tour(visit) -> Callable[..., dict[str, object]]:
    """Takes one browser to a page of every kind; options are those of a visit.

    What `look` finds on them comes back by path, without those where it finds nothing.
    """

    def found(look: Callable[[Page], object], **options) -> dict[str, object]:
        page = visit(PAGES[0], **options)
        seen = {}
        for path in PAGES:
            page.goto(path)
            seen[path] = look(page)
        return {path: what for path, what in seen.items() if what}

    return found


VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""


def _listen(context: BrowserContext, url: str, troubles: list[str]) -> None:
    """Tells of everything that a page should never do."""

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            troubles.append(f"{message.type}: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((f"{url}/", "data:")):
            troubles.append(f"elsewhere: {request.url}")

    def failed(request: Request) -> None:
        # Whoever leaves a page breaks off what it was still fetching.
        if request.failure != "net::ERR_ABORTED":
            troubles.append(f"failed: {request.url} {request.failure}")

    context.add_init_script(VIOLATIONS)
    context.on("console", said)
    context.on("request", asked)
    context.on("requestfailed", failed)
    context.on("weberror", lambda error: troubles.append(f"error: {error.error}"))
