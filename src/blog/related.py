"""Which posts a reader may want next: those that share topics, rare ones above all.

Stable: a new post changes nothing for old ones, unless it is related to them itself.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from blog.engine import Reader

COUNT = 3
"""Posts shown."""
NEAR = 10
"""Posts of a topic that are weighed on either side in time; it bounds the work."""

Place = tuple[str, tuple[str, ...], str]
"""A listed post: its path, the slugs of its topics, and the name of its series."""


def related(_: str, facts: Reader) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """A step: the nearest posts of each listed post that has any, all by path.

    A shared topic weighs one divided by the number of its posts. Among equals the
    nearer in time comes first. What stands beside the post anyway is left out: its
    neighbours in time and the parts of its series.
    """
    order: tuple[Place, ...] = facts["order:"]
    places: dict[str, list[int]] = defaultdict(list)
    for place, (_, slugs, _) in enumerate(order):
        for slug in slugs:
            places[slug].append(place)
    nearest = (
        (order[place][0], _nearest(place, order, places)) for place in range(len(order))
    )
    return {"related": {path: others for path, others in nearest if others}}


def _nearest(
    place: int, order: Sequence[Place], places: Mapping[str, Sequence[int]]
) -> tuple[str, ...]:
    _, slugs, series = order[place]
    weights: dict[int, float] = defaultdict(float)
    for slug in slugs:
        under = places[slug]
        weight = 1 / len(under)
        for other in _near(under, place):
            weights[other] += weight
    for beside in (place - 1, place, place + 1):
        weights.pop(beside, None)
    best = sorted(
        (-weight, abs(other - place), other)
        for other, weight in weights.items()
        if not (series and order[other][2] == series)
    )
    return tuple(order[other][0] for *_, other in best[:COUNT])


def _near(places: Sequence[int], place: int) -> Sequence[int]:
    at = bisect_left(places, place)
    return places[max(0, at - NEAR) : at + NEAR + 1]
