"""Pages that list posts: sections, tags, the archive, and a dialect's own addresses."""

from collections.abc import Iterator
from itertools import groupby

from blog.dialects import file_of
from blog.feeds import FORMATS
from blog.model import Page, Post, Section, Tag
from blog.pages.views import View, page, paginated, place, places


def sections(view: View) -> Iterator[Page]:
    """The list of each section, newest first. One at `/` is part of the home page."""
    for section in view.site.sections:
        posts = section.posts
        spots = places(section, "", len(posts), section.per_page)
        for address, output, data in paginated(posts, section.per_page, spots):
            if output != "index.html":
                yield page(
                    "list",
                    address,
                    output,
                    _numbered(view, view.say("writing"), data),
                    description=view.config.description,
                    data=data,
                )


def _numbered(view: View, title: str, data: dict[str, object]) -> str:
    number = data["number"]
    return title if number == 1 else view.say("numbered", title=title, n=number)


def tags(view: View) -> Iterator[Page]:
    """All topics, and the posts under each."""
    if not view.site.tags:
        return
    yield _tag_index(view, "/tags/", file_of("/tags/"))
    for tag in view.site.tags:
        posts = view.topics[tag.slug]
        for address, output, data in paginated(posts, view.per_page, base=tag.address):
            yield _tag(view, tag, address, output, data)


def _tag_index(view: View, address: str, output: str, canonical: str = "") -> Page:
    return page(
        "tags",
        address,
        output,
        view.say("tags"),
        canonical=canonical,
        data={"tags": view.site.tags},
    )


def _tag(
    view: View,
    tag: Tag,
    address: str,
    output: str,
    data: dict[str, object],
    canonical: str = "",
) -> Page:
    names = view.config.feeds.formats if view.config.feeds.per_tag else ()
    feeds = tuple(
        {"type": f.type, "address": f"{tag.address}{f.file}"}
        for name, f in FORMATS.items()
        if name in names
    )
    return page(
        "tag",
        address,
        output,
        _numbered(view, tag.label, data),
        description=tag.description or view.say("about_tag", tag=tag.label),
        canonical=canonical,
        data={**data, "tag": tag, "feeds": feeds},
    )


def archive(view: View) -> Iterator[Page]:
    """Every dated post by year."""
    if view.site.posts:
        yield _archive(view, view.site.posts, "/archive/")


def _archive(
    view: View, posts: tuple[Post, ...], address: str, output: str = ""
) -> Page:
    dated = [(post.date.day.year, post) for post in posts if post.date]
    years = tuple(
        (year, tuple(post.path for _, post in group))
        for year, group in groupby(dated, key=lambda d: d[0])
    )
    return page(
        "archive",
        address,
        output or file_of(address),
        view.say("archive"),
        description=view.say("about_archive", site=view.config.title),
        canonical="/archive/" if output else "",
        data={"years": years, "count": len(dated)},
    )


def old_addresses(view: View) -> Iterator[Page]:
    """Where Docusaurus has its tags and archive, so that old links keep working."""
    for section in view.site.sections:
        if section.dialect != "docusaurus" or not section.posts:
            continue
        yield _archive(view, section.posts, *place(section, "archive"))
        used = {t.slug for p in section.posts for t in view.site.topics[p.path]}
        if used:
            yield _tag_index(view, *place(section, "tags"), canonical="/tags/")
        for tag in (t for t in view.site.tags if t.slug in used):
            yield from _old_tag(view, section, tag)


def _old_tag(view: View, section: Section, tag: Tag) -> Iterator[Page]:
    shared = [t for t in view.site.tags if t.path == tag.path]
    under = {post.path for t in shared for post in view.topics[t.slug]}
    posts = [post for post in view.site.posts if post.path in under]
    spots = places(section, f"tags/{tag.path}", len(posts), view.per_page)
    for address, output, data in paginated(posts, view.per_page, spots):
        yield _tag(view, tag, address, output, data, canonical=tag.address)
