"""Makes the page of each document: the document, its place, and what other documents say of it."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from sitegen.model.dates import day_of, days_after, parse_moment
from sitegen.model.document import Document, Standing
from sitegen.model.front_matter import (
    AuthorMeta,
    ExplainerMeta,
    PageMeta,
    SourceMeta,
    TopicMeta,
)
from sitegen.model.links import LinkState
from sitegen.model.pages import Author, Explainer, Source, StandingPage, Term, Topic
from sitegen.model.relations import (
    Backlink,
    Card,
    CitingPage,
    Event,
    RelatedExplainer,
    SourceUse,
    Target,
)
from sitegen.model.settings import Settings
from sitegen.resolve.alerts import Alerts, alerts_of_all
from sitegen.resolve.catalog import Catalog, Key
from sitegen.resolve.groups import (
    MOST_SAME_PUBLISHER,
    Groups,
    events_by_topic,
    make_groups,
    members,
    series_parts,
    source_topics,
    sources_by_publisher,
    sources_of_all,
)
from sitegen.resolve.outside import dead_links, link_state
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
        places = events_by_topic(timeline)
        return {
            name: replace(
                topic,
                timeline=tuple(
                    [timeline[place] for place in members(tree.descendants[name], places)]
                ),
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
    terms: Mapping[str, tuple[str, ...]]
    """Each page's, by path; those its author links to by hand still among them."""
    standings: Mapping[str, Mapping[int, Standing]]
    """How each page's citations stand, by path and number."""
    alerts: Alerts
    unsupported: Mapping[str, tuple[int, ...]]
    as_of: str
    translations: Mapping[Key, tuple[Card, ...]]
    related: Mapping[str, tuple[RelatedExplainer, ...]]
    tree: TopicTree
    days: Mapping[str, str]
    newest: list[str]
    backlinks: Mapping[Permalink, tuple[Backlink, ...]]
    links: Mapping[str, LinkState]
    """How outside addresses stood when they were last asked."""
    archives: Mapping[str, str]
    """The stored copy of each address that a source's record names one for."""

    def pages(self) -> Pages:
        """Return every page of the site."""
        term_uses = {
            key: self._linked_terms(key, document)
            for key, document in self.catalog.documents.items()
        }
        listed = {name for name in self.newest if self._is_listed(name)}
        groups = make_groups(self.catalog, self.newest)
        series = series_parts(self.catalog, self.newest, groups)
        topics_of = source_topics(self.catalog, self.newest, self.uses)
        source_names = self._names_by_title("source")
        by_publisher = sources_by_publisher(self.catalog, source_names)
        return Pages(
            explainers={
                name: self._explainer(name, term_uses, listed, series) for name in self.newest
            },
            sources={
                name: self._source(name, term_uses, topics_of.get(name, ()), by_publisher)
                for name in source_names
            },
            topics={
                name: self._topic(name, term_uses, listed, groups)
                for name in self._names_by_title("topic")
            },
            terms=self._terms(term_uses),
            authors={
                name: self._author(name, term_uses, listed, groups)
                for name in self._names_by_title("author")
            },
            standing={
                name: self._standing(name, term_uses) for name in self._names_by_title("page")
            },
        )

    def _linked_terms(self, key: Key, document: Document) -> tuple[str, ...]:
        """Return the terms that a page uses and that its author does not link to by hand."""
        names = self.terms.get(document.path, ())
        if not names:
            return ()
        led_to = {target.permalink for target in self.targets[key] if target}
        return tuple(
            name
            for name in names
            if not any(card.permalink in led_to for card in self._versions_of_term(name))
        )

    def _versions_of_term(self, name: str) -> tuple[Card, ...]:
        return (self.catalog.cards["term", name], *self.translations.get(("term", name), ()))

    def _names_by_title(self, kind: str) -> list[str]:
        cards = [card for (each, _), card in self.catalog.cards.items() if each == kind]
        ordered = sorted(cards, key=lambda card: (card.title.casefold(), card.name))
        return [card.name for card in ordered]

    def _shared(
        self,
        key: Key,
        term_uses: Mapping[Key, tuple[str, ...]],
        topics: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        """Return the fields that every kind of page has."""
        document, card = self.catalog.documents[key], self.catalog.cards[key]
        return {
            "document": document,
            "card": card,
            "claims": document.claims,
            "targets": self.targets[key],
            "terms": term_uses[key],
            "standings": self.standings.get(document.path, {}),
            "uses": self.uses[key],
            "alerts": self.alerts.get(key, ()),
            "events": page_events(document, card, topics, self.alerts.get(key, ())),
            "translations": self.translations.get(key, ()),
            "backlinks": self.backlinks.get(card.permalink, ()),
            "dead_links": dead_links(document, self.links, self.archives),
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
        self,
        name: str,
        term_uses: Mapping[Key, tuple[str, ...]],
        listed: set[str],
        series: Mapping[tuple[str, str], tuple[Card, ...]],
    ) -> Explainer:
        document = self.catalog.documents["explainer", name]
        meta = document.meta
        assert isinstance(meta, ExplainerMeta)
        zone = self.settings.zone
        day = self.days[name]
        reviewed = meta.reviewed or day
        corrections = [entry.date for entry in meta.corrections]
        changes = [meta.updated, *corrections] if meta.updated else corrections
        updated = max([day_of(meta.updated, zone) if meta.updated else "", *corrections])
        stale_on = days_after(reviewed, (meta.review_every or self.settings.yaml.review_every) + 1)
        return Explainer(
            **self._shared(("explainer", name), term_uses, meta.topics),
            state=self.catalog.states[name],
            listed=name in listed,
            day=day,
            updated=updated,
            changed=max([meta.date, *changes], key=lambda text: parse_moment(text, zone))
            if changes
            else meta.date,
            stale_on=stale_on,
            stale=self.as_of >= stale_on,
            topics=meta.topics,
            authors=self._cards("author", meta.authors, document),
            reviewer=self.catalog.find("author", meta.reviewed_by, document.lang_suffix),
            unsupported=self.unsupported.get(name, ()),
            related=self.related[name],
            series=series.get((meta.series, document.lang), ()) if meta.series else (),
        )

    def _explainer_meta(self, name: str) -> ExplainerMeta:
        meta = self.catalog.documents["explainer", name].meta
        assert isinstance(meta, ExplainerMeta)
        return meta

    def _source(
        self,
        name: str,
        term_uses: Mapping[Key, tuple[str, ...]],
        topics: tuple[str, ...],
        by_publisher: Mapping[str, list[Card]],
    ) -> Source:
        meta = self.catalog.documents["source", name].meta
        assert isinstance(meta, SourceMeta)
        same = [card for card in by_publisher[meta.publisher] if card.name != name]
        return Source(
            **self._shared(("source", name), term_uses, topics),
            cited_by=self.citing.get(name, ()),
            topics=topics,
            successor=self.catalog.find("source", meta.superseded_by, ""),
            same_publisher=tuple(same[:MOST_SAME_PUBLISHER]),
            link=link_state(meta.url, self.links),
        )

    def _topic(
        self,
        name: str,
        term_uses: Mapping[Key, tuple[str, ...]],
        listed: set[str],
        groups: Groups,
    ) -> Topic:
        document = self.catalog.documents["topic", name]
        meta = document.meta
        assert isinstance(meta, TopicMeta)
        below = self.tree.descendants[name]
        explainers = [
            other
            for place in members(below, groups.by_topic)
            if (other := self.newest[place]) in listed
        ]
        terms = [groups.terms[place] for place in members(below, groups.terms_by_topic)]
        shared = self._shared(("topic", name), term_uses, (name,))
        if self.alerts:
            theirs = [self.alerts.get(("explainer", other), ()) for other in explainers]
            shared["alerts"] = alerts_of_all([shared["alerts"], *theirs])
        return Topic(
            **shared,
            ancestors=self._cards("topic", self.tree.ancestors[name], document),
            children=self._cards("topic", self.tree.children[name], document),
            related=self._cards("topic", meta.related, document),
            explainers=tuple(explainers),
            published=tuple([m for m in explainers if self.catalog.states[m] == "published"]),
            sources=sources_of_all(explainers, self.uses),
            timeline=(),
            start_here=self.catalog.find("explainer", meta.start_here, document.lang_suffix),
            glossary=tuple(
                sorted(terms, key=lambda t: self.catalog.cards["term", t].title.casefold())
            ),
        )

    def _terms(self, term_uses: Mapping[Key, tuple[str, ...]]) -> dict[str, Term]:
        used_in: dict[str, list[Card]] = {}
        for key, uses in term_uses.items():
            for name in uses:
                used_in.setdefault(name, []).append(self.catalog.cards[key])
        return {
            name: Term(
                **self._shared(("term", name), term_uses),
                slug=self.catalog.documents["term", name].slug,
                definition=self.catalog.documents["term", name].texts["definition"],
                used_in=tuple(
                    sorted(used_in.get(name, ()), key=lambda card: (card.title, card.permalink))
                ),
            )
            for name in self._names_by_title("term")
        }

    def _author(
        self,
        name: str,
        term_uses: Mapping[Key, tuple[str, ...]],
        listed: set[str],
        groups: Groups,
    ) -> Author:
        assert isinstance(self.catalog.documents["author", name].meta, AuthorMeta)
        written = [self.newest[place] for place in groups.by_author.get(name, ())]
        return Author(
            **self._shared(("author", name), term_uses),
            explainers=tuple(other for other in written if other in listed),
            corrections=sum(len(self._explainer_meta(other).corrections) for other in written),
        )

    def _standing(self, name: str, term_uses: Mapping[Key, tuple[str, ...]]) -> StandingPage:
        assert isinstance(self.catalog.documents["page", name].meta, PageMeta)
        return StandingPage(**self._shared(("page", name), term_uses))
