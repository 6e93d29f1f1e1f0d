"""What `sitegen quotes` tells and writes: each quotation, how it stands, and its receipt."""

from collections.abc import Iterator

from msgspec import Struct

from sitegen.build.committed import write_committed
from sitegen.build.evidence import checked_quotations
from sitegen.build.journey import Journey
from sitegen.build.stored import read_body
from sitegen.evidence.check import CheckedQuotation
from sitegen.evidence.receipts import PATH, Receipt, receipts_json
from sitegen.model.document import Standing


class QuotationRow(Struct, frozen=True, kw_only=True):
    """A quotation and how it stands."""

    path: str
    line: int | None
    """None where its place in the file is not known for sure."""
    column: int | None
    claim: int
    source: str
    standing: Standing
    text: str


class QuotesReport(Struct, frozen=True, kw_only=True):
    """Every quotation of a publication, in the order of its files."""

    quotations: tuple[QuotationRow, ...]
    too_short: int
    """Those of fewer than three words and twelve characters: they are only counted."""
    receipts: int
    """How many there are now."""


def quotes_report(journey: Journey) -> QuotesReport:
    """Return how each quotation of a publication stands that has been looked at."""
    rows: list[QuotationRow] = []
    short = 0
    checked = checked_quotations(journey.evidence, journey.cache, journey.entries)
    for path, each, too_short in checked:
        short += too_short
        rows += _rows(journey, path, each)
    return QuotesReport(
        quotations=tuple(rows),
        too_short=short,
        receipts=sum(map(len, journey.evidence.receipts.values())),
    )


def write_receipts(journey: Journey) -> None:
    """Record a receipt for each quotation that stands in a snapshot.

    Receipts of a source whose snapshot is here are replaced; those of others stay, so that a
    quotation can't lose its lock where nobody can check it. Raises SitegenError if the file can't
    be written.
    """
    evidence = journey.evidence
    kept = {
        receipt
        for source, receipts in evidence.receipts.items()
        if source not in evidence.found
        for receipt in receipts.values()
    }
    checked = checked_quotations(evidence, journey.cache, journey.entries)
    for _, each, _ in checked:
        kept.update(_receipts(journey, each))
    content = receipts_json(kept)
    write_committed(journey.options.root / PATH, content)


def _rows(journey: Journey, path: str, checked: list[CheckedQuotation]) -> Iterator[QuotationRow]:
    spans = read_body(journey.cache, journey.entries[path]).spans if checked else {}
    for each in checked:
        quotation = each.quotation
        span = spans.get(f"{quotation.place}.{quotation.citation}")
        yield QuotationRow(
            path=path,
            line=span.line if span else None,
            column=span.column if span else None,
            claim=quotation.citation,
            source=quotation.source,
            standing=each.standing,
            text=quotation.text,
        )


def _receipts(journey: Journey, checked: list[CheckedQuotation]) -> Iterator[Receipt]:
    for each in checked:
        quotation = each.quotation
        if each.place is None:
            continue
        snapshot = journey.evidence.marks[quotation.source].digest.hex()
        old = journey.evidence.receipts.get(quotation.source, {}).get(quotation.digest)
        if old is not None and old.snapshot == snapshot:
            yield old  # on the day it was first found there
            continue
        yield Receipt(
            source=quotation.source,
            snapshot=snapshot,
            quotation=quotation.digest.hex(),
            offset=each.place.start,
            length=each.place.end - each.place.start,
            day=journey.as_of,
        )
