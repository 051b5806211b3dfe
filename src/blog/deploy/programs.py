"""The user's own programs: run without a shell, and heard out when they fail."""

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence

from blog.diagnostics import Abort


class Failed(Exception):
    """A program ended with another code than 0; `said` is what it wrote to that end."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code = code
        self.said = said


def run(
    command: Sequence[str],
    *,
    given: bytes = b"",
    variables: Mapping[str, str] | None = None,
    cwd: str | None = None,
) -> bytes:
    """What a program writes to its standard output; raises `Failed`.

    Raises `Abort` where there is no such program.
    """
    try:
        done = subprocess.run(
            command,
            input=given,
            capture_output=True,
            env={**os.environ, "LC_ALL": "C", **(variables or {})},
            cwd=cwd,
            check=False,
        )
    except FileNotFoundError:
        raise absent(command[0]) from None
    if done.returncode:
        raise Failed(done.returncode, _text(done.stderr))
    return done.stdout


def run_by_line(
    command: Sequence[str], *, given: bytes, heard: Callable[[str], None]
) -> None:
    """Runs a program and hands over each line it writes as soon as it is there."""
    import tempfile

    # What it is given comes from a file: a pipe could fill up while nobody reads it.
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as errors:
        source.write(given)
        source.seek(0)
        try:
            process = subprocess.Popen(
                command,
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, "LC_ALL": "C"},
            )
        except FileNotFoundError:
            raise absent(command[0]) from None
        try:
            assert process.stdout is not None
            for line in process.stdout:
                heard(line.decode(errors="surrogateescape").rstrip("\n"))
            code = process.wait()
        finally:
            process.terminate()
            process.communicate()
        if code:
            errors.seek(0)
            raise Failed(code, _text(errors.read()))


def absent(program: str) -> Abort:
    """There is no such program."""
    return Abort(
        f"the program {program!r} is needed for this, and not installed",
        hint="install it with the packages of your system",
    )


def last_words(said: str, signs: Sequence[str] = ()) -> str:
    """The line that most likely says what went wrong; may be empty.

    One with a sign of something known, else the last.
    """
    lines = [line.strip(" \t\r@") for line in said.splitlines()]
    # rsync ends with a line on itself that says less than the ones before.
    lines = [line for line in lines if line and not line.startswith("rsync error:")]
    known = [line for line in lines if any(sign in line for sign in signs)]
    return (known or lines or [""])[-1]


def _text(data: bytes) -> str:
    return data.decode(errors="replace")
