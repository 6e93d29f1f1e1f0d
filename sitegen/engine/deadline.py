"""Runs functions for so long and no longer."""

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


class Deadline:
    """Runs functions one after another, each for so long and no longer; used as a context.

    The main thread is interrupted by an interval timer (POSIX setitimer), where there is one; other
    threads by a timer of their own. Neither interrupts a single call into C.
    """

    def __init__(self, seconds: float) -> None:
        """Take how long each function may run."""
        self._seconds = seconds
        self._running = False
        main = threading.current_thread() is threading.main_thread()
        self._has_signal = main and hasattr(signal, "setitimer")

    def __enter__(self) -> "Deadline":
        """Take the alarm over: once for all, since that costs more than setting it."""
        if self._has_signal:
            self._before = signal.signal(signal.SIGALRM, self._ring)
        return self

    def __exit__(self, *_: object) -> None:
        """Give the alarm back."""
        if self._has_signal:
            signal.signal(signal.SIGALRM, self._before)

    def run(self, function: Callable[[], T]) -> T | None:
        """Return what `function` returns, or None if it has not returned in time.

        `function` must not return None itself.
        """
        try:
            if not self._has_signal:
                with _interrupted(self._seconds):
                    return function()
            try:
                self._running = True
                signal.setitimer(signal.ITIMER_REAL, self._seconds)
                return function()
            finally:
                self._running = False
                signal.setitimer(signal.ITIMER_REAL, 0)
        except _TimeUp:
            return None

    def _ring(self, number: int, frame: FrameType | None) -> None:
        if self._running:
            raise _TimeUp


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
