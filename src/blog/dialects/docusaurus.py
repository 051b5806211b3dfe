"""The rules of Docusaurus' blog plugin, to the letter, so that old links keep working.

From its sources (3.10): the date and the address lie in the file name, `slug` replaces
both, and every zone is UTC.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from blog.dates import read_date
from blog.dialects.dialect import Dialect, Fresh
from blog.dialects.head import Head
from blog.folders import safe_url
from blog.model import Author, Moment

_NAME = re.compile(
    r"(?P<folder>.*)(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(?P<text>.*?)"
    r"(?:/index)?\.(?:mdx?|markdown)",
    re.IGNORECASE | re.DOTALL,
)


def split_name(name: str) -> tuple[str, str, str]:
    """Date as written, text and address below the base, from a post's file name.

    `tech/2021-04-15-x.md` gives `2021-04-15`, `x` and `2021/04/15/tech/x`: the folder
    goes behind the date. Without a date the name itself is text and address.
    """
    if found := _NAME.fullmatch(name):
        folder, date, text = found["folder"], found["date"], found["text"]
        return date, text, f"{date.replace('-', '/')}/{folder}{text}"
    text = re.sub(r"(?:/index)?\.(?:mdx?|markdown)$", "", name, flags=re.IGNORECASE)
    return "", text, text


def claims(name: str) -> bool:
    """`.md` and `.mdx`, but for tests; names with an underscore never come this far."""
    parts = name.split("/")
    return (
        name.lower().endswith((".md", ".mdx"))
        and "__tests__" not in parts
        and not re.search(r"\.test\.mdx?$", name)
    )


def title(head: Head, heading: str) -> str:
    """The field, else the heading at the top, else the text of the file name."""
    return head.text("title") or heading or split_name(head.name)[1] or head.name


def date(head: Head) -> Moment | None:
    """The field, else the file name. UTC; a zone behind quoted text is dropped.

    YAML's own timestamps keep their offset, other text is read as UTC.
    """
    if head.given("date"):
        return _field_date(head, "date")
    written = split_name(head.name)[0]
    if not written:
        return None
    try:
        instant = read_date(written).at(head.folder.zone)
    except ValueError as error:
        head.bad_date("date", written, f"in the file name {error}")
        return None
    return Moment(instant=instant, origin="file name")


def _field_date(head: Head, name: str) -> Moment | None:
    moment = head.moment(name, head.folder.zone)
    value = head.fields.get(name)
    if moment is None or not isinstance(value, str):
        return moment
    written = read_date(value)
    is_stamp = written.seconds and written.yaml_offset and head.is_plain(name)
    if written.offset is None or is_stamp:
        return moment
    if written.gap in "Tt" and not written.seconds:
        head.bad_date(name, value, "has an offset but no seconds")
        return None
    head.report.warning(
        "ambiguous-date",
        head.span(name),
        f"{str(value)!r} is read as UTC: Docusaurus drops an offset in this form",
        hint="write the offset with a colon and the time with seconds",
    )
    plain = replace(written, offset=None).at(head.folder.zone)
    return Moment(instant=plain, origin="front matter")


def updated(head: Head) -> Moment | None:
    """`last_update: {date: …}`."""
    value = head.fields.get("last_update")
    given = value.get("date") if isinstance(value, Mapping) else None
    return _field_date(replace(head, fields={"last_update": given}), "last_update")


def slug(head: Head) -> str:
    """The field as written, else what the file name says."""
    return head.text("slug").lstrip("/") or split_name(head.name)[2]


def address(head: Head, slug: str, date: Moment | None) -> str:  # noqa: ARG001
    """The slug below the base, with a slash at the end as the site has it."""
    if head.text("slug") == "/":
        slug = ""
    whole = f"{head.folder.base}{slug}"
    if head.folder.trailing_slash is None:
        return whole
    bare = whole.rstrip("/")
    return f"{bare}/" if head.folder.trailing_slash or not bare else bare


def output(head: Head, address: str) -> str:
    """`x/index.html`, or `x.html` on sites that say `trailingSlash: false`."""
    path = address.strip("/")
    if head.folder.trailing_slash is False and path:
        return f"{path}.html"
    return f"{path}/index.html".lstrip("/")


def tags(head: Head) -> tuple[str, ...]:
    """A list of text or of mappings with a label; anything else is an error."""
    value = head.fields.get("tags")
    if value is None or value == ():
        return ()
    if not isinstance(value, tuple):
        head.wrong_type("tags", "a list", "tags: [one, two]")
        return ()
    labels = [v.get("label") if isinstance(v, Mapping) else v for v in value]
    if any(isinstance(label, (tuple, Mapping)) for label in labels):
        head.wrong_type("tags", "a list", "tags: [one, two]")
        return ()
    return tuple(str(label).strip() for label in labels if label)


def tag_paths(head: Head) -> Mapping[str, str]:
    """The `permalink` of each tag that has one, by its label."""
    value = head.fields.get("tags")
    value = value if isinstance(value, tuple) else ()
    given = [v for v in value if isinstance(v, Mapping)]
    return {
        str(each["label"]).strip(): path
        for each in given
        if each.get("label") and (path := str(each.get("permalink") or "").strip("/"))
    }


def authors(head: Head) -> tuple[str | Author, ...]:
    """`authors`, or the fields of Docusaurus 1 and 2."""
    if head.given("authors"):
        return head.authors("authors")
    name = head.text("author")
    if not name:
        return ()
    return (
        Author(
            name=name,
            title=head.text("author_title", "authorTitle"),
            url=safe_url(head.text("author_url", "authorURL")),
            image=safe_url(head.text("author_image_url", "authorImageURL")),
        ),
    )


def begin(title: str, slug: str, now: datetime, draft: bool) -> Fresh:
    """A new post, dated by its file name."""
    fields: dict[str, object] = {"slug": slug, "title": title, "tags": []}
    return Fresh(
        name=f"{now.date()}-{slug}", fields=fields | ({"draft": True} if draft else {})
    )


DOCUSAURUS = Dialect(
    claims=claims,
    title=title,
    date=date,
    updated=updated,
    slug=slug,
    address=address,
    output=output,
    id=lambda _head, _slug, address: address,
    tags=tags,
    tag_paths=tag_paths,
    authors=authors,
    description=lambda head: head.text("description"),
    excerpt=lambda _: "",
    draft=lambda head: head.flag("draft"),
    withheld=lambda _: "",
    listed=lambda head: not head.flag("unlisted"),
    redirects=lambda _: (),
    drops_heading=lambda _, heading: bool(heading),
    begin=begin,
    holds_future=False,
    last_key_wins=True,
)
