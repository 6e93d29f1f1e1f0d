"""What is required of sitegen's search, beside what was measured."""

import operator
import statistics
from collections.abc import Callable, Sequence

from msgspec import Struct

from bench.report import LARGE, NOT_MEASURED, table
from bench.search.results import (
    CostRow,
    SearchSession,
    Taken,
    newest_cost,
    newest_quality,
)


class Target(Struct, frozen=True):
    """A line of what is required."""

    what: str
    required: float
    aim: float
    value: Callable[[Sequence[SearchSession]], float | None]
    least: bool = False
    """Whether more is better."""


def targets_table(sessions: Sequence[SearchSession]) -> str:
    """Return what is required beside what was measured; sessions newest first."""
    rows = []
    for each in TARGETS:
        value = each.value(sessions)
        good, sign = (operator.ge, ">=") if each.least else (operator.le, "<=")
        told, verdict = NOT_MEASURED, ""
        if value is not None:
            told = f"{value:.3g}"
            verdict = "meets" if good(value, each.required) else "falls short"
            verdict = "meets the aim" if good(value, each.aim) else verdict
        rows.append((each.what, f"{sign} {each.required:g}", f"{sign} {each.aim:g}", told, verdict))
    return table((f"at {LARGE:,} explainers", "required", "aim", "measured", ""), rows)


def _against(
    figure: Callable[[CostRow, CostRow], float | None],
) -> Callable[[Sequence[SearchSession]], float | None]:
    """Return a figure of sitegen's newest costs and Pagefind's."""

    def value(sessions: Sequence[SearchSession]) -> float | None:
        newest = newest_cost(sessions)
        ours, theirs = (newest.get((LARGE, engine)) for engine in ("sitegen", "pagefind"))
        return figure(ours[0], theirs[0]) if ours and theirs else None

    return value


def _seconds(ours: Sequence[Taken], theirs: Sequence[Taken]) -> float | None:
    other = {each.run: each.seconds for each in theirs}
    ratios = [each.seconds / other[each.run] for each in ours if other.get(each.run)]
    return statistics.median(ratios) if ratios else None


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    return statistics.median(ours) / statistics.median(theirs) if ours and theirs else None


def _of(
    figures: Callable[[CostRow], Sequence[float]],
) -> Callable[[Sequence[SearchSession]], float | None]:
    """Return the ratio of the medians of figures of a row."""
    return _against(lambda ours, theirs: _ratio(figures(ours), figures(theirs)))


def _mrr(collection: str) -> Callable[[Sequence[SearchSession]], float | None]:
    def value(sessions: Sequence[SearchSession]) -> float | None:
        found = newest_quality(sessions).get((collection, "sitegen"))
        return found[0].quality.mrr if found else None

    return value


TARGETS = (
    Target(
        "first index, seconds, against Pagefind",
        0.4,
        0.2,
        _against(lambda ours, theirs: _seconds(ours.first, theirs.first)),
    ),
    Target(
        "after one body edit, seconds, against Pagefind",
        0.05,
        0.01,
        _against(lambda ours, theirs: _seconds(ours.edited, theirs.edited)),
    ),
    Target(
        "peak memory, against Pagefind",
        0.25,
        0.1,
        _of(lambda row: [row.peak_mib] if row.peak_mib else []),
    ),
    Target(
        "index on disk, bytes, against Pagefind",
        1.0,
        0.5,
        _of(lambda row: [row.size.bytes] if row.size else []),
    ),
    Target(
        "index on disk, files, against Pagefind",
        1.0,
        0.5,
        _of(lambda row: [row.size.files] if row.size else []),
    ),
    Target(
        "bytes of the first query, against Pagefind",
        1.0,
        0.4,
        _of(lambda row: [each.first_bytes for each in row.visits]),
    ),
    Target(
        "first query, ms, against Pagefind",
        1.0,
        0.5,
        _of(lambda row: [each.first_ms for each in row.visits]),
    ),
    Target(
        "later query, ms, against Pagefind",
        1.0,
        0.5,
        _of(lambda row: [ms for each in row.visits for ms in each.later_ms]),
    ),
    Target("MRR@10, Cranfield", 0.53, 0.58, _mrr("cranfield"), least=True),
    Target("MRR@10, shipped publication, tuned on", 0.85, 0.9, _mrr("shipped-tune"), least=True),
    Target("MRR@10, shipped, held out", 0.85, 0.9, _mrr("shipped-held-out"), least=True),
)
