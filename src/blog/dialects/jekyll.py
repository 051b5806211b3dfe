"""The rules of Jekyll, to the letter, so that old links keep working.

From its sources (4.4) and those of jekyll-redirect-from: the slug comes from the file
name, the date of the front matter also decides the address, and every date is
converted to the zone of the site before an address is made of it.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from types import MappingProxyType
from unicodedata import category

from blog.dates import Written, read_date
from blog.dialects.dialect import Dialect, Fresh
from blog.dialects.head import Head
from blog.model import Moment

SUFFIXES = (".md", ".markdown", ".mkd", ".html")
_POST = re.compile(r"(?P<date>\d{2,4}-\d{1,2}-\d{1,2})-(?P<slug>[^/]+)\.[^./]+")

STYLES = MappingProxyType(
    {
        "date": "/:categories/:year/:month/:day/:title:output_ext",
        "pretty": "/:categories/:year/:month/:day/:title/",
        "ordinal": "/:categories/:year/:y_day/:title:output_ext",
        "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none": "/:categories/:title:output_ext",
    }
)
"""Permalink pattern by the name it has in `_config.yml`."""


def claims(name: str) -> bool:
    """Dated names in any `_posts`, and every name in any `_drafts`."""
    folders, base = name.split("/")[:-1], name.rpartition("/")[2]
    if not base.lower().endswith(SUFFIXES):
        return False
    return "_drafts" in folders or ("_posts" in folders and bool(_POST.fullmatch(base)))


def is_draft(head: Head) -> bool:
    """Drafts lie in `_drafts`; the field is honoured too, for newcomers write it."""
    return "_drafts" in head.name.split("/") or head.flag("draft")


def _slug_in_name(name: str) -> str:
    base = PurePosixPath(name)
    found = _POST.fullmatch(base.name)
    return found["slug"] if found else base.stem


def title(head: Head, heading: str) -> str:  # noqa: ARG001
    """The field, else the slug with capitals; a heading in the text stays there."""
    words = _slug_in_name(head.name).split("-")
    return head.text("title") or " ".join(word.capitalize() for word in words)


def date(head: Head) -> Moment | None:
    """The field, else the file name, in the zone of the site. Drafts may have none."""
    if head.given("date"):
        return _field_date(head, "date")
    found = _POST.fullmatch(PurePosixPath(head.name).name)
    if not found:
        return None
    try:
        instant = read_date(_long_year(found["date"])).at(head.folder.zone)
    except ValueError as error:
        head.bad_date("date", found["date"], f"in the file name {error}")
        return None
    return Moment(instant=instant, origin="file name")


def _long_year(written: str) -> str:
    """A two-digit year as Ruby reads it: 69 to 99 lie in the last century."""
    year, _, rest = written.partition("-")
    if len(year) > 2:
        return written
    return f"{'19' if int(year) >= 69 else '20'}{year}-{rest}"


def _field_date(head: Head, name: str) -> Moment | None:
    moment = head.moment(name, head.folder.zone)
    value = head.fields.get(name)
    if moment is None or not isinstance(value, str):
        return moment
    instant = moment.instant
    if _is_utc(read_date(value), plain=head.is_plain(name) and "/" not in value):
        instant = instant.replace(tzinfo=UTC)
    try:
        return replace(moment, instant=instant.astimezone(head.folder.zone))
    except OverflowError:
        head.bad_date(name, value, "lies at the end of time")
        return None


def _is_utc(written: Written, *, plain: bool) -> bool:
    """Ruby's YAML takes a time with seconds and no zone for UTC; its text parser,
    which reads all else, for local time."""
    return plain and written.seconds and written.offset is None


def slug(head: Head) -> str:
    """The field, else the file name without the date."""
    return head.text("slug") or _slug_in_name(head.name)


def address(head: Head, slug: str, date: Moment | None) -> str:
    """The field `permalink` or the pattern of the site, filled in."""
    given = head.text("permalink")
    pattern = given or STYLES.get(head.folder.permalink, head.folder.permalink)
    if date is None:
        pattern = given or "/drafts/:title/"
    parts = {"title": _pretty(slug), "slug": _plain(slug), **_places(head)}
    if date is not None:
        parts |= _calendar(date)
    filled = re.sub(r":([a-z_]+)", lambda m: _part(head, parts, m[1]), pattern)
    return re.sub("/{2,}", "/", f"/{filled}")


def _part(head: Head, parts: dict[str, str], name: str) -> str:
    """The longest placeholder that `name` begins with, cut at underscores only."""
    words = name.split("_")
    for length in range(len(words), 0, -1):
        known = "_".join(words[:length])
        if known in parts:
            return parts[known] + name[len(known) :]
    head.report.error(
        "bad-address",
        head.span("permalink"),
        f"there is no placeholder ':{name}' in a permalink",
        hint=f"use one of {', '.join(f':{k}' for k in sorted(parts))}",
    )
    return name


def _places(head: Head) -> dict[str, str]:
    named = dict.fromkeys(label.lower() for label in categories(head))
    name = PurePosixPath(head.name)
    return {
        "categories": "/".join(named),
        "slugified_categories": "/".join(_plain(label) for label in named),
        "collection": "posts",
        "name": _plain(name.stem),
        "path": str(name.with_suffix("")).rpartition("_posts/")[2],
        "output_ext": ".html",
    }


def _calendar(date: Moment) -> dict[str, str]:
    """The placeholders of a date; names of months and days are English, as in Ruby."""
    at, (iso_year, week, _) = date.instant, date.instant.isocalendar()
    month, weekday = _MONTHS[at.month - 1], _DAYS[at.weekday()]
    return {
        "year": f"{at.year:04}",
        "short_year": f"{at.year % 100:02}",
        "month": f"{at.month:02}",
        "i_month": str(at.month),
        "short_month": month[:3],
        "long_month": month,
        "day": f"{at.day:02}",
        "i_day": str(at.day),
        "y_day": f"{at.timetuple().tm_yday:03}",
        "w_year": f"{iso_year:04}",
        "week": f"{week:02}",
        "w_day": str(at.isoweekday()),
        "short_day": weekday[:3],
        "long_day": weekday,
        "hour": f"{at.hour:02}",
        "minute": f"{at.minute:02}",
        "second": f"{at.second:02}",
    }


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
_DAYS = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip


def _pretty(text: str) -> str:
    """Jekyll's slug for `:title`: case and most signs stay."""
    return _hyphenated(text, "._~!$&'()+,;=@")


def _plain(text: str) -> str:
    """Jekyll's slug for `:slug`: lower case, letters, marks and digits."""
    return _hyphenated(text.lower(), "")


def _hyphenated(text: str, signs: str) -> str:
    """Letters, marks, digits and `signs`; a hyphen for each run of anything else."""
    kept = (c if c in signs or category(c)[0] in "LMN" else "-" for c in text)
    return re.sub("-+", "-", "".join(kept)).strip("-")


def output(head: Head, address: str) -> str:  # noqa: ARG001
    """An index for a folder; `.html` is added to a name that lacks it."""
    path = address.lstrip("/")
    if not path or path.endswith("/"):
        return f"{path}index.html"
    return path if path.endswith(".html") else f"{path}.html"


def identity(head: Head, slug: str, address: str) -> str:
    """jekyll-feed's: the site's `url`, the folder of the address, and the slug."""
    folder = address.rstrip("/").rpartition("/")[0]
    return f"{head.folder.url}{folder}/{slug}"


def categories(head: Head) -> tuple[str, ...]:
    """Folders above `_posts`, then `categories` and `category`; text is split at
    spaces, but `category` is one word however many it has."""
    above = head.name.split("/_posts/")[0].split("/") if "/_posts/" in head.name else ()
    one = head.texts("category")
    return (*above, *_split(head, "categories"), *one)


def _split(head: Head, name: str) -> tuple[str, ...]:
    value = head.fields.get(name)
    return tuple(value.split()) if isinstance(value, str) else head.texts(name)


def tags(head: Head) -> tuple[str, ...]:
    """`tag` wins over `tags`; the categories are topics too."""
    single = head.fields.get("tag")
    if isinstance(single, str) and single.strip():
        return (single.strip(), *categories(head))
    return (*_split(head, "tags"), *categories(head))


def withheld(head: Head) -> str:
    """`published: false`."""
    is_set = "published" in head.fields and head.fields["published"] is not None
    return "published: false" if is_set and not head.flag("published") else ""


def redirects(head: Head) -> tuple[str, ...]:
    """jekyll-redirect-from: a slash at the end makes a folder, none a bare file."""
    paths = (f"/{p.lstrip('/')}" for p in head.texts("redirect_from"))
    return tuple(p if p.endswith(("/", ".html")) else f"{p}.html" for p in paths)


def begin(title: str, slug: str, now: datetime, draft: bool) -> Fresh:
    """A new post, dated by name and field; a draft is neither and lies in `_drafts`."""
    fields = {"layout": "post", "title": title}
    name = f"_drafts/{slug}" if draft else f"_posts/{now.date()}-{slug}"
    dated = {} if draft else {"date": now}
    return Fresh(name=name, fields={**fields, **dated, "tags": []}, folds=False)


JEKYLL = Dialect(
    claims=claims,
    title=title,
    date=date,
    updated=lambda head: _field_date(head, "last_modified_at"),
    slug=slug,
    address=address,
    output=output,
    id=identity,
    tags=tags,
    authors=lambda head: head.authors("author", "authors"),
    description=lambda head: head.text("description"),
    excerpt=lambda head: head.text("excerpt"),
    draft=is_draft,
    withheld=withheld,
    listed=lambda _: True,
    redirects=redirects,
    drops_heading=lambda title, heading: bool(heading) and title == heading,
    begin=begin,
    last_key_wins=True,
)
