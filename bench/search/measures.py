"""The arithmetic of search quality: reciprocal rank and recall among the first ten results."""

import statistics
from collections.abc import Callable, Collection, Sequence

from msgspec import Struct

from bench.search.judged import Query

DEPTH = 10


class Quality(Struct, frozen=True, kw_only=True):
    """How well an engine answered the queries of a collection."""

    queries: int
    mrr: float
    recall: float
    without_result: int


def first_rank(ranked: Sequence[str], relevant: Collection[str]) -> int:
    """Return the place, from 1, of the first relevant page among the first ten; 0 for none."""
    places = (place for place, page in enumerate(ranked[:DEPTH], 1) if page in relevant)
    return next(places, 0)


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Return one over that place; 0 for none."""
    place = first_rank(ranked, relevant)
    return 1 / place if place else 0.0


def recall(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Return the share of the relevant pages that are among the first ten."""
    wanted = set(relevant)
    return len(wanted.intersection(ranked[:DEPTH])) / len(wanted)


def quality(queries: Sequence[Query], rankings: Sequence[Sequence[str]]) -> Quality:
    """Return the measures over queries and, in the same order, what an engine found."""
    return Quality(
        queries=len(queries),
        mrr=_mean(reciprocal_rank, queries, rankings),
        recall=_mean(recall, queries, rankings),
        without_result=sum(not ranked for ranked in rankings),
    )


def _mean(
    measure: Callable[[Sequence[str], Collection[str]], float],
    queries: Sequence[Query],
    rankings: Sequence[Sequence[str]],
) -> float:
    pairs = zip(queries, rankings, strict=True)
    return statistics.fmean(measure(ranked, query.relevant) for query, ranked in pairs)
