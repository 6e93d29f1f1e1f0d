"""Jobs are shared out whole and in their order, however many processes there are."""

import os
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.engine.pool import _chunks, run_apart, run_chunks
from sitegen.errors import SitegenError


@given(jobs=st.integers(0, 500), most=st.integers(1, 40), processes=st.integers(1, 9))
def test_chunks_hold_every_job_once_and_in_order(jobs: int, most: int, processes: int) -> None:
    chunks = [range(jobs)[places] for places in _chunks(jobs, most, processes)]
    assert [job for chunk in chunks for job in chunk] == list(range(jobs))
    sizes = [len(chunk) for chunk in chunks]
    assert all(0 < size <= most for size in sizes)
    assert sizes == sorted(sizes, reverse=True)


def test_results_come_in_the_order_of_the_jobs() -> None:
    batches = run_chunks(_adder, 1, range(300), processes=3, chunk=32)
    assert [each for batch in batches for each in batch] == list(range(1, 301))


def _adder(more: int) -> Callable[[Sequence[int]], list[int]]:
    return lambda jobs: [job + more for job in jobs]


def test_a_process_that_is_ended_is_told_in_a_line() -> None:
    with pytest.raises(SitegenError, match="ended from outside"):
        list(run_chunks(_ending, None, range(64), processes=2, chunk=8))
    with pytest.raises(SitegenError, match="ended from outside"):
        run_apart(_end, [1])


def _ending(context: None) -> Callable[[Sequence[int]], None]:
    return _end


def _end(jobs: Sequence[int]) -> None:
    os._exit(9)
