"""Steps in worker processes, or in any executor that is handed in.

What comes out is what one process would compute, in the order of the names: a step sees
nothing but its facts, so it does not matter where it runs.
"""

import copyreg
import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from blog.diagnostics import Abort
from blog.engine import Facts, Made, Step, Workers, blocks, compute, here

if TYPE_CHECKING:
    from concurrent.futures import Executor
    from multiprocessing.context import BaseContext

FEW = 48
"""Names below which a pool costs more than it saves (measured: 50 ms, 5 ms a post)."""
_CHUNKS = 8
"""Pieces of work for each process, so that none waits long for the last."""
_LARGEST = 128
"""Names in one piece, at most: what was made waits in memory for its turn."""

Job = tuple[Step, Sequence[str], Facts]
"""A step, the kinds it makes, and what it may know."""


def workers_for(
    jobs: int, executor: "Executor | None" = None, *, few: int = FEW
) -> Workers:
    """How to compute many names: in `executor`, in `jobs` processes, or here.

    Fewer than `few` names are not worth a pool of processes.
    """

    def shared_out(
        step: Step, kinds: Sequence[str], names: Sequence[str], facts: Facts
    ) -> Iterator[Made]:
        job = (step, kinds, facts)
        if executor is not None:
            yield from _in(executor, job, names)
        elif jobs > 1 and len(names) >= few:
            yield from _in_processes(jobs, job, names)
        else:
            yield from here(*job[:2], names, facts)

    return shared_out


def _in(executor: "Executor", job: Job, names: Sequence[str]) -> Iterator[Made]:
    """In an executor of someone else's, which may be on other machines."""
    pieces = _pieces(names, 32)
    futures = [executor.submit(_compute, job, piece) for piece in pieces]
    for future in futures:
        yield from future.result()


def _in_processes(jobs: int, job: Job, names: Sequence[str]) -> Iterator[Made]:
    """In processes of our own, which are gone when the work is done."""
    # Most builds have too little to do to need these.
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(
        jobs, mp_context=_context(), initializer=_begin, initargs=(job,)
    )
    try:
        every = _pieces(names, jobs * _CHUNKS)
        with _uninterrupted():
            # `pool.map` would cancel what is left, which the pool then trips over.
            pieces = deque(pool.submit(_work, piece) for piece in every)
        while pieces:
            yield from pieces.popleft().result()
    except BrokenProcessPool:
        raise Abort(
            "a worker process was ended from outside",
            hint="if the memory ran out, try again with --jobs 1",
        ) from None
    except BaseException:
        for process in (pool._processes or {}).values():
            process.terminate()
        # The pool would wait for the rest of what one of them was about to say.
        pool._result_queue._writer.close()  # type: ignore[attr-defined]
        raise
    finally:
        pool.shutdown(cancel_futures=True)


_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """What wants to end us waits; while a process is forked, it would be forgotten."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> "BaseContext":
    """Forked processes know all facts at once; a thread could be cut in two by it."""
    import multiprocessing

    is_safe = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if is_safe else "spawn")


_job: list[Job] = []
"""What this worker process is for; filled once, when it begins."""


def _begin(job: Job) -> None:
    # The process that waits is interrupted too, and ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)
    gc.disable()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _job.append(job)


def _end_with_parent() -> None:
    """Whatever ends the process that waits, kill -9 too, leaves no worker behind."""
    import multiprocessing

    if parent := multiprocessing.parent_process():
        parent.join()
    os._exit(1)


def _work(names: Sequence[str]) -> list[Made]:
    return _compute(_job[0], names)


def _compute(job: Job, names: Sequence[str]) -> list[Made]:
    step, kinds, facts = job
    return [compute(step, kinds, name, facts) for name in names]


def _pieces(names: Sequence[str], count: int) -> list[Sequence[str]]:
    return list(blocks(names, min(_LARGEST, max(1, -(-len(names) // count)))))


def _read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


# Python cannot send a read-only mapping to another process by itself.
copyreg.pickle(MappingProxyType, lambda found: (_read_only, (dict(found),)))
