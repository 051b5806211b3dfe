"""Posts to `Site`: order, sections, topics, authors, and what is held back.

Pure and cheap, so it always runs. It alone knows what day it is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from blog.config import Config, TagEntry
from blog.diagnostics import PlaceOf, Report, Span, suggest
from blog.dialects import DIALECTS
from blog.folders import Folder, TagRule
from blog.model import Author, Held, Post, Section, Site, Tag
from blog.series import series_of
from blog.slugs import fault_of, kebab, slugify


def arrange(
    posts: Sequence[Post],
    folders: Mapping[str, Folder],
    config: Config,
    report: Report,
    place_of: PlaceOf,
    *,
    now: datetime,
    drafts: bool = False,
    future: bool = False,
) -> Site:
    """Who is published, in which order, under which topics.

    `folders` is by path. With `drafts` or `future`, posts that would be held back are
    shown, with the reason in `previews`.
    """
    reasons = {p.path: _reason(p, folders[p.section], now) for p in posts}
    shown = [p for p in posts if _is_shown(p, reasons[p.path], drafts, future)]
    listed = newest_first(p for p in shown if _is_post(p, folders) and p.listed)
    _tell_undated(listed, report)
    topics = _Topics(config, folders, report, place_of)
    for post in listed:
        topics.add(post)
    under = {p.path: topics.of(p) for p in shown}
    series = series_of(listed, report, place_of)
    return Site(
        posts=listed,
        unlisted=newest_first(
            p for p in shown if _is_post(p, folders) and not p.listed
        ),
        pages=tuple(
            sorted((p for p in shown if not _is_post(p, folders)), key=lambda p: p.path)
        ),
        held=tuple(
            Held(post=p, reason=reasons[p.path])
            for p in newest_first(set_apart(posts, shown))
        ),
        previews=MappingProxyType({p.path: r for p in shown if (r := reasons[p.path])}),
        sections=_sections(listed, folders),
        tags=topics.tags(),
        topics=MappingProxyType(under),
        series=MappingProxyType(series),
        authors=MappingProxyType(
            {
                p.path: tuple(_authors(p, folders[p.section], report, place_of))
                for p in shown
            }
        ),
    )


def set_apart(posts: Iterable[Post], shown: Iterable[Post]) -> list[Post]:
    """The posts that are not shown, in their order."""
    paths = {p.path for p in shown}
    return [p for p in posts if p.path not in paths]


def _is_post(post: Post, folders: Mapping[str, Folder]) -> bool:
    return folders[post.section].dialect != "page"


def _is_shown(post: Post, reason: str, drafts: bool, future: bool) -> bool:
    if post.draft or post.withheld:
        return drafts
    return future or not reason


def _reason(post: Post, folder: Folder, now: datetime) -> str:
    """Why readers may not see the post now, as a phrase; empty if they may."""
    if post.withheld:
        return post.withheld
    if post.draft:
        return "draft"
    if post.date is None or not DIALECTS[folder.dialect].holds_future or folder.future:
        return ""
    if folder.dialect == "jekyll":
        is_future = post.date.instant > now
    else:
        is_future = post.date.day > now.astimezone(folder.zone).date()
    return f"dated {post.date.day}, in the future" if is_future else ""


def newest_first(posts: Iterable[Post]) -> tuple[Post, ...]:
    """By instant, then by path, both falling; undated ones last, by path."""
    every = tuple(posts)
    dated = [(p.date.instant, p.path, p) for p in every if p.date]
    dated.sort(key=lambda d: d[:2], reverse=True)
    undated = sorted((p for p in every if not p.date), key=lambda p: p.path)
    return (*(post for *_, post in dated), *undated)


def _tell_undated(posts: Iterable[Post], report: Report) -> None:
    undated = [p for p in posts if p.date is None]
    if undated:
        names = "1 post has" if len(undated) == 1 else f"{len(undated)} posts have"
        report.warning(
            "missing-date",
            Span(path=undated[0].path, line=1),
            f"{names} no date, so it comes last and is in no feed"
            if len(undated) == 1
            else f"{names} no date, so they come last and are in no feed",
            hint="add a line such as date: 2024-01-31 to the front matter",
            related=tuple(Span(path=p.path) for p in undated[1:]),
        )


def _sections(
    posts: Sequence[Post], folders: Mapping[str, Folder]
) -> tuple[Section, ...]:
    """One list for each base, in the order of the bases."""
    by_base: dict[str, Section] = {}
    for folder in folders.values():
        if folder.dialect == "page":
            continue
        section = by_base.setdefault(
            folder.base,
            Section(
                path=folder.path,
                base=folder.base,
                dialect=folder.dialect,
                trailing_slash=folder.trailing_slash,
                per_page=folder.per_page,
            ),
        )
        own = tuple(p for p in posts if p.section == folder.path)
        merged = own if not section.posts else newest_first((*section.posts, *own))
        by_base[folder.base] = replace(section, posts=merged)
    return tuple(by_base[base] for base in sorted(by_base))


def _overridden(known: Author | None, own: Author) -> Author:
    """What `authors.yml` says, with what the post itself says instead of it."""
    if known is None:
        return own
    return Author(
        key=known.key,
        name=own.name if own.name not in ("", own.key) else known.name,
        title=own.title or known.title,
        url=own.url or known.url,
        image=own.image or known.image,
        email=own.email or known.email,
    )


class _Topics:
    """Gathers labels under slugs; the first label of a slug wins."""

    def __init__(
        self,
        config: Config,
        folders: Mapping[str, Folder],
        report: Report,
        place_of: PlaceOf,
    ) -> None:
        self.place_of = place_of
        self.registry = config.tags
        self.folders = folders
        self.report = report
        self.found: dict[str, Tag] = {}
        self.counts: Counter[str] = Counter()
        self.known: dict[tuple[str, str, str], Tag] = {}
        self.told: set[tuple[str, str]] = set()
        self.old: dict[str, Tag] = {}

    def add(self, post: Post) -> None:
        """Counts the post under each of its labels."""
        self._check_declared(post)
        for tag in self._tags(post):
            known = self.found.get(tag.slug)
            if known is None:
                known = self.found[tag.slug] = tag
                self._check(post, known)
            elif known.label.casefold() != tag.label.casefold():
                self._tell_merged(post, tag.label, known)
            self.counts[tag.slug] += 1
            self._check_old_address(post, known)

    def of(self, post: Post) -> tuple[Tag, ...]:
        """The topics of a post that have a page."""
        slugs = (tag.slug for tag in self._tags(post))
        # How many posts a tag has is no business of a single post: it would be stale
        # with every new one.
        return tuple(self.found[s] for s in slugs if s in self.found)

    def tags(self) -> tuple[Tag, ...]:
        """All topics by label, letter case aside, with the number of their posts."""
        found = sorted(self.found.values(), key=lambda t: (t.label.casefold(), t.slug))
        return tuple(replace(tag, count=self.counts[tag.slug]) for tag in found)

    def _tags(self, post: Post) -> list[Tag]:
        """The topics of a post as its own labels have them, each slug once."""
        every = (self._tag(post, written) for written in post.tags)
        found: dict[str, Tag] = {}
        for tag in every:
            found.setdefault(tag.slug, tag)
        return list(found.values())

    def _tag(self, post: Post, written: str) -> Tag:
        """The topic that a label of a post means."""
        path = post.tag_paths.get(written, "")
        tag = self.known.get((post.section, written, path))
        if tag is None:
            own = TagRule(label=written, slug=path)
            rule = self.folders[post.section].tags.get(written, own)
            entry = self.registry.get(rule.label, TagEntry())
            slug = entry.slug or slugify(rule.label)
            tag = self.known[post.section, written, path] = Tag(
                label=rule.label,
                slug=slug,
                address=f"/tags/{slug}/",
                description=entry.description or rule.description,
                path=rule.slug or kebab(rule.label),
            )
        return tag

    def _check(self, post: Post, tag: Tag) -> None:
        if fault := fault_of(tag.slug):
            self.report.error(
                "bad-slug",
                self.place_of(post.path, "tags"),
                f"the tag {tag.label!r} {fault}",
                hint=f'choose one in site.toml: [tags."{tag.label}"] slug = "…"',
            )

    def _check_declared(self, post: Post) -> None:
        """A blog that declares its tags wants to know of others."""
        declared = self.folders[post.section].tags
        for label in post.tags if declared else ():
            if label not in declared and ("unknown", label) not in self.told:
                self.told.add(("unknown", label))
                self.report.warning(
                    "unknown-tag",
                    self.place_of(post.path, "tags"),
                    f"the tag {label!r} is not in tags.yml",
                    hint=suggest(label, declared),
                )

    def _check_old_address(self, post: Post, tag: Tag) -> None:
        """Docusaurus' own rule gives `C++` and `C#` one address."""
        if self.folders[post.section].dialect != "docusaurus":
            return
        known = self.old.setdefault(tag.path, tag)
        if known.slug != tag.slug:
            self._tell_merged(post, tag.label, replace(known, address=f"…/{tag.path}"))

    def _tell_merged(self, post: Post, label: str, known: Tag) -> None:
        if ("merged", label) in self.told:
            return
        self.told.add(("merged", label))
        self.report.warning(
            "tag-merge",
            self.place_of(post.path, "tags"),
            f"the tags {label!r} and {known.label!r} share the page {known.address}",
            hint=f'write them alike, or set [tags."{label}"] slug = "…" in site.toml',
        )


def _authors(
    post: Post, folder: Folder, report: Report, place_of: PlaceOf
) -> Iterable[Author]:
    """The authors of a post, with what `authors.yml` says of them."""
    for written in post.authors:
        if isinstance(written, Author):
            yield _overridden(folder.authors.get(written.key or written.name), written)
        elif written in folder.authors:
            yield folder.authors[written]
        else:
            if folder.authors and folder.dialect == "docusaurus":
                report.warning(
                    "unknown-author",
                    place_of(post.path, "authors"),
                    f"there is no author {written!r} in authors.yml",
                    hint=suggest(written, folder.authors),
                )
            yield Author(name=written)
