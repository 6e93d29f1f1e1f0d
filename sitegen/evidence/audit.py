"""/api/evidence.json, and how a built page is held against it by somebody who has no content.

    {"form": 1, "pages": [{"kind": "explainer", "id": "rents", "address": "explainers/rents/",
      "published": "2025-01-10", "updated": null, "as_of": null, "reviewed": null,
      "claims_digest": "...", "claims": [{"number": 3, "part": "body", "source": "report-2024",
        "locator": "p. 2", "words": "rents rose", "sentence": "The office says rents rose.",
        "quotation": "", "passage_digest": "...", "standing": "checked",
        "source_published": "2024-11-03", "source_accessed": null}]}]}

`address` is relative to the site's root. A passage's digest is BLAKE2b (RFC 7693), 16 bytes in
hexadecimal, of its folded text; that of a page's claims is of their compact JSON. A sentence is
empty where a link in it takes its words from another page. A page shows claim n at `id="c<n>"`,
its note at `id="n<n>"` with the passage in `<q>`, and its card at `id="cc<n>"`.
"""

from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sitegen.engine.digest import digest
from sitegen.evidence.matching import essence
from sitegen.model.document import Citation, ClaimRecord, Reference

PATH = "api/evidence.json"
FORM = 1
_CUT = "\u2026"
_BLOCKS = frozenset(
    """article aside blockquote body caption dd details div dl dt figcaption figure footer h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr
    ul""".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_UNSAID_CLASSES = frozenset(["card", "anch", "footnote-ref", "footnote-backref", "asof", "cite"])
_UNSAID_TAGS = frozenset(["script", "style", "template"])
_MOST_DEEP = 2000


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
    pages: tuple[EvidencePage, ...]


class PublishedEvidence(Struct, frozen=True, kw_only=True):
    """/api/evidence.json as it is written."""

    pages: tuple[bytes, ...]
    """Each an `EvidencePage` as JSON."""


class Problem(Struct, frozen=True, kw_only=True, order=True):
    """Something that a page shows other than the evidence has it."""

    address: str
    claim: int
    """0: the page as a whole."""
    message: str


def passage_digest(passage: str) -> str | None:
    """Return the digest of a passage, or None for none."""
    return digest(essence(passage).encode()).hex() if passage else None


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
    record: ClaimRecord, standing: str | None, published: str | None, accessed: str | None
) -> bytes:
    """Return a claim as `EvidenceClaim` is encoded; dates are the source's."""
    rest = (_json(standing), _json(published), _json(accessed))
    return record.said + b',"standing":%b,"source_published":%b,"source_accessed":%b}' % rest


def page_json(page: EvidencePage, claims: list[bytes]) -> bytes:
    """Return a page with `claims` in the place of its own, and their digest."""
    listed = b"[" + b",".join(claims) + b"]"
    head = msgspec.json.encode(replace(page, claims=(), claims_digest=digest(listed).hex()))
    return head.removesuffix(b"[]}") + listed + b"}"


def evidence_json(evidence: PublishedEvidence) -> bytes:
    """Return the file: a page a line."""
    return b'{"form":%d,"pages":[\n%b\n]}\n' % (FORM, b",\n".join(evidence.pages))


def problems_of(page: EvidencePage, html: str) -> Iterator[Problem]:
    """Yield what a built page shows other than its evidence says."""

    def problem(claim: int, message: str) -> Problem:
        return Problem(address=page.address, claim=claim, message=message)

    if claims_digest(page.claims) != page.claims_digest:
        yield problem(0, "its claims in evidence.json are not those that were published with it")
    shown = _Reader()
    shown.feed(html)
    shown.close()
    known = {claim.number for claim in page.claims}
    for number in sorted(shown.claims - known):
        yield problem(number, "the page shows a claim that the evidence does not have")
    for claim in page.claims:
        number = claim.number
        if number not in shown.claims:
            yield problem(number, f"the claim is gone: '{claim.words or claim.sentence}'")
            continue
        words = shown.words.get(number, "")
        if _bare(words) != _bare(claim.words) and (claim.words or words):
            yield problem(number, f"it said '{claim.words}' and says '{_one_line(words)}'")
        elif not _is_said(claim.sentence, shown.blocks.get(number, "")):
            block = _one_line(shown.blocks.get(number, ""))
            yield problem(number, f"it said '{claim.sentence}' and says '{block}'")
        elif not _is_said(claim.quotation, shown.quotes.get(number, shown.blocks.get(number, ""))):
            yield problem(number, f"it quoted '{claim.quotation}' and quotes something else")
        for place, passages in (("note", shown.notes), ("card", shown.cards)):
            passage = passages.get(number, "")
            if passage_digest(" ".join(passage.split())) != claim.passage_digest:
                said = f"'{_one_line(passage)}'" if passage else "nothing"
                yield problem(number, f"the passage in its {place} is another: {said}")


@lru_cache(maxsize=4096)
def _json(value: str | None) -> bytes:
    return msgspec.json.encode(value)


def _bare(text: str) -> str:
    return "".join(text.replace("\u2060", "").split())


def _one_line(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())


def _is_said(sentence: str, block: str) -> bool:
    return _bare(sentence.removesuffix(_CUT) if len(sentence) >= 600 else sentence) in _bare(block)


class _Reader(HTMLParser):
    """Takes from a page the words of each claim, the block it stands in, and its passages."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.claims: set[int] = set()
        self.words: dict[int, str] = {}
        self.blocks: dict[int, str] = {}
        self.quotes: dict[int, str] = {}
        """The whole block quote around a claim."""
        self.notes: dict[int, str] = {}
        self.cards: dict[int, str] = {}
        self._stack: list[tuple[str, str, int]] = []
        """Open elements: tag, role, and the number that a claim, note or card has."""
        self._block: list[str] = []
        self._met: list[int] = []
        self._quotes: list[tuple[list[str], list[int]]] = []
        """For each open block quote its texts and its claims."""
        self._unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        classes = frozenset((attributes.get("class") or "").split())
        identity = attributes.get("id") or ""
        if tag in _BLOCKS:
            self._flush()
        if tag == "blockquote":
            self._quotes.append(([], []))
        role, number = _role(identity)
        if role == "claim":
            self.claims.add(number)
            self._met.append(number)
            if "cite" in classes:
                role = ""
        if tag in _VOID:
            if tag == "br":
                self.handle_data(" ")
            return
        if not role and (tag in _UNSAID_TAGS or classes & _UNSAID_CLASSES):
            role = "unsaid"
        if tag == "q" and not role:
            role = "passage"
        if role == "card" or role == "unsaid":
            self._unsaid += 1
        if len(self._stack) < _MOST_DEEP:
            self._stack.append((tag, role, number))

    def handle_endtag(self, tag: str) -> None:
        if all(tag != name for name, _, _ in self._stack):
            return
        while self._stack:
            name, role, _ = self._stack.pop()
            if role == "card" or role == "unsaid":
                self._unsaid -= 1
            if name in _BLOCKS:
                self._flush()
            if name == "blockquote" and self._quotes:
                texts, numbers = self._quotes.pop()
                self.quotes.update(dict.fromkeys(numbers, " ".join(texts)))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self._block.append(data)
            for _, role, number in self._stack:
                if role == "claim":
                    self.words[number] = self.words.get(number, "") + data
        if any(role == "passage" for _, role, _ in self._stack):
            for _, role, number in reversed(self._stack):
                if role in ("note", "card"):
                    passages = self.notes if role == "note" else self.cards
                    passages[number] = passages.get(number, "") + data
                    return

    def close(self) -> None:
        super().close()
        self._flush()

    def _flush(self) -> None:
        text = "".join(self._block)
        for number in self._met:
            self.blocks[number] = text
        if self._quotes:
            self._quotes[-1][0].append(text)
            self._quotes[-1][1].extend(self._met)
        self._block.clear()
        self._met.clear()


def _role(identity: str) -> tuple[str, int]:
    """Return what an id says of its element: a claim `c7`, a note `n7`, a card `cc7`."""
    for prefix, role in (("cc", "card"), ("c", "claim"), ("n", "note")):
        digits = identity.removeprefix(prefix)
        if identity.startswith(prefix) and digits.isascii() and digits.isdigit():
            return role, int(digits[:9])
    return "", 0
