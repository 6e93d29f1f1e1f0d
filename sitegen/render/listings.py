"""Makes the rows of listings: explainers, events and corrections, and pages of fifty."""

from collections.abc import Sequence
from typing import TypeVar

from sitegen.model.front_matter import CorrectionEntry
from sitegen.model.pages import Explainer, Page
from sitegen.model.relations import Card, Event
from sitegen.model.site import Site
from sitegen.render.alerts import alert_views
from sitegen.render.fragments import pieces, plain_pieces
from sitegen.render.frames import topic_links
from sitegen.render.place import Place
from sitegen.render.views.links_and_dates import Link
from sitegen.render.views.listings import CorrectionView, EventView, Item, Pager
from sitegen.urls import Permalink, paged

PAGE_SIZE = 50

T = TypeVar("T")


def item(place: Place, explainer: Explainer) -> Item:
    """Return an explainer's row."""
    meta = explainer.meta
    return Item(
        href=place.href(explainer.card.permalink),
        title=meta.title,
        lang=place.foreign(explainer.card.lang),
        summary=meta.summary,
        date=place.date(explainer.day),
        as_of=place.optional_date(meta.as_of),
        topics=topic_links(place, explainer.topics),
        claims=explainer.claims,
        state=explainer.state,
        alerts=alert_views(place, explainer.alerts),
    )


def event(place: Place, event: Event, *, own_page: bool) -> EventView:
    """Return a dated line, on the page that tells it (`own_page`) or on a timeline."""
    page = page_of(place.site, event.page)
    return EventView(
        date=place.date(event.date),
        status=event.status,
        pieces=(pieces if own_page else plain_pieces)(place, page, event.fragment),
        sources=tuple(_short_source(place, name) for name in event.sources),
        page=None if own_page else place.link(event.page),
        topics=() if own_page else topic_links(place, event.topics),
        alerts=alert_views(place, event.alerts),
    )


def correction(place: Place, entry: CorrectionEntry, page: Card | None) -> CorrectionView:
    """Return a correction; `page` is named where it is not the page it stands on."""
    return CorrectionView(
        date=place.date(entry.date),
        kind=entry.kind,
        text=entry.text,
        was=entry.was,
        now=entry.now,
        page=place.link(page) if page else None,
    )


def page_of(site: Site, card: Card) -> Page:
    """Return the page that a card stands for."""
    if card.kind == "explainer":
        return site.explainers[card.name]
    if card.kind == "source":
        return site.sources[card.name]
    if card.kind == "topic":
        return site.topics[card.name]
    if card.kind == "term":
        return site.terms[card.name]
    if card.kind == "author":
        return site.authors[card.name]
    return site.pages[card.name]


def page_numbers(count: int) -> range:
    """Return the numbers of the pages that `count` rows fill, at least one."""
    return range(1, max(1, -(-count // PAGE_SIZE)) + 1)


def rows_on(rows: Sequence[T], number: int) -> Sequence[T]:
    """Return the rows of page `number`."""
    return rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]


def pager(place: Place, first: Permalink, number: int, count: int) -> Pager:
    """Return where page `number` of a listing of `count` rows stands."""
    total = len(page_numbers(count))
    return Pager(
        number=number,
        total=total,
        previous=place.href(paged(first, number - 1)) if number > 1 else "",
        next=place.href(paged(first, number + 1)) if number < total else "",
    )


def _short_source(place: Place, name: str) -> Link:
    """Return a link to a source in its publisher's name, as timelines show it."""
    source = place.site.sources[name]
    return Link(
        href=place.href(source.card.permalink),
        title=source.meta.publisher,
        lang=place.publisher_lang(source),
    )
