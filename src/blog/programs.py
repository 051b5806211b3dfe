"""Programs that `site.toml` names: which one would run, and what it answers.

The only place from which a build starts another program.
"""

import shlex
import shutil
import subprocess
from pathlib import Path

SECONDS = 60
"""For which an answer is waited for."""


def identity_of(command: str) -> str:
    """Names the program that would run, as it is installed; empty if there is none."""
    try:
        path = shutil.which(shlex.split(command)[0])
        status = Path(path).stat() if path else None
    except (ValueError, IndexError, OSError):
        return ""
    return f"{path} {status.st_size} {status.st_mtime_ns}" if status else ""


def answer_of(command: str, data: bytes) -> tuple[bytes, str]:
    """What a program writes when it is given `data`, and what went wrong, if anything.

    No shell reads the command.
    """
    try:
        done = subprocess.run(
            shlex.split(command), input=data, capture_output=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return b"", f"it did not answer in {SECONDS} seconds"
    except (OSError, ValueError) as error:
        return b"", (getattr(error, "strerror", None) or str(error)).lower()
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        return b"", said[0] if said else f"it ended with {done.returncode}"
    return done.stdout, ""
