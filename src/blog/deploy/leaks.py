"""What must not reach readers, looked for before the first byte is sent."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from blog.deploy.built import texts_of
from blog.deploy.manifest import File
from blog.diagnostics import Abort
from blog.snapshot import looks_private

_TOKENS = (
    ("a private key", rb"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----"),
    ("an access key of Amazon", rb"\bAKIA[0-9A-Z]{16}\b"),
    ("a token of GitHub", rb"\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{40,255}"),
    ("a token of GitLab", rb"\bglpat-[\w-]{20}"),
    ("a key of Stripe", rb"\bsk_live_\w{20,255}"),
    ("a token of Slack", rb"\bxox[baprs]-[\w-]{10,255}"),
    ("a key of Google", rb"\bAIza[\w-]{35}\b"),
    ("a signed token", rb"\beyJ[\w-]{20,2000}\.eyJ[\w-]{20,2000}\."),
)
_TOKEN = re.compile(b"|".join(b"(%s)" % pattern for _, pattern in _TOKENS))
_SIGNS = (
    *(b"PRIVATE KEY-----", b"AKIA", b"github_pat_", b"glpat-", b"sk_live_", b"xox"),
    *(b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"AIza", b"eyJ"),
)
"""Each token has one of these in it; looking for them costs next to nothing."""
_RUN = re.compile(r"[^\W_]+(?: [^\W_]+)*")
_LONG = 20
"""Characters from which a run of words belongs to one text alone."""
_MARKED = re.compile(r"(?=[^\d\W]*\d)\w{12,}")
"""A long word with a figure in it, like a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """Something private in a file of the build."""

    path: str
    what: str
    may_pass: bool = False
    """Whether the author may say that it is meant."""


def check_base_url(base_url: str) -> None:
    """Raises `Abort` if the site was built for this machine alone."""
    host = urlsplit(base_url).hostname or ""
    try:
        address = ip_address(host)
        is_local = address.is_loopback or address.is_unspecified
    except ValueError:
        is_local = host == "localhost" or host.endswith(".localhost")
    if is_local:
        raise Abort(
            f"the site is built for {base_url}, which readers cannot reach",
            hint="set base_url in site.toml, or give --base-url",
            usage=True,
        )


def leaks(files: Mapping[str, File], allowed: Collection[str]) -> Iterator[Leak]:
    """Private files among these, and what looks like a key or a token in them.

    What stands in a file of `allowed` is no secret, in feeds neither.
    """
    for path in files:
        if any(looks_private(name) for name in path.split("/")):
            yield Leak(path=path, what="is a private file")
    known = {
        token
        for path in allowed
        if path in files
        for token in _tokens(files[path], path)
    }
    for path in texts_of(files):
        found = [
            what
            for token, what in _tokens(files[path], path).items()
            if token not in known
        ]
        if found:
            yield Leak(
                path=path, what=f"holds what looks like {found[0]}", may_pass=True
            )


def _tokens(file: File, path: str) -> dict[bytes, str]:
    """What looks like a secret in a file, and what it looks like."""
    data = Path(file.folder, path).read_bytes()
    if not any(sign in data for sign in _SIGNS):
        return {}
    return {
        found[0]: _TOKENS[(found.lastindex or 1) - 1][0]
        for found in _TOKEN.finditer(data)
    }


def drafts_in(
    files: Mapping[str, File],
    held: Mapping[str, str],
    published: Callable[[], Iterable[str]],
) -> Iterator[Leak]:
    """Files in which text of posts stands that are held back.

    `held` has the text of each such post by its path. What stands in one of the
    `published` texts, too, is no secret; they are read when there is a doubt.
    """
    secrets = {run: path for path, text in held.items() for run in _runs(text)}
    is_sure = False
    for path in texts_of(files) if secrets else ():
        text = Path(files[path].folder, path).read_text(errors="replace")
        # In JSON a line ends with a backslash and an n, which would join a word.
        found = [run for run in _runs(text.replace("\\n", "\n")) if run in secrets]
        if found and not is_sure:
            for other in published():
                for run in _runs(other):
                    secrets.pop(run, None)
            is_sure = True
        if run := next((run for run in found if run in secrets), ""):
            yield Leak(path=path, what=f"holds text of {secrets[run]}: {run!r}")


def _runs(text: str) -> Iterator[str]:
    """Pieces of a text that stay the same when it is rendered: words without signs."""
    for found in _RUN.finditer(text):
        if len(found[0]) >= _LONG or _MARKED.fullmatch(found[0]):
            yield found[0]
