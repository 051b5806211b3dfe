"""Settings of the tests that try many cases; the same cases every time."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

# Nothing is left in the folder where the tests were begun.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "blog-hypothesis")


def cases(count: int) -> settings:
    """So many cases, however long each of them takes."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
