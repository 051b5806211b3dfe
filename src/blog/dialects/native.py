"""The simple format of our own, lenient: posts of other systems keep their meaning.

Also the rules of pages: Markdown files under `content/` outside the posts.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath

from blog.dates import read_date
from blog.dialects.dialect import Dialect, Fresh, file_of
from blog.dialects.docusaurus import split_name
from blog.dialects.head import Head
from blog.model import Author, Moment
from blog.slugs import slugify

SUFFIXES = (".md", ".mdx", ".markdown")


def is_markdown(name: str) -> bool:
    """Whether a file of this name holds a post or a page."""
    return name.lower().endswith(SUFFIXES)


def title(head: Head, heading: str) -> str:
    """The field, else the heading at the top, else the file name with spaces."""
    if given := head.text("title"):
        return " ".join(given.split())
    text = _stem(head.name).replace("-", " ").replace("_", " ").strip()
    return heading or text[:1].upper() + text[1:]


def date(head: Head) -> Moment | None:
    """The field, else the date in the file name, as Docusaurus and Jekyll find it."""
    zone = head.folder.zone
    if head.given("date"):
        return head.moment("date", zone)
    written, _ = _split(head.name)
    if not written:
        return None
    try:
        instant = read_date(written).at(zone)
    except ValueError as error:
        head.bad_date("date", written, f"in the file name {error}")
        return None
    return Moment(instant=instant, origin="file name")


def updated(head: Head) -> Moment | None:
    """When the text last changed, by any of the names in use."""
    name = head.given("updated", "lastmod", "last_modified_at", "modified")
    return head.moment(name, head.folder.zone) if name else last_update(head)


def last_update(head: Head) -> Moment | None:
    """Docusaurus' `last_update: {date: …}`."""
    value = head.fields.get("last_update")
    if isinstance(value, str) or not hasattr(value, "get"):
        return head.moment("last_update", head.folder.zone)
    inner = replace(head, fields={"last_update": value.get("date")})
    return inner.moment("last_update", head.folder.zone)


def slug(head: Head) -> str:
    """The field as written, else the file name without its date."""
    return head.text("slug").strip("/") or slugify(_stem(head.name))


def _stem(name: str) -> str:
    """The last part of the name without date, suffix and `/index`."""
    _, rest = _split(name)
    whole = PurePosixPath(re.sub(r"/index\.\w+$", "", name))
    return PurePosixPath(rest).name or (whole.name if "/index." in name else whole.stem)


_DATED = re.compile(
    r"(?:.*/)?(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[-_](?P<rest>[^/]*?))?(?:/index)?\.\w+"
)


def _split(name: str) -> tuple[str, str]:
    """The date in a file name as written, which may be empty, and the rest.

    A name that begins with a date is dated by it, whatever else it holds; for all other
    names Docusaurus' rule is the widest.
    """
    if found := _DATED.fullmatch(name):
        return found["date"], found["rest"] or ""
    date, _, address = split_name(name)
    return date, address.removeprefix(date.replace("-", "/")).lstrip("/")


def address(head: Head, slug: str, date: Moment | None) -> str:
    """The field `permalink`, else the pattern of the folder."""
    if given := head.text("permalink"):
        return _closed(given)
    day = date.day if date else None
    parts = {
        "slug": slug,
        "path": re.sub(r"(/index)?\.\w+$", "", head.name),
        "year": f"{day.year:04}" if day else "",
        "month": f"{day.month:02}" if day else "",
        "day": f"{day.day:02}" if day else "",
    }
    filled = re.sub(r"\{(\w+)\}", lambda m: parts[m[1]], head.folder.permalink)
    return _closed(f"/{filled.lstrip('/')}")


def _closed(address: str) -> str:
    """With a slash at the end, unless it names a file."""
    return address if address.endswith(("/", ".html", ".htm")) else f"{address}/"


def tags(head: Head) -> tuple[str, ...]:
    """Lists, text with commas or text with spaces; categories are further tags."""
    names = ("tags", "tag", "categories", "category")
    return tuple(label for name in names for label in _labels(head, name))


def _labels(head: Head, name: str) -> Iterator[str]:
    value = head.fields.get(name)
    if not isinstance(value, str):
        yield from head.texts(name)
    elif name == "category":
        yield value.strip()
    else:
        separator = "," if "," in value else None
        yield from (label.strip() for label in value.split(separator))


def authors(head: Head) -> tuple[str | Author, ...]:
    """`authors` or `author`: text, a list, or mappings with a name."""
    return head.authors("authors", "author")


def description(head: Head) -> str:
    """Whatever the other systems call it."""
    return head.text("description", "summary", "excerpt", "spoiler")


def withheld(head: Head) -> str:
    """Jekyll's `published: false`; some systems keep a date in that field."""
    given = head.text("published")
    is_flag = bool(given) and not given[0].isdigit()
    return "published: false" if is_flag and not head.flag("published") else ""


def redirects(head: Head) -> tuple[str, ...]:
    """Old addresses: `aliases` (Hugo) and `redirect_from` (Jekyll)."""
    return (*head.texts("aliases"), *head.texts("redirect_from"))


def drops_heading(title: str, heading: str) -> bool:
    """Only a heading that says the same as the title."""
    return bool(heading) and _bare(title) == _bare(heading)


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def begin(title: str, slug: str, now: datetime, draft: bool) -> Fresh:
    """A new post, dated by the day."""
    fields: dict[str, object] = {"title": title, "date": now.date(), "tags": []}
    return Fresh(name=slug, fields=fields | ({"draft": True} if draft else {}))


NATIVE = Dialect(
    claims=is_markdown,
    title=title,
    date=date,
    updated=updated,
    slug=slug,
    address=address,
    output=lambda _, address: file_of(address),
    id=lambda _head, _slug, address: address,
    tags=tags,
    authors=authors,
    description=description,
    excerpt=lambda _: "",
    draft=lambda head: head.flag("draft"),
    withheld=withheld,
    listed=lambda head: not (head.flag("unlisted") or head.flag("hidden")),
    redirects=redirects,
    drops_heading=drops_heading,
    begin=begin,
    dates_required=True,
)


def _page_slug(head: Head) -> str:
    """The whole path of a page, as its file is named."""
    path = re.sub(r"(^|/)index\.\w+$", "", head.name)
    return head.text("slug").strip("/") or re.sub(r"\.\w+$", "", path)


def _page_address(head: Head, slug: str, date: Moment | None) -> str:  # noqa: ARG001
    return _closed(head.text("permalink") or (f"/{slug}/" if slug else "/"))


PAGE = replace(
    NATIVE,
    slug=_page_slug,
    address=_page_address,
    date=lambda head: head.moment("date", head.folder.zone),
    dates_required=False,
)
