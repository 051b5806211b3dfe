"""What the author has made: `[[projects]]` of `site.toml`, and `content/projects/*.md`.

Those of `site.toml` come first, in their order; then the files, by their `order` and
name. A file with a `url` leads there, and all of its text stands in the list; one
without leads to a page of its own, of which the list shows the summary.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from blog.config import Project
from blog.engine import Reader
from blog.model import Card, Page, Post
from blog.pages.views import View, page
from blog.theme import asset_in, link_in, link_to

ADDRESS = "/projects/"
_FILE = re.compile(r"content/projects/[^/]+(/index)?\.\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProject:
    """A project as templates see it; addresses are those that stand in the page."""

    title: str
    text: str = ""
    """Plain; may be empty, as all that follows."""
    html: str = ""
    """Instead of `text`, for a project that has a file."""
    url: str = ""
    picture: str = ""
    note: str = ""
    language: str = ""


def all_projects(view: View) -> tuple[Project | str, ...]:
    """Every project: as `site.toml` has it, or the path of its file."""
    files = [post for post in view.site.pages if is_project(post)]
    files.sort(key=lambda post: (_order(post), post.path))
    return (*view.config.projects, *(post.path for post in files))


def is_project(post: Post) -> bool:
    """Whether a page is one of the author's projects."""
    is_file = post.dialect == "page" and _FILE.fullmatch(post.path)
    return bool(is_file) and post.address != ADDRESS


def is_elsewhere(post: Post) -> bool:
    """Whether the file only says what lies elsewhere, and is no page of its own."""
    return is_project(post) and bool(post.fields.get("url"))


def _order(post: Post) -> float:
    written = str(post.fields.get("order", ""))
    return int(written) if re.fullmatch("[0-9]{1,9}", written) else float("inf")


def projects(view: View) -> Iterator[Page]:
    """`/projects/`: all of them."""
    found = all_projects(view)
    if found:
        who = view.config.author.name or view.config.title
        about = view.say("about_projects", who=who)
        yield introduced_page(
            view, "projects", ADDRESS, view.say("projects"), about, projects=found
        )


def introduced_page(
    view: View, kind: str, address: str, title: str, about: str, **data: object
) -> Page:
    """A page of ours, with the words that its author wrote for it."""
    own = view.text_at(address)
    return page(
        kind,
        address,
        f"{address}index.html".lstrip("/"),
        own.title if own and own.fields.get("title") else title,
        description=(own and own.description) or about,
        source=own.path if own else "",
        data={**data, "lede": own.description if own else ""},
    )


_ANCHORS = re.compile(r' id="[^"]*"(?=>)|<a class="anchor" .*?</a>')
"""What belongs to a page of its own: many texts stand on this one."""


def shown_project(project: Project | str, facts: Reader) -> ShownProject:
    """A project of a plan as a page shows it."""
    url, link = link_to(facts), link_in(facts)
    if isinstance(project, Project):
        return ShownProject(
            title=project.title,
            text=project.text,
            url=link(project.url) if project.url else "",
            picture=asset_in(facts)(project.picture) if project.picture else "",
            note=project.note,
        )
    post: Post = facts[f"post:{project}"]
    card: Card = facts[f"card:{project}"]
    away = str(post.fields.get("url", ""))
    html: str = facts[f"body:{project}"].html if away else card.summary_html
    return ShownProject(
        title=card.title,
        html=_ANCHORS.sub("", html),
        url=link(away) if away else url(card.address),
        picture=url(card.image) if card.image else "",
        note=str(post.fields.get("note", "")),
        language=card.language,
    )
