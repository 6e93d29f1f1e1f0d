"""Checks the quotations of one file against the snapshots and receipts of their sources."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Span
from sitegen.evidence.matching import Place, find, nearest
from sitegen.evidence.quotations import Quotation, worst
from sitegen.evidence.receipts import Receipts
from sitegen.model.document import Standing

_LONGEST_SHOWN = 80


class Snapshots(Protocol):
    """The texts of sources, by their names; each is read when it is asked for."""

    def folded(self, source: str) -> str | None:
        """Return the folded text, or None where there is no snapshot."""

    def original(self, source: str) -> str:
        """Return the text as its editor read it."""


class CheckedQuotation(Struct, frozen=True, kw_only=True):
    """A quotation and how it stands."""

    quotation: Quotation
    standing: Standing
    place: Place | None
    """In the folded snapshot, where it was found there."""


def check(
    quotations: Iterable[Quotation], snapshots: Snapshots, receipts: Receipts
) -> list[CheckedQuotation]:
    """Return how each quotation stands that is long enough to be checked."""
    return [
        _check(quotation, snapshots.folded(quotation.source), receipts)
        for quotation in quotations
        if quotation.checkable
    ]


def standings_of(checked: Iterable[CheckedQuotation]) -> dict[int, Standing]:
    """Return how each citation stands, by its number: as the worst of its quotations."""
    found: dict[int, Standing] = {}
    for each in checked:
        number = each.quotation.citation
        found[number] = worst(found, number, each.standing)
    return found


def findings_of(
    path: str,
    checked: Iterable[CheckedQuotation],
    spans: Mapping[str, Span],
    snapshots: Snapshots,
) -> list[Diagnostic]:
    """Return an error for each quotation that is not in its source; `spans` are the file's."""
    found = []
    for each in checked:
        if each.standing != "not found":
            continue
        quotation = each.quotation
        place = f"{quotation.place}.{quotation.citation}"
        span = spans.get(place) or spans.get(f"citation.{quotation.citation}")
        shown = _shown(quotation.text)
        if snapshots.folded(quotation.source) is None:
            found.append(
                Diagnostic(
                    path=path,
                    code="quotation-without-receipt",
                    message=f"no receipt vouches for '{shown}' in '{quotation.source}'",
                    span=span,
                    help="put back the words that were checked, or run 'sitegen quotes --write' "
                    "where the source's snapshot is",
                )
            )
            continue
        near = nearest(quotation.text, snapshots.original(quotation.source))
        found.append(
            Diagnostic(
                path=path,
                code="quotation-not-found",
                message=f"'{shown}' is not in '{quotation.source}'",
                span=span,
                help=f"nearest there, [-ours-] {{+the source's+}}: {near.difference}"
                if near
                else "nothing there is like it: quote it as it stands, or cite its true source",
            )
        )
    return found


def _check(quotation: Quotation, folded: str | None, receipts: Receipts) -> CheckedQuotation:
    if folded is not None:
        place = find(quotation.text, folded)
        return CheckedQuotation(
            quotation=quotation, standing="checked" if place else "not found", place=place
        )
    vouched = receipts.get(quotation.source)
    if not vouched:
        return CheckedQuotation(quotation=quotation, standing="unchecked", place=None)
    standing: Standing = "by receipt" if quotation.digest in vouched else "not found"
    return CheckedQuotation(quotation=quotation, standing=standing, place=None)


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1].rstrip() + "\u2026"
