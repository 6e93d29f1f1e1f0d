"""Puts pages and events into the groups that pages show: topics, series, bylines, publishers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from sitegen.model.document import Document
from sitegen.model.front_matter import ExplainerMeta, SourceMeta, TermMeta
from sitegen.model.relations import Card, Event, SourceUse
from sitegen.resolve.catalog import Catalog, Key

MOST_SAME_PUBLISHER = 10
"""So many other sources of its publisher does a source's page show."""

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


def series_parts(
    catalog: Catalog, newest: Sequence[str], groups: Groups
) -> dict[tuple[str, str], tuple[Card, ...]]:
    """Return the parts of each series in each language, where there is more than one."""
    return {
        key: tuple(catalog.cards["explainer", newest[place]] for place in places)
        for key, places in groups.by_series.items()
        if len(places) > 1
    }


def source_topics(
    catalog: Catalog, newest: Iterable[str], uses: Mapping[Key, tuple[SourceUse, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the topics of the explainers that use each source, the commonest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in newest:
        topics = _meta(catalog.documents["explainer", name]).topics
        for use in uses["explainer", name]:
            found[use.source] += topics
    return {source: _commonest(Counter(topics)) for source, topics in found.items()}


def sources_of_all(
    explainers: Iterable[str], uses: Mapping[Key, tuple[SourceUse, ...]]
) -> tuple[SourceUse, ...]:
    """Return the sources of several explainers, from that on which most claims rest."""
    claims: dict[str, int] = defaultdict(int)
    for name in explainers:
        for use in uses["explainer", name]:
            claims[use.source] += use.claims
    return tuple(
        [
            SourceUse(source=source, number=number, claims=claims[source])
            for number, source in enumerate(_commonest(claims), start=1)
        ]
    )


def sources_by_publisher(catalog: Catalog, names: Iterable[str]) -> dict[str, list[Card]]:
    """Return the first sources of each publisher: as many as a page shows, and itself."""
    found: dict[str, list[Card]] = {}
    for name in names:
        meta = catalog.documents["source", name].meta
        assert isinstance(meta, SourceMeta)
        cards = found.setdefault(meta.publisher, [])
        if len(cards) <= MOST_SAME_PUBLISHER:
            cards.append(catalog.cards["source", name])
    return found


def _commonest(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return the names from the one that counts most, equals by name."""
    return tuple(sorted(sorted(counts), key=counts.__getitem__, reverse=True))


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
