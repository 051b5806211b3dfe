"""Which posts a reader may want next: those that share topics, rare ones above all.

Stable: a new post changes nothing for old ones, unless it is related to them itself.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest

from blog.model import Post, Series, Tag

COUNT = 3
"""Posts shown."""
NEAR = 10
"""Posts of a topic that are weighed on either side in time; it bounds the work."""


def related(
    posts: Sequence[Post],
    topics: Mapping[str, tuple[Tag, ...]],
    series: Mapping[str, Series],
) -> dict[str, tuple[Post, ...]]:
    """The nearest posts of each post by its path; `posts` come newest first.

    A shared topic weighs one divided by the number of its posts. Among equals the
    nearer in time comes first. What stands beside the post anyway is left out: its
    neighbours in time and the parts of its series.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, post in enumerate(posts):
        for tag in topics[post.path]:
            places[tag.slug].append(place)
    found = {}
    for place, post in enumerate(posts):
        weights: dict[int, float] = defaultdict(float)
        for tag in topics[post.path]:
            under = places[tag.slug]
            for other in _near(under, place):
                weights[other] += 1 / len(under)
        for other in _shown_anyway(place, weights, posts, series):
            del weights[other]
        best = nsmallest(
            COUNT, ((-weight, abs(o - place), o) for o, weight in weights.items())
        )
        found[post.path] = tuple(posts[other] for *_, other in best)
    return found


def _shown_anyway(
    place: int,
    others: Iterable[int],
    posts: Sequence[Post],
    series: Mapping[str, Series],
) -> list[int]:
    """The post itself, its neighbours in time and the parts of its series."""
    own = series.get(posts[place].path)
    return [
        other
        for other in others
        if abs(other - place) <= 1 or (own and series.get(posts[other].path) is own)
    ]


def _near(places: Sequence[int], place: int) -> Sequence[int]:
    at = bisect_left(places, place)
    return places[max(0, at - NEAR) : at + NEAR + 1]
