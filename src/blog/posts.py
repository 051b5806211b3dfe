"""One file to one `Post`: what its author wrote, whatever the other files say.

Stale when the file changes, or what its folder says of all its files.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from blog.changes import changes
from blog.diagnostics import Span
from blog.dialects import DIALECTS, Dialect, Head
from blog.dialects.native import is_markdown
from blog.engine import Reader
from blog.fields import fields_of
from blog.folders import Folder, folder_of, is_excluded
from blog.frontmatter import decode, split
from blog.images import mentioned
from blog.markdown.parser import parser
from blog.model import Moment, Post, Source, Update
from blog.slugs import fault_of
from blog.snapshot import content_of

MAX_TAGS = 100
"""Of one post; every page of a tag names all tags of its posts."""


def sources(files: Iterable[str], folders: Iterable[Folder]) -> dict[str, Folder]:
    """The folder of each file that holds a post or a page, by path."""
    found = {}
    for path in files:
        folder = folder_of(path, folders)
        if folder is None or path.startswith(("templates/", "static/")):
            continue
        name = folder.name(path)
        is_hidden = folder.dialect != "jekyll" and f"/{name}".find("/_") >= 0
        is_post = DIALECTS[folder.dialect].claims(name) and not is_hidden
        if is_post and not is_excluded(name, folder.exclude):
            found[path] = folder
    return found


def not_built(files: Iterable[str], folders: Iterable[Folder]) -> dict[str, list[str]]:
    """Files that Jekyll makes pages of and we do not, by the path of the folder."""
    left: dict[str, list[str]] = {}
    for path in files:
        folder = folder_of(path, folders)
        if folder is None or folder.dialect != "jekyll":
            continue
        name = folder.name(path)
        is_ours = path.startswith(("templates/", "static/", "content/"))
        is_page = is_markdown(name) or name.endswith(".html")
        is_post = DIALECTS["jekyll"].claims(name) or is_excluded(name, folder.exclude)
        if is_page and not is_ours and not is_post and "_includes/" not in name:
            left.setdefault(folder.path, []).append(path)
    return left


Spans = Mapping[str, Span]
"""Where each field of a front matter stands, by name."""


Parsed = tuple[Post | None, Source | None, Spans | None, tuple[str, ...] | None]


def parse_post(path: str, facts: Reader) -> Parsed:
    """The post in the file `path`, its text, where its fields stand, and the pictures
    that it mentions, if there are any.

    All are None if nothing of it can be read. All mistakes are told; those in single
    fields leave a faulty post.
    """
    folder: Folder = facts[f"rules:{facts[f'folder:{path}']}"]
    dialect = DIALECTS[folder.dialect]
    blob = facts[f"file:{path}"]
    report = facts.report
    text = decode(path, content_of(blob), report)
    if text is None:
        return None, None, None, None
    front = split(path, text, report, last_wins=dialect.last_key_wins)
    if front is None:
        return None, None, None, None
    found = len(report.found)
    head = Head(
        path=path,
        folder=folder,
        front=front,
        fields=MappingProxyType(fields_of(folder, path, front, report)),
        report=report,
    )
    is_mdx = folder.dialect == "docusaurus" or path.lower().endswith(".mdx")
    body = _below_imports(front.body) if is_mdx else front.body
    heading = leading_heading(body)
    post = _post(head, dialect, heading)
    source = _source(head, dialect, post, heading)
    _check(head, dialect, post)
    faulty = any(d.severity == "error" for d in report.found[found:])
    pictures = mentioned(path, source.text, source.excerpt) or None
    return replace(post, faulty=faulty), source, front.spans, pictures


def _post(head: Head, dialect: Dialect, heading: str) -> Post:
    title = dialect.title(head, heading)
    date, slug = dialect.date(head), dialect.slug(head)
    updates = changes(head, date) if _is_ours(head) else ()
    address = dialect.address(head, slug, date)
    return Post(
        path=head.path,
        section=head.folder.path,
        dialect=head.folder.dialect,
        title=title,
        slug=slug,
        address=address,
        output=dialect.output(head, address),
        id=dialect.id(head, slug, address),
        date=date,
        updated=_latest(_not_before(dialect.updated(head), date), updates),
        updates=updates,
        tags=tuple(dict.fromkeys(t for t in dialect.tags(head) if t)),
        tag_paths=dialect.tag_paths(head),
        authors=dialect.authors(head),
        description=" ".join(dialect.description(head).split()),
        language=head.text("lang", "language"),
        draft=dialect.draft(head),
        withheld=dialect.withheld(head),
        listed=dialect.listed(head),
        series=_series(head),
        part=_part(head) if head.given("series") else 0,
        planned=head.texts("planned") if head.given("series") else (),
        redirects=tuple(dict.fromkeys(dialect.redirects(head))),
        fields=MappingProxyType({n: _bare(v) for n, v in head.fields.items()}),
    )


def _source(head: Head, dialect: Dialect, post: Post, heading: str) -> Source:
    names = ("image", "cover", "hero", "picture")[: 4 if _is_ours(head) else 3]
    picture = head.given(*names)
    excerpt = dialect.excerpt(head)
    return Source(
        path=head.path,
        dialect=head.folder.dialect,
        text=head.front.body,
        first_line=head.front.first_line,
        address=post.address,
        language=post.language,
        markdown=not head.path.lower().endswith(".html"),
        liquid=str(head.fields.get("render_with_liquid")).lower() != "false",
        drops_heading=dialect.drops_heading(post.title, heading),
        excerpt=excerpt,
        excerpt_span=head.span("excerpt") if excerpt else None,
        image=head.image(*names),
        image_span=head.span(picture) if picture else None,
        separator=_separator(head),
        roots=_roots(head.folder),
    )


def _bare(value: object) -> object:
    """A value of the front matter as templates see it: whether it stood in quotes was
    for us to know.
    """
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple):
        return tuple(_bare(each) for each in value)
    if isinstance(value, Mapping):
        return MappingProxyType({str(n): _bare(v) for n, v in value.items()})
    return value


def _series(head: Head) -> str:
    """The name of the series; the first of a list, as Hugo has it."""
    value = head.fields.get("series")
    if isinstance(value, tuple):
        return " ".join("".join(head.texts("series")[:1]).split())
    if not isinstance(value, str) and not _is_ours(head):
        return ""
    return " ".join(head.text("series").split())


def _part(head: Head) -> int:
    """The number in the series."""
    written = head.fields.get("part")
    is_number = isinstance(written, str) and re.fullmatch("[1-9][0-9]{0,8}", written)
    return head.number("part") if is_number or _is_ours(head) else 0


def _is_ours(head: Head) -> bool:
    """Whether the post is in our own format; elsewhere our fields may mean others."""
    return head.folder.dialect in ("native", "page")


def _not_before(updated: Moment | None, date: Moment | None) -> Moment | None:
    """An update cannot lie before the publication; then it says nothing."""
    if updated and date and updated.instant < date.instant:
        return None
    return updated


def _latest(updated: Moment | None, updates: tuple[Update, ...]) -> Moment | None:
    """The last change of a post, by whichever field is later."""
    known = [m for m in (updated, *(u.date for u in updates[:1])) if m]
    return max(known, key=lambda m: m.instant, default=None)


def _separator(head: Head) -> str | None:
    own = head.fields.get("excerpt_separator")
    return str(own) if isinstance(own, str) else head.folder.separator


def _roots(folder: Folder) -> tuple[str, ...]:
    """Folders in which a path from the root, e.g. `/img/x.png`, may lie."""
    match folder.dialect:
        case "docusaurus":
            above = folder.path.rpartition("/")[0]
            return (f"{above}/static/" if above else "static/",)
        case "jekyll":
            return (folder.prefix,)
        case _:
            return ()


def _below_imports(text: str) -> str:
    """The text without the blocks of imports at its top."""
    text = text.lstrip("\n \t")
    while text.startswith("import ") and "\n\n" in text:
        text = text.partition("\n\n")[2].lstrip("\n \t")
    return text


_ATX = re.compile(r" {0,3}#(?:[ \t]+(?P<text>.*?))?(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}=+[ \t]*")


def leading_heading(text: str) -> str:
    """The text of a `# heading` at the very top, without its markup; may be empty."""
    lines = [*text.lstrip("\n \t").split("\n", 2), ""]
    if found := _ATX.fullmatch(lines[0]):
        heading = found["text"] or ""
    elif _SETEXT.fullmatch(lines[1]) and lines[0].strip():
        heading = lines[0]
    else:
        return ""
    heading = re.sub(r"\s*\{#[^}]*\}\s*$", "", heading)
    (inline,) = parser("native").parseInline(heading)
    kinds = ("text", "code_inline", "literal")
    words = (c.content for c in inline.children or () if c.type in kinds)
    return "".join(words).strip()


def _check(head: Head, dialect: Dialect, post: Post) -> None:
    """What the fields of a single post can get wrong together."""
    place = head.span("date")
    is_told = head.given("date") or any(d.span == place for d in head.report.found)
    if not post.date and dialect.dates_required and not is_told:
        head.report.error(
            "missing-date",
            head.span(),
            "the post has no date",
            hint="add a line such as date: 2024-01-31 to its front matter",
        )
    if not head.front.body.strip() and not head.front.fields:
        head.report.warning("front-matter-shape", head.span(), "the file is empty")
    if len(post.tags) > MAX_TAGS:
        head.report.error(
            "field-type",
            head.span(head.given("tags", "categories")),
            f"the post has {len(post.tags)} tags, more than {MAX_TAGS}",
            hint="each tag becomes a page; keep the few that readers would look for",
        )
    _check_address(head, post)
    _check_project(head, post)
    for address in post.redirects:
        if fault := _fault(address):
            field = head.given("redirect_from", "aliases")
            head.report.error(
                "bad-address",
                head.span(field),
                f"old address {address!r} {fault}",
                hint="write it from the root of the site, e.g. /old/post/",
            )


def _check_project(head: Head, post: Post) -> None:
    """The fields that only projects have."""
    if post.dialect != "page" or not post.path.startswith("content/projects/"):
        return
    head.text("note")
    url = head.text("url")
    if url and not re.match(r"https?://|mailto:|/(?!/)", url):
        head.report.error(
            "bad-address",
            head.span("url"),
            f"the address of the project is none: {url!r}",
            hint="write it whole, e.g. https://example.org/, or from the root: /about/",
        )


def _check_address(head: Head, post: Post) -> None:
    if fault := _fault(post.address):
        field = head.given("permalink", "slug")
        code = "bad-address" if field == "permalink" else "bad-slug"
        shown = head.text(field) if field else post.address
        head.report.error(
            code,
            head.span(field),
            f"{field or 'the address'} {shown!r} {fault}",
            hint="write it from the root of the site, e.g. /2024/my-post/"
            if field == "permalink"
            else "give it a slug of letters, digits and hyphens",
        )


def _fault(address: str) -> str:
    """Why an address cannot be used, as a phrase; empty if it can."""
    if not address.startswith("/") or address.startswith("//"):
        return "does not begin with a single slash"
    inner = address.removeprefix("/").removesuffix("/")
    return fault_of(inner) if inner else ""
