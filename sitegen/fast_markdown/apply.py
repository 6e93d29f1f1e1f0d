"""Applies the inline patterns of one processor to a text, leaving placeholders in it."""

import re
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from markdown import util
from markdown.util import AtomicString, Registry

from sitegen.fast_markdown.links import are_stock
from sitegen.fast_markdown.patterns import Entry, Plan

Handled: TypeAlias = tuple[Element | str | None, int | None, int | None]


class Applier:
    """Does what a stock `InlineProcessor` does to one text after another, with a plan for all."""

    def __init__(self, processor: Any, self_contained: frozenset[type[Any]]) -> None:
        self.processor = processor
        self.self_contained = self_contained
        self.plan = Plan(Registry())
        self._is_stale = False
        """Whether a pattern has changed the patterns while a text was being worked on."""

    def prepare(self, *, is_settled: bool = False) -> None:
        """See to it that the plan is of the patterns as they are now."""
        registry = self.processor.inlinePatterns
        if is_settled and self.plan.registry is registry:
            return
        is_patched = not are_stock()
        if (
            is_patched
            or self._is_stale
            or self.plan.registry is not registry
            or not self.plan.is_current()
            or self.plan.is_patched()
        ):
            self.plan = Plan(registry, self.self_contained)
            self._is_stale = False

    def whole(self, text: str, found: int) -> str:
        """Return a text of the tree with placeholders for what patterns of `found` made of it."""
        text = self._applied(text, found)
        if self._is_stale:
            self.prepare()
        return text

    def _applied(self, data: str, found: int) -> str:
        plan = self.plan
        while found:
            lowest = found & -found
            found ^= lowest
            index = lowest.bit_length() - 1
            entry = plan.entries[index]
            search = entry.search
            start = 0
            while True:
                match = search(data, start) if search else None
                if search and not match:
                    break
                data, matched, start = self._tried(entry, match, data, index, start)
                if self._is_stale or (not entry.is_stock and not plan.is_current()):
                    self._is_stale = True
                    index = index if matched else index + 1
                    return self._applied_by_stock(data, index, start, len(plan.entries))
                if not matched:
                    break
                found |= plan.unstable & -(lowest << 1)
        return data

    def _applied_by_stock(self, data: str, index: int, start: int, count: int) -> str:
        """Go on as Python-Markdown does after a pattern has changed the patterns themselves."""
        processor = self.processor
        while index < count:
            data, matched, start = processor._InlineProcessor__applyPattern(
                processor.inlinePatterns[index], data, index, start
            )
            if not matched:
                index += 1
        return data

    def _tried(
        self, entry: Entry, match: re.Match[str] | None, data: str, index: int, start: int
    ) -> tuple[str, bool, int]:
        """Return the text, whether the pattern took anything, and from where to go on."""
        pattern = entry.pattern
        for exclude in pattern.ANCESTOR_EXCLUDES:
            if exclude.lower() in self.processor.ancestors:
                return data, False, 0
        if not entry.is_sequential:
            stock: tuple[str, bool, int] = self.processor._InlineProcessor__applyPattern(
                pattern, data, index, start
            )
            return stock
        node, begin, end = self._handled(entry, match, data, start)
        if begin is None or end is None:
            return data, False, 0
        if node is None:
            return data, True, end
        if not isinstance(node, str) and not isinstance(node.text, AtomicString):
            self._apply_within(node, index)
        if entry.names_type:
            pattern.type()
        stashed = self.processor.stashed_nodes
        key = f"{len(stashed):04d}"
        placeholder = util.INLINE_PLACEHOLDER % key
        stashed[key] = node
        return data[:begin] + placeholder + data[end:], True, begin + len(placeholder)

    def _handled(self, entry: Entry, match: re.Match[str] | None, data: str, start: int) -> Handled:
        """Return what the pattern makes of the first match that it does not refuse."""
        pattern = entry.pattern
        handle = entry.handle or pattern.handleMatch
        handled: Handled
        if entry.search:
            while match:
                handled = handle(match, data)
                if handled[1] is not None and handled[2] is not None:
                    return handled
                match = entry.search(data, match.end())
            return None, None, None
        for match in pattern.getCompiledRegExp().finditer(data, start):
            handled = handle(match, data)
            if handled[1] is not None and handled[2] is not None:
                return handled
        return None, None, None

    def _apply_within(self, node: Element, index: int) -> None:
        """Apply the patterns that come later to the text of a new element and its children."""
        ancestors = self.processor.ancestors
        for child in [node, *node]:
            if child.text:
                ancestors.append(child.tag.lower())
                child.text = self._applied_from(child.text, index + 1)
                ancestors.pop()
            if child.tail:
                child.tail = self._applied_from(child.tail, index)

    def _applied_from(self, data: str, index: int) -> str:
        if isinstance(data, AtomicString):
            return data
        if self._is_stale:
            return self._applied_by_stock(data, index, 0, len(self.processor.inlinePatterns))
        found = self.plan.candidates(data) & (-1 << index)
        return self._applied(data, found) if found else data
