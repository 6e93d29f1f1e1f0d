"""The quotations of one file that its sources must bear out, and how each of them stands."""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from sitegen.engine.digest import digest
from sitegen.evidence.matching import essence, is_checkable
from sitegen.model.document import Citation, Standing

STANDINGS: tuple[Standing, ...] = ("not found", "unchecked", "by receipt", "checked")
"""From the worst to the best."""


class Quotation(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Words that a citation says are its source's."""

    citation: int
    """The citation's number."""
    place: Literal["passage", "quotation"]
    """In the citation itself, or in the text before it; a key of the body's spans with the number:
    `passage.7`."""
    source: str
    text: str
    digest: bytes
    """Of what must not change in it."""
    checkable: bool
    """It is long enough that finding it says something; else it is only counted."""


def quotations_of(citations: Iterable[Citation]) -> tuple[Quotation, ...]:
    """Return the quotations among `citations`; of a translation the original is one."""
    return tuple(
        Quotation(
            citation=citation.number,
            place=place,
            source=citation.source,
            text=text,
            digest=digest(essence(text).encode()),
            checkable=is_checkable(text),
        )
        for citation in citations
        for place, text in _texts(citation)
        if text
    )


def worst(standings: Mapping[int, Standing], number: int, standing: Standing) -> Standing:
    """Return how a citation stands that stands as `standings` say and as `standing` says."""
    known = standings.get(number)
    return standing if known is None else min(known, standing, key=STANDINGS.index)


def _texts(citation: Citation) -> tuple[tuple[Literal["passage", "quotation"], str], ...]:
    return (
        ("passage", citation.passage),
        ("quotation", "" if citation.translated else citation.quotation),
    )
