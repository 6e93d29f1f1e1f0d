"""Runs a function for so long and no longer."""

import ctypes
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

T = TypeVar("T")


class _TimeUp(BaseException):
    """Not an Exception, so that no `except Exception` on the way can swallow it."""


def run_within(seconds: float, function: Callable[[], T]) -> T | None:
    """Return what `function` returns, or None if it has not returned after `seconds`.

    The main thread is interrupted by an interval timer (POSIX setitimer), where there is one; other
    threads by a timer of their own. Neither interrupts a single call into C. `function` must not
    return None itself.
    """
    main = threading.current_thread() is threading.main_thread()
    clock = _signalled if main and hasattr(signal, "setitimer") else _interrupted
    try:
        with clock(seconds):
            return function()
    except _TimeUp:
        return None


@contextmanager
def _signalled(seconds: float) -> Iterator[None]:
    """Raise _TimeUp in the main thread after so long."""
    running = True

    def ring(number: int, frame: FrameType | None) -> None:
        if running:
            raise _TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _interrupted(seconds: float) -> Iterator[None]:
    """Raise _TimeUp in this thread after so long."""
    thread = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    running = True

    def ring() -> None:
        with lock:
            if running:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(_TimeUp))

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            running = False
        timer.cancel()
