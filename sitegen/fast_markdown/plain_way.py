"""Tells for which texts it is enough to work on the elements that are no plain words."""

from typing import Any

from markdown import Markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.extensions.footnotes import FootnoteExtension, FootnoteTreeprocessor
from markdown.extensions.toc import TocTreeprocessor

from sitegen.fast_markdown.blocks import FastBlockParser
from sitegen.fast_markdown.contents import is_left_to_us
from sitegen.fast_markdown.inline import InlineEngine
from sitegen.fast_markdown.plain import PlainBlocks, Unusual, marks
from sitegen.fast_markdown.plain_footnotes import (
    FootnoteEnds,
    add_footnotes,
    are_repeated,
    footnote_ends,
    is_plain_way,
)
from sitegen.fast_markdown.plain_forms import Forms
from sitegen.fast_markdown.simple import SimpleTexts, simple_texts, written_part
from sitegen.fast_markdown.stock import is_known
from sitegen.fast_markdown.trees import ELEMENT_BY_ELEMENT


class PlainWay:
    """The way of a Python-Markdown whose parts nobody changes any more."""

    def __init__(self, md: Markdown, processors: list[Any], faster: list[Any]) -> None:
        """Take its tree processors, and what does their work."""
        self.parser: Any = md.parser
        self.abbreviations = [each for each in processors if type(each) is AbbrTreeprocessor]
        self.markers = _markers(processors)
        """Where these stand, a text asks for something to be put."""
        self.marks: tuple[str, ...] = ()
        """Without any of these no processor has anything to do with a text."""
        self.forms: Forms | None = None
        self.footnotes: FootnoteExtension | None = None
        """What knows the footnotes, if the first of the processors appends them."""
        self.ends: FootnoteEnds | None = None
        """What is written before them and behind each, if they are written from here."""
        self.toc: TocTreeprocessor | None = None
        """What gives ids to headings, if that is left to us."""
        self.simple: SimpleTexts | None = None
        """What writes texts with marks of simple forms."""
        engines = [each for each in faster if isinstance(each, InlineEngine)]
        plans = [each.settled_plan() for each in engines]
        if (
            type(self.parser) is FastBlockParser
            and md.doc_tag == "div"
            and all(each in ELEMENT_BY_ELEMENT or isinstance(each, InlineEngine) for each in faster)
            and all(plan and not plan.always and not plan.candidates("\n") for plan in plans)
            and not any(type(each) is TocTreeprocessor and _has_links(each) for each in processors)
        ):
            self.marks = marks(plan for plan in plans if plan)
            if processors and is_plain_way(processors[0], self.marks):
                self.footnotes = processors[0].footnotes
                self.ends = footnote_ends(processors[0].footnotes)
            plan = self.parser.settled_plan()
            contents = [each for each in processors if type(each) is TocTreeprocessor]
            self.toc = contents[0] if contents and is_left_to_us(contents[0]) else None
            if plan and plan.paragraph and is_known("plain"):
                self.forms = Forms(plan)
                self.simple = _simple_texts(engines)

    def text(self, text: str) -> str | None:
        """Return the HTML of a text that is a paragraph, or None for one that takes a tree.

        There are no footnotes for it to mention.
        """
        if self._forms_for(text) is None:
            return None
        if not any(mark in text for mark in self.marks):
            return text
        simple = self.simple
        if simple is None or "[^" in text:
            return None
        parts = simple.parts(text)
        return None if parts is None else "".join(map(written_part, parts))

    def blocks(self, text: str) -> PlainBlocks | None:
        """Return the blocks of a text, or None for a text that takes the whole tree."""
        forms, plan = self._forms_for(text), self.parser.settled_plan()
        if forms is None or plan is None:
            return None
        simple, repeats = self.simple, "[^" in text and are_repeated(text)
        if simple and simple.footnotes and (simple.footnotes.footnotes or repeats):
            # Two mentions of one footnote get their ids in the order of the tree.
            simple = None
        try:
            plain = PlainBlocks(plan, forms, self.marks, simple, text)
        except Unusual:
            return None
        if self.footnotes and self.ends and not repeats:
            plain.has_footnotes = add_footnotes(plain, self.footnotes, self.ends)
        if simple and not simple.number_footnotes(plain.pieces):
            return None
        plain.finish(self.toc if plain.has_footnotes else None)
        return plain

    def _forms_for(self, text: str) -> Forms | None:
        """Return the forms of blocks, or None where something goes on that takes the whole tree."""
        is_marked = any(marker in text for marker in self.markers)
        return None if is_marked or any(each.abbrs for each in self.abbreviations) else self.forms


def _has_links(processor: TocTreeprocessor) -> bool:
    """Return whether headings get more than an id."""
    return processor.use_anchors or processor.use_permalinks not in (False, None)


def _markers(processors: list[Any]) -> list[str]:
    found = []
    for each in processors:
        if type(each) is TocTreeprocessor and each.marker:
            found.append(each.marker)
        elif type(each) is FootnoteTreeprocessor:
            # An empty one is found in any text.
            found.append(each.footnotes.getConfig("PLACE_MARKER"))
    return found


def _simple_texts(engines: list[InlineEngine]) -> SimpleTexts | None:
    """Return what writes simple texts as one or two inline processors would, if anything."""
    plans = [each.settled_plan() for each in engines]
    if len(plans) not in (1, 2) or not plans[0]:
        return None
    replacer = engines[1].mark_replacer() if len(engines) > 1 else None
    if len(engines) > 1 and replacer is None:
        return None
    return simple_texts(plans[0], replacer)
