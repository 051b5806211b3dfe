"""What a memo is kept in: whatever happens to the file, a build is the clean build."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from blog.build import build
from blog.diagnostics import plain
from blog.engine import Watcher
from blog.memo import FORMAT, Fact, Memo, Record
from blog.model import Build
from command import TYPO
from conftest import POST, A, B, built, snapshot

FILES = {A: POST, B: TYPO, "content/about.md": "# About\n\n[a](posts/a.md)\n"}
EDITED = {**FILES, A: POST.replace("title: A post", "title: Another")}


def outcome(result: Build) -> tuple[dict[str, str], list[str]]:
    """Everything that is written, and everything that is said."""
    files = {path: a.blob.digest for path, a in result.artifacts.items()}
    return files, [plain(d) for d in result.diagnostics]


CLEAN = outcome(built(FILES))
CLEAN_EDITED = outcome(built(EDITED))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The memo of a build, in a file."""
    return kept(tmp_path / "memo.sqlite")


def kept(file: Path) -> Path:
    """Keeps what a build has learned in a file."""
    memo = Memo(path=file, program="this")
    built(FILES, memo=memo)
    memo.close()
    return file


@contextmanager
def opened(file: Path, program: str = "this") -> Iterator[Memo]:
    """The memo in a file, with the pages of the first build at hand."""
    pages = {path: a.blob for path, a in built(FILES).artifacts.items()}
    memo = Memo(path=file, program=program, kept=pages)
    yield memo
    memo.close()


# What it is good for


def test_what_one_process_computed_the_next_need_not(file: Path):
    with opened(file) as memo:
        assert outcome(built(FILES, memo=memo)) == CLEAN
        assert (memo.computed, memo.trouble) == ([], "")


def test_a_memo_serves_wherever_it_is_copied_to(file: Path, tmp_path: Path):
    (tmp_path / "else/where").mkdir(parents=True)
    copy = Path(shutil.copy(file, tmp_path / "else/where/copy.sqlite"))
    file.unlink()
    with opened(copy) as memo:
        assert outcome(built(FILES, memo=memo)) == CLEAN
        assert memo.computed == []


def test_a_file_that_does_not_exist_is_begun(tmp_path: Path):
    with opened(tmp_path / "new.sqlite") as memo:
        assert outcome(built(FILES, memo=memo)) == CLEAN
        assert (memo.trouble, (tmp_path / "new.sqlite").is_file()) == ("", True)


def test_building_the_same_again_and_again_does_not_make_it_grow(file: Path):
    sizes = set()
    for files in (FILES, EDITED) * 4:
        with opened(file) as memo:
            built(files, memo=memo)
        sizes.add(rows(file))
    assert len(sizes) <= 2


def rows(file: Path) -> tuple[int, ...]:
    """How many rows the tables have that grow with a site."""
    with closing(sqlite3.connect(file)) as db:
        return tuple(
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("fact", "value", "trace", "read")
        )


def test_what_is_gone_from_the_site_is_gone_from_the_memo(file: Path):
    with opened(file) as memo:
        built({A: POST}, memo=memo)
        assert memo.names("post") == {A}
        assert B not in memo.values("text")


# What another program has kept


@pytest.mark.parametrize("change", ["format", "program"])
def test_what_another_program_kept_is_not_used(file: Path, change: str):
    sql(file, f"UPDATE setting SET value = 'older' WHERE name = '{change}'")
    with opened(file) as memo:
        assert outcome(built(FILES, memo=memo)) == CLEAN
        assert (memo.names("post") == {A, B, "content/about.md"}, memo.trouble) == (
            True,
            "",
        )
        assert ("post", A) in memo.computed
    with opened(file) as memo:
        built(FILES, memo=memo)
        assert memo.computed == []


def test_the_format_is_that_of_today(file: Path):
    with opened(file) as memo:
        assert (memo.setting("format"), memo.setting("program")) == (FORMAT, "this")


# What has happened to the file


def sql(file: Path, *commands: str) -> None:
    """Changes a database as somebody else might."""
    with closing(sqlite3.connect(file)) as db:
        for command in commands:
            db.execute(command)
        db.commit()


def blotted(file: Path) -> None:
    """Zeros in the place of some pages."""
    data = bytearray(file.read_bytes())
    for start in range(8192, len(data), 3 * 4096):
        data[start : start + 4096] = bytes(4096)
    file.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no database": lambda f: f.write_bytes(b"no database at all" * 999),
    "cut off": lambda f: f.write_bytes(f.read_bytes()[: 5 * 4096]),
    "pages lost": blotted,
    "a folder": lambda f: (f.unlink(), f.mkdir()),
    "foreign columns": lambda f: sql(
        f, "DROP TABLE fact", "CREATE TABLE fact (a, b, c)"
    ),
    "no values": lambda f: sql(f, "DELETE FROM value"),
    "other values": lambda f: sql(f, "UPDATE value SET data = x'7b7d'"),
    "values of another kind": lambda f: sql(f, "UPDATE value SET data = 'text'"),
    "text for diagnostics": lambda f: sql(
        f, "UPDATE trace SET said = 'text' WHERE said != x''"
    ),
    "foreign diagnostics": lambda f: sql(
        f, "UPDATE trace SET said = x'226162226d' WHERE said != x''"
    ),
    "other diagnostics": lambda f: sql(
        f, "UPDATE trace SET said = x'226162636422' WHERE said != x''"
    ),
    "no diagnostics": lambda f: sql(
        f, "UPDATE trace SET said = x'7b7d' WHERE said != x''"
    ),
    "no clock": lambda f: sql(
        f, "UPDATE setting SET value = 'noon' WHERE name IN ('since', 'until')"
    ),
    "a clock without a zone": lambda f: sql(
        f, "UPDATE setting SET value = '2020-01-01T00:00:00' WHERE name = 'since'"
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_memo_is_begun_anew_and_says_so(
    file: Path, damage: Callable[[Path], object]
):
    damage(file)
    with opened(file) as memo:
        assert outcome(built(EDITED, memo=memo)) == CLEAN_EDITED
        assert memo.trouble != ""


SILENT: dict[str, Callable[[Path], object]] = {
    "gone": lambda f: f.unlink(),
    "empty": lambda f: f.write_bytes(b""),
    "no tables": lambda f: sql(f, *(f"DROP TABLE {t}" for t in TABLES)),
    "a table of others": lambda f: sql(f, "CREATE TABLE theirs (x)"),
    "no settings": lambda f: sql(f, "DELETE FROM setting"),
}
TABLES = ("setting", "fact", "value", "trace", "read", "bundle", "shared")


@pytest.mark.parametrize("change", SILENT.values(), ids=SILENT.keys())
def test_a_memo_that_is_merely_empty_is_filled_again(
    file: Path, change: Callable[[Path], object]
):
    change(file)
    with opened(file) as memo:
        assert outcome(built(EDITED, memo=memo)) == CLEAN_EDITED
        assert memo.trouble == ""
    with opened(file) as memo:
        assert outcome(built(FILES, memo=memo)) == CLEAN


def test_a_memo_that_is_mended_serves_the_next_time(file: Path):
    file.write_bytes(b"no database at all" * 999)
    for is_new in (True, False):
        with opened(file) as memo:
            assert outcome(built(FILES, memo=memo)) == CLEAN
            assert (memo.trouble != "", ("post", A) in memo.computed) == (
                is_new,
                is_new,
            )


def test_a_memo_that_cannot_be_opened_is_done_without(tmp_path: Path):
    with opened(tmp_path / "no/such/folder/memo.sqlite") as memo:
        assert outcome(built(FILES, memo=memo)) == CLEAN
        assert memo.trouble == "unable to open database file"


def test_a_memo_that_somebody_is_writing_costs_time_and_nothing_else(file: Path):
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with opened(file) as memo:
            assert outcome(built(EDITED, memo=memo)) == CLEAN_EDITED
            assert memo.trouble == "database is locked"


def test_a_memo_that_nothing_can_be_written_to_is_as_it_was(file: Path):
    before = file.read_bytes()
    with opened(file) as memo:
        memo.db.execute("PRAGMA query_only = ON")
        assert outcome(built(FILES, memo=memo)) == CLEAN
        memo.db.execute("PRAGMA query_only = OFF")
    assert file.read_bytes() == before


# What is kept is kept whole


def test_a_build_that_cannot_be_kept_is_not_kept_in_part(file: Path):
    with opened(file) as memo:
        before = memo.digests("post")
        memo.forget_changes()
        fact = Fact(kind="post", name=A, digest="other", value=b"{}")
        odd = Record(step="post", name=A, reads=(), shared=(), said=["odd"])  # type: ignore[arg-type]
        memo.save([fact], [odd], [("post", B)], {})
        assert (memo.trouble != "", memo.digests("post")) == (True, before)
        assert B in memo.names("post")


# A first build that somebody ends


class Ended(Exception):
    """Somebody ended the build."""


class Impatient(Watcher):
    """Ends a build after so many steps."""

    def __init__(self, patience: int) -> None:
        self.patience = patience

    def done(self, _: str, /) -> None:
        self.patience -= 1
        if self.patience == 0:
            raise Ended


@pytest.mark.parametrize("patience", [1, 60, 90, 110, 170, 200])
def test_a_first_build_that_was_ended_is_gone_on_with(tmp_path: Path, patience: int):
    files = {f"content/posts/p{n}.md": POST for n in range(40)}
    memo = Memo(path=tmp_path / "memo.sqlite")
    with suppress(Ended):
        build(snapshot(files), memo=memo, watcher=Impatient(patience))
    memo.close()
    edited = {**files, A: POST, "content/posts/p7.md": TYPO}
    with closing(Memo(path=tmp_path / "memo.sqlite")) as memo:
        assert outcome(built(edited, memo=memo)) == outcome(built(edited))
        assert memo.trouble == ""
