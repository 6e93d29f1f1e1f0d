"""Writes what most blocks are made of, plain words, straight into HTML.

A text in which no inline pattern and no tree processor finds anything to do comes out as it went
in, and one whose marks can be read in one way is written by `simple`. So only the others need to
become elements. The tree of those is the whole tree with the idle elements left out: processors
that treat each element by itself do the same to it in the same order.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeAlias
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.toc import TocTreeprocessor
from markdown.util import ETX, STX

from sitegen.fast_markdown.blocks import BlockPlan
from sitegen.fast_markdown.contents import written_headings
from sitegen.fast_markdown.patterns import Plan
from sitegen.fast_markdown.simple import Part, SimpleTexts

Piece: TypeAlias = Part | Element
"""A part of the HTML, or an element of the tree that is still to be worked on."""

_SPECIAL = (STX, ETX, "<", ">", "&", "{")
"""What the serialiser, the lists of attributes and the stashes look for."""


class Heading(NamedTuple):
    """A heading of plain words, which has no id yet."""

    level: int
    words: str
    piece: int
    """Which of the pieces it will be."""
    place: int
    """Where it would stand in the tree."""


class Unusual(Exception):
    """A block that is not of the forms known here."""


def marks(plans: Iterable[Plan]) -> tuple[str, ...]:
    """Return the texts without any of which nobody has anything to do with a text."""
    literals = [literal for plan in plans for literal, _, _ in plan.literals]
    return tuple(dict.fromkeys((*literals, *_SPECIAL)))


class BlockForms(Protocol):
    """Takes blocks, by the bit of each block processor."""

    def take(self, bit: int, plain: "PlainBlocks", blocks: list[str]) -> bool:
        """Take the first block if it is of a form, or raise `Unusual` if that isn't known."""

    def concerns(self, bit: int, block: str) -> bool:
        """Return whether a block may be of a form."""


class PlainBlocks:
    """The blocks of one text: in order as pieces, and as a tree of what is to be worked on."""

    def __init__(
        self,
        plan: BlockPlan,
        forms: BlockForms,
        marks: tuple[str, ...],
        simple: SimpleTexts | None,
        text: str,
    ) -> None:
        """Parse a text, or raise `Unusual`."""
        self.root = Element("div")
        self.pieces: list[Piece] = []
        self.has_elements = False
        """Whether any piece is still to be worked on."""
        self._headings: list[Heading] = []
        self.plan = plan
        self._forms = forms
        self.simple = simple
        """What writes texts with marks of simple forms."""
        self.last = ""
        """The name of the element that the last block became."""
        self.has_footnotes = False
        """Whether the footnotes are among the pieces, if there are any."""
        # One with a line break may come about where the marks before lines are taken away.
        # One character is found much sooner than a longer text.
        self._marks = [
            each for each in marks if "\n" in each or (each[-1] in text and each in text)
        ]
        blocks = text.split("\n\n")
        candidates, paragraph = plan.candidates, plan.paragraph
        while blocks:
            found = candidates(blocks[0])
            if found == paragraph:
                self.add_paragraph(blocks)
                continue
            while found:
                lowest = found & -found
                found ^= lowest
                if forms.take(lowest, self, blocks):
                    break

    def add(
        self, parent: Element, tag: str, text: str, attribute: tuple[str, str] | None = None
    ) -> None:
        """Add an element with a text, to a parent if there is anything to do with it."""
        parts = self.parts(text)
        if parts is not None:
            start = f'<{tag} {attribute[0]}="{attribute[1]}">' if attribute else f"<{tag}>"
            self.pieces += (start, *parts, f"</{tag}>\n")
            return
        element = SubElement(parent, tag)
        element.text = text
        if attribute:
            element.set(*attribute)
        self.add_element(element)

    def add_element(self, element: Element) -> None:
        """Add an element, which stands in the tree, to the pieces."""
        self.pieces.append(element)
        self.has_elements = True

    def parts(self, text: str, behind: str = "") -> Sequence[Part] | None:
        """Return a text as HTML with what is put `behind` it, or None for one not simple."""
        if self.is_plain(text):
            return (text, behind)
        return self.simple.parts(text, behind) if self.simple else None

    def add_heading(self, level: int, words: str) -> None:
        """Add a heading, to the tree if there is anything to do with it but to give it an id."""
        self.last = f"h{level}"
        if self.is_plain(words):
            self._headings.append(Heading(level, words, len(self.pieces), len(self.root)))
            self.pieces.append("")
        else:
            heading = SubElement(self.root, self.last)
            heading.text = words
            self.add_element(heading)

    def finish(self, toc: TocTreeprocessor | None) -> None:
        """Have `toc` give ids to the headings, if all that is there can be written.

        In the tree they get them one after another, with those that have marks in their words.
        """
        headings = self._headings
        if toc and not self.has_elements:
            used_ids = {each for element in self.root.iter() if (each := element.get("id"))}
            written = written_headings(toc, [each[:2] for each in headings], used_ids)
            for heading, text in zip(headings, written, strict=True):
                self.pieces[heading.piece] = text
            return
        self.has_elements = True
        for heading in reversed(headings):
            element = self.pieces[heading.piece] = Element(f"h{heading.level}")
            element.text = heading.words
            self.root.insert(heading.place, element)

    def is_plain(self, text: str) -> bool:
        """Return whether nobody has anything to do with a text."""
        for mark in self._marks:  # noqa: SIM110 - `any` would take twice the time
            if mark in text:
                return False
        return True

    def add_paragraph(self, blocks: list[str]) -> None:
        """Take a block as a paragraph, if it is not blank."""
        block = blocks.pop(0)
        if block.strip():
            self.add(self.root, "p", block.lstrip())
            self.last = "p"

    def open(self, tag: str) -> None:
        """Begin an element that has others within, of which each ends its line."""
        self.pieces.append(f"<{tag}>\n")
        self.last = tag

    def close(self, tag: str) -> None:
        """End it."""
        self.pieces.append(f"</{tag}>\n")

    def attach(self, element: Element, parent: Element) -> None:
        """Add an element to the tree, if there is anything to do within."""
        if len(element):
            parent.append(element)

    def is_paragraph(self, text: str) -> bool:
        """Return whether a text within another block is a paragraph, and no other block."""
        found = self.plan.candidates(text) ^ self.plan.paragraph
        while found:
            lowest = found & -found
            found ^= lowest
            if self._forms.concerns(lowest, text):
                return False
        return bool(text.strip())
