"""What is done to a site before a build is measured, and what that build must show."""

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from programs import HERE, Site, address, edit, slug

FEED = "rss.xml"
HOME = "index.html"

Evidence = Mapping[str, str]
"""Text that the build must have put there, by address in the output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A kind of change; the number of its turn makes it unlike those before."""

    title: str
    do: Callable[[Site, int], Evidence]


def cold(site: Site, _: int) -> Evidence:
    """Nothing is left of earlier builds."""
    site.clean()
    return {}


def nothing(_: Site, __: int) -> Evidence:
    """All is as the last build left it."""
    return {}


def old_text(site: Site, number: int) -> Evidence:
    """A line more in a post that no feed and no front page shows."""
    post, line = site.post(0.5), f"One more line, number {number}."
    edit(post, lambda text: f"{text}\n{line}\n")
    return {address(post): line}


def newest_text(site: Site, number: int) -> Evidence:
    """A line more in the newest post, which the feed has whole."""
    post, line = site.post(1), f"One more line, number {number}."
    edit(post, lambda text: f"{text}\n{line}\n")
    return {address(post): line, FEED: line}


def newest_title(site: Site, number: int) -> Evidence:
    """Another title for the newest post."""
    post, title = site.post(1), f"Entitled anew, number {number}"
    edit(
        post,
        lambda text: re.sub(
            r'^title: ("?).*?("?)$',
            rf"title: \g<1>{title}\2",
            text,
            count=1,
            flags=re.M,
        ),
    )
    return {address(post): title, HOME: title, FEED: title}


def new_tag(site: Site, number: int) -> Evidence:
    """A tag more, which no other post has."""
    post, tag = site.post(0.4), f"fresh-{number}"
    edit(
        post,
        lambda text: re.sub(
            r'^tags: (\[?)("?)', rf"tags: \1\2{tag}\2, \2", text, count=1, flags=re.M
        ),
    )
    return {address(post): tag, f"tags/{tag}/index.html": slug(post)}


def template(site: Site, number: int) -> Evidence:
    """A mark in the template of posts; a site of `blog` has its own from then on."""
    if not site.template.exists():
        site.template.parent.mkdir()
        shutil.copy(HERE.parent / "templates/post.html", site.template)
    # No comment: Hugo would leave it out.
    mark = f"<p hidden>Edition {number}</p>"
    edit(
        site.template,
        lambda text: re.sub(
            r"(<p hidden>.*?</p>)?</article>", f"{mark}</article>", text
        ),
    )
    return {address(site.post(place)): mark for place in (0, 0.5, 1)}


WORK: Mapping[str, Work] = MappingProxyType(
    {
        "cold": Work(title="cold", do=cold),
        "nothing": Work(title="nothing changed", do=nothing),
        "text": Work(title="one post edited", do=old_text),
        "newest": Work(title="newest post edited", do=newest_text),
        "title": Work(title="newest title edited", do=newest_title),
        "tag": Work(title="one tag added", do=new_tag),
        "template": Work(title="post template edited", do=template),
    }
)
"""By the word that `--only` knows it by, in the order of the table."""
