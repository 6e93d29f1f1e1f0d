"""Works something out beside this process, on another core."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sitegen.engine.pool import may_fork


@contextmanager
def aside(work: Callable[[], bytes], *, fork: bool) -> Iterator[Callable[[], bytes]]:
    """Begin `work`, and give a function that returns what it returned.

    It runs in a forked process where `fork` says that it takes longer than one costs and a fork is
    safe; else, and if that process fails, here when its result is asked for. What it raises is
    raised then. A result that nobody asked for when the context ends is given up.
    """
    if not (fork and may_fork()):
        yield work
        return
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        _work(work, reading, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        waited = False

        def result() -> bytes:
            nonlocal waited
            content = pipe.read()
            waited = True
            return content if _succeeded(child) else work()

        try:
            yield result
        finally:
            if not waited:
                with suppress(OSError):
                    os.kill(child, signal.SIGKILL)
                _succeeded(child)


def _work(work: Callable[[], bytes], reading: int, writing: int) -> None:
    """Do the work in the forked process, and end it."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(work())
        status = 0
    finally:
        os._exit(status)


def _succeeded(child: int) -> bool:
    try:
        return os.waitpid(child, 0)[1] == 0
    except ChildProcessError:  # somebody else has waited for it
        return False
