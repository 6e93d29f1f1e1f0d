"""Derives what documents have in common: citations, related explainers, topics, translations."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from sitegen.diagnostics import Diagnostic
from sitegen.model.document import Citation, Document
from sitegen.model.front_matter import ExplainerMeta, TopicMeta
from sitegen.model.site import Card, CitingPage, RelatedExplainer, SourceUse
from sitegen.resolve.catalog import Catalog, Key

MOST_RELATED = 3
_COMMON_SOURCE = 50
"""A source that more explainers than this rest on says nothing about two of them."""


def source_uses(document: Document) -> tuple[SourceUse, ...]:
    """Return the sources of a page: those it cites in order of first citation, then the others."""
    cited: dict[str, list[Citation]] = {}
    for citation in document.citations:
        cited.setdefault(citation.source, []).append(citation)
    if isinstance(document.meta, ExplainerMeta):
        for name in document.meta.sources:
            cited.setdefault(name, [])
    return tuple(
        SourceUse(source=name, number=number, citations=tuple(citations))
        for number, (name, citations) in enumerate(cited.items(), start=1)
    )


def citing_pages(
    uses: Mapping[Key, tuple[SourceUse, ...]], catalog: Catalog
) -> dict[str, tuple[CitingPage, ...]]:
    """Return, for each source, the pages that use it, in the order of their titles."""
    found: dict[str, list[CitingPage]] = defaultdict(list)
    for key, each in uses.items():
        for use in each:
            found[use.source].append(CitingPage(page=catalog.cards[key], citations=use.citations))
    return {
        name: tuple(sorted(pages, key=lambda each: (each.page.title, each.page.permalink)))
        for name, pages in found.items()
    }


def related_explainers(
    explainers: Mapping[str, Document], order: Mapping[str, int]
) -> dict[str, tuple[RelatedExplainer, ...]]:
    """Return what to read next after each explainer.

    Those its author names come first; the rest share most sources, then most topics, and at equal
    merit the newer comes first (`order` numbers explainers from the newest).
    """
    by_source: dict[str, list[str]] = defaultdict(list)
    by_topic: dict[str, list[str]] = defaultdict(list)
    sources: dict[str, frozenset[str]] = {}
    topics: dict[str, frozenset[str]] = {}
    for name, document in explainers.items():
        meta = document.meta
        assert isinstance(meta, ExplainerMeta)
        sources[name] = frozenset(meta.sources) | {c.source for c in document.citations}
        topics[name] = frozenset(meta.topics)
        for source in sources[name]:
            by_source[source].append(name)
        for topic in topics[name]:
            by_topic[topic].append(name)
    common = {source for source, names in by_source.items() if len(names) > _COMMON_SOURCE}
    found = {}
    for name, document in explainers.items():
        meta = document.meta
        assert isinstance(meta, ExplainerMeta)
        own_language = [
            pair if (pair := f"{other}.{document.lang_suffix}") in explainers else other
            for other in meta.related
        ]
        chosen = [other for other in own_language if other in explainers and other != name]
        shared: Counter[str] = Counter()
        for source in sources[name] - common:
            shared.update(by_source[source])
        candidates = set(shared)
        if len(candidates) <= MOST_RELATED:
            for topic in topics[name]:
                candidates.update(by_topic[topic][:_COMMON_SOURCE])
        same_language = [
            other
            for other in candidates - {name, *chosen}
            if explainers[other].lang == document.lang and explainers[other].slug != document.slug
        ]
        best = sorted(
            same_language,
            key=lambda other: (-shared[other], -len(topics[name] & topics[other]), order[other]),
        )
        found[name] = tuple(
            RelatedExplainer(
                name=other,
                chosen=other in chosen,
                shared_sources=len(sources[name] & sources[other]),
                shared_topics=len(topics[name] & topics[other]),
            )
            for other in [*chosen, *best[: max(0, MOST_RELATED - len(chosen))]]
        )
    return found


class TopicTree(Struct, frozen=True, kw_only=True):
    """Who stands above and below each topic."""

    ancestors: Mapping[str, tuple[str, ...]]
    """From the root downwards."""
    children: Mapping[str, tuple[str, ...]]
    descendants: Mapping[str, frozenset[str]]
    """The topic itself included."""


def topic_tree(topics: Mapping[str, Document]) -> tuple[TopicTree, list[Diagnostic]]:
    """Return the tree that `parent` makes, and each topic that is its own ancestor."""
    parents: dict[str, str] = {}
    for name, document in topics.items():
        meta = document.meta
        if isinstance(meta, TopicMeta) and meta.parent in topics:
            parents[name] = meta.parent
    found: list[Diagnostic] = []
    ancestors: dict[str, tuple[str, ...]] = {}
    for name in topics:
        above: list[str] = []
        current = parents.get(name)
        while current and current not in above and current != name:
            above.insert(0, current)
            current = parents.get(current)
        if current == name:
            found.append(
                Diagnostic(
                    path=topics[name].path,
                    code="topic-cycle",
                    message=f"the topic '{name}' is its own ancestor",
                    span=topics[name].spans.get("parent"),
                    help="take out or change one parent: of " + ", ".join([name, *above]),
                )
            )
            above = []
        ancestors[name] = tuple(above)
    below: dict[str, set[str]] = {name: {name} for name in topics}
    for name, above_names in ancestors.items():
        for above_name in above_names:
            below[above_name].add(name)
    children = {
        name: tuple(child for child, parent in parents.items() if parent == name) for name in topics
    }
    return TopicTree(
        ancestors=ancestors,
        children=children,
        descendants={name: frozenset(names) for name, names in below.items()},
    ), found


def translations(catalog: Catalog) -> dict[Key, tuple[Card, ...]]:
    """Return the other language versions of each page that has some.

    `page.ja.md` beside `page.md` is a pair by its name, others by `translation_of`.
    """
    groups: dict[Key, list[Key]] = defaultdict(list)
    for key, document in catalog.documents.items():
        leader: Key = (document.kind, document.slug)
        meta = document.meta
        if isinstance(meta, ExplainerMeta) and meta.translation_of:
            leader = ("explainer", meta.translation_of)
        groups[leader].append(key)
    found = {}
    for members in groups.values():
        if len(members) < 2:
            continue
        cards = sorted((catalog.cards[key] for key in members), key=lambda card: card.lang)
        for key in members:
            found[key] = tuple(card for card in cards if card.name != key[1])
    return found


def by_date(names: Iterable[str], days: Mapping[str, str]) -> list[str]:
    """Return explainers from the newest, equal days by name."""
    return sorted(sorted(names), key=lambda name: days[name], reverse=True)
