"""Tells for which texts it is enough to work on the elements that are no plain words."""

from typing import Any

from markdown import Markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.extensions.footnotes import FootnoteExtension, FootnoteTreeprocessor
from markdown.extensions.toc import TocTreeprocessor

from sitegen.fast_markdown.blocks import FastBlockParser
from sitegen.fast_markdown.inline import InlineEngine
from sitegen.fast_markdown.plain import Forms, PlainBlocks, Unusual, marks
from sitegen.fast_markdown.plain_footnotes import add_footnotes, is_plain_way
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
        plans = [each.settled_plan() for each in faster if isinstance(each, InlineEngine)]
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
            plan = self.parser.settled_plan()
            if plan and plan.paragraph and is_known("plain"):
                self.forms = Forms(plan)

    def blocks(self, text: str) -> PlainBlocks | None:
        """Return the blocks of a text, or None for a text that takes the whole tree."""
        if (
            not self.forms
            or any(marker in text for marker in self.markers)
            or any(each.abbrs for each in self.abbreviations)
        ):
            return None
        plan = self.parser.settled_plan()
        if plan is None:
            return None
        try:
            plain = PlainBlocks(plan, self.forms, self.marks, text)
        except Unusual:
            return None
        plain.has_footnotes = bool(self.footnotes and add_footnotes(plain, self.footnotes, text))
        return plain


def _has_links(processor: TocTreeprocessor) -> bool:
    """Return whether headings get more than an id."""
    return processor.use_anchors or processor.use_permalinks not in (False, None)


def _markers(processors: list[Any]) -> list[str]:
    found = []
    for each in processors:
        if type(each) is TocTreeprocessor:
            found.append(each.marker)
        elif type(each) is FootnoteTreeprocessor:
            found.append(each.footnotes.getConfig("PLACE_MARKER"))
    return [marker for marker in found if marker]
