"""Runs the inline patterns over a tree as Python-Markdown's own tree processor does."""

from collections import deque
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, Registry

from sitegen.fast_markdown.apply import Applier
from sitegen.fast_markdown.closed import ClosedEngine, is_plain
from sitegen.fast_markdown.patterns import Plan, is_stock
from sitegen.fast_markdown.place import PREFIX, place
from sitegen.fast_markdown.quotes import MarkReplacer, mark_replacer
from sitegen.fast_markdown.stock import is_known
from sitegen.fast_markdown.survey import Survey

Placed: TypeAlias = list[tuple[Element, list[str]]]
"""Elements that came out of the stash, each with the names of those it stands in."""

_EXACT = (str, AtomicString)
_OWN = vars(InlineProcessor)
_METHODS = dict(_OWN)
_METHODS_ONCE_COPIED = {**_METHODS, "__slotnames__": []}
"""What `copy` notes on each class of which it has copied an object."""


def is_stock_inline(processor: object) -> bool:
    """Return whether a tree processor is Python-Markdown's own for inline patterns."""
    return (
        type(processor) is InlineProcessor
        and is_known("inline")
        and is_stock(processor)
        and _OWN in (_METHODS, _METHODS_ONCE_COPIED)
    )


class InlineEngine:
    """Does the work of one stock `InlineProcessor`, on its own attributes.

    What patterns can see of the processor (`stashed_nodes`, `ancestors`, `parent_map`) is as it
    would be if it ran itself.
    """

    def __init__(self, processor: InlineProcessor, self_contained: frozenset[type[Any]]) -> None:
        self.processor: Any = processor
        self.applier = Applier(processor, self_contained)
        self._replacer: MarkReplacer | None = None
        self._replacer_plan: Plan | None = None
        """The plan that it is for."""

    def run(self, survey: Survey, *, is_watched: bool, is_settled: bool) -> None:
        """Apply every inline pattern to the text of a tree.

        It is watched where a tree processor of others may look at the processor afterwards, and
        settled where nobody changes the patterns any more.
        """
        processor = self.processor
        tree = survey.root
        if type(processor.inlinePatterns) is not Registry:
            processor.run(tree)
            survey.forget()
            return
        self.applier.prepare(is_settled=is_settled)
        plan = self.applier.plan
        if plan.steps is not None and not is_watched and is_plain(survey):
            engine = ClosedEngine(processor, plan, plan.steps, self._mark_replacer(plan))
            engine.run(survey, is_settled=is_settled)
            return
        survey.forget()
        processor.stashed_nodes = {}
        processor.parent_map = {child: parent for parent in tree.iter() for child in parent}
        parents: list[str] = []
        processor._InlineProcessor__build_ancestors(tree, parents)
        stack = deque([(tree, parents)])
        while stack:
            current, processor.ancestors = stack.popleft()
            if current is not tree:
                processor.ancestors.append(current.tag.lower())
            self._apply_to_children(current, stack)

    def settled_plan(self) -> Plan | None:
        """Return the plan where nobody changes the patterns and none looks around."""
        if type(self.processor.inlinePatterns) is not Registry:
            return None
        self.applier.prepare(is_settled=True)
        plan = self.applier.plan
        return plan if plan.steps is not None else None

    def mark_replacer(self) -> MarkReplacer | None:
        """Return what does the work of all patterns at once, if anything can."""
        plan = self.settled_plan()
        return self._mark_replacer(plan) if plan else None

    def _mark_replacer(self, plan: Plan) -> MarkReplacer | None:
        if self._replacer_plan is not plan or (self._replacer and not self._replacer.is_current()):
            self._replacer = mark_replacer([entry.pattern for entry in plan.entries])
            self._replacer_plan = plan
        return self._replacer

    def _apply_to_children(self, current: Element, stack: deque[tuple[Element, list[str]]]) -> None:
        processor, applier = self.processor, self.applier
        inserts: list[tuple[Element, Placed]] = []
        # Elements made of a tail are inserted behind their sibling and come next.
        for child in current:
            text = child.text
            if text and not isinstance(text, AtomicString):
                found = applier.plan.candidates(text)
                if found or PREFIX in text or type(text) is not str:
                    placed = self._apply_to_text(child, text, found)
                    if placed:
                        stack += placed
                        inserts.append((child, placed))
            tail = child.tail
            if tail:
                found = 0 if isinstance(tail, AtomicString) else applier.plan.candidates(tail)
                if found or PREFIX in tail or type(tail) not in _EXACT:
                    self._apply_to_tail(current, child, tail, found)
            if len(child):
                processor.parent_map[child] = current
                stack.append((child, processor.ancestors[:]))
        for element, placed in inserts:
            for index, (new, _) in enumerate(placed):
                element.insert(index, new)

    def _apply_to_text(self, child: Element, text: str, found: int) -> Placed:
        ancestors = self.processor.ancestors
        ancestors.append(child.tag.lower())
        child.text = None
        data = self.applier.whole(text, found) if found else text
        if data is text and type(text) is str and PREFIX not in data:
            child.text = text
            placed: Placed = []
        else:
            elements = place(data, child, self.processor.stashed_nodes, is_text=True)
            placed = [(element, ancestors[:]) for element in elements]
        for element, _ in placed:
            self.processor.parent_map[element] = child
        ancestors.pop()
        return placed

    def _apply_to_tail(self, current: Element, child: Element, tail: str, found: int) -> None:
        data = self.applier.whole(tail, found) if found else tail
        if data is tail and type(tail) is str and PREFIX not in data:
            return
        holder = Element("d")
        child.tail = None
        placed = place(data, holder, self.processor.stashed_nodes, is_text=False)
        if holder.tail:
            child.tail = holder.tail
        if placed:
            position = list(current).index(child) + 1
            for element in reversed(placed):
                self.processor.parent_map[element] = current
                current.insert(position, element)
