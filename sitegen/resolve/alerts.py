"""Finds what rests on a source that was corrected, retracted, superseded or lost."""

from collections.abc import Iterable, Mapping

from sitegen.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.front_matter import ExplainerMeta, SourceMeta
from sitegen.model.relations import SourceAlert
from sitegen.model.site import Bodies
from sitegen.resolve.catalog import Catalog, Key

Alerts = Mapping[Key, tuple[SourceAlert, ...]]

_SAID = {
    "corrected": "was corrected by its publisher",
    "retracted": "was retracted",
    "superseded": "was replaced by a later one",
    "dead": "is no longer online",
}


def source_alerts(catalog: Catalog) -> Alerts:
    """Return the changed sources that each page rests on and has not acknowledged.

    A page rests on the sources it cites and on those of its events, not on those it only lists.
    """
    changed = {
        document.name: SourceAlert(
            source=catalog.cards[key],
            status=document.meta.status,
            note=document.meta.status_note,
            successor=catalog.find("source", document.meta.superseded_by, ""),
        )
        for key, document in catalog.documents.items()
        if isinstance(document.meta, SourceMeta) and document.meta.status != "current"
    }
    if not changed:
        return {}
    found = {}
    for key, document in catalog.documents.items():
        acknowledged = getattr(document.meta, "acknowledge", ())
        rests_on = [name for name in _sources(document) if name in changed]
        alerts = tuple([changed[name] for name in rests_on if name not in acknowledged])
        if alerts:
            found[key] = alerts
    return found


def alerts_of_all(each: Iterable[tuple[SourceAlert, ...]]) -> tuple[SourceAlert, ...]:
    """Return the alerts of several pages, each once."""
    found: dict[str, SourceAlert] = {}
    for alerts in each:
        for alert in alerts:
            found.setdefault(alert.source.name, alert)
    return tuple(found.values())


def alert_findings(catalog: Catalog, alerts: Alerts, bodies: Bodies) -> list[Diagnostic]:
    """Return a warning for each explainer and each changed source that it rests on."""
    found = []
    for key, each in alerts.items():
        document = catalog.documents[key]
        if not isinstance(document.meta, ExplainerMeta):
            continue
        for alert in each:
            name = alert.source.name
            body = bodies[document.path]
            places = [
                f"citation.{cited.number}" for cited in body.citations if cited.source == name
            ]
            places += [
                f"events.{number}.sources.{place}"
                for number, event in enumerate(document.meta.events)
                for place, source in enumerate(event.sources)
                if source == name
            ]
            note = f": {' '.join(alert.note.split())}" if alert.note else ""
            successor = f", or cite '{alert.successor.name}'" if alert.successor else ""
            found.append(
                Diagnostic(
                    path=document.path,
                    code="changed-source",
                    message=f"the source '{name}' {_SAID[alert.status]}{note}",
                    span=next((body.spans[at] for at in places if at in body.spans), None),
                    help=f"read what rests on it again{successor}; then list it in acknowledge:",
                )
            )
    return found


def unsupported_key_points(catalog: Catalog) -> dict[str, tuple[int, ...]]:
    """Return the key points of each explainer that rest on no primary source, from 0.

    Where no source of the publication is marked `primary`, its editors don't use the distinction.
    """
    primary = {
        document.name
        for document in catalog.documents.values()
        if isinstance(document.meta, SourceMeta) and document.meta.primary
    }
    if not primary:
        return {}
    return {
        name: numbers
        for (kind, name), document in catalog.documents.items()
        if kind == "explainer"
        and (
            numbers := tuple(
                [n for n, cited in enumerate(document.key_points) if primary.isdisjoint(cited)]
            )
        )
    }


def primary_findings(
    catalog: Catalog, unsupported: Mapping[str, tuple[int, ...]], bodies: Bodies
) -> list[Diagnostic]:
    """Return a warning for each explainer none of whose key points rests on a primary source."""
    found = []
    for name, numbers in unsupported.items():
        document = catalog.documents["explainer", name]
        if len(numbers) == len(document.key_points):
            found.append(
                Diagnostic(
                    path=document.path,
                    code="no-primary-source",
                    message="no key point of this page rests on a primary source",
                    span=bodies[document.path].spans.get("key_points.0"),
                    help="cite a document of record for one of them, or mark the source that is "
                    "one with primary: true",
                )
            )
    return found


def _sources(document: Document) -> dict[str, None]:
    found = dict.fromkeys(each.source for each in document.cited)
    for number, event in enumerate(getattr(document.meta, "events", ())):
        found.update(dict.fromkeys([*event.sources, *document.events[number].sources]))
    return found
