"""Full-text search: all that is listed goes to Pagefind, whose index is published.

Pagefind is a program of its own (the extra `search`). It is handed a folder with the
bare texts, so that a change of a template makes no index stale, and what it writes is
kept on the shelf. Stale when a text, a title, a topic or an address changes.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html import escape
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from blog.diagnostics import Abort
from blog.digests import digest_of
from blog.engine import Facts, Reader, Wave, here
from blog.model import Blob, Body, Card
from blog.shelf import Shelf
from blog.theme import link_to

FOLDER = "pagefind"
"""Where the index lies in the output."""

Files = tuple[tuple[str, str, int], ...]
"""Output path, name on the shelf, and size in bytes."""

_UNUSED = (
    "pagefind-ui",
    "pagefind-modular",
    "pagefind-component",
    "pagefind-highlight",
)
"""Begin the names of what only other themes use."""
_SECONDS = 600


def is_installed() -> bool:
    """Whether there is a Pagefind to ask."""
    return find_spec("pagefind") is not None


def index_texts(wave: Wave, shelf: Shelf | None, *, may_wait: bool = False) -> None:
    """Makes the index of all texts that are searched, if there are any.

    If it `may_wait`, an older one will do.
    """
    if shelf is None:
        return

    def holds(files: Files) -> bool:
        return all(shelf.holds(name, size) for _, name, size in files)

    names = (FOLDER,) if wave.facts.digests("searched") else ()
    if names and may_wait:
        wave.leave("indexed")
        files: Files | None = wave.facts.get("indexed", FOLDER)
        if files and holds(files):
            return
    wave.each("indexed", Indexing(shelf), names, workers=here, holds=holds)


class Indexing:
    """The step that makes the index; its files are put on the shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def __call__(self, _: str, facts: Reader) -> Files:
        with TemporaryDirectory(prefix="blog-search-") as folder:
            stage, made = Path(folder) / "texts", Path(folder) / "index"
            stage.mkdir()
            for path in facts.every("searched"):
                name = f"{digest_of(path.encode())}.html"
                (stage / name).write_text(_staged(path, facts), encoding="utf-8")
            if fault := _run(stage, made, facts["site:language"]):
                raise Abort(
                    f"pagefind failed: {fault}",
                    hint='search = "titles" in [theme] does without it',
                )
            return tuple(self._kept(made))

    def _kept(self, made: Path) -> Iterator[tuple[str, str, int]]:
        for file in sorted(made.rglob("*")):
            if file.is_file() and not file.name.startswith(_UNUSED):
                data = file.read_bytes()
                place = PurePosixPath(FOLDER, file.relative_to(made).as_posix())
                yield str(place), self.shelf.put(data, "bin"), len(data)


def _staged(path: str, facts: Reader) -> str:
    """A text as Pagefind reads it: a page with nothing around it."""
    card: Card = facts[f"card:{path}"]
    body: Body = facts[f"body:{path}"]
    address = link_to(facts)(card.address)
    rows = [("data-pagefind-meta", "address", address)]
    rows += [("data-pagefind-filter", "tag", tag.label) for tag in card.tags]
    if card.date:
        rows.append(("data-pagefind-filter", "year", str(card.date.day.year)))
    known = "".join(
        f'<meta {kind}="{name}[content]" content="{escape(value)}">'
        for kind, name, value in rows
    )
    return (
        '<!doctype html><html lang="en"><body data-pagefind-body>'
        f'<h1 data-pagefind-meta="title">{escape(card.title)}</h1>{known}{body.html}'
        "</body></html>"
    )


def _run(stage: Path, made: Path, language: str) -> str:
    """Has the folder indexed, as one language; what went wrong, empty if nothing."""
    command = [sys.executable, "-m", "pagefind", "--site", str(stage)]
    command += ["--output-path", str(made), "--silent"]
    command += ["--force-language", language.split("-")[0].lower()]
    command += ["--exclude-selectors", ".anchor, .copy, .notes"]
    # Settings of somebody's own would make another index.
    env = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND")}
    try:
        done = subprocess.run(
            command,
            cwd=stage,
            env=env,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode or not made.is_dir():
        words = (done.stderr or done.stdout).strip().splitlines()
        return words[-1] if words else f"exit code {done.returncode}"
    return ""


def index_files(facts: Facts, shelf: Shelf | None) -> Mapping[str, Blob]:
    """The files of the index by output path."""
    if shelf is None:
        return {}
    every: Mapping[str, Files] = facts.every("indexed")
    return {
        place: shelf.blob(name, size)
        for files in every.values()
        for place, name, size in files
    }


def index_names(facts: Facts) -> set[str]:
    """The names on the shelf that the index has."""
    every: Mapping[str, Files] = facts.every("indexed")
    return {name for files in every.values() for _, name, _ in files}
