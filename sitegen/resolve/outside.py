"""What is known of the outside addresses in a page's text."""

from collections.abc import Iterable, Mapping

from sitegen.model.document import Document
from sitegen.model.front_matter import SourceMeta
from sitegen.model.links import DeadLink, LinkState
from sitegen.urls import asked_as


def archives(documents: Iterable[Document]) -> dict[str, str]:
    """Return the stored copy of each address that a source's record names one for."""
    return {
        asked_as(each.meta.url): each.meta.archive_url
        for each in documents
        if isinstance(each.meta, SourceMeta) and each.meta.url and each.meta.archive_url
    }


def link_state(url: str, links: Mapping[str, LinkState]) -> LinkState | None:
    """Return how an address stood when it was last asked; None where it never was."""
    return links.get(asked_as(url)) if url and links else None


def dead_links(
    document: Document, links: Mapping[str, LinkState], archived: Mapping[str, str]
) -> tuple[DeadLink, ...]:
    """Return those of the outside addresses in a text that are dead, as they are written."""
    if not links or not document.outside:
        return ()
    found = ((url, links.get(asked_as(url))) for url in document.outside)
    return tuple(
        DeadLink(url=url, since=state.since, archive_url=archived.get(asked_as(url), ""))
        for url, state in found
        if state is not None and state.verdict == "dead"
    )
