"""Pages of our own: all posts with their state, and a site that has only mistakes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from blog.diagnostics import plain
from blog.serve.shown import Problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A post as its writer wants to see it."""

    source: str
    title: str
    day: str
    """ISO 8601; empty without a date."""
    state: str
    """`published`, or why readers do not see it as they see others."""
    address: str
    """Empty if it is not shown here either."""


def overview_page(rows: Sequence[Row], title: str) -> str:
    """A table of all posts, newest first, those that readers do not see marked."""
    seen = sum(row.state == "published" for row in rows)
    count = f"{len(rows)} posts, {seen} of them published"
    body = "".join(map(_row, rows))
    return _page(
        f"Posts of {title}",
        f"<p>{escape(count)}. <a href='/'>To the site</a></p>"
        "<table><thead><tr><th>Date<th>Title<th>State<th>File</thead>"
        f"<tbody>{body}</tbody></table>",
    )


def failed_page(problems: Problems) -> str:
    """What is shown as long as there has been no site without errors."""
    told = "".join(f"<pre>{escape(plain(d))}</pre>" for d in problems.errors)
    return _page(
        "The site cannot be built",
        f"<p>Once each error is mended, the page comes by itself.</p>{told}",
    )


def _row(row: Row) -> str:
    title = escape(row.title)
    linked = f'<a href="{escape(row.address)}">{title}</a>' if row.address else title
    mark = "" if row.state == "published" else ' class="held"'
    cells: Iterable[str] = (
        escape(row.day),
        linked,
        escape(row.state),
        f"<code>{escape(row.source)}</code>",
    )
    return f"<tr{mark}>{''.join(f'<td>{cell}' for cell in cells)}"


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>"
        '<link rel="stylesheet" href="/_blog/live.css"></head>'
        f'<body class="blog-own"><main><h1>{escape(title)}</h1>{body}</main></body>'
    )
