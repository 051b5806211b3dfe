"""A new post in the right place, with the front matter of its folder's dialect."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from blog.config import Config
from blog.diagnostics import Abort
from blog.dialects import DIALECTS
from blog.frontmatter import written
from blog.init import write_new
from blog.slugs import slugify


def new_post(
    root: Path,
    config: Config,
    title: str,
    *,
    now: datetime,
    draft: bool = False,
    folder: bool = False,
) -> Path:
    """Writes an empty post into the first content folder; its path.

    It is dated by the day it is where the site lives. With `folder` it is an index file
    in a folder of its own, for pictures beside it. Nothing is ever overwritten.
    """
    title = " ".join(title.split())
    slug = slugify(title)
    if not slug:
        raise Abort(
            "the title is empty",
            hint='write it like: blog new "My first post"',
            usage=True,
        )
    content = config.content[0]
    zone = ZoneInfo(content.timezone or config.timezone)
    fresh = DIALECTS[content.dialect].begin(
        title, slug, now.astimezone(zone).replace(microsecond=0), draft
    )
    if folder and not fresh.folds:
        raise Abort(
            f"{content.dialect} has no posts that are folders",
            hint="leave out --folder and put pictures into static/",
            usage=True,
        )
    stem = root / content.path / fresh.name
    path = stem / "index.md" if folder else stem.with_name(f"{stem.name}.md")
    for other in (stem / "index.md", stem.with_name(f"{stem.name}.md")):
        if other.exists():
            raise Abort(
                f"{other} exists already, and stays as it is",
                hint="choose another title, or edit that file",
            )
    write_new(path, written(fresh.fields))
    return path
