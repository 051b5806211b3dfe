"""The laws, as time goes by: a memo never knows an older day than the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.build import Options, build
from blog.memo import Memo
from blog.model import Snapshot
from chances import cases
from conftest import POST, SITE, THEME, A, B

MORNING = datetime(2026, 1, 1, 8, tzinfo=UTC)


def dated(date: str) -> str:
    """A post of that date."""
    return f"---\ntitle: T\ndate: {date}\n---\n\nHello.\n"


def at(
    now: datetime, files: dict[str, str], *, memo: Memo | None = None, future=False
) -> object:
    """What comes of a site at an instant; posters would need a shelf that stays."""
    site = Snapshot.of({**SITE, **files}, theme=THEME, now=now)
    result = build(site, memo=memo, options=Options(future=future, preview=True))
    files = {path: a.blob.digest for path, a in result.artifacts.items()}
    held = [(path, reason) for path, reason in result.summary.held]
    return files, result.diagnostics, held, result.summary.posts


def test_a_post_is_published_when_its_day_comes():
    memo, site = Memo(), {A: POST, B: dated("2026-01-02")}
    for hours in (0, 1, 15, 16, 23, 24, 48):
        now = MORNING + timedelta(hours=hours)
        assert at(now, site, memo=memo) == at(now, site), hours


def test_a_post_that_is_written_today_is_published_today():
    memo = Memo()
    at(MORNING, {A: POST}, memo=memo)
    later, site = MORNING + timedelta(days=1), {A: POST, B: dated("2026-01-02")}
    assert at(later, site, memo=memo) == at(later, site)


def test_a_post_whose_hour_has_come_is_published():
    memo = Memo()
    at(MORNING, {A: POST}, memo=memo)
    noon, site = MORNING.replace(hour=12), {A: POST, B: dated("2026-01-01 11:00")}
    assert at(noon, site, memo=memo) == at(noon, site)


def test_what_was_shown_ahead_of_time_is_held_back_until_its_time():
    memo, site = Memo(), {A: POST, B: dated("2026-01-02")}
    at(MORNING, site, memo=memo, future=True)
    for hours in (1, 48):
        now = MORNING + timedelta(hours=hours)
        assert at(now, site, memo=memo) == at(now, site), hours


def test_while_no_post_becomes_due_time_costs_nothing():
    memo, site = Memo(), {A: POST, B: dated("2028-01-02")}
    at(MORNING, site, memo=memo)
    at(MORNING + timedelta(days=99), site, memo=memo)
    assert memo.computed == []


def test_a_clock_that_was_set_back_is_believed():
    memo, site = Memo(), {A: POST, B: dated("2026-01-02")}
    at(MORNING + timedelta(days=9), site, memo=memo)
    assert at(MORNING, site, memo=memo) == at(MORNING, site)


DATES = st.sampled_from(
    [
        "2025-12-31",
        "2026-01-01",
        "2026-01-02",
        "2026-01-03",
        "2026-01-02 10:00",
        "2026-01-01T23:30:00-11:00",
        "2026-01-04",
    ]
)


@cases(25)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 90), DATES, DATES, st.sampled_from([False, False, True])
        ),
        min_size=2,
        max_size=5,
    )
)
def test_at_any_time_a_build_with_memo_is_the_clean_build(
    steps: list[tuple[int, str, str, bool]],
):
    memo = Memo()
    for hours, one, two, future in steps:
        now, site = MORNING + timedelta(hours=hours), {A: dated(one), B: dated(two)}
        clean = at(now, site, future=future)
        assert at(now, site, memo=memo, future=future) == clean


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
def test_a_day_begins_where_the_site_lives(zone: str):
    memo, site = Memo(), {A: POST, B: dated("2026-01-02")}
    site["site.toml"] = f'{SITE["site.toml"]}timezone = "{zone}"\n'
    for hours in range(0, 50, 7):
        now = MORNING + timedelta(hours=hours)
        assert at(now, site, memo=memo) == at(now, site), hours
