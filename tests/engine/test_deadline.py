"""Functions that take too long are ended, in every thread."""

import signal
import threading

from sitegen.engine.deadline import Deadline


def _endless() -> int:
    while True:
        pass


def test_what_takes_too_long_is_ended_and_what_follows_is_not() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with Deadline(0.05) as deadline:
        assert deadline.run(_endless) is None
        assert deadline.run(lambda: 1) == 1
        assert deadline.run(_endless) is None
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_threads_other_than_the_main_one_have_timers_of_their_own() -> None:
    found: list[int | None] = []

    def work() -> None:
        with Deadline(0.05) as deadline:
            found.append(deadline.run(_endless))
            found.append(deadline.run(lambda: 1))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [None, 1]
