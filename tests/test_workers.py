"""Much work is shared out, and what comes of it is what one process would make."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from blog.build import build
from blog.codec import Codec
from blog.diagnostics import Abort, plain
from blog.engine import Facts, Made, Reader, Step
from blog.memo import Memo
from blog.model import Build
from blog.workers import FEW, workers_for
from command import blog
from conftest import snapshot
from disk import tree, write

POSTS = {
    f"content/posts/p{n}.md": f"---\ntitle: Post {n}\ndate: 2024-01-{n % 28 + 1:02}\n"
    f"tags: [t{n % 5}, 'odd']\nother: {{a: [1, no]}}\n---\n\n[one](./p{n // 2}.md)"
    f"\n\n```python\nx = {n}\n```\n\n:::note\n"
    for n in range(2 * FEW)
}
"""Enough posts for a pool, each with a link, code and a warning."""


def outcome(result: Build) -> tuple[dict[str, bytes | None], list[str]]:
    """Everything that is written, and everything that is said."""
    files = {path: a.blob.data for path, a in result.artifacts.items()}
    return files, [plain(d) for d in result.diagnostics]


ALONE = outcome(build(snapshot(POSTS)))


def test_the_site_has_something_to_say_and_to_write():
    files, said = ALONE
    assert (len(said), f"blog/p{2 * FEW - 1}/index.html" in files) == (2 * FEW, True)


@pytest.mark.parametrize("jobs", [2, 7])
def test_any_number_of_processes_makes_the_same_site(jobs: int):
    assert outcome(build(snapshot(POSTS), jobs=jobs)) == ALONE


@pytest.mark.parametrize(
    "executor",
    [lambda: ThreadPoolExecutor(3), lambda: ProcessPoolExecutor(2)],
    ids=["threads", "processes"],
)
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_so_does_any_executor_that_is_handed_in(executor: Callable[[], Executor]):
    with executor() as given:
        assert outcome(build(snapshot(POSTS), executor=given)) == ALONE


@pytest.mark.parametrize("place", ["memory", "disk"])
def test_processes_know_what_earlier_builds_have_computed(tmp_path: Path, place: str):
    memo = Memo(path=tmp_path / "memo" if place == "disk" else None)
    build(snapshot(POSTS), memo=memo, jobs=2)
    settings = 'title = "Other"\nbase_url = "https://example.org/deep"\n'
    other = snapshot({**POSTS, "site.toml": settings})
    assert outcome(build(other, memo=memo, jobs=2)) == outcome(build(other))


def kill(name: str, _: Reader) -> str:
    """A step that does not survive one of the names."""
    if name == "n7":
        os.kill(os.getpid(), signal.SIGKILL)
    return name


def fail(name: str, _: Reader) -> str:
    """A step with a bug."""
    return str(1 // (name != "n7"))


NAMES = [f"n{n}" for n in range(FEW)]


def worked(step: Step, jobs: int, names: Sequence[str] = NAMES) -> list[Made]:
    """What a step makes of names, without any facts."""
    return list(workers_for(jobs)(step, ["same"], names, Facts(Codec(), Memo())))


def test_a_worker_that_is_killed_is_one_clear_message():
    with pytest.raises(Abort, match="a worker process was ended from outside"):
        worked(kill, 2)


def test_a_bug_in_a_worker_is_raised_as_it_is():
    with pytest.raises(ZeroDivisionError):
        worked(fail, 2)


def same(name: str, _: Reader) -> str:
    """A step that knows nothing but the name."""
    return name


@pytest.mark.parametrize(
    ("jobs", "count", "elsewhere"),
    [(1, FEW, False), (2, FEW - 1, False), (2, FEW, True)],
)
def test_little_work_stays_in_this_process(jobs: int, count: int, elsewhere: bool):
    processes = {made.process for made in worked(same, jobs, NAMES[:count])}
    assert (os.getpid() not in processes) == elsewhere


def test_what_comes_back_is_in_the_order_of_the_names():
    codec = Codec()
    found = [
        codec.decode(value[1]) for made in worked(same, 2) for value in made.values
    ]
    assert found == NAMES


def children() -> Iterator[str]:
    """The processes that this one has begun and that are still there."""
    for path in Path("/proc/self/task").glob("*/children"):
        yield from path.read_text().split()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_no_process_is_left_when_the_work_is_done_or_given_up():
    before = sorted(children())
    build(snapshot(POSTS), jobs=2)
    with pytest.raises(ZeroDivisionError):
        worked(fail, 2)
    assert sorted(children()) == before


def much(name: str, _: Reader) -> str:
    """A step that takes its time to say what it has made."""
    return name * 1_000_000


def test_who_gives_up_does_not_wait_for_the_rest_of_an_answer():
    for _ in range(4):
        facts = Facts(Codec(), Memo())
        work = iter(workers_for(2)(much, ["same"], NAMES, facts))
        next(work)
        with pytest.raises(KeyboardInterrupt):
            work.throw(KeyboardInterrupt)  # type: ignore[attr-defined]


def test_the_command_takes_a_number_of_jobs(tmp_path: Path):
    write(tmp_path, POSTS)
    assert blog(tmp_path, "build", "-q", "--jobs", "1")[0] == 0
    before = tree(tmp_path / "public")
    assert blog(tmp_path, "build", "-q", "--jobs", "3")[0] == 0
    assert tree(tmp_path / "public") == before


def test_no_job_at_all_is_wrong_usage(tmp_path: Path):
    code, _, errors = blog(tmp_path, "build", "--jobs", "0")
    assert (code, "0 is not in the range x>=1" in errors) == (2, True)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_whatever_ends_a_build_leaves_no_worker_behind(
    tmp_path: Path, end: signal.Signals
):
    long = "word *word* `word`\n\n" * 2000
    write(tmp_path, {path: text + long for path, text in POSTS.items()})
    command = [sys.executable, "-m", "blog", "build", "-q", "--jobs", "2"]
    build = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
    task = Path(f"/proc/{build.pid}/task/{build.pid}/children")
    while build.poll() is None and len(task.read_text().split()) < 2:
        pass
    workers = task.read_text().split()
    build.send_signal(end)
    # Each worker holds the other end of the pipe open, so this waits for them all.
    build.communicate(timeout=30)
    assert len(workers) == 2
