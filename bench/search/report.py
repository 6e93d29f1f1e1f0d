"""Writes what was measured into docs/search-quality.md, between its markers; prose stays."""

import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.report import NOT_MEASURED, table
from bench.search.browser import Visit
from bench.search.results import (
    CostRow,
    QualityRow,
    SearchSession,
    Taken,
    newest_cost,
    newest_quality,
    read_sessions,
)
from bench.search.targets import targets_table

DOCUMENT = Path("docs/search-quality.md")
_FOUND = ("MRR@10", "recall@10", "no result")
_WAITED = ("first query, kB", "first query, ms", "later, ms", "index, kB", "index, files")


def write(folder: Path) -> None:
    """Write the newest figures of each kind into the document."""
    document = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(update(document, read_sessions(folder)), encoding="utf-8")


def update(document: str, sessions: Sequence[SearchSession]) -> str:
    """Return the document with its marked parts written anew; sessions newest first."""
    parts = {
        "targets": targets_table(sessions),
        "quality": quality_tables(sessions),
        "cost": cost_tables(sessions),
    }
    for name, text in parts.items():
        head, begin, rest = document.partition(f"<!-- {name} -->\n")
        _, end, tail = rest.partition(f"<!-- end of {name} -->")
        document = f"{head}{begin}\n{text or 'Nothing was measured yet.'}\n\n{end}{tail}"
    return document


def quality_tables(sessions: Sequence[SearchSession]) -> str:
    """Return a table for each collection, of the newest measurement of each engine."""
    newest = newest_quality(sessions)
    tables = []
    for name in dict.fromkeys(sorted(collection for collection, _ in newest)):
        rows = [row for (collection, _), (row, _) in newest.items() if collection == name]
        about = f"**{name}**: {rows[0].documents:,} documents, {rows[0].quality.queries} queries."
        heads = (name, *_FOUND, *_WAITED)
        tables.append(f"{about}\n\n{table(heads, [_quality_cells(row) for row in rows])}")
    return "\n\n".join([*tables, *_machines(session for _, session in newest.values())])


def cost_tables(sessions: Sequence[SearchSession]) -> str:
    """Return a table for each size, of the newest measurement of each engine."""
    newest = newest_cost(sessions)
    tables = []
    for size in sorted({size for size, _ in newest}):
        rows = [row for (each, _), (row, _) in newest.items() if each == size]
        heads = (
            f"{size:,} explainers",
            "runs",
            "first index, s",
            "after one body, s",
            "memory, MiB",
        )
        tables.append(table((*heads, *_WAITED), [_cost_cells(row) for row in rows]))
    return "\n\n".join([*tables, *_machines(session for _, session in newest.values())])


def _quality_cells(row: QualityRow) -> tuple[str, ...]:
    told = row.quality
    found = (f"{told.mrr:.3f}", f"{told.recall:.3f}", f"{told.without_result} of {told.queries}")
    return (f"{row.engine} {row.version}", *found, *_waited(row))


def _cost_cells(row: CostRow) -> tuple[str, ...]:
    peak = f"{row.peak_mib:,.0f}" if row.peak_mib else NOT_MEASURED
    peak += f" (without: {row.plain_mib:,.0f})" if row.plain_mib else ""
    taken = (_seconds(row.first), _seconds(row.edited))
    return (f"{row.engine} {row.version}", str(len(row.first)), *taken, peak, *_waited(row))


def _waited(row: QualityRow | CostRow) -> tuple[str, ...]:
    visits: Sequence[Visit] = row.visits
    size = (f"{row.size.bytes / 1000:,.0f}", f"{row.size.files:,}") if row.size else ("", "")
    if not visits:
        return ("", "", "", *size)
    later = [ms for each in visits for ms in each.later_ms]
    return (
        f"{statistics.median(each.first_bytes for each in visits) / 1000:,.0f}",
        f"{statistics.median(each.first_ms for each in visits):,.0f}",
        f"{statistics.median(later):,.1f}" if later else "",
        *size,
    )


def _seconds(taken: Sequence[Taken]) -> str:
    if not taken:
        return NOT_MEASURED
    told = [f"CPU {statistics.median(each.cpu for each in taken):.2f}"]
    stages = [each.stage for each in taken if each.stage is not None]
    told += [f"stage {statistics.median(stages):.2f}"] if stages else []
    return f"{statistics.median(each.seconds for each in taken):.2f} ({', '.join(told)})"


def _machines(sessions: Iterable[SearchSession]) -> list[str]:
    told = dict.fromkeys(f"{each.began[:10]}, {each.machine}." for each in sessions)
    return [f"Measured {each}" for each in told]
