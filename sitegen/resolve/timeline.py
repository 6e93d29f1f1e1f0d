"""Gathers the dated events of all pages, each with the page that tells it."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from sitegen.model.dates import first_day
from sitegen.model.document import Document
from sitegen.model.front_matter import ExplainerMeta, SourceMeta, TopicMeta
from sitegen.model.site import Card, Event
from sitegen.resolve.catalog import Key


def page_events(document: Document, card: Card, topics: tuple[str, ...]) -> tuple[Event, ...]:
    """Return the events of one page as its author ordered them."""
    meta = document.meta
    if not isinstance(meta, ExplainerMeta | SourceMeta | TopicMeta):
        return ()
    cited: dict[int, list[str]] = {}
    spans = {
        number: document.spans.get(f"events.{number}.text") for number in range(len(meta.events))
    }
    for citation in document.citations:
        if citation.part == "events" and citation.span:
            line = citation.span.line
            before = [n for n, span in spans.items() if span and span.line <= line]
            cited.setdefault(max(before, default=0), []).append(citation.source)
    return tuple(
        Event(
            page=card,
            fragment=f"events.{number}.text",
            date=entry.date,
            status=entry.status,
            sources=tuple(dict.fromkeys([*entry.sources, *cited.get(number, [])])),
            topics=topics,
        )
        for number, entry in enumerate(meta.events)
    )


def in_order(
    events: Iterable[Event], documents: Mapping[Key, Document], zone: ZoneInfo
) -> tuple[Event, ...]:
    """Return events from the oldest, the same words on the same date only once."""
    unique: dict[tuple[str, str], Event] = {}
    for event in events:
        fragment = documents[event.page.kind, event.page.name].fragments[event.fragment]
        unique.setdefault((event.date, fragment.text), event)
    return tuple(
        sorted(
            unique.values(),
            key=lambda each: (first_day(each.date, zone), len(each.date), each.page.permalink),
        )
    )
