"""Keys of the terminal in which `blog serve` runs, and the terminal afterwards."""

import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import POST, A
from serving import SITE, WAIT, free_port, save, until


class Terminal:
    """A terminal, and the program that somebody runs in it."""

    def __init__(self, root: Path) -> None:
        self.keeper, place = pty.openpty()
        self.before = termios.tcgetattr(place)
        self.place = place
        self.text = ""
        self.opened = root.parent / "opened"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "blog", "serve", "--port", str(free_port())],
            cwd=root,
            env={**os.environ, "BROWSER": f"sh -c 'echo %s > {self.opened}'"},
            stdin=place,
            stdout=place,
            stderr=place,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )

    def says(self, words: str) -> bool:
        """Whether something is printed, at once or within some seconds."""
        end = time.monotonic() + WAIT
        while words not in self.text and time.monotonic() < end:
            if select.select([self.keeper], [], [], 0.05)[0]:
                self.text += os.read(self.keeper, 4096).decode(errors="replace")
        return words in self.text

    def press(self, key: str) -> None:
        os.write(self.keeper, key.encode())

    @property
    def is_as_before(self) -> bool:
        return termios.tcgetattr(self.place) == self.before


def _take_terminal() -> None:
    import fcntl

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def terminal(tmp_path) -> Iterator[Terminal]:
    root = tmp_path / "site"
    save(root, SITE)
    made = Terminal(root)
    assert made.says("q or Ctrl-C ends this"), made.text
    yield made
    if made.process.poll() is None:
        made.process.kill()
        made.process.wait()
    os.close(made.place)
    os.close(made.keeper)


def test_r_builds_anew_and_q_ends(terminal):
    assert not terminal.is_as_before
    terminal.press("r")
    assert terminal.says("the site → 0 pages")
    terminal.press("q")
    assert terminal.says("ended")
    assert terminal.process.wait(WAIT) == 0
    assert terminal.is_as_before


def test_o_opens_a_browser_and_other_keys_do_nothing(terminal):
    terminal.press("x\x1b[Ao")
    assert until(lambda: terminal.opened.read_text().startswith("http://127.0.0.1:"))
    assert terminal.process.poll() is None


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_terminal_is_left_as_it_was_found(terminal, number):
    terminal.process.send_signal(number)
    terminal.process.wait(2)
    assert terminal.is_as_before


def test_ctrl_c_is_no_key_but_what_it_always_is(terminal):
    terminal.press("\x03")
    assert terminal.process.wait(2) == 0
    assert terminal.is_as_before


def test_without_a_terminal_there_are_no_keys(tmp_path):
    root = tmp_path / "site"
    save(root, {**SITE, A: POST})
    with subprocess.Popen(
        [sys.executable, "-m", "blog", "serve", "--port", str(free_port())],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        said = ""
        while "Ctrl-C" not in said:
            said += process.stdout.readline()
        process.stdin.write("q")
        process.stdin.close()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.terminate()
    assert "  Ctrl-C ends this" in said
    assert "opens a browser" not in said
