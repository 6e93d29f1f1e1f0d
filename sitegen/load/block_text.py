"""The plain text of a fragment's blocks, and the sentences of what is cited and linked in it."""

from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from sitegen.load.citations import PendingCitation
from sitegen.load.page_contents import PageContents
from sitegen.load.quotations import quotation_before, quoted_block
from sitegen.load.sentences import fold, is_folded, sentences_at
from sitegen.model.document import Citation, Part

MARK = "\ufdd2"
"""Stands for a citation or a link in a block's text until its sentence is known."""


class Cited(Struct, frozen=True, gc=False):
    """A citation whose sentence is not known yet."""

    pending: PendingCitation
    words: str
    is_claim: bool


class BlockText:
    """Collects the plain text of one block after another."""

    def __init__(self, page: PageContents, part: Part) -> None:
        """Take the page whose citations and references stand in the text, and the part it is of."""
        self.page = page
        self.part: Part = part
        self.block: list[str] = []
        """The block's plain text, without the white space before its first word."""
        self.left_out = 0
        """How long that white space is."""
        self.quote_depth = 0
        """How many quotation marks are open in it."""
        self.marked: list[Cited | int | None] = []
        """What each mark in the block stands for: a citation, or a reference by its index.

        Nobody asks for the sentence of a reference that is None.
        """
        self.texts: list[str] = []
        self.measured = (0, 0)
        """How many of the texts were measured so far, and where the next would stand."""
        self.block_quotes: list[int] = []
        """For each open block quote how many texts stand before the words not yet cited."""

    def length(self) -> int:
        """Return where the next text will stand among all, a space behind each."""
        count, length = self.measured
        length += sum(len(text) + 1 for text in self.texts[count:])
        self.measured = len(self.texts), length
        return length

    def block_length(self) -> int:
        """Return how long the block's plain text is so far."""
        return self.left_out + sum(map(len, self.block))

    def said_since(self, start: int) -> str:
        """Return the block's plain text from a place on."""
        pieces: list[str] = []
        left = self.block_length() - start
        for piece in reversed(self.block):
            if left <= 0:
                break
            pieces.append(piece[-left:])
            left -= len(piece)
        return "".join(reversed(pieces))

    def say(self, text: str) -> None:
        """Add to the block's plain text, whose leading white space is never shown."""
        if self.block or not text.isspace():
            self.block.append(text)
        else:
            self.left_out += len(text)

    def end_block(self) -> None:
        """Fold the block's text and give its citations and references their sentences."""
        self.quote_depth = self.left_out = 0
        if not self.block:
            return
        if not self.marked:
            text = fold("".join(self.block))
            self.block.clear()
            if text:
                self.texts.append(text)
            return
        text, places = self.marked_text_and_places()
        self.block.clear()
        if text:
            self.texts.append(text)
        self.tell_sentences(text, places)
        self.marked.clear()

    def tell_sentences(self, text: str, places: list[int]) -> None:
        """Give the block's citations and references their sentences and quotations."""
        marked, page = self.marked, self.page
        if marked.count(None) == len(marked):
            return
        quoted_from = len(text.rstrip(" .")) if self.block_quotes else 0
        before = -1
        for mark, place, sentence in zip(marked, places, sentences_at(text, places), strict=True):
            if isinstance(mark, Cited):
                quotation = ""
                if place != before:  # of several sources the first holds the words
                    quotation = self.quotation(text, place, quoted_from)
                before = place
                page.citations.append(self.citation(mark, sentence, quotation))
            elif mark is not None:
                page.references[mark] = replace(page.references[mark], sentence=sentence)

    def citation(self, cited: Cited, sentence: str, quotation: str) -> Citation:
        """Return the next citation of the page."""
        pending = cited.pending
        return Citation(
            number=len(self.page.citations) + 1,
            source=pending.source,
            locator=pending.locator,
            passage=pending.passage,
            words=cited.words,
            claim=cited.is_claim,
            sentence=sentence,
            part=self.part,
            translated=pending.translated,
            quotation=quotation,
        )

    def marked_text_and_places(self) -> tuple[str, list[int]]:
        """Return the block's folded text without its marks, and where in it each of them stood."""
        pieces: list[str] = []
        places: list[int] = []
        length = 0
        for piece in self.block:
            if piece is MARK:
                places.append(length)
            else:
                pieces.append(piece)
                length += len(piece)
        text = "".join(pieces)
        if not is_folded(text):
            pieces = fold("".join(self.block)).split(MARK)
            text = "".join(pieces)
            places = list(accumulate(map(len, pieces)))
        return text, places[: len(self.marked)]

    def quotation(self, text: str, place: int, quoted_from: int) -> str:
        """Return the quotation that a citation at a place directly follows, or an empty string.

        From `quoted_from` on, one in a block quote follows all of it.
        """
        if self.block_quotes and place >= quoted_from:
            quoted = quoted_block(self.texts[self.block_quotes[-1] :])
            self.block_quotes[-1] = len(self.texts)
            return quoted
        return quotation_before(text, place)
