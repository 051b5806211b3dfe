"""What every kind of target does alike, on real hosts of this machine."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import hosts
from blog.deploy import plan
from blog.diagnostics import Abort
from hosts import Place, built, deployed, opened, planned, wanted_by
from servers import Servers

SITE = {
    "404.html": "nothing",
    "blog/a/index.html": "a",
    "blog/b/index.html": "b",
    "blog/c/index.html": "c",
    "index.html": "home",
    "rss.xml": "feed",
    "theme.11111111.css": "body {}",
}
ODD = {
    "index.html": "home",
    "img/größe 2 %20 'x' #1.svg": "svg",
    "a+b/~q/index.html": "q",
    "Screenshot at 10.00\u202fAM.png": "narrow space",
}

Make = Callable[[Path], Place]


@pytest.fixture(scope="session")
def makers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Make]]:
    """Makes a new target of each kind; servers are started when they are needed."""
    with Servers(tmp_path_factory) as servers:
        yield {
            "folder": hosts.folder,
            "git": hosts.bare,
            "ssh": servers.ssh,
            "s3": servers.s3,
            "s3 with conditions": servers.s3_with_conditions,
        }


KINDS = ("folder", "git", "ssh", "s3", "s3 with conditions")
WITH_RELEASES = ("folder", "git", "ssh")


@pytest.fixture
def place(
    request: pytest.FixtureRequest,
    makers: dict[str, Make],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Place:
    for name, value in hosts.KEYS.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "host").mkdir()
    return makers[request.param](tmp_path / "host")


every = pytest.mark.parametrize("place", KINDS, indirect=True)
with_releases = pytest.mark.parametrize("place", WITH_RELEASES, indirect=True)


@every
def test_a_first_deploy_brings_all_and_a_second_finds_nothing_to_do(
    place: Place, tmp_path: Path
):
    assert sorted(deployed(place, tmp_path, SITE)) == sorted(SITE)
    assert place.tree() == SITE
    assert deployed(place, tmp_path, SITE) == []


@every
def test_only_what_differs_is_sent(place: Place, tmp_path: Path):
    deployed(place, tmp_path, SITE)
    after = {**SITE, "blog/a/index.html": "A", "blog/d/index.html": "d"}
    sent = deployed(place, tmp_path, after)
    assert sorted(sent) == ["blog/a/index.html", "blog/d/index.html"]
    assert place.tree() == after


@every
def test_what_is_not_part_of_the_site_any_more_is_removed(place: Place, tmp_path: Path):
    deployed(place, tmp_path, SITE)
    after = {path: text for path, text in SITE.items() if path != "blog/b/index.html"}
    deployed(place, tmp_path, after)
    assert place.tree() == after
    if place.live:
        # A server would answer 403 for an empty folder.
        assert not (place.live / "blog/b").exists()


@with_releases
def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(
    place: Place, tmp_path: Path
):
    deployed(place, tmp_path, {"index.html": "i", "x/a/b/c.html": "c", "y": "file"})
    after = {"index.html": "i", "x": "file", "y/a/b.html": "b"}
    deployed(place, tmp_path, after)
    assert place.tree() == after


@every
def test_old_fingerprinted_files_stay_for_some_deploys(place: Place, tmp_path: Path):
    deployed(place, tmp_path, SITE)
    after = {path: text for path, text in SITE.items() if ".css" not in path}
    there = []
    for number in range(1, 5):
        after |= {"index.html": f"home {number}"}
        deployed(place, tmp_path, after)
        there.append("theme.11111111.css" in place.tree())
    assert there == [True, True, True, False]


@every
def test_odd_names_arrive_as_they_are(place: Place, tmp_path: Path):
    deployed(place, tmp_path, ODD)
    assert place.tree() == ODD
    assert deployed(place, tmp_path, {**ODD, "index.html": "new"}) == ["index.html"]


@every
def test_a_file_changed_by_hand_is_found_and_mended(place: Place, tmp_path: Path):
    deployed(place, tmp_path, SITE)
    place.put("blog/a/index.html", "z")
    assert planned(place, tmp_path, verify=True).changed == ("blog/a/index.html",)
    deployed(place, tmp_path, SITE, verify=True)
    assert place.tree() == SITE


@every
def test_of_two_deploys_at_once_one_is_refused_and_the_other_whole(
    place: Place, tmp_path: Path
):
    deployed(place, tmp_path, SITE)
    first, second = tmp_path / "first", tmp_path / "second"
    built(first, {**SITE, "index.html": "first", "one.html": "1"})
    built(second, {**SITE, "index.html": "second", "two.html": "2"})
    with opened(place, first) as (one, order1), opened(place, second) as (two, order2):
        wanted1, wanted2 = wanted_by(one, order1), wanted_by(two, order2)
        plan1 = plan(one.holds(wanted1, verify=False), wanted1, keep=3)
        plan2 = plan(two.holds(wanted2, verify=False), wanted2, keep=3)
        one.apply(plan1, lambda _: None)
        with pytest.raises(Abort, match="somebody else"):
            two.apply(plan2, lambda _: None)
    assert place.tree() == {**SITE, "index.html": "first", "one.html": "1"}


@every
def test_a_deploy_that_was_cut_is_finished_by_the_next(place: Place, tmp_path: Path):
    deployed(place, tmp_path, SITE)
    after = {**SITE, **{f"blog/{n}/index.html": str(n) for n in range(40)}}
    built(tmp_path, after)

    class Cut(Exception):
        pass

    def cut(_: str) -> None:
        raise Cut

    with opened(place, tmp_path) as (target, order):
        wanted = wanted_by(target, order)
        found = plan(target.holds(wanted, verify=False), wanted, keep=3)
        with pytest.raises(Cut):
            target.apply(found, cut)
    was = place.tree()
    assert {path: was[path] for path in SITE} == SITE
    deployed(place, tmp_path, after)
    assert place.tree() == after


@every
def test_what_others_put_there_stays_and_is_never_replaced_unasked(
    place: Place, tmp_path: Path
):
    deployed(place, tmp_path, SITE)
    place.put("CNAME", "example.org")
    place.put("notes/mine.txt", "mine")
    theirs = {"CNAME": "example.org", "notes/mine.txt": "mine"}
    deployed(place, tmp_path, {**SITE, "index.html": "new"})
    assert place.tree() == {**SITE, "index.html": "new", **theirs}
    built(tmp_path, {**SITE, "CNAME": "other", "notes/mine.txt": "mine"})
    assert planned(place, tmp_path).overwritten == ("CNAME",)


@with_releases
def test_an_earlier_deploy_is_put_back_byte_by_byte(place: Place, tmp_path: Path):
    states = [
        SITE,
        {**SITE, "index.html": "second", "second.html": "2"},
        {path: text for path, text in SITE.items() if path != "blog/a/index.html"},
    ]
    for state in states:
        deployed(place, tmp_path, state)
    with opened(place, tmp_path) as (target, _):
        names = [release.name for release in target.releases()]
        target.roll_back(names[2])
    assert place.tree() == states[0]
    with opened(place, tmp_path) as (target, _):
        target.roll_back(names[1])
    assert place.tree() == states[1]
    deployed(place, tmp_path, states[2])
    assert place.tree() == states[2]


@with_releases
def test_what_others_put_there_stays_when_one_is_put_back(place: Place, tmp_path: Path):
    deployed(place, tmp_path, SITE)
    deployed(place, tmp_path, {**SITE, "index.html": "new"})
    place.put("notes/mine.txt", "mine")
    with opened(place, tmp_path) as (target, _):
        target.roll_back(target.releases()[1].name)
    assert place.tree() == {**SITE, "notes/mine.txt": "mine"}


@with_releases
def test_pages_that_readers_have_open_keep_their_files_when_one_is_put_back(
    place: Place, tmp_path: Path
):
    deployed(place, tmp_path, SITE)
    after = {**SITE, "theme.22222222.css": "new"}
    del after["theme.11111111.css"]
    deployed(place, tmp_path, after)
    with opened(place, tmp_path) as (target, _):
        target.roll_back(target.releases()[1].name)
    assert place.tree() == {**SITE, "theme.22222222.css": "new"}


@with_releases
def test_as_many_releases_stay_as_are_asked_for(place: Place, tmp_path: Path):
    for number in range(6):
        deployed(place, tmp_path, {**SITE, "index.html": f"home {number}"})
    with opened(place, tmp_path) as (target, _):
        releases = target.releases()
    # The history of a branch is never taken away.
    assert len(releases) == (6 if place.settings["kind"] == "git" else 3)
    assert [release.is_live for release in releases][:2] == [True, False]


@pytest.mark.parametrize("place", WITH_RELEASES, indirect=True)
def test_a_release_that_does_not_exist_is_told(place: Place, tmp_path: Path):
    deployed(place, tmp_path, SITE)
    with opened(place, tmp_path) as (target, _), pytest.raises(Abort, match="no "):
        target.roll_back("20200101T000000.000Z-00000000")
    assert place.tree() == SITE
