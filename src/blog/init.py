"""A new site that builds at once, out of the files in `starter/`."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from blog.diagnostics import Abort

_STARTER = Path(__file__).resolve().parent / "starter"
_NAMES = {"gitignore": ".gitignore"}
"""Files that would take effect in our own repository under their real name."""


def init(folder: Path, today: date) -> tuple[str, ...]:
    """Writes a first site into `folder`; the paths that were written, sorted.

    Nothing is ever overwritten: where one of the files exists, `Abort` is raised and
    nothing is written. `today` is the date of the sample posts.
    """
    files = _files(today)
    taken = next((path for path in files if (folder / path).exists()), "")
    if taken:
        raise Abort(
            f"{folder / taken} exists already, so nothing was written",
            hint="name another folder: blog init DIR",
        )
    for path, text in files.items():
        write_new(folder / path, text)
    return tuple(files)


def _files(today: date) -> Mapping[str, str]:
    found = {}
    for path in _STARTER.rglob("*"):
        if path.is_file():
            name = path.relative_to(_STARTER).as_posix()
            text = path.read_text(encoding="utf-8")
            found[_NAMES.get(name, name)] = text.replace(
                "date: TODAY", f"date: {today}"
            )
    return dict(sorted(found.items()))


def write_new(path: Path, text: str) -> None:
    """Writes a file that must not exist yet, with the folders above it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Abort(
            f"{path} exists already, and stays as it is",
            hint="choose another title, or edit that file",
        ) from None
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise Abort(f"cannot write {error.filename}: {reason}") from None
