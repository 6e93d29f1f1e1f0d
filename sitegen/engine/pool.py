"""Runs many small jobs on all cores, in chunks, and gives their results in the jobs' order.

Workers are forked where the system can and the process has one thread, so that they share what is
loaded already, the jobs too; else they are spawned. Results should be small: large things stay on
disk.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from sitegen.errors import SitegenError

J = TypeVar("J")
R = TypeVar("R")
C = TypeVar("C")

_FEWEST = 4
"""So few jobs are not shared out further."""
_ENDED = "a worker process was ended from outside, perhaps for want of memory"
_work: Callable[[Sequence[Any]], Any] | None = None
"""In a worker: what it does with a chunk."""
_jobs: Sequence[Any] = ()
"""In a worker: the jobs of all chunks."""


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_chunks(
    prepare: Callable[[C], Callable[[Sequence[J]], R]],
    context: C,
    jobs: Sequence[J],
    *,
    processes: int,
    chunk: int,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[R]:
    """Yield what `prepare(context)` returns for each chunk of `jobs`, in their order.

    A chunk is of `chunk` jobs at most; for several processes those at the end are ever smaller, so
    that none stands idle while another has many left.

    `prepare` is called once in each worker; it must be importable, and `context` and `jobs` be
    picklable, for systems that can't fork. With one process, or one chunk, everything is done in
    place. What a job raises is raised here.

    `meanwhile` is called once, in this process, as soon as the workers have begun.
    """
    chunks = list(_chunks(len(jobs), chunk, 1 if len(jobs) <= chunk else processes))
    if processes <= 1 or len(chunks) <= 1:
        work = prepare(context)
        meanwhile()
        yield from (work(jobs[places]) for places in chunks)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    forks = may_fork()
    if forks:
        # Or the collector's marks would copy every shared page. Nothing is collected before: into
        # the gaps that this leaves workers would write, and copy the page around each.
        gc.freeze()
    try:
        with ProcessPoolExecutor(
            min(processes, len(chunks)),
            multiprocessing.get_context("fork" if forks else "spawn"),
            _prepare,
            (prepare, context, jobs),
        ) as pool:
            results = pool.map(_run, chunks)
            try:
                meanwhile()
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
            yield from results
    except BrokenProcessPool:
        raise SitegenError(f"{_ENDED}; try --jobs 1") from None
    finally:
        if forks:
            gc.unfreeze()


def _chunks(count: int, most: int, processes: int) -> Iterator[slice]:
    """Yield the places of `count` jobs by `most`, or by half a process's share of what is left."""
    start = 0
    while start < count:
        left = count - start
        share = left // (2 * processes) if processes > 1 else left
        size = min(most, max(share, _FEWEST))
        yield slice(start, start + size)
        start += size


def run_apart(work: Callable[[Sequence[J]], R], jobs: Sequence[J]) -> R:
    """Return what `work(jobs)` returns in a process that ends with it, or raise what it raises.

    This is for libraries that leave threads behind, after which a process can't fork any more.
    `work` must be importable. Raises SitegenError if that process is ended from outside.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context("fork" if may_fork() else "spawn")
    try:
        with ProcessPoolExecutor(1, context, _prepare, (_itself, work, ())) as pool:
            return pool.submit(work, jobs).result()
    except BrokenProcessPool:
        raise SitegenError(_ENDED) from None


def _itself(work: Any) -> Any:
    return work


def may_fork() -> bool:
    """Return whether a fork is safe here: the system can, and no other thread holds a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def _prepare(
    prepare: Callable[[Any], Callable[[Sequence[Any]], Any]], context: Any, jobs: Sequence[Any]
) -> None:
    global _work, _jobs
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    _work, _jobs = prepare(context), jobs


def _end_with_parent() -> None:
    """End this worker when the process that started it is gone, however it went."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _run(places: slice) -> Any:
    assert _work is not None
    return _work(_jobs[places])
