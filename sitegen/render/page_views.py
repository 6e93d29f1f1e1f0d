"""Makes the views of topics, sources, terms, authors and standing pages."""

from itertools import islice

from sitegen.model.dates import first_day
from sitegen.model.document import Citation
from sitegen.model.pages import Author, Source, StandingPage, Term, Topic
from sitegen.model.relations import Card, CitingPage, Event
from sitegen.render.alerts import alert_views
from sitegen.render.fragments import other_forms, pieces, plain_pieces
from sitegen.render.frames import card_links, make_frame, topic_links
from sitegen.render.listings import event, item, pager, rows_on
from sitegen.render.notes import body, source_view
from sitegen.render.place import Place
from sitegen.render.structured_data import term_data, topic_data
from sitegen.render.views.links_and_dates import Link
from sitegen.render.views.listings import Item
from sitegen.render.views.pages import (
    AuthorPage,
    CitingClaim,
    CitingView,
    SourcePage,
    StandingPageView,
    TermPage,
    TermView,
    TopicPage,
)
from sitegen.render.views.sources import SourceCount
from sitegen.urls import companion, permalink

_MOST_EVENTS = 8
_MOST_SOURCES = 50


def topic_view(place: Place, topic: Topic, number: int) -> TopicPage:
    """Return what topic.html may see of page `number` of `topic`."""
    site = place.site
    meta = topic.meta
    first = number == 1
    shown = topic.sources[:_MOST_SOURCES] if first else ()
    return TopicPage(
        frame=make_frame(
            place,
            meta.title,
            meta.summary,
            structured_data=topic_data(site, topic, number),
            page=topic if first else None,
        ),
        title=meta.title,
        summary=meta.summary,
        topics_href=place.href(permalink("topics")),
        ancestors=card_links(place, topic.ancestors),
        children=topic_links(place, tuple(card.name for card in topic.children), counted=True),
        related=topic_links(place, tuple(card.name for card in topic.related), counted=True),
        alerts=alert_views(place, topic.alerts),
        body=body(place, topic),
        items=_items(place, topic.explainers, number),
        sources=tuple(source_count(place, site.sources[use.source], use.claims) for use in shown),
        more_sources=len(topic.sources) - len(shown) if first else 0,
        sources_href=place.href(permalink("sources")),
        start_here=place.link(topic.start_here) if topic.start_here else None,
        events=tuple(
            event(place, each, own_page=each.page == topic.card) for each in _events(place, topic)
        ),
        timeline_href=place.href(permalink("timeline")),
        terms=tuple(place.link(site.terms[name].card) for name in topic.glossary),
        feed=place.href(companion(topic.card.permalink, "feed.xml"))
        if site.settings.yaml.feeds
        else "",
        pager=pager(place, topic.card.permalink, number, len(topic.explainers)),
    )


def source_count(place: Place, source: Source, claims: int) -> SourceCount:
    """Return a source's row in a listing."""
    return SourceCount(source=source_view(place, source), claims=claims)


def _items(place: Place, names: tuple[str, ...], number: int) -> tuple[Item, ...]:
    return tuple(item(place, place.site.explainers[name]) for name in rows_on(names, number))


def _events(place: Place, topic: Topic) -> list[Event]:
    """Return the topic's own events, and others up to eight, from the oldest."""
    others = (each for each in reversed(topic.timeline) if each.page != topic.card)
    room = max(0, _MOST_EVENTS - len(topic.events))
    chosen = [*topic.events, *reversed(list(islice(others, room)))]
    zone = place.site.settings.zone
    return sorted(chosen, key=lambda each: first_day(each.date, zone))


def source_page_view(place: Place, source: Source) -> SourcePage:
    """Return what source.html may see of `source`."""
    meta = source.meta
    shown = source.card.title
    byline = meta.byline or ", ".join(meta.authors)
    return SourcePage(
        frame=make_frame(
            place,
            shown,
            f"{meta.publisher}: {shown}",
            title_lang=place.title_lang(source),
            page=source,
        ),
        source=source_view(place, source),
        byline=byline,
        byline_lang=place.words_lang(byline),
        accessed=place.optional_date(meta.accessed),
        doi=meta.doi,
        licence=meta.licence,
        language=source.card.lang,
        successor=place.link(source.successor) if source.successor else None,
        topics=topic_links(place, source.topics),
        body=body(place, source),
        cited_by=_cited_by(place, source),
        claims=sum(citing.claims for citing in source.cited_by),
        consulted_by=tuple(
            place.link(citing.page) for citing in source.cited_by if not citing.claims
        ),
        events=tuple(event(place, each, own_page=True) for each in source.events),
        same_publisher=card_links(place, source.same_publisher),
    )


def _cited_by(place: Place, source: Source) -> tuple[CitingView, ...]:
    """Return the pages whose claims rest on `source`."""
    citing = [each for each in source.cited_by if each.claims]
    found = place.site.bodies.citations([each.path for each in citing], source.card.name)
    return tuple(
        _citing(place, source, page, citations)
        for page, citations in zip(citing, found, strict=True)
    )


def _citing(
    place: Place, source: Source, citing: CitingPage, citations: tuple[Citation, ...]
) -> CitingView:
    as_of = ""
    if citing.page.kind == "explainer":
        as_of = place.site.explainers[citing.page.name].meta.as_of
    page = place.link(citing.page)
    # A source's own page may cite it: an anchor on the page itself needs no address before it.
    above = "" if citing.page.permalink == place.here else page.href
    return CitingView(
        page=page,
        kind=citing.page.kind,
        as_of=place.optional_date(as_of),
        claims=tuple(
            [
                CitingClaim(
                    number=citation.number,
                    href=f"{above}#c{citation.number}",
                    sentence=citation.sentence,
                    words=citation.words,
                    locator=citation.locator,
                    passage=citation.passage,
                    passage_lang=place.passage_lang(citation.passage, source),
                    translated=citation.translated,
                    standing=citing.standings.get(citation.number, ""),
                )
                for citation in citations
            ]
        ),
    )


def term_entry(place: Place, term: Term, *, own_page: bool) -> TermView:
    """Return a term as the glossary shows it, or as its own page does."""
    return TermView(
        anchor=f"term-{term.slug}",
        href=place.href(term.card.permalink),
        title=term.meta.term,
        lang=place.foreign(term.card.lang),
        also=other_forms(place, term.meta.also),
        definition=(pieces if own_page else plain_pieces)(place, term, "definition"),
        used_in=tuple(_unique(place, term.used_in)),
    )


def _unique(place: Place, cards: tuple[Card, ...]) -> list[Link]:
    return [place.link(card) for card in dict.fromkeys(cards)]


def term_page_view(place: Place, term: Term) -> TermPage:
    """Return what term.html may see of `term`."""
    text = body(place, term)
    noted = {entry.source.href for entry in text.source_notes}
    named = [source_view(place, place.site.sources[name]) for name in term.meta.sources]
    return TermPage(
        frame=make_frame(
            place,
            term.meta.term,
            term.definition,
            structured_data=term_data(place.site, term, str(place.words["nav"]["glossary"])),
            title_lang=place.foreign(term.card.lang),
            page=term,
        ),
        term=term_entry(place, term, own_page=True),
        topics=topic_links(place, term.meta.topics),
        sources=tuple(source for source in named if source.href not in noted),
        body=text,
    )


def author_view(place: Place, author: Author, number: int) -> AuthorPage:
    """Return what author.html may see of page `number` of `author`."""
    meta = author.meta
    image = place.site.images.get(author.document.path)
    return AuthorPage(
        frame=make_frame(
            place, meta.name, meta.role or meta.name, page=author if number == 1 else None
        ),
        name=meta.name,
        role=meta.role,
        email=meta.email,
        url=meta.url,
        orcid=meta.orcid,
        image=place.href(image) if image else "",
        body=body(place, author),
        items=_items(place, author.explainers, number),
        explainers=len(author.explainers),
        corrections=author.corrections,
        corrections_href=place.href(permalink("corrections")),
        pager=pager(place, author.card.permalink, number, len(author.explainers)),
    )


def standing_page_view(place: Place, page: StandingPage) -> StandingPageView:
    """Return what page.html may see of `page`."""
    return StandingPageView(
        frame=make_frame(place, page.meta.title, page.meta.summary, page=page),
        title=page.meta.title,
        summary=page.meta.summary,
        body=body(place, page),
    )
