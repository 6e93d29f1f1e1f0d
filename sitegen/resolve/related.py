"""Finds what to read next after each explainer: what its author names, then what is most alike."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from itertools import chain

from sitegen.model.document import Document
from sitegen.model.front_matter import ExplainerMeta
from sitegen.model.site import RelatedExplainer

MOST_RELATED = 3
_COMMON = 50
"""A source that more explainers than this rest on says nothing about two of them."""


def related_explainers(
    explainers: Mapping[str, Document], newest: Sequence[str]
) -> dict[str, tuple[RelatedExplainer, ...]]:
    """Return what to read next after each explainer.

    Those its author names come first; the rest share most sources, then most topics, and at equal
    merit the newer comes first (`newest` holds all names, the newest first).
    """
    shelf = _Shelf(explainers, newest)
    return {name: shelf.related(name, document) for name, document in explainers.items()}


class _Shelf:
    """All explainers by what they have in common, each as its place among the newest."""

    def __init__(self, explainers: Mapping[str, Document], newest: Sequence[str]) -> None:
        self._newest = newest
        self._places = {name: place for place, name in enumerate(newest)}
        self._sources: dict[int, frozenset[str]] = {}
        self._topics: dict[int, frozenset[str]] = {}
        by_source: dict[str, list[int]] = defaultdict(list)
        self._by_topic: dict[str, list[int]] = defaultdict(list)
        self._by_slug: dict[str, list[int]] = defaultdict(list)
        self._by_language: dict[str, set[int]] = defaultdict(set)
        for name, document in explainers.items():
            place = self._places[name]
            meta = document.meta
            assert isinstance(meta, ExplainerMeta)
            sources = frozenset([*meta.sources, *[cited.source for cited in document.cited]])
            topics = frozenset(meta.topics)
            self._sources[place] = sources
            self._topics[place] = topics
            for source in sources:
                by_source[source].append(place)
            for topic in topics:
                self._by_topic[topic].append(place)
            self._by_slug[document.slug].append(place)
            self._by_language[document.lang].add(place)
        self._in_topic = {topic: frozenset(places) for topic, places in self._by_topic.items()}
        self._by_rare_source = {
            source: places for source, places in by_source.items() if len(places) <= _COMMON
        }

    def related(self, name: str, document: Document) -> tuple[RelatedExplainer, ...]:
        """Return what to read next after one explainer."""
        own, places = self._places[name], self._places
        meta = document.meta
        assert isinstance(meta, ExplainerMeta)
        own_language = [
            pair if (pair := f"{other}.{document.lang_suffix}") in places else other
            for other in meta.related
        ]
        chosen = [places[other] for other in own_language if other in places and other != name]
        sources, topics = self._sources[own], self._topics[own]
        following = chosen
        if len(chosen) < MOST_RELATED:
            following = [*chosen, *self._most_alike(own, document, chosen)]
        return tuple(
            [
                RelatedExplainer(
                    name=self._newest[other],
                    chosen=other in chosen,
                    shared_sources=len(sources & self._sources[other]),
                    shared_topics=len(topics & self._topics[other]),
                )
                for other in following
            ]
        )

    def _most_alike(self, own: int, document: Document, chosen: Collection[int]) -> list[int]:
        """Return as many others as there is room for beside those the author chose."""
        rare = self._by_rare_source
        shared = Counter(
            chain.from_iterable([rare[each] for each in self._sources[own] if each in rare])
        )
        candidates = set(shared)
        topics = self._topics[own]
        if len(candidates) <= MOST_RELATED:
            for topic in topics:
                candidates.update(self._by_topic[topic][:_COMMON])
        candidates &= self._by_language[document.lang]
        candidates.difference_update(self._by_slug[document.slug], chosen)
        room = MOST_RELATED - len(chosen)
        return _best(candidates, shared, [self._in_topic[topic] for topic in topics], room)


def _best(
    candidates: Set[int], shared: Mapping[int, int], topics: Iterable[Set[int]], room: int
) -> list[int]:
    """Return those of most `shared` sources, then of most `topics`, then the newest.

    Hundreds may share one source: they are put into groups, so that few have to be compared.
    """
    found: list[int] = []
    for count in sorted({shared[place] for place in candidates}, reverse=True):
        equal = {place for place in candidates if shared[place] == count}
        near = Counter(chain.from_iterable([equal & members for members in topics]))
        found += sorted(near, key=lambda place: (-near[place], place))
        if len(found) < room:
            found += sorted(equal - near.keys())
        if len(found) >= room:
            break
    return found[:room]
