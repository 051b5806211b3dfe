"""The index of full-text search in the preview: it takes too long for each save."""

from collections.abc import Iterator

import pytest

from conftest import POST, A
from desk import Desk, desk_of
from serving import SITE

SEARCHED = {
    **SITE,
    A: POST,
    "site.toml": SITE["site.toml"] + '[theme]\nsearch = "full"\n',
}


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    yield from desk_of(tmp_path / "site", SEARCHED)


def indexed(desk: Desk) -> set[str]:
    return {name for name in desk.shown.table.files if name.startswith("pagefind/")}


def test_the_index_of_all_texts_is_left_alone_until_it_is_asked_for(desk):
    before = indexed(desk)
    assert before
    desk.edit({A: POST + "\nQuetzalcoatl.\n"})
    desk.edit({A: POST + "\nQuetzalcoatl and more.\n"})
    assert indexed(desk) == before
    made = desk.loop.again()
    assert made.edits == ()
    assert indexed(desk) != before
    assert desk.digests() == desk.clean()


def test_what_is_not_searched_any_more_has_no_index(desk):
    desk.edit({"site.toml": SITE["site.toml"]})
    assert indexed(desk) == set()
    desk.edit({"site.toml": SEARCHED["site.toml"]})
    assert desk.digests() == desk.clean()
