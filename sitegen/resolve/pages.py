"""Makes the page of each document: the document, its place, and what other documents say of it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sitegen.model.dates import day_of, days_after
from sitegen.model.document import Document
from sitegen.model.front_matter import (
    AuthorMeta,
    ExplainerMeta,
    PageMeta,
    SourceMeta,
    TermMeta,
    TopicMeta,
)
from sitegen.model.settings import Settings
from sitegen.model.site import (
    Author,
    Backlink,
    Card,
    CitingPage,
    Event,
    Explainer,
    RelatedExplainer,
    Source,
    SourceUse,
    StandingPage,
    Target,
    Term,
    TermUse,
    Topic,
)
from sitegen.resolve.catalog import Catalog, Key
from sitegen.resolve.glossary import GlossaryIndex
from sitegen.resolve.relations import TopicTree
from sitegen.resolve.timeline import page_events
from sitegen.urls import Permalink


class Pages(Struct, frozen=True, kw_only=True):
    """All pages, by kind and name."""

    explainers: Mapping[str, Explainer]
    sources: Mapping[str, Source]
    topics: Mapping[str, Topic]
    terms: Mapping[str, Term]
    authors: Mapping[str, Author]
    standing: Mapping[str, StandingPage]

    def with_timelines(self, timeline: tuple[Event, ...], tree: TopicTree) -> Mapping[str, Topic]:
        """Return the topics, each with the events of the timeline that belong to it."""
        return {
            name: replace(
                topic,
                timeline=tuple(e for e in timeline if tree.descendants[name] & set(e.topics)),
            )
            for name, topic in self.topics.items()
        }


class PageMaker(Struct, frozen=True, kw_only=True):
    """What has been derived from all documents, and the pages made of it."""

    catalog: Catalog
    settings: Settings
    targets: Mapping[Key, tuple[Target | None, ...]]
    uses: Mapping[Key, tuple[SourceUse, ...]]
    citing: Mapping[str, tuple[CitingPage, ...]]
    glossary: GlossaryIndex
    translations: Mapping[Key, tuple[Card, ...]]
    related: Mapping[str, tuple[RelatedExplainer, ...]]
    tree: TopicTree
    days: Mapping[str, str]
    newest: list[str]
    backlinks: Mapping[Permalink, tuple[Backlink, ...]]

    def pages(self) -> Pages:
        """Return every page of the site."""
        term_uses = {
            key: self.glossary.uses(document, self._terms_linked_by(key))
            for key, document in self.catalog.documents.items()
        }
        listed = {name for name in self.newest if self._is_listed(name)}
        source_topics = self._source_topics()
        return Pages(
            explainers={name: self._explainer(name, term_uses, listed) for name in self.newest},
            sources={
                name: self._source(name, term_uses, source_topics.get(name, ()))
                for name in self._names_by_title("source")
            },
            topics={
                name: self._topic(name, term_uses, listed) for name in self._names_by_title("topic")
            },
            terms=self._terms(term_uses),
            authors={
                name: self._author(name, term_uses, listed)
                for name in self._names_by_title("author")
            },
            standing={
                name: self._standing(name, term_uses) for name in self._names_by_title("page")
            },
        )

    def _terms_linked_by(self, key: Key) -> frozenset[str]:
        """Return the slugs of the terms that a page's author links to by hand."""
        led_to = {target.permalink for target in self.targets[key] if target}
        return frozenset(
            self.catalog.documents[each].slug
            for each, card in self.catalog.cards.items()
            if each[0] == "term" and card.permalink in led_to
        )

    def _names_by_title(self, kind: str) -> list[str]:
        cards = [card for (each, _), card in self.catalog.cards.items() if each == kind]
        ordered = sorted(cards, key=lambda card: (card.title.casefold(), card.name))
        return [card.name for card in ordered]

    def _shared(
        self,
        key: Key,
        term_uses: Mapping[Key, tuple[TermUse, ...]],
        topics: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        """Return the fields that every kind of page has."""
        document, card = self.catalog.documents[key], self.catalog.cards[key]
        return {
            "document": document,
            "card": card,
            "meta": document.meta,
            "targets": self.targets[key],
            "terms": term_uses[key],
            "uses": self.uses[key],
            "events": page_events(document, card, topics),
            "translations": self.translations.get(key, ()),
            "backlinks": self.backlinks.get(card.permalink, ()),
        }

    def _is_listed(self, name: str) -> bool:
        own = self.settings.yaml.language
        document = self.catalog.documents["explainer", name]
        others = self.translations.get(("explainer", name), ())
        return document.lang == own or not any(card.lang == own for card in others)

    def _cards(self, kind: Any, names: tuple[str, ...], document: Document) -> tuple[Card, ...]:
        found = (self.catalog.find(kind, name, document.lang_suffix) for name in names)
        return tuple(card for card in found if card)

    def _explainer(
        self, name: str, term_uses: Mapping[Key, tuple[TermUse, ...]], listed: set[str]
    ) -> Explainer:
        document = self.catalog.documents["explainer", name]
        meta = document.meta
        assert isinstance(meta, ExplainerMeta)
        zone = self.settings.zone
        day = self.days[name]
        reviewed = meta.reviewed or day
        corrected = max((entry.date for entry in meta.corrections), default="")
        updated = max(day_of(meta.updated, zone) if meta.updated else "", corrected)
        series = (
            [
                other
                for other in reversed(self.newest)
                if self._explainer_meta(other).series == meta.series
                and self.catalog.documents["explainer", other].lang == document.lang
            ]
            if meta.series
            else []
        )
        return Explainer(
            **self._shared(("explainer", name), term_uses, meta.topics),
            state=self.catalog.states[name],
            listed=name in listed,
            day=day,
            updated=updated,
            stale_on=days_after(
                reviewed, (meta.review_every or self.settings.yaml.review_every) + 1
            ),
            topics=meta.topics,
            authors=self._cards("author", meta.authors, document),
            reviewer=self.catalog.find("author", meta.reviewed_by, document.lang_suffix),
            related=self.related[name],
            series=tuple(self.catalog.cards["explainer", other] for other in series)
            if len(series) > 1
            else (),
        )

    def _explainer_meta(self, name: str) -> ExplainerMeta:
        meta = self.catalog.documents["explainer", name].meta
        assert isinstance(meta, ExplainerMeta)
        return meta

    def _source_topics(self) -> dict[str, tuple[str, ...]]:
        """Return the topics of the explainers that use each source, the commonest first."""
        counts: dict[str, Counter[str]] = {}
        for (kind, name), uses in self.uses.items():
            if kind == "explainer":
                for use in uses:
                    topics = self._explainer_meta(name).topics
                    counts.setdefault(use.source, Counter()).update(topics)
        return {
            source: tuple(sorted(counter, key=lambda topic: (-counter[topic], topic)))
            for source, counter in counts.items()
        }

    def _source(
        self,
        name: str,
        term_uses: Mapping[Key, tuple[TermUse, ...]],
        topics: tuple[str, ...],
    ) -> Source:
        meta = self.catalog.documents["source", name].meta
        assert isinstance(meta, SourceMeta)
        return Source(
            **self._shared(("source", name), term_uses, topics),
            cited_by=self.citing.get(name, ()),
            topics=topics,
            successor=self.catalog.find("source", meta.superseded_by, ""),
        )

    def _topic(
        self, name: str, term_uses: Mapping[Key, tuple[TermUse, ...]], listed: set[str]
    ) -> Topic:
        document = self.catalog.documents["topic", name]
        meta = document.meta
        assert isinstance(meta, TopicMeta)
        below = self.tree.descendants[name]
        members = [
            other
            for other in self.newest
            if other in listed and below & set(self._explainer_meta(other).topics)
        ]
        claims: Counter[str] = Counter()
        for other in members:
            for use in self.uses["explainer", other]:
                claims[use.source] += len(use.citations)
        terms = [
            term
            for (kind, term), each in self.catalog.documents.items()
            if kind == "term" and isinstance(each.meta, TermMeta) and below & set(each.meta.topics)
        ]
        return Topic(
            **self._shared(("topic", name), term_uses, (name,)),
            ancestors=self._cards("topic", self.tree.ancestors[name], document),
            children=self._cards("topic", self.tree.children[name], document),
            related=self._cards("topic", meta.related, document),
            explainers=tuple(members),
            sources=tuple(sorted(claims, key=lambda source: (-claims[source], source))),
            timeline=(),
            start_here=self.catalog.find("explainer", meta.start_here, document.lang_suffix),
            glossary=tuple(
                sorted(terms, key=lambda t: self.catalog.cards["term", t].title.casefold())
            ),
        )

    def _terms(self, term_uses: Mapping[Key, tuple[TermUse, ...]]) -> dict[str, Term]:
        used_in: dict[str, list[Card]] = {}
        for key, uses in term_uses.items():
            for use in uses:
                used_in.setdefault(use.term, []).append(self.catalog.cards[key])
        return {
            name: Term(
                **self._shared(("term", name), term_uses),
                used_in=tuple(
                    sorted(used_in.get(name, ()), key=lambda card: (card.title, card.permalink))
                ),
            )
            for name in self._names_by_title("term")
        }

    def _author(
        self, name: str, term_uses: Mapping[Key, tuple[TermUse, ...]], listed: set[str]
    ) -> Author:
        assert isinstance(self.catalog.documents["author", name].meta, AuthorMeta)
        written = [other for other in self.newest if name in self._explainer_meta(other).authors]
        return Author(
            **self._shared(("author", name), term_uses),
            explainers=tuple(other for other in written if other in listed),
            corrections=sum(len(self._explainer_meta(other).corrections) for other in written),
        )

    def _standing(self, name: str, term_uses: Mapping[Key, tuple[TermUse, ...]]) -> StandingPage:
        assert isinstance(self.catalog.documents["page", name].meta, PageMeta)
        return StandingPage(**self._shared(("page", name), term_uses))
