"""A block parser that asks only those block processors that a block can concern."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import blockprocessors as stock
from markdown.blockparser import BlockParser
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.def_list import DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.tables import TableProcessor
from markdown.util import Registry

from sitegen.fast_markdown.patterns import is_overridden, is_stock, is_untouched
from sitegen.fast_markdown.required import Required, required

_BY_TEST: tuple[tuple[Callable[..., Any], str], ...] = (
    (stock.HashHeaderProcessor.test, "RE"),
    (stock.SetextHeaderProcessor.test, "RE"),
    (stock.HRProcessor.test, "SEARCH_RE"),
    (stock.OListProcessor.test, "RE"),
    (stock.BlockQuoteProcessor.test, "RE"),
    (DefListProcessor.test, "RE"),
    (AdmonitionProcessor.test, "RE"),
)
"""Tests that fail where the expression of this name does not match."""
_BY_RUN: tuple[tuple[type[Any], Callable[..., Any], Callable[..., Any]], ...] = tuple(
    (each, each.test, each.run)
    for each in (stock.ReferenceProcessor, FootnoteBlockProcessor, AbbrBlockprocessor)
)
"""Processors that take every block and put it back where their expression does not match."""
_EMPTY_TEST = stock.EmptyBlockProcessor.test
_INDENT_TESTS = (stock.ListIndentProcessor.test, stock.CodeBlockProcessor.test)
_PARAGRAPH: dict[str, object] = {
    name: getattr(stock.ParagraphProcessor, name) for name in ("test", "run")
}
_ADMONITION_TEST = AdmonitionProcessor.test
_ADMONITION_PARSE = getattr(AdmonitionProcessor, "parse_content", None)
_PARSE = BlockParser.parseBlocks
_TABLE_TEST, _TABLE_SPLIT = TableProcessor.test, getattr(TableProcessor, "_split", None)
_DECISIVE = ("test", "run", "parse_content", "_split")


class BlockPlan:
    """The block processors of a registry in order, and which blocks call for which of them."""

    __slots__ = (
        "_attributes",
        "_conduct",
        "_counts",
        "_data",
        "_derived_from",
        "_kinds",
        "_priority",
        "_values",
        "always",
        "empty",
        "indent",
        "literals",
        "of_indent",
        "of_line_start",
        "paragraph",
        "processors",
        "registry",
        "stock",
    )

    def __init__(self, registry: Any, indent: str) -> None:
        self.registry = registry
        self.processors = list(registry)
        self.indent = indent
        self.always = self.empty = self.of_indent = self.stock = self.paragraph = 0
        literals: dict[str, int] = {}
        self.of_line_start: dict[str, int] = {}
        for index, processor in enumerate(self.processors):
            bit = 1 << index
            if is_stock(processor):
                self.stock |= bit
            if type(processor) is stock.ParagraphProcessor and is_untouched(processor, _PARAGRAPH):
                self.paragraph = bit
            texts = _required(processor)
            for text in texts:
                # What follows the line break is enough to go by.
                at_start = text[0] == "\n" and len(text) > 1
                known = self.of_line_start if at_start else literals
                key = text[1] if at_start else text
                known[key] = known.get(key, 0) | bit
            if is_same(processor, "test", _EMPTY_TEST):
                self.empty |= bit
            elif any(is_same(processor, "test", test) for test in _INDENT_TESTS):
                if processor.tab_length == len(indent):
                    self.of_indent |= bit
                else:
                    self.always |= bit
            elif not texts:
                self.always |= bit
            if is_same(processor, "test", _ADMONITION_TEST):
                self.of_indent |= bit
        self.literals = tuple(literals.items())
        self._data = dict(registry._data)
        self._priority = list(registry._priority)
        self._kinds = list(dict.fromkeys(map(type, self.processors)))
        self._conduct = _conduct(self._kinds)
        self._attributes = [vars(processor) for processor in self.processors]
        self._counts = list(map(len, self._attributes))
        self._derived_from = [
            (processor, name)
            for processor in self.processors
            for name in ("RE", "SEARCH_RE", "tab_length")
            if hasattr(processor, name)
        ]
        self._values = [getattr(processor, name) for processor, name in self._derived_from]

    def is_current(self) -> bool:
        """Return whether the registry holds the same processors still, unchanged themselves."""
        registry = self.registry
        return (
            registry._data == self._data
            and registry._priority == self._priority
            and list(map(len, self._attributes)) == self._counts
            and _conduct(self._kinds) == self._conduct
            and [getattr(each, name, None) for each, name in self._derived_from] == self._values
        )

    def candidates(self, block: str) -> int:
        """Return the processors that a block can concern."""
        found = self.always
        for literal, bits in self.literals:
            if literal in block:
                found |= bits
        if "\n" in block:
            for start in {line[:1] for line in block.split("\n")}:
                found |= self.of_line_start.get(start, 0)
        else:
            found |= self.of_line_start.get(block[:1], 0)
        if not block or block[0] == "\n":
            found |= self.empty
        elif block.startswith(self.indent):
            found |= self.of_indent
        return found


def _conduct(kinds: list[type[Any]]) -> list[Any]:
    """Return the methods of block processors by which it was decided when to ask them."""
    return [getattr(kind, name, None) for kind in kinds for name in _DECISIVE]


def is_same(processor: Any, name: str, method: object) -> bool:
    """Return whether a processor has this very method."""
    return not is_overridden(processor, name, method)


def _required(processor: Any) -> Required:
    """Return the texts of which a block must contain one, or nothing if every block may do."""
    for test, name in _BY_TEST:
        if is_same(processor, "test", test):
            if test is _ADMONITION_TEST and not _is_idle_admonition(processor):
                return ()
            return _of_expression(processor, name)
    for kind, test, run in _BY_RUN:
        if isinstance(processor, kind):
            if is_same(processor, "test", test) and is_same(processor, "run", run):
                return _of_expression(processor, "RE")
            return ()
    if is_same(processor, "test", _TABLE_TEST) and is_same(processor, "_split", _TABLE_SPLIT):
        return ("|",)
    return ()


def _is_idle_admonition(processor: Any) -> bool:
    """Return whether a block that is neither marked nor indented is none of its own."""
    return (
        is_same(processor, "parse_content", _ADMONITION_PARSE) and processor.current_sibling is None
    )


def _of_expression(processor: Any, name: str) -> Required:
    expression = getattr(processor, name, None)
    if type(expression) is not re.Pattern:
        return ()
    texts = required(expression, at_line_starts=True)
    # A line break alone stands for the beginning of any block.
    return () if "\n" in texts else texts


class FastBlockParser(BlockParser):
    """Python-Markdown's block parser with a plan of which processors to ask."""

    _plan: BlockPlan | None = None
    _depth = 0
    _is_stale = True
    """Whether code that is not Python-Markdown's may have changed the processors."""

    def __getstate__(self) -> dict[str, Any]:
        """Return what a copy is made of: its plan is of its own processors."""
        return {**vars(self), "_plan": None}

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - its name
        """Process blocks into `parent`, each by the first processor that takes it."""
        if type(self.blockprocessors) is not Registry or BlockParser.parseBlocks is not _PARSE:
            super().parseBlocks(parent, blocks)
            return
        if not self._depth:
            self._doubt()
        self._depth += 1
        try:
            while blocks:
                plan = self._plan
                if plan is None or self._is_stale:
                    plan = self._current_plan()
                block = blocks[0]
                found = plan.candidates(block)
                if found == plan.paragraph and not self.state:
                    # What the stock processor does outside of lists, for most blocks are these.
                    del blocks[0]
                    if block.strip():
                        SubElement(parent, "p").text = block.lstrip()
                    continue
                while found:
                    lowest = found & -found
                    found ^= lowest
                    processor = plan.processors[lowest.bit_length() - 1]
                    is_foreign = not plan.stock & lowest
                    if is_foreign:
                        self._is_stale = True
                    taken = (
                        processor.test(parent, blocks[0])
                        and processor.run(parent, blocks) is not False
                    )
                    if is_foreign:
                        self._is_stale = True
                    if taken:
                        break
                    if blocks[0] is not block:
                        block = blocks[0]
                        found = plan.candidates(block) & -(lowest << 1)
        finally:
            self._depth -= 1

    @contextmanager
    def checked_once(self) -> Iterator[None]:
        """Parse texts between which only Python-Markdown's own code runs."""
        self._doubt()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def settled_plan(self) -> BlockPlan | None:
        """Return the plan where nobody changes the processors, at the beginning of a text."""
        if type(self.blockprocessors) is not Registry or self.state or self._depth:
            return None
        return self._current_plan()

    def _doubt(self) -> None:
        """Look at the processors anew, unless nobody changes any."""
        if not getattr(self.md, "is_settled", False):
            self._is_stale = True

    def _current_plan(self) -> BlockPlan:
        plan = self._plan
        if plan is None or self._is_stale:
            registry = self.blockprocessors
            if plan is None or plan.registry is not registry or not plan.is_current():
                plan = self._plan = BlockPlan(registry, " " * self.md.tab_length)
            self._is_stale = False
        return plan
