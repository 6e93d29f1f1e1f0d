"""Puts explainers, terms and events into the groups that pages show: topics, series, bylines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from sitegen.model.document import Document
from sitegen.model.front_matter import ExplainerMeta, TermMeta
from sitegen.model.relations import Event
from sitegen.resolve.catalog import Catalog

Places = Mapping[str, Sequence[int]]
"""By name, the places of its members in some order, each list from the first."""


class Groups(Struct, frozen=True, kw_only=True):
    """Explainers by what they name, as places among the newest; terms by topic."""

    by_topic: Places
    by_author: Places
    by_series: Mapping[tuple[str, str], Sequence[int]]
    """By the name of the series and the language; each part after the one it follows."""
    terms: Sequence[str]
    terms_by_topic: Places
    """Places in `terms`."""


def make_groups(catalog: Catalog, newest: Sequence[str]) -> Groups:
    """Return the groups of all published explainers and terms."""
    by_topic: dict[str, list[int]] = defaultdict(list)
    by_author: dict[str, list[int]] = defaultdict(list)
    by_series: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, name in enumerate(newest):
        document = catalog.documents["explainer", name]
        meta = _meta(document)
        for topic in dict.fromkeys(meta.topics):
            by_topic[topic].append(place)
        for author in dict.fromkeys(meta.authors):
            by_author[author].append(place)
        if meta.series:
            by_series[meta.series, document.lang].append(place)
    for places in by_series.values():
        places.reverse()
    terms = [name for kind, name in catalog.documents if kind == "term"]
    return Groups(
        by_topic=by_topic,
        by_author=by_author,
        by_series=by_series,
        terms=terms,
        terms_by_topic=_places(_term_topics(catalog.documents["term", name]) for name in terms),
    )


def events_by_topic(timeline: Iterable[Event]) -> Places:
    """Return the places of events in the timeline, by topic."""
    return _places(event.topics for event in timeline)


def members(names: Iterable[str], places: Places) -> list[int]:
    """Return the places of all members of several groups, each once, from the first."""
    return sorted(set(chain.from_iterable([places.get(name, ()) for name in names])))


def _places(topics_of_each: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, topics in enumerate(topics_of_each):
        for topic in topics:
            found[topic].append(place)
    return found


def _term_topics(document: Document) -> tuple[str, ...]:
    assert isinstance(document.meta, TermMeta)
    return document.meta.topics


def _meta(document: Document) -> ExplainerMeta:
    assert isinstance(document.meta, ExplainerMeta)
    return document.meta
