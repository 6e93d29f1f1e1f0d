"""The Markdown syntax for citations and claims.

`[@id, para. 3, "passage"]` cites; `[words][@id]` is a claim: the words a citation supports. The
syntax of citations is Pandoc's. Numbers are given later, in reading order (see `html`), since
Python-Markdown does not visit inline text in that order.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString
from msgspec import Struct

from sitegen.diagnostics import Diagnostic, did_you_mean
from sitegen.fast_markdown.simple import MARKS, MARKS_ASIDE
from sitegen.model.document import HOLE_CLOSE, HOLE_OPEN

# A passage in quotation marks may hold brackets; nothing else in a citation may.
_QUOTED = '"[^"]{0,2000}"|\u201c[^\u201d]{0,2000}\u201d|\u300c[^\u300d]{0,2000}\u300d'
_CITATION = (
    rf'\[(?P<items>@(?:[^\[\]"\u201c\u300c]++|{_QUOTED})*+)\](?:\{{(?P<marks>[^{{}}\n]*)\}})?'
)
_CLAIM = r"\[(?P<words>(?:[^\[\]]++|\[\[[^\[\]]*\]\]|\[[^\[\]]*\])++)\]" + _CITATION
_SIMPLE_ITEMS = (
    rf'@(?:[^{MARKS_ASIDE}"\u201c\u300c]++|"[^{MARKS_ASIDE}"]{{0,2000}}"|'
    rf"\u201c[^{MARKS_ASIDE}\u201d]{{0,2000}}\u201d|\u300c[^{MARKS_ASIDE}\u300d]{{0,2000}}\u300d)++"
)
"""Citations without brackets in their passages, and without what is escaped."""
_ITEM = re.compile(rf'(?:[^;"\u201c\u300c]++|{_QUOTED})+')
_PARTS = re.compile(
    rf"\s*@(?P<source>[^\s,;\]\"]+)(?P<locator>(?:\s*,(?:(?!{_QUOTED}).)*)?)(?P<passage>{_QUOTED})?\s*",
    re.DOTALL,
)
_PARTS_WITHOUT_PASSAGE = re.compile(
    r"\s*@(?P<source>[^\s,;\]\"]+)(?P<locator>(?:\s*,.*)?)(?P<passage>)\s*", re.DOTALL
)
_INNER = re.compile(f"(?P<before>[^{HOLE_OPEN}]*)(?:{HOLE_OPEN}p(?P<index>[0-9]+){HOLE_CLOSE})+")
"""Citations in the text of another, where each has left its hole."""
_MARKS = ("translated",)
_MOST_SOURCES = 20


class PendingCitation(Struct, frozen=True, kw_only=True):
    """A citation as it stands in the text, not yet numbered."""

    source: str
    locator: str
    passage: str
    translated: bool
    raw: str


class PendingCitations:
    """Collects the citations of one fragment; each is named by its index in `found`."""

    def __init__(self) -> None:
        self.found: list[PendingCitation] = []
        self.problems: list[tuple[str, str, str]] = []
        """Raw text, message and mend of each citation that can't be read."""

    def read(self, items: str, marks: str | None, raw: str) -> list[int]:
        """Return the indexes of the citations in `items`, or none after noting a problem."""
        if HOLE_OPEN in items:
            mend = "close its brackets before the next begin"
            raw = _INNER.sub(self._as_written, raw)
            self.problems.append((raw, "a citation can't stand inside another", mend))
            return []
        read = _read(items, marks, raw)
        if isinstance(read, tuple):
            self.problems.append(read)
            return []
        return self.add(read)

    def add(self, citations: list[PendingCitation]) -> list[int]:
        """Add citations and return their indexes."""
        start = len(self.found)
        self.found += citations
        return list(range(start, len(self.found)))

    def _as_written(self, inner: re.Match[str]) -> str:
        """Return the raw text of a citation that stands in the text of another."""
        raw = self.found[int(inner["index"])].raw
        words = raw[1:].partition("][@")[0] if "][@" in raw else ""
        return inner["before"].removesuffix(words) + raw


def _read(items: str, marks: str | None, raw: str) -> list[PendingCitation] | tuple[str, str, str]:
    """Return the citations in `items`, or the raw text, message and mend of a problem."""
    added: list[PendingCitation] = []
    named = marks.split() if marks else []
    if named:
        unknown = set(named).difference(_MARKS)
        if unknown:
            word = min(unknown)
            mend = did_you_mean(word, _MARKS) or "the only mark is {translated}"
            if "=" in word:
                mend = "put a date around the claim: [[words][@id]]{as-of=2025-02-07}"
            return raw, f"unknown mark '{word}' after a citation", mend
    is_quoting = '"' in items or "\u201c" in items or "\u300c" in items
    parts = _ITEM.findall(items) if is_quoting or ";" in items else [items]
    if len(parts) > _MOST_SOURCES:
        mend = "divide them among several claims"
        return raw, f"more than {_MOST_SOURCES} sources for one claim", mend
    for item in parts:
        match = (_PARTS if is_quoting else _PARTS_WITHOUT_PASSAGE).fullmatch(item)
        source, before, passage = match.groups("") if match else ("", "", "")
        if not match or (passage and not before.rstrip().endswith(",")):
            mend = 'write [@id], [@id, para. 3] or [@id, para. 3, "the passage"]'
            return raw, f"'{item.strip()}' is not a citation", mend
        locator = " ".join(before.strip().strip(",").split())
        if "@" in locator:
            mend = "put a semicolon between sources: [@one; @two, p. 3]"
            return raw, f"'{locator}' is not a locator", mend
        added.append(
            PendingCitation(
                source=source,
                locator=locator,
                passage=" ".join(passage[1:-1].split()) if passage else "",
                translated="translated" in named,
                raw=raw,
            )
        )
    return added


def pending_hole(index: int) -> str:
    """Return the hole for the citation of this index until it has its number."""
    return f"{HOLE_OPEN}p{index}{HOLE_CLOSE}"


class CitationProcessor(InlineProcessor):
    """`[@id]`: leaves the holes of its citations."""

    simple_form = rf"(?P<citation>{_SIMPLE_ITEMS})\](?!\[@)"

    def __init__(self, md: Markdown, pending: PendingCitations) -> None:
        super().__init__(_CITATION, md)
        self.pending = pending

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Return an element that holds only the holes."""
        indexes = self.pending.read(written(self, m["items"]), m["marks"], written(self, m[0]))
        if not indexes:
            return m[0], *m.span()
        element = Element("span", {"class": "cites"})
        element.text = AtomicString("".join(map(pending_hole, indexes)))
        return element, *m.span()

    def simple(self, match: re.Match[str]) -> list[PendingCitation] | None:
        """Return the citations of a match of the simple form, or None if something is wrong."""
        return _simple(match["citation"], match[0])

    def write_simple(self, known: list[PendingCitation], words: str) -> str:
        """Return the element that `handleMatch` makes."""
        holes = "".join(map(pending_hole, self.pending.add(known)))
        return f'<span class="cites">{holes}</span>'


class ClaimProcessor(InlineProcessor):
    """`[words][@id]`: marks the words and leaves the holes of its citations behind them."""

    simple_form = rf"(?P<claim_words>[^{MARKS}]+)\]\[(?P<claim>{_SIMPLE_ITEMS})\]"

    def __init__(self, md: Markdown, pending: PendingCitations) -> None:
        super().__init__(_CLAIM, md)
        self.pending = pending

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        """Return an element that holds the words and the holes."""
        indexes = self.pending.read(written(self, m["items"]), m["marks"], written(self, m[0]))
        if not indexes:
            return m[0], *m.span()
        element = Element("span", {"class": "cites"})
        holes = list(map(pending_hole, indexes))
        claim = Element("span", {"class": "claim", "id": holes[0]})
        claim.text = m["words"]
        claim.tail = AtomicString("".join(holes))
        element.append(claim)
        return element, *m.span()

    def simple(self, match: re.Match[str]) -> list[PendingCitation] | None:
        """Return the citations of a match of the simple form, or None if something is wrong."""
        return _simple(match["claim"], match[0])

    def write_simple(self, known: list[PendingCitation], words: str) -> str:
        """Return the element that `handleMatch` makes."""
        holes = list(map(pending_hole, self.pending.add(known)))
        claim = f'<span class="claim" id="{holes[0]}">{words}</span>'
        return f'<span class="cites">{claim}{"".join(holes)}</span>'


def _simple(items: str, raw: str) -> list[PendingCitation] | None:
    read = _read(items, None, raw)
    return None if isinstance(read, tuple) else read


def written(processor: InlineProcessor, text: str) -> str:
    """Return text as its author wrote it: what was put away or escaped by a backslash put back.

    Python-Markdown keeps each such character as its code point between U+0002 and U+0003.
    """
    if "\x02" not in text:
        return text
    unescaped = processor.unescape(text)
    return re.sub("\x02([0-9]+)\x03", lambda match: chr(int(match[1])), unescaped)


def citation_diagnostics(path: str, pending: PendingCitations) -> list[tuple[str, Diagnostic]]:
    """Return each problem with the raw text it is about."""
    return [
        (raw, Diagnostic(path=path, code="bad-citation", message=message, help=mend))
        for raw, message, mend in pending.problems
    ]
