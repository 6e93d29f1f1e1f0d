"""Reads a built page as its readers see it: claims, their passages, and the blocks of text."""

import re
from html.parser import HTMLParser

from msgspec import Struct

from sitegen.evidence.texts import BLOCKS

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_UNSAID = {
    "card": ("span",),
    "cite": ("sup",),
    "anch": ("a",),
    "asof": ("small",),
    "loc": ("span",),
    "footnote-ref": ("a",),
    "footnote-backref": ("a",),
}
"""Classes of what templates set into a text, and their elements: numbers, cards, notes."""
_BEHIND = frozenset(["asof", "loc"])
"""Those that stand behind a space of their own."""
_UNSAID_TAGS = frozenset(["script", "style", "template"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_TO_CLAIM = re.compile(r"#c\d+$")
_MOST_DEEP = 2000


class Block(Struct, frozen=True, kw_only=True):
    """A block of a page's text."""

    text: str
    heading: bool
    claims: tuple[int, ...]
    """The numbers of the claims in it."""


class ShownPage(Struct, frozen=True, kw_only=True):
    """What a page shows, by the numbers of its claims and by its parts."""

    claims: frozenset[int]
    words: dict[int, str]
    blocks: dict[int, str]
    """The text of the block around each claim."""
    quotes: dict[int, str]
    """The whole block quote around a claim."""
    notes: dict[int, str]
    cards: dict[int, str]
    """The passages in notes and cards."""
    parts: dict[str, list[Block]]
    listed: dict[str, str]
    """The sentence that a list of claims repeats, by the link to it: `../../explainers/x/#c3`."""
    listed_from: dict[str, str]
    """What the list says it rests on, by the same link: the passage, and the locator."""
    listed_passages: dict[str, str]
    note_texts: dict[int, str]
    """All that the note of each claim says."""


def read_page(html: str) -> ShownPage:
    """Return what a page shows."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return ShownPage(
        claims=frozenset(reader.claims),
        words=reader.words,
        blocks=reader.blocks,
        quotes=reader.quotes,
        notes=reader.notes,
        cards=reader.cards,
        parts=reader.parts,
        listed=reader.listed,
        listed_from=reader.listed_from,
        listed_passages=reader.listed_passages,
        note_texts=reader.note_texts,
    )


def bare(text: str) -> str:
    """Return a text without white space and word joiners."""
    return "".join(text.replace("\u2060", "").split())


def one_line(text: str) -> str:
    """Return a text as one line."""
    return " ".join(text.replace("\u2060", "").split())


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
        self.parts: dict[str, list[Block]] = {}
        self.listed: dict[str, str] = {}
        self.listed_from: dict[str, str] = {}
        self.listed_passages: dict[str, str] = {}
        self.note_texts: dict[int, str] = {}
        self._link = ""
        """The last link to a claim."""
        self._part = ""
        self._part_depth = 0
        """How many elements are open around the element of the part."""
        self._heading = False
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
        part = attributes.get("data-part") or _part(tag, classes)
        if tag in BLOCKS or part:
            self._flush()
            self._heading = tag in _HEADINGS
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
        unsaid = {each for each in classes if tag in _UNSAID.get(each, ())}
        hidden = "hidden" in attributes and bool(self._part) and role != "card"
        # No content can hide words: what is hidden in a text was hidden by hand, or set into it.
        if hidden or (not role and (tag in _UNSAID_TAGS or unsaid)):
            role = "unsaid"
            if unsaid & _BEHIND and self._block:
                self._block[-1] = self._block[-1].rstrip()
        if tag == "q" and not role:
            role = "passage"
        elif tag == "a" and _TO_CLAIM.search(attributes.get("href") or ""):
            self._link = attributes.get("href") or ""
        elif tag == "span" and "sentence" in classes and not role:
            role = "listed"
        elif tag == "span" and "from" in classes and not role:
            role = "from"
        if role == "card" or role == "unsaid":
            self._unsaid += 1
        if part and not self._part:
            self._part, self._part_depth = part, len(self._stack)
        if len(self._stack) < _MOST_DEEP:
            self._stack.append((tag, role, number))

    def handle_endtag(self, tag: str) -> None:
        if all(tag != name for name, _, _ in self._stack):
            return
        while self._stack:
            name, role, _ = self._stack.pop()
            if role == "card" or role == "unsaid":
                self._unsaid -= 1
            closes = bool(self._part) and len(self._stack) <= self._part_depth
            if name in BLOCKS or closes:
                self._flush()
                self._heading = False
            if closes:
                self._part = ""
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
        for _, role, number in self._stack:
            if role == "listed":
                self.listed[self._link] = self.listed.get(self._link, "") + data
            elif role == "from":
                self.listed_from[self._link] = self.listed_from.get(self._link, "") + data
            elif role == "note":
                self.note_texts[number] = self.note_texts.get(number, "") + data
        if any(role == "passage" for _, role, _ in self._stack):
            for _, role, number in reversed(self._stack):
                if role == "from":
                    known = self.listed_passages.get(self._link, "")
                    self.listed_passages[self._link] = known + data
                    return
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
        if self._part and text and not text.isspace():
            block = Block(text=text, heading=self._heading, claims=tuple(self._met))
            self.parts.setdefault(self._part, []).append(block)
        if self._quotes:
            self._quotes[-1][0].append(text)
            self._quotes[-1][1].extend(self._met)
        self._block.clear()
        self._met.clear()


def _part(tag: str, classes: frozenset[str]) -> str:
    """Return the part that an element holds without saying so."""
    if tag == "h1":
        return "title"
    if tag == "p" and "stand" in classes:
        return "summary"
    return "body" if tag == "div" and "prose" in classes else ""


def _role(identity: str) -> tuple[str, int]:
    """Return what an id says of its element: a claim `c7`, a note `n7`, a card `cc7`."""
    for prefix, role in (("cc", "card"), ("c", "claim"), ("n", "note")):
        digits = identity.removeprefix(prefix)
        if identity.startswith(prefix) and digits.isascii() and digits.isdigit():
            return role, int(digits[:9])
    return "", 0
