"""Holds a built page against its evidence, without its content."""

from collections.abc import Iterator
from html.parser import HTMLParser

from msgspec import Struct

from sitegen.evidence.audit import EvidencePage, claims_digest, passage_digest

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


class Problem(Struct, frozen=True, kw_only=True, order=True):
    """Something that a page shows other than the evidence has it."""

    address: str
    claim: int
    """0: the page as a whole."""
    message: str


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
        places = {"note": shown.notes.get(number, "")}
        if number in shown.cards:  # the default templates leave cards to the script
            places["card"] = shown.cards[number]
        for place, passage in places.items():
            if passage_digest(" ".join(passage.split())) != claim.passage_digest:
                said = f"'{_one_line(passage)}'" if passage else "nothing"
                yield problem(number, f"the passage in its {place} is another: {said}")


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
