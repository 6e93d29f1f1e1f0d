"""Takes a site over where only words of sources are others: their titles, authors, dates.

Such an edit is the commonest that other pages show, and joining all documents for it would take
most of the build. What is made here is what `resolve_site` would make; where it can't be sure of
that, it makes nothing.
"""

from bisect import bisect
from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping, Sequence, Set
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from sitegen.model.document import Document
from sitegen.model.front_matter import SourceMeta
from sitegen.model.pages import Source
from sitegen.model.relations import Card
from sitegen.resolve.catalog import title_of
from sitegen.resolve.groups import MOST_SAME_PUBLISHER

_SHOWN = (
    "title",
    "translated_title",
    "described",
    "published",
    "authors",
    "byline",
    "accessed",
    "kind",
    "doi",
    "attribution",
    "caveat",
    "licence",
)
"""The front matter of a source that nothing is derived from but the order of titles."""
_MOST_SIBLINGS = 200


class Sources(Struct, frozen=True, kw_only=True):
    """All sources, and what has to be known to put another title among them."""

    pages: Mapping[str, Source]
    order: Sequence[str]
    """All names, by title."""
    publishers: Mapping[str, tuple[str, ...]]
    """The names of each publisher's sources, by title."""
    successors: Set[str]
    """Those that take another's place, whose page holds their titles then."""


def reword(sources: Sources, documents: Iterable[Document]) -> tuple[Sources, set[str]] | None:
    """Return the sources as they are with other `documents`, and the names of the pages made anew.

    None where the documents say more than other words, or where more than those pages hold them.
    """
    made: dict[str, Source] = {}
    pages: ChainMap[str, Source] = ChainMap(made, cast(dict[str, Source], sources.pages))
    order = list(sources.order)
    publishers = dict(sources.publishers)
    for document in documents:
        old = pages.get(document.name)
        if (
            old is None
            or document.name in sources.successors
            or not _only_words(old.document, document)
            or not _is_apart(old)
        ):
            return None
        card = replace(old.card, title=title_of(document))
        pages[document.name] = replace(old, document=document, card=card)
        publisher = old.meta.publisher
        siblings = publishers[publisher]
        if card == old.card:
            continue
        order = _placed(order, card, pages)
        publishers[publisher] = tuple(_placed(siblings, card, pages))
        if not _show_siblings(card, publishers[publisher], siblings, pages):
            return None
    return replace(sources, pages=pages, order=order, publishers=publishers), set(made)


def publishers_of(sources: Mapping[str, Source]) -> dict[str, tuple[str, ...]]:
    """Return the names of each publisher's sources, in the order of `sources`."""
    found: dict[str, list[str]] = {}
    for name, source in sources.items():
        found.setdefault(source.meta.publisher, []).append(name)
    return {publisher: tuple(names) for publisher, names in found.items()}


def _only_words(old: Document, new: Document) -> bool:
    """Return whether two documents differ only in words that are shown as they are."""
    if not isinstance(old.meta, SourceMeta) or not isinstance(new.meta, SourceMeta):
        return False
    shown = {field: getattr(old.meta, field) for field in _SHOWN}
    same = replace(new, meta=old.meta, dated=old.dated, texts=old.texts)
    return same == old and replace(new.meta, **shown) == old.meta


def _is_apart(source: Source) -> bool:
    """Return whether no page holds a source's title but those of its publisher's other sources."""
    document = source.document
    return (
        source.meta.status == "current"
        and not source.meta.superseded_by
        and not source.events
        and not source.terms
        and not source.backlinks
        and not source.translations
        and not document.references
        and not document.cited
    )


def _placed(names: Sequence[str], card: Card, pages: Mapping[str, Source]) -> list[str]:
    """Return names in the order of their titles, that of `card` at its new place."""

    def key(name: str) -> tuple[str, str]:
        return pages[name].card.title.casefold(), name

    others = [name for name in names if name != card.name]
    others.insert(bisect(others, key(card.name), key=key), card.name)
    return others


def _show_siblings(
    card: Card, names: Sequence[str], before: Sequence[str], pages: MutableMapping[str, Source]
) -> bool:
    """Have each of a publisher's sources show the first others; False where they are too many."""
    first = names[: MOST_SAME_PUBLISHER + 1]
    if len(names) > _MOST_SIBLINGS:
        return card.name not in first and first == before[: MOST_SAME_PUBLISHER + 1]
    cards = [pages[name].card for name in first]
    for name in names:
        same = tuple([each for each in cards if each.name != name][:MOST_SAME_PUBLISHER])
        if pages[name].same_publisher != same:
            pages[name] = replace(pages[name], same_publisher=same)
    return True
