"""The live site, read back as a reader would."""

import hashlib
import time
from collections.abc import Callable, Mapping
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from blog import __version__
from blog.deploy.manifest import File
from blog.deploy.plan import Plan, address_of

_PATIENCE = 60.0
"""Seconds that a host may take to show what it was sent."""
_PAUSE = 2.0
_TIMEOUT = 10.0


def read_back(
    url: str, plan: Plan, *, wait: Callable[[], None], patience: float = _PATIENCE
) -> str:
    """What is wrong with the live site, as a phrase; empty if it shows the build.

    Its home page and some of the pages that were sent are asked for. `wait` is called
    when the host takes its time.
    """
    pages = [path for path in plan.sent if path.endswith(".html")]
    asked = ["index.html", *pages[:3]] if "index.html" in plan.wanted else pages[:4]
    end = time.monotonic() + patience
    while fault := _first_fault(url, asked, plan.wanted):
        if time.monotonic() > end:
            return fault
        wait()
        time.sleep(_PAUSE)
    return ""


def _first_fault(url: str, paths: list[str], files: Mapping[str, File]) -> str:
    for path in paths:
        address = url.rstrip("/") + quote(address_of(path))
        fault = _fault(address, files[path].digest, is_missing=path == "404.html")
        if fault:
            return f"{address} {fault}"
    return ""


def _fault(address: str, digest: str, *, is_missing: bool) -> str:
    headers = {
        "User-Agent": f"blog/{__version__} (deploy)",
        "Cache-Control": "no-cache",
    }
    try:
        with urlopen(Request(address, headers=headers), timeout=_TIMEOUT) as answer:
            data = answer.read()
    except HTTPError as error:
        return "" if is_missing else f"answers {error.code}"
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        return f"does not answer: {str(reason) or type(error).__name__}"
    same = hashlib.sha256(data).hexdigest() == digest
    return "" if same else "shows another page than the one that was sent"
