"""The `blog` command as its users run it, for the tests of what it says."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from blog.cli import run

DRAFT = "---\ntitle: A draft\ndate: 2024-03-01\ndraft: true\n---\n\nSoon.\n"
FUTURE = "---\ntitle: Later\ndate: 2031-01-01\n---\n\nLater.\n"
TYPO = "---\ntitel: A post\ndate: 2024-01-31\n---\n\nHello.\n"
NO_DATE = "---\ntitle: A post\n---\n\nHello.\n"
TYPO_TOLD = (
    "content/posts/b.md:2:1: warning: unknown field 'titel' [unknown-field]\n"
    "  2 | titel: A post\n"
    "    | ^^^^^ did you mean 'title'?\n"
)
NO_DATE_TOLD = (
    "content/posts/b.md:1: error: the post has no date [missing-date]\n"
    "  add a line such as date: 2024-01-31 to its front matter\n"
)


def blog(where: Path, *arguments: str, **variables: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error; it is 1 January 2030."""
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    done = subprocess.run(
        [sys.executable, "-m", "blog", *arguments],
        cwd=where,
        env={**kept, "SOURCE_DATE_EPOCH": "1893456000", **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "Traceback" not in done.stdout + done.stderr
    assert "bug in blog" not in done.stderr
    return done.returncode, _timeless(done.stdout), done.stderr


def blog_here(where: Path, *arguments: str) -> tuple[int, str, str]:
    """Like `blog`, but in this process, which has all libraries at hand; it is now."""
    out, errors, before = StringIO(), StringIO(), sys.argv
    sys.argv = ["blog", *arguments]
    try:
        with chdir(where), redirect_stdout(out), redirect_stderr(errors):
            run()
    except SystemExit as end:
        assert "bug in blog" not in errors.getvalue()
        return int(end.code or 0), _timeless(out.getvalue()), errors.getvalue()
    finally:
        sys.argv = before
    raise AssertionError("the program always exits")


def _timeless(text: str) -> str:
    text = re.sub(r"in \d+\.\d\d s", "in N s", text)
    return re.sub(r'"seconds": [\d.]+', '"seconds": 0', text)


def objects(text: str) -> list[dict[str, object]]:
    """The JSON objects in `text`, one a line."""
    return [json.loads(line) for line in text.splitlines()]


def known(*sites: Path, options: Sequence[str] = ()) -> None:
    """Builds sites until all stamps of their files can be trusted: after two seconds."""
    for where in sites:
        code, _, errors = blog(where, "build", *options)
        assert code == 0, errors
    time.sleep(2.1)
    for where in sites:
        assert "nothing changed" in blog(where, "build", *options)[1]
