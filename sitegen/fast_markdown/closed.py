"""Runs inline patterns of which none looks around while the tree is being worked on.

Where all patterns are Python-Markdown's own, or keep to their match, nobody asks for the ancestors
of an element and nobody changes the patterns. What they see, the texts and the stash, comes in the
same order as ever.
"""

from collections import deque
from functools import lru_cache
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from markdown import util
from markdown.util import STX, AtomicString

from sitegen.fast_markdown.patterns import Plan, Step
from sitegen.fast_markdown.place import PREFIX, Stash, place
from sitegen.fast_markdown.quotes import MarkReplacer, marked
from sitegen.fast_markdown.survey import Survey

Stack: TypeAlias = deque[tuple[Element, bool]]
"""Elements whose children are still to be seen, and whether those came out of the stash."""

_TEXTS = {str, AtomicString}


@lru_cache(maxsize=1024)
def _placeholder(count: int) -> tuple[str, str]:
    """Return the key of the node stashed after so many, and what stands for it."""
    key = f"{count:04d}"
    return key, util.INLINE_PLACEHOLDER % key


class ClosedEngine:
    """Does for one tree what a stock `InlineProcessor` does."""

    def __init__(
        self, processor: Any, plan: Plan, steps: list[Step], replacer: MarkReplacer | None
    ) -> None:
        self.plan = plan
        self.replacer = replacer
        """What does the work of all steps at once, if anything can."""
        self.steps = steps
        self.stash: Stash = {}
        self.finished: set[Element] = set()
        """New elements in which there is nothing for any pattern, and no placeholder."""
        processor.stashed_nodes = self.stash
        processor.parent_map = {}
        processor.ancestors = []

    def run(self, survey: Survey, *, is_settled: bool) -> None:
        """Apply every inline pattern to a tree, where it is settled with no code of others."""
        plan = self.plan
        every = plan.literals
        here = plan.literals_in(survey.whole)
        if not here and not plan.always:
            return
        tree = survey.root
        if self.replacer:
            self._replace_marks(tree, self.replacer, is_settled=is_settled)
            survey.forget_texts()
            return
        survey.forget()
        candidates = plan.candidates
        # Most tails are the line breaks between blocks.
        idle = "" if candidates("\n") else "\n"
        stack: Stack = deque([(tree, False)])
        while stack:
            current, is_new = stack.popleft()
            for child in current:
                literals = every if is_new else here
                text = child.text
                is_parent = len(child) > 0
                is_renewed = False
                if text and (type(text) is str or not isinstance(text, AtomicString)):
                    found = candidates(text, literals)
                    if found or (is_new and PREFIX in text):
                        is_renewed = self._apply_to_text(child, text, found, stack)
                tail = child.tail
                if (
                    tail
                    and tail != idle
                    and (type(tail) is str or not isinstance(tail, AtomicString))
                ):
                    found = candidates(tail, literals)
                    if (found or (is_new and PREFIX in tail)) and self._apply_to_tail(
                        current, child, tail, found
                    ):
                        # They are the next children.
                        is_new = True
                if is_parent:
                    stack.append((child, is_new or is_renewed))

    def _replace_marks(self, tree: Element, replacer: MarkReplacer, *, is_settled: bool) -> None:
        """Replace marks level by level, as the patterns come to them; they make no elements."""
        if is_settled:
            # Nobody sees in which order they came.
            elements = tree.iter()
            next(elements)
            self._replace_in(marked(elements), replacer, is_watched=False)
            return
        level = list(tree)
        while level:
            self._replace_in(marked(level), replacer, is_watched=True)
            level = [each for child in level if len(child) for each in child]

    def _replace_in(
        self, elements: list[Element], replacer: MarkReplacer, *, is_watched: bool
    ) -> None:
        for child in elements:
            text, tail = child.text, child.tail
            if text and not isinstance(text, AtomicString):
                replaced = replacer.replaced(text, is_watched=is_watched)
                if replaced is None:
                    self._apply_to_text(child, text, self.plan.candidates(text), deque())
                else:
                    child.text = replaced
            if tail and not isinstance(tail, AtomicString):
                replaced = replacer.replaced(tail, is_watched=is_watched)
                if replaced is None:
                    self._apply_to_tail(child, child, tail, self.plan.candidates(tail))
                else:
                    child.tail = replaced

    def _apply_to_text(self, child: Element, text: str, found: int, stack: Stack) -> bool:
        """Return whether elements came into the child."""
        data = self._applied(text, found)
        if data is text and PREFIX not in data:
            return False
        child.text = None
        placed = place(data, child, self.stash, is_text=True, finished=self.finished)
        for index, element in enumerate(placed):
            child.insert(index, element)
            if len(element) and element not in self.finished:
                stack.append((element, True))
        return bool(placed)

    def _apply_to_tail(self, current: Element, child: Element, tail: str, found: int) -> bool:
        """Return whether elements came behind the child."""
        data = self._applied(tail, found)
        if data is tail and PREFIX not in data:
            return False
        holder = Element("d")
        child.tail = None
        placed = place(data, holder, self.stash, is_text=False, finished=self.finished)
        if holder.tail:
            child.tail = holder.tail
        if placed:
            position = list(current).index(child) + 1
            for element in reversed(placed):
                current.insert(position, element)
        return bool(placed)

    def _applied(self, data: str, found: int) -> str:
        """Return a text with placeholders for what patterns of `found` made of it."""
        unstable, steps, stash = self.plan.unstable, self.steps, self.stash
        while found:
            lowest = found & -found
            found ^= lowest
            search, handle, needed = steps[lowest.bit_length() - 1]
            match = search(data, 0) if needed in data else None
            while match:
                node, begin, end = handle(match, data)
                if begin is None or end is None:
                    match = search(data, match.end())
                    continue
                found |= unstable & -(lowest << 1)
                if node is not None:
                    if (
                        not isinstance(node, str)
                        and not isinstance(node.text, AtomicString)
                        and self._apply_within(node, lowest)
                    ):
                        self.finished.add(node)
                    key, placeholder = _placeholder(len(stash))
                    stash[key] = node
                    data = data[:begin] + placeholder + data[end:]
                    end = begin + len(placeholder)
                match = search(data, end)
        return data

    def _apply_within(self, node: Element, lowest: int) -> bool:
        """Apply the patterns that come later to the text of a new element and its children.

        Return whether neither they nor any others have or had anything to do there.
        """
        is_finished = True
        for child in (node, *node) if len(node) else (node,):
            text, tail = child.text, child.tail
            if text:
                applied = self._applied_within(text, lowest << 1)
                if applied is not None:
                    is_finished = False
                    child.text = applied
            if tail:
                applied = self._applied_within(tail, lowest)
                if applied is not None:
                    is_finished = False
                    child.tail = applied
            if child is not node and len(child):
                is_finished = False
        return is_finished

    def _applied_within(self, text: str, lowest: int) -> str | None:
        """Return what patterns from the `lowest` on make of a text, or None if it is finished."""
        found = 0
        if not isinstance(text, AtomicString):
            found = self.plan.candidates(text, self.plan.literals)
        if not found:
            return text if STX in text else None
        found &= -lowest
        return self._applied(text, found) if found else text


def is_plain(survey: Survey) -> bool:
    """Return whether a tree is made of plain elements and texts."""
    return (
        _TEXTS.issuperset(map(type, survey.texts))
        and PREFIX not in survey.whole
        and survey.has_plain_tags()
    )
