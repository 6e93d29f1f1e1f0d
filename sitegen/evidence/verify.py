"""Holds a built page against its evidence, without its content."""

from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

from msgspec import Struct

from sitegen.evidence.audit import EvidenceClaim, EvidencePage, claims_digest, passage_digest
from sitegen.evidence.changed_text import changes
from sitegen.evidence.shown import ShownPage, bare, one_line, read_page
from sitegen.evidence.texts import Parts, plain

_CUT = "\u2026"


class Problem(Struct, frozen=True, kw_only=True, order=True):
    """Something that a page shows other than the evidence has it."""

    address: str
    claim: int
    """0: the page as a whole."""
    message: str


Claims = Mapping[str, EvidenceClaim]
"""Every claim of a site by its place: `/explainers/rents/#c3`."""


def problems_of(
    address: str, page: EvidencePage | None, parts: Parts, html: str, every: Claims
) -> Iterator[Problem]:
    """Yield what a built page shows other than its evidence says.

    `page` is None for one without claims; `parts` are the digests of the rest of its text.
    """
    shown = read_page(html)
    found = list(_claim_problems(page, shown)) if page else []
    found += _listed_problems(address, shown, every)
    told: set[int] = set()
    for claim, message in found:
        told.add(claim)
        yield Problem(address=address, claim=claim, message=message)
    for change in changes(parts, shown):
        if told.isdisjoint(change.claims):
            yield Problem(address=address, claim=0, message=change.message)


def _claim_problems(page: EvidencePage, shown: ShownPage) -> Iterator[tuple[int, str]]:
    """Yield the number of each claim that is another, 0 for all of them, and how it is."""
    if claims_digest(page.claims) != page.claims_digest:
        yield (0, "its claims in evidence.json are not those that were published with it")
    known = {claim.number for claim in page.claims}
    for number in sorted(shown.claims - known):
        yield (number, "the page shows a claim that the evidence does not have")
    for claim in page.claims:
        number = claim.number
        if number not in shown.claims:
            yield (number, f"the claim is gone: '{claim.words or claim.sentence}'")
            continue
        words = shown.words.get(number, "")
        if bare(words) != bare(claim.words) and (claim.words or words):
            yield (number, f"it said '{claim.words}' and says '{one_line(words)}'")
        elif not _is_said(claim.sentence, shown.blocks.get(number, "")):
            block = one_line(shown.blocks.get(number, ""))
            yield (number, f"it said '{claim.sentence}' and says '{block}'")
        elif not _is_said(claim.quotation, shown.quotes.get(number, shown.blocks.get(number, ""))):
            yield (number, f"it quoted '{claim.quotation}' and quotes something else")
        places = {"note": shown.notes.get(number, "")}
        if number in shown.cards:  # the default templates leave cards to the script
            places["card"] = shown.cards[number]
        for place, passage in places.items():
            if passage_digest(" ".join(passage.split())) != claim.passage_digest:
                said = f"'{one_line(passage)}'" if passage else "nothing"
                yield (number, f"the passage in its {place} is another: {said}")
        if bare(claim.locator) not in bare(shown.note_texts.get(number, "")):
            yield (number, f"its note does not say '{claim.locator}'")


def _listed_problems(address: str, shown: ShownPage, every: Claims) -> Iterator[tuple[int, str]]:
    """Yield what the page of a source says otherwise of the claims that rest on it."""
    for link, text in shown.listed.items():
        claim = every.get(urljoin(f"/{address}", link))
        if not claim:
            continue
        listed = f"the list of what '{claim.source}' is cited for"
        if claim.sentence and plain(text) != plain(claim.sentence):
            yield (0, f"{listed} says '{one_line(text)}' for '{claim.sentence}'")
        passage = one_line(shown.listed_passages.get(link, ""))
        if passage_digest(passage) != claim.passage_digest:
            said = f"'{passage}'" if passage else "nothing"
            yield (0, f"{listed} has another passage for '{claim.sentence}': {said}")
        if claim.passage_digest and bare(claim.locator) not in bare(
            shown.listed_from.get(link, "")
        ):
            yield (0, f"{listed} does not say '{claim.locator}' for '{claim.sentence}'")


def _is_said(sentence: str, block: str) -> bool:
    return bare(sentence.removesuffix(_CUT) if len(sentence) >= 600 else sentence) in bare(block)
