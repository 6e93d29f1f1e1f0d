import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.serve.outcome import Outcome
from sitegen.serve.rebuild import Rebuilder
from tests.serve.running import PATIENCE


class Builds:
    """Builds that go on until they are let go."""

    def __init__(self) -> None:
        self.begun = threading.Semaphore(0)
        self.let_go = threading.Semaphore(0)
        self.done = threading.Semaphore(0)
        self.count = 0
        self.at_once = 0
        self.saved: list[frozenset[Path]] = []
        self.rebuilder = Rebuilder(self._run, lambda outcome: self.done.release())
        self.rebuilder.start()

    def _run(self, saved: frozenset[Path]) -> Outcome:
        self.saved.append(saved)
        self.at_once += 1
        assert self.at_once == 1
        self.count += 1
        self.begun.release()
        assert self.let_go.acquire(timeout=PATIENCE)
        self.at_once -= 1
        return Outcome(base_path="", message="built")


@pytest.fixture
def builds() -> Iterator[Builds]:
    made = Builds()
    yield made
    for _ in range(10):
        made.let_go.release()
    made.rebuilder.stop()


def test_requests_during_a_build_make_one_more(builds: Builds) -> None:
    builds.rebuilder.request()
    assert builds.begun.acquire(timeout=PATIENCE)
    for _ in range(5):
        builds.rebuilder.request()
    builds.let_go.release()
    assert builds.begun.acquire(timeout=PATIENCE)
    builds.let_go.release()
    assert builds.done.acquire(timeout=PATIENCE)
    assert builds.done.acquire(timeout=PATIENCE)
    assert not builds.begun.acquire(timeout=0.05)
    assert builds.count == 2


@pytest.mark.parametrize("unknown", [False, True])
def test_a_build_knows_what_was_saved_unless_one_request_does_not(
    builds: Builds, unknown: bool
) -> None:
    first, second, third = (frozenset([Path(name)]) for name in "abc")
    builds.rebuilder.request(first)
    assert builds.begun.acquire(timeout=PATIENCE)
    builds.rebuilder.request(second)
    builds.rebuilder.request(frozenset() if unknown else second)
    builds.rebuilder.request(third)
    builds.let_go.release()
    assert builds.begun.acquire(timeout=PATIENCE)
    assert builds.saved == [first, frozenset() if unknown else second | third]


def test_stopping_waits_for_the_build_and_starts_no_other(builds: Builds) -> None:
    builds.rebuilder.request()
    assert builds.begun.acquire(timeout=PATIENCE)
    assert builds.rebuilder.busy
    builds.rebuilder.request()
    threading.Timer(0.05, builds.let_go.release).start()
    builds.rebuilder.stop()
    assert builds.count == 1
    assert not builds.done.acquire(blocking=False)


def test_stopping_what_never_started_returns() -> None:
    Rebuilder(lambda saved: Outcome(base_path="", message=""), lambda outcome: None).stop()
