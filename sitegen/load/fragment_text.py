"""Reads the text of a fragment: what is said, what is cited, and where terms may be linked."""

import html
import re
from functools import lru_cache

from sitegen.load.block_text import MARK, BlockText, Cited
from sitegen.load.citations import PendingCitation
from sitegen.load.page_contents import PageContents
from sitegen.load.tags import PENDING
from sitegen.load.wiki_links import PendingWikiLink
from sitegen.model.document import Part, hole

OPENING_QUOTES, CLOSING_QUOTES = "\u201c\u300c\u300e", "\u201d\u300d\u300f"
_QUOTES = re.compile(f"[{OPENING_QUOTES}{CLOSING_QUOTES}]")
_LEFTOVER = re.compile(
    r"\[\[|\[@|\[(?:-|\s|[^\[\]@\n]{1,40} )@\w[^\[\]\n]{0,200}\]"
    r"|\]\[[^\[\]@\n]{1,80}\]|[［\[]\s?[＠@]\w"
)


@lru_cache(maxsize=1024)
def _marks(text: str) -> tuple[str, tuple[tuple[str, int, str], ...]]:
    """Return the text before the first mark, and each mark's kind, number and text behind it.

    Most texts with marks hold nothing else, and every page numbers its own from 0.
    """
    before, *marks = PENDING.split(text)
    numbers = map(int, marks[1::3])
    return before, tuple(zip(marks[::3], numbers, marks[2::3], strict=True))


class FragmentText(BlockText):
    """Writes the text of one fragment, and notes what stands in it."""

    def __init__(
        self,
        page: PageContents,
        part: Part,
        citations: list[PendingCitation],
        wiki_links: list[PendingWikiLink],
    ) -> None:
        """Take what the fragment's marks stand for by their numbers."""
        super().__init__(page, part)
        self.pending = citations
        self.wiki_links = wiki_links
        self.out: list[str] = []
        self.linkable: list[tuple[int, int, int]] = []
        """Each range as the index of its piece in `out`, and where in that it starts and ends."""
        self.within = dict.fromkeys(
            ("claim", "code", "dated", "dropped", "link", "silent", "toc"), 0
        )
        """How many open elements have this role."""
        self.is_muted = False
        """Whether one of them keeps its text out of the page's plain text."""
        self.closed_to_terms = 0
        self.heading: list[str] | None = None
        self.claim_number = 0
        self.words = ""

    def marked_text(self, text: str) -> None:
        """Read text in which citations and links by slug may be marked."""
        if self.within["toc"]:
            # Its headings' numbers stand at the headings.
            self.out.append(PENDING.sub("", text))
            return
        before, marks = _marks(text)
        if before:
            self.plain(before)
        for kind, number, behind in marks:
            if kind == "p" and number < len(self.pending):
                self.cite(self.pending[number])
            elif kind == "w":
                self.out.append(hole("t", len(self.page.references) - 1))
                self.say(self.wiki_links[number].target)
            if behind:
                self.plain(behind)

    def plain(self, text: str) -> None:
        """Read text without marks."""
        self.out.append(text)
        if self.is_muted:
            return
        shown = html.unescape(text) if "&" in text else text
        if self.heading is not None:
            self.heading.append(shown)
        if not shown or shown.isspace():
            self.say(shown)
            return
        self.block.append(shown)
        if ("[" in shown or "]" in shown or "［" in shown) and not self.within["code"]:
            self.page.leftovers += _LEFTOVER.findall(shown)
        if self.closed_to_terms:
            return
        if text.isascii() and not self.quote_depth:
            self.linkable.append((len(self.out) - 1, 0, len(text)))
        else:
            self.open_to_terms(text)

    def open_to_terms(self, text: str) -> None:
        """Note where in the piece just written terms may be linked: outside quotations."""
        piece = len(self.out) - 1
        start = 0
        is_quoting = self.quote_depth or any(map(text.__contains__, OPENING_QUOTES))
        for match in _QUOTES.finditer(text) if is_quoting else ():
            if match[0] in OPENING_QUOTES:
                if not self.quote_depth and match.start() > start:
                    self.linkable.append((piece, start, match.start()))
                self.quote_depth += 1
            elif self.quote_depth:
                self.quote_depth -= 1
                start = match.end()
        if not self.quote_depth and start < len(text):
            self.linkable.append((piece, start, len(text)))

    def trim(self) -> None:
        """Take back the space before a number, so that it never begins a line alone."""
        if not self.out:
            return
        kept = self.out[-1].rstrip()
        if kept == self.out[-1]:
            return
        self.out[-1] = kept
        if self.linkable:
            piece, start, end = self.linkable[-1]
            if piece == len(self.out) - 1 and end > len(kept):
                self.linkable[-1] = (piece, start, len(kept))

    def cite(self, pending: PendingCitation) -> None:
        """Write a citation's number."""
        page = self.page
        page.citation_raws.append(pending.raw)
        number = len(page.citation_raws)
        if self.within["link"] or self.within["silent"]:
            page.cited_in_links.append(number)
        self.trim()
        self.out.append(hole("c", number))
        self.block.append(MARK)
        self.marked.append(Cited(pending, self.words, number == self.claim_number))
