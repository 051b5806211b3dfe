"""`[deploy.NAME]`: where a site goes, each kind with keys of its own."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, Literal

from blog.config.places import locate
from blog.diagnostics import Report, suggest

_STRICT = {"extra": "forbid"}
Compression = Literal["gz", "br"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Git:
    """A branch of a repository, as hosts of pages read it."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    kind: Literal["git"] = "git"
    default: bool = False
    url: str = ""
    """Address at which readers see the site; it is read back after a deploy."""
    remote: str = "origin"
    """Name of a remote, or its address."""
    branch: str = "gh-pages"
    keep: int = 5
    """Deploys for which old fingerprinted files stay."""
    rules: bool = False
    """Whether the host reads `_redirects` and `_headers`; they are written then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ssh:
    """A folder of releases on a server, and the link to the one that is live."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    host: str
    """As `ssh` is told it: a name, `user@name`, or an alias of `~/.ssh/config`."""
    path: str
    """Folder on the server; its `current` is the site."""
    kind: Literal["ssh"] = "ssh"
    default: bool = False
    url: str = ""
    ssh: str = "ssh"
    """The command that connects, with its options, e.g. `ssh -p 2222`."""
    keep: int = 5
    """Releases that stay, and for which old fingerprinted files do."""
    compress: tuple[Compression, ...] = ()
    """Packed twins of pages and style sheets, for servers that can send them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class S3:
    """A bucket of S3-compatible storage."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    bucket: str
    kind: Literal["s3"] = "s3"
    default: bool = False
    url: str = ""
    endpoint: str = ""
    """Address of the service; empty: that of Amazon."""
    region: str = ""
    prefix: str = ""
    """Folder in the bucket."""
    keep: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder of releases on this machine, and the link to the one that is live."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    path: str
    """From the root of the site; its `current` is the site."""
    kind: Literal["folder"] = "folder"
    default: bool = False
    url: str = ""
    keep: int = 5
    compress: tuple[Compression, ...] = ()


Target = Git | Ssh | S3 | Folder
KINDS: Mapping[str, Any] = MappingProxyType(
    {"git": Git, "ssh": Ssh, "s3": S3, "folder": Folder}
)
WORDS = frozenset({"status", "rollback"})
"""What can follow `blog deploy` besides the name of a target."""


_SECRET = re.compile(r"://(?:[^/@:]*:[^/@]*|[^/@]{20,})@")
"""A password or a token in an address: others can read it in the list of processes."""


@cache
def _adapter(kind: str) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(KINDS[kind])


def target_of(raw: Mapping[str, Any]) -> Target:
    """The settings of a target of a built-in kind; they have been checked."""
    found: Target = _adapter(str(raw["kind"])).validate_python(dict(raw))
    return found


def check_targets(
    deploy: Mapping[str, Mapping[str, Any]],
    own: bool,
    text: str,
    report: Report,
) -> None:
    """Tells what is wrong with `[deploy]`; `own` is whether the site brings kinds."""
    for name, raw in deploy.items():
        where = ("deploy", name)
        if name in WORDS:
            report.error(
                "config-value",
                locate(text, where),
                f"a target cannot be called {name!r}",
                hint=f"`blog deploy {name}` is a command; choose another name",
            )
        if not re.fullmatch(r"[A-Za-z0-9][\w-]*", name):
            report.error(
                "config-value",
                locate(text, where),
                f"a target cannot be called {name!r}",
                hint="use letters, digits and hyphens",
            )
        kind = raw.get("kind")
        if isinstance(kind, str) and kind in KINDS:
            _check_keys(kind, raw, where, text, report)
        elif not own or not isinstance(kind, str):
            report.error(
                "config-value",
                locate(text, (*where, "kind")),
                f"there is no kind of target {kind!r}" if kind else "a kind is missing",
                hint=suggest(str(kind), KINDS) or "kinds are git, ssh, s3 and folder",
            )
    _check_default(deploy, text, report)


def _check_default(
    deploy: Mapping[str, Mapping[str, Any]], text: str, report: Report
) -> None:
    chosen = [name for name, raw in deploy.items() if raw.get("default") is True]
    for name in chosen[1:]:
        report.error(
            "config-value",
            locate(text, ("deploy", name, "default")),
            f"{chosen[0]!r} is the default target already",
            hint="keep one of the two",
        )


def _check_keys(
    kind: str,
    raw: Mapping[str, Any],
    where: tuple[str, str],
    text: str,
    report: Report,
) -> None:
    known = fields(KINDS[kind])
    names = [field.name for field in known]
    before = len(report.found)
    for key in sorted(raw.keys() - set(names)):
        report.error(
            "config-key",
            locate(text, (*where, key)),
            f"a target of kind {kind!r} has no key {key!r}",
            hint=suggest(key, names) or f"its keys are {', '.join(names)}",
        )
    for field in known:
        if field.default is MISSING and field.name not in raw:
            report.error(
                "config-key",
                locate(text, where),
                f"the target {where[1]!r} has no {field.name!r}",
                hint=f"add {field.name} = …",
            )
    if len(report.found) == before:
        _check_values(kind, raw, where, text, report)


def _check_values(
    kind: str,
    raw: Mapping[str, Any],
    where: tuple[str, str],
    text: str,
    report: Report,
) -> None:
    from pydantic import ValidationError

    try:
        found = _adapter(kind).validate_python(dict(raw))
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            key = str(problem["loc"][0])
            message = problem["msg"][:1].lower() + problem["msg"][1:]
            report.error(
                "config-value",
                locate(text, (*where, key)),
                f"'deploy.{where[1]}.{key}' is not usable: {message}",
            )
        return
    for key, fault in _faults(found):
        report.error(
            "config-value",
            locate(text, (*where, key)),
            f"'deploy.{where[1]}.{key}' {fault}",
        )


def _faults(target: Target) -> list[tuple[str, str]]:
    """What types cannot say, by key."""
    found = []
    for key in ("host", "path", "bucket", "remote", "branch", "ssh", "url", "endpoint"):
        fault = _fault(key, getattr(target, key, None))
        if fault:
            found.append((key, fault))
    if target.keep < 1:
        found.append(("keep", "must be at least 1"))
    return found


def _fault(key: str, value: str | None) -> str:
    """What is wrong with a text; empty if nothing is."""
    if value is None or (not value and key in ("url", "endpoint")):
        return ""
    if _SECRET.search(value):
        return "holds a password: leave it to the files and helpers of your tools"
    if key in ("url", "endpoint"):
        is_address = value.startswith(("http://", "https://"))
        return "" if is_address else f"is not an address: {value!r}"
    if key == "bucket" and "://" in value:
        # Other services have other tags, conditions and keys.
        return f"is to be a name: {value!r} is not S3-compatible storage"
    if value.startswith("-"):
        # A program that is handed it would take it for an option.
        return "begins with a hyphen"
    return "" if value.strip() else "is empty"
