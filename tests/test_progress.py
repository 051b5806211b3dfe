"""How a build goes on, on a terminal, and how it went: `-v` and `--profile`."""

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any

import pytest

from blog.cli.progress import NAMES, table, write_profile
from blog.engine import Made, Stage
from command import blog
from conftest import POST, A, B
from disk import write

MANY = 150
STAGES = list(NAMES.values())
CODE = "".join(
    f"def f{n}(x: int) -> str:\n    return str(x + {n})\n" for n in range(70)
)
SCHEMA = "https://www.speedscope.app/file-format-schema.json"


def made(name: str, began: float, seconds: float, process: int = 1) -> Made:
    """What is left of a step that has run."""
    return Made(
        name=name,
        values=(),
        reads=(),
        diagnostics=(),
        began=began,
        seconds=seconds,
        process=process,
    )


def stage(step: str, names: int, *every: Made, began: float = 0) -> Stage:
    """A stage that took as long as all that it made."""
    seconds = sum(each.seconds for each in every)
    return Stage(step=step, names=names, made=every, began=began, seconds=seconds)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that one process cannot build in half a second."""
    root = tmp_path_factory.mktemp("large")
    text = f"{POST}\n```python\n{CODE}```\n"
    write(root, {f"content/posts/p{n:03}.md": text for n in range(MANY)})
    return root


# The table of -v


def rows(said: str) -> dict[str, tuple[int, int]]:
    """Count and reused by stage, out of what a build says."""
    found = re.findall(r"^(\w[\w. ]+?) +(\d+) +(\d+) +\d+\.\d{3}$", said, re.MULTILINE)
    return {name: (int(count), int(reused)) for name, count, reused in found}


def test_verbose_says_for_each_stage_how_much_was_there_and_how_much_was_reused(
    tmp_path,
):
    write(tmp_path, {A: POST, B: POST})
    code, out, err = blog(tmp_path, "build", "-v")
    assert (code, err) == (0, "")
    first = rows(out)
    assert list(first) == STAGES
    assert first["reading posts"] == first["rendering texts"] == (2, 0)
    assert {reused for _, reused in first.values()} == {0}

    write(tmp_path, {A: POST + "\nMore.\n"})
    again = rows(blog(tmp_path, "build", "-v")[1])
    assert list(again) == STAGES
    assert again["reading posts"] == again["rendering texts"] == (2, 1)
    templates, _ = first["reading templates"]
    assert again["reading templates"] == (templates, templates)


def test_verbose_ends_with_the_slowest_posts_and_the_usual_summary(tmp_path):
    write(tmp_path, {A: POST})
    _, out, _ = blog(tmp_path, "build", "-v")
    head, _, tail = out.partition("\n\n")
    assert head.startswith("stage                count  reused        s\n")
    plain = re.sub(
        r" +\d+\.\d ms", "N ms", re.sub(r"( +\d+\.\d){4}$", " …", tail, flags=re.M)
    )
    assert plain.splitlines() == [
        "slowest posts",
        "N ms  content/posts/a.md",
        "",
        "over the wire, kB            page   styles  scripts      all",
        "index.html …",
        "blog/a/index.html …",
        "1 post, 6 pages → public/ in N s",
    ]


def test_without_verbose_and_with_json_there_is_no_table(tmp_path):
    write(tmp_path, {A: POST})
    assert "stage" not in blog(tmp_path, "build")[1]
    _, out, _ = blog(tmp_path, "build", "-v", "--json", "--force")
    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["summary"]


def test_the_table_has_a_line_for_each_stage_and_one_for_each_slow_post():
    stages = [
        stage("settings", 1),
        stage("post", 3, made(A, 0, 0.001), made(B, 1, 0.002)),
        stage("body", 3, made(A, 2, 0.0305)),
        stage("page", 1234, made("index.html", 3, 1.5)),
        stage("unheard-of", 1),
    ]
    assert list(table(stages)) == [
        "stage                count  reused        s",
        "reading site.toml        1       1    0.000",
        "reading posts            3       1    0.003",
        "rendering texts          3       2    0.030",
        "writing pages         1234    1233    1.500",
        "unheard-of               1       1    0.000",
        "",
        "slowest posts",
        "     31.5 ms  content/posts/a.md",
        "      2.0 ms  content/posts/b.md",
    ]


def test_the_table_names_ten_slow_posts_and_those_as_slow_as_each_other_by_name():
    every = [made(f"{n:02}.md", n, 0.001) for n in reversed(range(12))]
    slowest = list(table([stage("body", 12, *every)]))[4:]
    assert slowest == [f"      1.0 ms  {n:02}.md" for n in range(10)]


def test_the_table_of_a_build_that_reused_every_post_names_none():
    assert list(table([stage("post", 3)]))[1:] == [
        "reading posts            3       3    0.000"
    ]


def test_a_file_name_cannot_write_to_the_terminal():
    assert "\x1b" not in "".join(table([stage("body", 1, made("\x1b[2J.md", 0, 1))]))


# The profile


def checked(path: Path) -> dict[str, list[str]]:
    """The names that each profile opens, in order, if speedscope would accept it."""
    document = json.loads(path.read_text())
    assert document["$schema"] == SCHEMA
    frames = [frame["name"] for frame in document["shared"]["frames"]]
    assert len(set(frames)) == len(frames)
    return {each["name"]: _opened(each, frames) for each in document["profiles"]}


def _opened(profile: dict[str, Any], frames: list[str]) -> list[str]:
    assert (profile["type"], profile["unit"]) == ("evented", "seconds")
    times = [event["at"] for event in profile["events"]]
    assert times == sorted(times)
    assert all(profile["startValue"] <= at <= profile["endValue"] for at in times)
    names, still_open = [], []
    for event in profile["events"]:
        assert 0 <= event["frame"] < len(frames)
        if event["type"] == "O":
            names.append(frames[event["frame"]])
            still_open.append(event["frame"])
        else:
            assert (event["type"], still_open.pop()) == ("C", event["frame"])
    assert still_open == []
    return names


def test_profile_writes_what_ran_when_for_speedscope(tmp_path):
    write(tmp_path, {A: POST, B: POST})
    code, out, err = blog(tmp_path, "build", "--profile", "p.json", "--jobs", "1")
    assert (code, out, err) == (0, "2 posts, 7 pages → public/ in N s\n", "")
    stages, process = checked(tmp_path / "p.json").values()
    assert stages == STAGES
    process = [name for name in process if not name.startswith("reading words")]
    assert process[:4] == [
        "reading site.toml",
        "sorting files",
        "reading posts content/posts/a.md",
        "reading posts content/posts/b.md",
    ]


def test_a_profile_shows_each_process_by_itself(large):
    code, _, err = blog(large, "build", "--force", "--profile", "p.json", "--jobs", "2")
    assert (code, err) == (0, "")
    profiles = checked(large / "p.json")
    assert next(iter(profiles)) == "stages"
    assert len(profiles) > 2
    assert all(re.fullmatch(r"process \d+", name) for name in list(profiles)[1:])
    texts = [name for names in profiles.values() for name in names]
    assert sum(name.startswith("rendering texts c") for name in texts) == MANY


def test_a_profile_sorts_what_each_process_did_by_time(tmp_path):
    every = (made(B, 4, 1, process=7), made(A, 2, 1, process=7), made("c", 3, 1, 5))
    write_profile([stage("body", 3, *every, began=2)], tmp_path / "p.json")
    assert checked(tmp_path / "p.json") == {
        "stages": ["rendering texts"],
        "process 5": ["rendering texts c"],
        "process 7": [f"rendering texts {A}", f"rendering texts {B}"],
    }


def test_a_profile_of_nothing_is_one_of_no_stages(tmp_path):
    write_profile([], tmp_path / "p.json")
    assert checked(tmp_path / "p.json") == {"stages": []}


# The line on a terminal


def watched(root: Path, *options: str, **variables: str) -> tuple[str, str]:
    """What a build writes to its terminal, and on standard output to a pipe."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "blog", "build", "--force", "--jobs", "1"]
    with subprocess.Popen(
        [*command, *options],
        cwd=root,
        env={**kept, "TERM": "xterm", **variables},
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    ) as running:
        os.close(theirs)
        written = _all_of(ours)
        assert running.stdout is not None
        out = running.stdout.read()
    assert running.returncode == 0
    return written, out


def _all_of(terminal: int) -> str:
    found = b""
    with os.fdopen(terminal, "rb", buffering=0) as stream:
        while True:
            try:
                piece = stream.read(65536)
            except OSError:  # Linux's way to say that the other end is closed
                return found.decode()
            if not piece:
                return found.decode()
            found += piece


def screens(written: str) -> list[str]:
    """What stands on the terminal after each piece of text, and in the end."""
    lines, row, seen = [""], 0, []
    for sign in re.findall(r"\x1b\[[\d;?]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", written):
        if sign == "\n":
            row += 1
            lines += [""] * (row == len(lines))
        elif sign == "\x1b[2K":
            lines[row] = ""
        elif up := re.fullmatch(r"\x1b\[(\d*)A", sign):
            row -= int(up[1] or 1)
        elif sign[0] not in "\x1b\r":
            lines[row] += sign
            seen.append("\n".join(lines).strip())
    return [*seen, "\n".join(lines).strip()]


@pytest.mark.parametrize("variables", [{}, {"NO_COLOR": "1"}])
def test_a_build_that_lasts_shows_on_one_line_where_it_is_and_takes_it_away(
    large, variables
):
    written, out = watched(large, **variables)
    *shown, end = screens(written)
    assert shown
    pattern = rf"({'|'.join(STAGES)}) \d+/\d+(  \S+)?"
    assert [line for line in shown if not re.fullmatch(pattern, line)] == []
    assert end == ""
    assert written.rindex("\x1b[?25h") > written.rindex("\x1b[?25l")
    assert (
        re.sub(r"\d+\.\d\d s", "N s", out)
        == f"{MANY} posts, 169 pages → public/ in N s\n"
    )


@pytest.mark.parametrize("option", ["--quiet", "--json"])
def test_a_build_that_should_be_quiet_shows_no_line_on_a_terminal(large, option):
    assert watched(large, option)[0] == ""


def test_a_build_that_writes_to_a_pipe_shows_no_line(large):
    code, out, err = blog(large, "build", "--force", "--jobs", "1")
    assert (code, err) == (0, "")
    assert out == f"{MANY} posts, 169 pages → public/ in N s\n"
