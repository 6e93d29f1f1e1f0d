"""Runs a function for so long and no longer."""

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

T = TypeVar("T")


class _TimeUp(BaseException):
    """Not an Exception, so that no `except Exception` on the way can swallow it."""


def run_within(seconds: float, function: Callable[[], T]) -> T | None:
    """Return what `function` returns, or None if it has not returned after `seconds`.

    The clock runs only in the main thread of systems with interval timers (POSIX setitimer);
    elsewhere the function takes the time it takes. `function` must not return None itself.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        return function()

    def ring(number: int, frame: FrameType | None) -> None:
        raise _TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return function()
    except _TimeUp:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
