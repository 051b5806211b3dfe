"""A new site that builds at once, out of the files in `starter/`."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from blog.diagnostics import Abort

_STARTER = Path(__file__).resolve().parent / "starter"
_NAMES = {"gitignore": ".gitignore"}
"""Files that would take effect in our own repository under their real name."""
_CI = Path(__file__).resolve().parent / "ci"
CI: Mapping[str, str] = MappingProxyType(
    {"github": ".github/workflows/site.yml", "gitlab": ".gitlab-ci.yml"}
)
"""Where each host of repositories looks for what it is to do."""


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


def init_ci(folder: Path, host: str, zone: str, install: str) -> str:
    """Writes what makes a host of repositories deploy; the path that was written.

    `zone` is that of the site, `install` what `pip install` is told there. Raises
    `Abort` where there is such a file.
    """
    text = (_CI / f"{host}.yml").read_text(encoding="utf-8")
    for name, value in (("CRON", _nightly(zone)), ("ZONE", zone), ("INSTALL", install)):
        text = text.replace(name, value)
    if (folder / CI[host]).exists():
        raise Abort(
            f"{folder / CI[host]} exists already, and stays as it is",
            hint="move it away, or add `blog deploy --yes` to it",
        )
    write_new(folder / CI[host], text)
    return CI[host]


def _nightly(zone: str) -> str:
    """Five past midnight as cron says it in UTC: the later one of summer and winter."""
    offsets = (
        datetime(2030, month, 1, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7)
    )
    minutes = 5 - min(int(o.total_seconds()) // 60 for o in offsets if o is not None)
    hour, minute = divmod(minutes % 1440, 60)
    return f"{minute} {hour} * * *"


def installed_as() -> str:
    """What `pip install` is told to get this very program, with the extras that are
    installed here; at least its name.
    """
    try:
        found = distribution("blog")
        origin = json.loads(found.read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return "blog"
    extras = ",".join(_extras(found.requires or ()))
    name = f"blog[{extras}]" if extras else "blog"
    vcs = origin.get("vcs_info")
    if vcs:
        return f"{name} @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
    return name if origin else f"{name}=={found.version}"


def _extras(requires: Iterable[str]) -> list[str]:
    """The extras of which all packages are installed, sorted; `dev` is for us."""
    wanted: dict[str, list[str]] = {}
    for each in requires:
        if found := _EXTRA.match(each):
            wanted.setdefault(found["extra"], []).append(found["package"])
    return sorted(
        extra
        for extra, packages in wanted.items()
        if extra != "dev" and all(map(_is_installed, packages))
    )


def _is_installed(package: str) -> bool:
    try:
        distribution(package)
    except PackageNotFoundError:
        return False
    return True


_EXTRA = re.compile(r"(?P<package>[\w.-]+).*;\s*extra == ['\"](?P<extra>[\w-]+)['\"]")
"""`obstore>=0.12; extra == "s3"`, as the metadata of a package has it."""


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
