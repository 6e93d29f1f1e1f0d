"""Finds what to read next after each explainer: what its author names, then what is most alike."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, islice, pairwise

from sitegen.model.document import Document
from sitegen.model.front_matter import ExplainerMeta
from sitegen.model.relations import RelatedExplainer, SourceUse
from sitegen.resolve.catalog import Key

MOST_RELATED = 3
_COMMON = 50
"""A source that more explainers than this rest on says nothing about two of them."""


def related_explainers(
    explainers: Mapping[str, Document],
    newest: Sequence[str],
    uses: Mapping[Key, tuple[SourceUse, ...]],
) -> dict[str, tuple[RelatedExplainer, ...]]:
    """Return what to read next after each explainer; `uses` holds the sources of every page.

    Those its author names come first; the rest share most sources, then most topics, and at equal
    merit the newer comes first (`newest` holds all names, the newest first).
    """
    shelf = _Shelf(explainers, newest, uses)
    return {name: shelf.related(name, document) for name, document in explainers.items()}


class _Shelf:
    """All explainers by what they have in common, each as its place among the newest.

    Hundreds may share a source with one of them: what is done for each of those is done by sorting
    and by set operations, not one by one.
    """

    def __init__(
        self,
        explainers: Mapping[str, Document],
        newest: Sequence[str],
        uses: Mapping[Key, tuple[SourceUse, ...]],
    ) -> None:
        self._newest = newest
        self._places = {name: place for place, name in enumerate(newest)}
        self._documents = [explainers[name] for name in newest]
        self._sources = [
            frozenset([use.source for use in uses["explainer", name]]) for name in newest
        ]
        self._topics = [frozenset(_meta(document).topics) for document in self._documents]
        by_source: dict[str, list[int]] = defaultdict(list)
        for place, sources in enumerate(self._sources):
            for source in sources:
                by_source[source].append(place)
        self._by_rare_source = {
            source: places for source, places in by_source.items() if len(places) <= _COMMON
        }
        self._by_topic: dict[str, list[int]] = defaultdict(list)
        """In the order of `explainers`."""
        for name in explainers:
            place = self._places[name]
            for topic in self._topics[place]:
                self._by_topic[topic].append(place)
        self._in_topic = {topic: frozenset(places) for topic, places in self._by_topic.items()}

    def related(self, name: str, document: Document) -> tuple[RelatedExplainer, ...]:
        """Return what to read next after one explainer."""
        own, places = self._places[name], self._places
        chosen: list[int] = []
        for other in _meta(document).related:
            pair = f"{other}.{document.lang_suffix}"
            place = places.get(pair if pair in places else other, own)
            if place != own:
                chosen.append(place)
        room = MOST_RELATED - len(chosen)
        following = [*chosen, *self._most_alike(own, chosen, room)] if room > 0 else chosen
        sources, topics = self._sources[own], self._topics[own]
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

    def _most_alike(self, own: int, chosen: Sequence[int], room: int) -> list[int]:
        """Return as many others as there is room for: most sources, most topics, the newest."""
        rare, topics = self._by_rare_source, self._topics[own]
        document = self._documents[own]

        def fits(place: int) -> bool:
            other = self._documents[place]
            return (
                other.lang == document.lang and other.slug != document.slug and place not in chosen
            )

        def by_topics(place: int) -> tuple[int, int]:
            return -len(topics & self._topics[place]), place

        # Each place as often as it shares a source; most share one.
        sharing = sorted(
            chain.from_iterable([rare[each] for each in self._sources[own] if each in rare])
        )
        several = {place for place, following in pairwise(sharing) if place == following}
        found = list(filter(fits, several))
        if len(found) > 1:
            found.sort(key=lambda place: (-sharing.count(place), *by_topics(place)))
        if len(found) < room:
            near = set().union(*[self._in_topic[each].intersection(sharing) for each in topics])
            found += sorted(filter(fits, near - several), key=by_topics)
            if len(found) < room:
                known = several | near
                others = (each for each in sharing if each not in known)
                found += islice(filter(fits, others), room - len(found))
        if len(found) < room and len(set(sharing)) <= MOST_RELATED:
            some = chain.from_iterable([self._by_topic[each][:_COMMON] for each in topics])
            found += sorted(filter(fits, set(some).difference(sharing)), key=by_topics)
        return found[:room]


def _meta(document: Document) -> ExplainerMeta:
    assert isinstance(document.meta, ExplainerMeta)
    return document.meta
