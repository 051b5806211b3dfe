"""Posts that belong together in an order their author chose."""

from collections.abc import Sequence
from itertools import pairwise

from blog.diagnostics import PlaceOf, Report
from blog.model import Part, Post, Series
from blog.slugs import slugify

_LAST = 10**9
"""Sorts parts without a number behind those with one."""


def series_of(
    posts: Sequence[Post], report: Report, place_of: PlaceOf
) -> dict[str, Series]:
    """The series of each post that is in one, by its path; `posts` are newest first.

    Names that make the same slug are one series. Parts come by their number, those
    without one after them, oldest first. Two posts with one number are a warning.
    """
    groups: dict[str, list[Post]] = {}
    for post in reversed(posts):
        if post.series:
            key = slugify(post.series) or post.series
            groups.setdefault(key, []).append(post)
    found = {}
    for group in groups.values():
        parts = sorted(group, key=lambda p: p.part or _LAST)
        _tell_doubles(parts, report, place_of)
        series = _series(parts)
        if len(series.parts) > 1:
            found.update(dict.fromkeys((p.path for p in parts), series))
    return found


def _series(posts: Sequence[Post]) -> Series:
    parts: list[Part] = []
    for post in posts:
        number = post.part or _next(parts)
        parts.append(
            Part(
                number=number,
                title=post.title,
                address=post.address,
                language=post.language,
            )
        )
    planned = next((p.planned for p in reversed(posts) if p.planned), ())
    titles = {post.title for post in posts}
    for title in planned:
        if title not in titles:
            parts.append(Part(number=_next(parts), title=title))
    return Series(name=posts[0].series, parts=tuple(parts))


def _next(parts: Sequence[Part]) -> int:
    return parts[-1].number + 1 if parts else 1


def _tell_doubles(posts: Sequence[Post], report: Report, place_of: PlaceOf) -> None:
    for one, two in pairwise(posts):
        if one.part and one.part == two.part:
            report.warning(
                "series-part",
                place_of(two.path, "part"),
                f"{one.path!r} too is part {two.part} of the series {two.series!r}",
                hint="give one of them another number",
                related=(place_of(one.path, "part"),),
            )
