"""/api/evidence.json: every claim with what it rests on, for somebody who has no content.

    {"form": 2, "text_files": 1, "pages": [{"kind": "explainer", "id": "rents",
      "address": "explainers/rents/",
      "published": "2025-01-10", "updated": null, "as_of": null, "reviewed": null,
      "claims_digest": "...", "claims": [{"number": 3, "part": "body", "source": "report-2024",
        "locator": "p. 2", "words": "rents rose", "sentence": "The office says rents rose.",
        "quotation": "", "passage_digest": "...", "standing": "checked",
        "source_published": "2024-11-03", "source_accessed": null, "source_alert": null}]}]}

`address` is relative to the site's root. A passage's digest is BLAKE2b (RFC 7693), 16 bytes in
hexadecimal, of its folded text; that of a page's claims is of their compact JSON. A sentence is
empty where a link in it takes its words from another page. A page shows claim n at `id="c<n>"`,
its note at `id="n<n>"` with the passage in `<q>`, and its card at `id="cc<n>"`.
"""

from functools import lru_cache

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sitegen.engine.digest import digest
from sitegen.model.document import Citation, ClaimRecord, Reference

PATH = "api/evidence.json"
FORM = 2


class EvidenceClaim(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A claim: its words, and what they rest on."""

    number: int
    part: str
    source: str
    locator: str
    words: str
    """What the number supports; empty for a citation that marks no words."""
    sentence: str
    quotation: str
    """The words in quotation marks, or of a block quote, that the number directly follows."""
    passage_digest: str | None
    """None where no passage is recorded."""
    standing: str | None
    """How its quotation stands; None where it has none to check."""
    source_published: str | None
    source_accessed: str | None
    source_alert: str | None
    """What its source has become, until the page acknowledges it: `retracted`."""


class _Said(Struct, frozen=True, kw_only=True):
    """The fields of a claim that its own file tells, in their order."""

    number: int
    part: str
    source: str
    locator: str
    words: str
    sentence: str
    quotation: str
    passage_digest: str | None


class EvidencePage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page with its claims in the order of their numbers."""

    kind: str
    id: str
    address: str
    published: str | None
    updated: str | None
    as_of: str | None
    reviewed: str | None
    claims_digest: str
    claims: tuple[EvidenceClaim, ...]


class Evidence(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """/api/evidence.json"""

    form: int
    text_files: int
    """How many files of digests there are; see `texts`."""
    pages: tuple[EvidencePage, ...]


class PublishedEvidence(Struct, frozen=True, kw_only=True):
    """/api/evidence.json as it is written."""

    text_files: int
    pages: tuple[bytes, ...]
    """Each an `EvidencePage` as JSON."""


def passage_digest(passage: str) -> str | None:
    """Return the digest of a passage, or None for none."""
    if not passage:
        return None
    from sitegen.evidence.matching import essence  # an edit without quotations starts sooner

    return digest(essence(passage).encode()).hex()


def claims_digest(claims: tuple[EvidenceClaim, ...]) -> str:
    """Return the digest of a page's claims."""
    return digest(msgspec.json.encode(claims)).hex()


def read_evidence(data: bytes) -> Evidence:
    """Return what a file says. Raises ValueError, with a reason, if it is not of this form."""
    try:
        evidence = msgspec.json.decode(data, type=Evidence)
    except msgspec.MsgspecError as error:
        raise ValueError(f"this is not evidence as sitegen writes it: {error}") from error
    if evidence.form != FORM:
        raise ValueError(f"this evidence has form {evidence.form}; only {FORM} is known here")
    return evidence


def claim_records(
    references: tuple[Reference, ...], citations: tuple[Citation, ...]
) -> tuple[ClaimRecord, ...]:
    """Return what a file tells of its claims, as far as nothing in it comes from other pages."""
    linked = {each.sentence for each in references if each.form == "wiki"}
    return tuple(
        ClaimRecord(
            number=each.number,
            source=each.source,
            said=msgspec.json.encode(
                _Said(
                    number=each.number,
                    part=each.part,
                    source=each.source,
                    locator=each.locator,
                    words=each.words if each.claim else "",
                    sentence="" if each.sentence in linked else each.sentence,
                    quotation="" if each.sentence in linked else each.quotation,
                    passage_digest=passage_digest(each.passage),
                )
            )[:-1],
        )
        for each in citations
    )


def claim_json(
    record: ClaimRecord,
    standing: str | None,
    published: str | None,
    accessed: str | None,
    alert: str | None,
) -> bytes:
    """Return a claim as `EvidenceClaim` is encoded; dates and alert are the source's."""
    source = (_json(published), _json(accessed), _json(alert))
    said = b'"source_published":%b,"source_accessed":%b,"source_alert":%b' % source
    return record.said + b',"standing":%b,%b}' % (_json(standing), said)


def page_json(page: EvidencePage, claims: list[bytes]) -> bytes:
    """Return a page with `claims` in the place of its own, and their digest."""
    listed = b"[" + b",".join(claims) + b"]"
    head = msgspec.json.encode(replace(page, claims=(), claims_digest=digest(listed).hex()))
    return head.removesuffix(b"[]}") + listed + b"}"


def evidence_json(evidence: PublishedEvidence) -> bytes:
    """Return the file: a page a line."""
    pages = b",\n".join(evidence.pages)
    return b'{"form":%d,"text_files":%d,"pages":[\n%b\n]}\n' % (FORM, evidence.text_files, pages)


@lru_cache(maxsize=4096)
def _json(value: str | None) -> bytes:
    return msgspec.json.encode(value)
