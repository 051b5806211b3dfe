"""One login for all scripts, whatever programs the server has."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from blog.deploy.connection import Connection
from blog.deploy.programs import Failed

SSH = """\
#!/bin/sh
until [ "$1" = -- ]; do shift; done
shift 2
PATH={place}/bin:$PATH exec sh -c "$*"
"""
SWALLOWING = """\
#!/bin/sh
dd bs=65536 count=1 2>/dev/null | {head} "$@"
"""
HEAD = next(p for p in ("/usr/bin/head", "/bin/head") if Path(p).exists())


@pytest.fixture(params=["exact", "swallowing"])
def connection(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Connection]:
    """To this machine, with a `head` as GNU's or as BusyBox's."""
    (tmp_path / "bin").mkdir()
    if request.param == "swallowing":
        _program(tmp_path / "bin/head", SWALLOWING.format(head=HEAD))
    _program(tmp_path / "ssh", SSH.format(place=tmp_path))
    with closing(Connection(str(tmp_path / "ssh"), "host")) as opened:
        yield opened


def _program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


def test_each_script_gets_its_arguments_and_its_input(connection: Connection):
    script = 'echo "$1"; cat'
    for given in (b"one\n", b"", b"\0" * 70_000):
        assert connection.run(script, ["a 'b'"], given=given) == b"a 'b'\n" + given


def test_a_script_that_fails_says_why_and_the_next_one_runs(connection: Connection):
    with pytest.raises(Failed) as failed:
        connection.run("echo no >&2; exit 3", (), given=b"not read")
    assert (failed.value.code, failed.value.said) == (3, "no\n")
    assert connection.run("echo yes", (), given=b"") == b"yes\n"
