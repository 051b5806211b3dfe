"""From a place in a page to the line in its source, and to an editor that shows it."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

from blog.diagnostics import Abort
from blog.serve.shown import Shown
from blog.snapshot import content_of

_LINE = MappingProxyType(
    {
        **dict.fromkeys(
            ("code", "code-insiders", "codium", "cursor"), "-g {file}:{line}"
        ),
        **dict.fromkeys(("subl", "zed", "zeditor"), "{file}:{line}"),
        **dict.fromkeys(("mate", "kate"), "-l {line} {file}"),
        **dict.fromkeys(("gvim", "gedit", "emacsclient", "mousepad"), "+{line} {file}"),
    }
)
"""How editors with a window of their own are told a line."""


class Unwilling(Exception):
    """A reason, for the writer, why nothing is opened."""


class Editor:
    """Opens files of one site."""

    def __init__(self, root: Path, command: str) -> None:
        """`command` is that of `[serve] editor`, or the name of the writer's editor."""
        self._root = root.resolve()
        self._command = command
        self._running: list[subprocess.Popen[bytes]] = []

    def open(self, asked: Any, shown: Shown) -> str:
        """Opens what was asked for: a file and line, or a place in a page.

        Says what was opened. Raises `Unwilling` if nothing is, and ValueError for what
        is no question at all.
        """
        if not isinstance(asked, dict):
            raise ValueError("no question")
        path, line = _place(asked, shown)
        if path not in shown.snapshot.files:
            raise Unwilling("this page has no source of its own")
        self._start(command_line(self._command, str(self._root / path), line))
        return f"{path}:{line}"

    def _start(self, command: Sequence[str]) -> None:
        self._running = [each for each in self._running if each.poll() is None]
        try:
            # It goes on when the server ends, and must not take its terminal.
            self._running.append(
                subprocess.Popen(
                    command,
                    cwd=self._root,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            )
        except OSError as error:
            raise Unwilling(
                f"{command[0]} cannot be started: {error.strerror}"
            ) from None


def editor_of(setting: str, variables: Mapping[str, str]) -> str:
    """The command of `[serve] editor`, else what the writer's machine names."""
    return setting or variables.get("VISUAL") or variables.get("EDITOR") or ""


def command_line(command: str, file: str, line: int) -> list[str]:
    """The words that start an editor; raises `Unwilling` where there is none."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words:
        raise Unwilling(
            'name your editor in site.toml: [serve] editor = "code -g {file}:{line}"'
        )
    if not any("{file}" in word for word in words):
        program = os.path.basename(words[0])  # noqa: PTH119 - a word of a command
        if program not in _LINE:
            raise Unwilling(
                f"{program} may need a terminal; say how to open it in site.toml:"
                f' [serve] editor = "{program} {{file}}"'
            )
        words += _LINE[program].split()
    if shutil.which(words[0]) is None:
        raise Unwilling(f"there is no program {words[0]!r}")
    return [w.replace("{line}", str(line)).replace("{file}", file) for w in words]


def _place(asked: Mapping[str, Any], shown: Shown) -> tuple[str, int]:
    """The path of a source, and the line."""
    if isinstance(asked.get("file"), str):
        line = asked.get("line")
        return asked["file"], line if isinstance(line, int) and line > 0 else 1
    page, text = asked.get("page"), asked.get("text")
    nth, link = asked.get("nth"), asked.get("link")
    if (
        not isinstance(page, str)
        or not isinstance(text, str)
        or not isinstance(nth, int)
    ):
        raise ValueError("no place")
    table = shown.table
    path = table.sources.get(table.find(page).name, "")
    if isinstance(link, str) and not path:
        # In a list, a card leads to its post.
        address = unquote(urlsplit(link).path)
        return table.sources.get(table.find(address).name, ""), 1
    blob = shown.snapshot.files.get(path)
    if blob is None:
        return "", 1
    try:
        source = content_of(blob).decode(errors="replace")
    except Abort:
        raise Unwilling("the file has just changed") from None
    return path, line_of(source, text, nth)


_WORD = re.compile(r"\w+")
_LOOK = 12
"""Words at the beginning of a block by which it is looked for."""
_PLACES = 5000
"""Places that are looked at."""


def line_of(source: str, text: str, nth: int = 0) -> int:
    """The 1-based line of `source` that shows `text`, the `nth` of several alike.

    What a page shows is not what was written: marks and addresses stand between its
    words. So it is the line from which on most of the words come in their order.
    """
    wanted = [w.lower() for w in _WORD.findall(text)[:_LOOK]]
    if not wanted:
        return 1
    written = [
        (word.lower(), number)
        for number, line in enumerate(source.split("\n"), 1)
        for word in _WORD.findall(line)
    ]
    words = [word for word, _ in written]
    places = [at for at, word in enumerate(words) if word == wanted[0]][:_PLACES]
    scored = [
        (_score(wanted, words[at : at + 3 * _LOOK]), written[at][1]) for at in places
    ]
    best = max((score for score, _ in scored), default=0)
    lines = list(dict.fromkeys(line for score, line in scored if score == best))
    return lines[min(max(nth, 0), len(lines) - 1)] if lines else 1


def _score(wanted: Sequence[str], words: Sequence[str]) -> float:
    """How many words are found in their order; the nearer they stand, the better."""
    at = 0
    found = 0
    for word in wanted:
        if word in words[at:]:
            at = words.index(word, at) + 1
            found += 1
    return found - at / 1000
