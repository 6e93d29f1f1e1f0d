"""Gathers the dated events of all pages, each with the page that tells it."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from sitegen.model.dates import first_day
from sitegen.model.document import Document
from sitegen.model.front_matter import EventEntry
from sitegen.model.relations import Card, Event, SourceAlert
from sitegen.resolve.catalog import Key


def page_events(
    document: Document, card: Card, topics: tuple[str, ...], alerts: tuple[SourceAlert, ...]
) -> tuple[Event, ...]:
    """Return the events of one page as its author ordered them; `alerts` are the page's."""
    entries: tuple[EventEntry, ...] = getattr(document.meta, "events", ())
    if not entries:
        return ()
    found = []
    for number, entry in enumerate(entries):
        sources = tuple(dict.fromkeys([*entry.sources, *document.events[number].sources]))
        event = Event(
            page=card,
            fragment=f"events.{number}.text",
            date=entry.date,
            status=entry.status,
            sources=sources,
            topics=topics,
            alerts=tuple([each for each in alerts if each.source.name in sources]),
        )
        found.append(event)
    return tuple(found)


def in_order(
    events: Iterable[Event], documents: Mapping[Key, Document], zone: ZoneInfo
) -> tuple[Event, ...]:
    """Return events from the oldest, the same words on the same date only once."""
    unique: dict[tuple[str, str], Event] = {}
    for event in events:
        text = documents[event.page.kind, event.page.name].texts[event.fragment]
        unique.setdefault((event.date, text), event)
    return tuple(
        sorted(
            unique.values(),
            key=lambda each: (first_day(each.date, zone), len(each.date), each.page.permalink),
        )
    )
