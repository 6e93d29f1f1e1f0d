"""The plain text of a fragment's blocks, and the sentences of what is cited and linked in it."""

from itertools import accumulate

from msgspec.structs import replace

from sitegen.load.page_contents import PageContents
from sitegen.load.quotations import quotation_before, quoted_block
from sitegen.load.sentences import fold, is_folded, sentences_at

MARK = "\ufdd2"
"""Stands for a citation or a link in a block's text until its sentence is known."""


class BlockText:
    """Collects the plain text of one block after another."""

    def __init__(self, page: PageContents) -> None:
        """Take the page whose citations and references stand in the text."""
        self.page = page
        self.block: list[str] = []
        """The block's plain text, without the white space before its first word."""
        self.left_out = 0
        """How long that white space is."""
        self.quote_depth = 0
        """How many quotation marks are open in it."""
        self.marked: list[tuple[str, int]] = []
        """What each mark in the block stands for: `c` and a number, or `r` and an index.

        An index below 0 is of a reference whose sentence nobody asks for.
        """
        self.texts: list[str] = []
        self.block_quotes: list[int] = []
        """For each open block quote how many texts stand before the words not yet cited."""

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
        if any(number >= 0 for _, number in self.marked):
            self.tell_sentences(text, places)
        self.marked.clear()

    def tell_sentences(self, text: str, places: list[int]) -> None:
        """Give the block's citations and references their sentences and quotations."""
        self.quote(text, places)
        for (what, number), sentence in zip(self.marked, sentences_at(text, places), strict=True):
            if number < 0:
                continue
            if what == "c":
                citation = self.page.citations[number - 1]
                self.page.citations[number - 1] = replace(citation, sentence=sentence)
            else:
                reference = self.page.references[number]
                self.page.references[number] = replace(reference, sentence=sentence)

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

    def quote(self, text: str, places: list[int]) -> None:
        """Give the block's citations the quotations that they directly follow."""
        end = len(text.rstrip(" .")) if self.block_quotes else 0
        before = -1
        for (what, number), place in zip(self.marked, places, strict=False):
            if what != "c":
                continue
            if place != before:  # of several sources the first holds the words
                quotation = quotation_before(text, place)
                if self.block_quotes and place >= end:
                    quotation = quoted_block(self.texts[self.block_quotes[-1] :])
                    self.block_quotes[-1] = len(self.texts)
                if quotation:
                    citation = self.page.citations[number - 1]
                    self.page.citations[number - 1] = replace(citation, quotation=quotation)
            before = place
