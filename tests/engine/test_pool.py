"""Jobs are shared out whole and in their order, however many processes there are."""

from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from sitegen.engine.pool import _chunks, run_chunks


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
