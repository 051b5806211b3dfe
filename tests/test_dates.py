"""Dates as people write them: which spellings are read, and what is said of others."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from blog.dates import Written, read_date

OSLO = ZoneInfo("Europe/Oslo")

# written, and the instant it means where the zone is UTC
SPELLINGS = [
    ("2023-06-21", "2023-06-21T00:00:00+00:00"),
    ("  2023-06-21\t", "2023-06-21T00:00:00+00:00"),
    ("2015-1-6", "2015-01-06T00:00:00+00:00"),
    ("2015-02-4", "2015-02-04T00:00:00+00:00"),
    ("2023/06/21", "2023-06-21T00:00:00+00:00"),
    ("2024-02-29", "2024-02-29T00:00:00+00:00"),
    ("2021-04-13 13:30:00", "2021-04-13T13:30:00+00:00"),
    ("2021-04-13  13:30", "2021-04-13T13:30:00+00:00"),
    ("2021-04-13T13:30", "2021-04-13T13:30:00+00:00"),
    ("2021-04-13t13:30:00z", "2021-04-13T13:30:00+00:00"),
    ("2017-03-02 9:00:00", "2017-03-02T09:00:00+00:00"),
    ("2017-03-02 00:00:00", "2017-03-02T00:00:00+00:00"),
    ("2015-12-03T22:33:17Z", "2015-12-03T22:33:17+00:00"),
    ("2015-12-03 22:33:17 UTC", "2015-12-03T22:33:17+00:00"),
    ("2020-05-01T14:45:02.000Z", "2020-05-01T14:45:02+00:00"),
    ("2020-05-01T14:45:02.5Z", "2020-05-01T14:45:02.500000+00:00"),
    ("2020-05-01T14:45:02,25Z", "2020-05-01T14:45:02.250000+00:00"),
    ("2005-08-24 05:07:23.000000000 +01:00", "2005-08-24T05:07:23+01:00"),
    ("2005-08-24 05:07:23.123456789 +01:00", "2005-08-24T05:07:23.123456+01:00"),
    ("2014-11-20 16:20:01 -08:00", "2014-11-20T16:20:01-08:00"),
    ("2014-11-20 16:20:01 -0400", "2014-11-20T16:20:01-04:00"),
    ("2014-11-20 16:20:01-0400", "2014-11-20T16:20:01-04:00"),
    ("2014-11-20 16:20 +0530", "2014-11-20T16:20:00+05:30"),
    ("2014-11-20T16:20+05:30", "2014-11-20T16:20:00+05:30"),
    ("2014-11-20 16:20:01 -08", "2014-11-20T16:20:01-08:00"),
    ("2014-11-20 16:20:01 +14:00", "2014-11-20T16:20:01+14:00"),
]

# written, and what is wrong with it
MISTAKES = [
    ("2017-02-29", "is a day that does not exist"),
    ("2017-02-29 11:00:00", "is a day that does not exist"),
    ("2021-04-31", "is a day that does not exist"),
    ("2021-13-01", "is a day that does not exist"),
    ("2021-00-10", "is a day that does not exist"),
    ("0000-01-01", "is a day that does not exist"),
    ("2021-04-13 24:00:00", "is a time that does not exist"),
    ("2021-04-13 13:60:00", "is a time that does not exist"),
    ("2021-04-13 13:30:60", "is a time that does not exist"),
    ("2021-04-13 13:30:00 +15:00", "has an offset that no place has"),
    ("2021-04-13 13:30:00 +02:60", "has an offset that no place has"),
    ("0999-01-01", "is a year before blogs, and before calendars"),
    ("2017-02-10 00:10::00 -03:00", "is not a date"),
    ("2019-07-09 18::48::00", "is not a date"),
    ("2023-01-29 18:30:22 2023 -0800", "is not a date"),
    ("2019-05-05 13:017:00", "is not a date"),
    ("Fri Sep  3 11:21:31 CEST 2021", "is not a date"),
    ("2021-04-13 13", "is not a date"),
    ("2021-04", "is not a date"),
    ("20210413", "is not a date"),
    ("13.04.2021", "is not a date"),
    ("21-04-13", "is not a date"),
    ("yesterday", "is not a date"),
    ("", "is not a date"),
]


@pytest.mark.parametrize(("written", "instant"), SPELLINGS)
def test_a_date_is_read_in_every_spelling_that_is_in_use(written, instant):
    assert read_date(written).at(UTC).isoformat() == instant


@pytest.mark.parametrize(("written", "phrase"), MISTAKES)
def test_what_is_no_date_is_refused_with_a_phrase_that_says_why(written, phrase):
    with pytest.raises(ValueError) as refused:
        read_date(written)
    assert str(refused.value) == phrase


def test_a_bare_day_says_nothing_of_clock_or_zone():
    assert read_date("2021-04-13") == Written(day=date(2021, 4, 13))


def test_a_date_remembers_how_it_was_written():
    zoned = read_date("2021-04-13T13:30:05Z")
    assert (zoned.gap, zoned.seconds, zoned.yaml_offset) == ("T", True, True)
    bare = read_date("2021-04-13 13:30 +0200")
    assert (bare.gap, bare.seconds, bare.yaml_offset) == (" ", False, False)
    local = read_date("2021-04-13 13:30:05")
    assert (local.clock, local.offset) == (time(13, 30, 5), None)


def test_a_date_without_an_offset_belongs_to_the_zone():
    assert read_date("2021-04-13").at(OSLO).isoformat() == "2021-04-13T00:00:00+02:00"
    assert read_date("2021-01-13").at(OSLO).isoformat() == "2021-01-13T00:00:00+01:00"


def test_an_offset_of_its_own_is_kept_in_any_zone():
    written = read_date("2021-04-13 23:30:00 -07:00")
    assert written.at(OSLO).isoformat() == "2021-04-13T23:30:00-07:00"


def test_a_clock_that_a_zone_skips_in_spring_is_still_that_day():
    skipped = read_date("2021-03-28 02:30").at(OSLO)
    assert skipped.date() == date(2021, 3, 28)
    assert skipped.astimezone(UTC) == datetime(2021, 3, 28, 1, 30, tzinfo=UTC)
