"""What is worked out in a process of its own, and what happens when that process fails."""

import os
import signal
import time
from pathlib import Path

import pytest

from sitegen.engine import aside as module
from sitegen.engine.aside import aside

ELSEWHERE = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system can't fork")


@pytest.fixture(autouse=True)
def forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork whatever threads other tests have left: what is done here holds no lock of theirs."""
    monkeypatch.setattr(module, "may_fork", lambda: True)


def own_id() -> bytes:
    return str(os.getpid()).encode()


@ELSEWHERE
def test_a_result_comes_from_another_process_that_is_gone_afterwards() -> None:
    with aside(lambda: own_id() + b" " + b"x" * 1_000_000, fork=True) as result:
        child, rest = result().split(b" ")
    assert int(child) != os.getpid()
    assert len(rest) == 1_000_000
    with pytest.raises(ChildProcessError):
        os.waitpid(int(child), 0)


def test_little_work_is_done_here_and_only_when_it_is_asked_for() -> None:
    done: list[int] = []

    def work() -> bytes:
        done.append(1)
        return own_id()

    with aside(work, fork=False) as result:
        assert not done
        assert int(result()) == os.getpid()


@ELSEWHERE
def test_work_that_fails_there_is_done_here() -> None:
    here = os.getpid()

    def work() -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"done"

    with aside(work, fork=True) as result:
        assert result() == b"done"


@ELSEWHERE
def test_what_it_raises_is_raised_where_the_result_is_asked_for() -> None:
    def work() -> bytes:
        raise ValueError("no manifest")

    with aside(work, fork=True) as result, pytest.raises(ValueError, match="no manifest"):
        result()


@ELSEWHERE
def test_a_result_that_nobody_asks_for_leaves_no_process_behind(tmp_path: Path) -> None:
    mark = tmp_path / "child"

    def work() -> bytes:
        mark.write_text(str(os.getpid()))
        signal.pause()
        return b""

    with aside(work, fork=True):
        end = time.monotonic() + 10
        while not (mark.exists() and mark.read_text()):
            assert time.monotonic() < end
            time.sleep(0.01)
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text()), 0)
