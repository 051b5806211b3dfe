"""Links to other sites: do they still answer? Asked only by `blog check --external`."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import quote, urldefrag
from urllib.request import Request, urlopen

from blog import __version__
from blog.diagnostics import Diagnostic, Report, in_order
from blog.model import Link

WORKERS = 8
TIMEOUT = 10.0
"""Seconds that a site may take to answer."""
_ASK_AGAIN = frozenset({400, 403, 405, 501})
"""Answers of servers that do not like to be asked for the head alone."""


def check_outside(links: Iterable[Link]) -> tuple[Diagnostic, ...]:
    """A warning for each link whose page is gone or whose site does not answer.

    Each address is asked once. A page that wants a login counts as there.
    """
    places: dict[str, list[Link]] = {}
    for link in links:
        places.setdefault(urldefrag(link.address).url, []).append(link)
    with ThreadPoolExecutor(WORKERS) as pool:
        faults = dict(zip(places, pool.map(_fault, places), strict=True))
    report = Report()
    for address, fault in faults.items():
        for link in places[address] if fault else ():
            report.warning(
                "dead-outside",
                link.span,
                f"{address!r} {fault}",
                hint="look for its new address, or take the link out",
            )
    return in_order(report.found)


def _fault(address: str) -> str:
    """What is wrong with an address, as a phrase; empty if it answers."""
    status = _status(address, "HEAD")
    if status in _ASK_AGAIN:
        status = _status(address, "GET")
    if isinstance(status, str):
        return f"does not answer: {status}"
    is_gone = status in (404, 410) or status >= 500
    return f"answers {status}" if is_gone else ""


def _status(address: str, method: str) -> int | str:
    """The status of the answer, or why there is none."""
    agent = {"User-Agent": f"blog/{__version__} (link check)"}
    url = quote(address, safe="/:?&=#%@!$'()*+,;~[]")
    try:
        request = Request(url, method=method, headers=agent)
        with urlopen(request, timeout=TIMEOUT) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code
    except (OSError, ValueError, HTTPException) as error:
        return str(getattr(error, "reason", error)) or type(error).__name__
