"""Replaces quotation marks, dashes and dots as `smarty` does, all patterns in one pass.

`smarty` has eighteen patterns that look through a text one after another, for each may see what
those before have replaced. Where marks stand far enough from each other none does: no pattern looks
farther than three characters behind a mark, or before it at any but characters that are no marks.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown.extensions import smarty as stock

from sitegen.fast_markdown.patterns import is_untouched
from sitegen.fast_markdown.stock import is_known

# A choice of plain texts, which `re` finds by their first characters.
_MARKS = re.compile(r"""'|"|--+|\.\.\.+""")
_REACH = 3
"""How many characters behind a mark any pattern looks at."""
_OPENING = r"(?:(?<=\s|–|—)|(?<=&[mn]dash;|&#8211;|&#8212;)|(?<=&nbsp;))"
"""Looks back at what `openingQuotesBase` matches, but for hyphens: two of them are a mark."""
_ONLY: list[object] = [str]
_BEHIND_GROUP: list[object] = [1, str]
_BEFORE_GROUP: list[object] = [str, 1]
"""What a match is replaced by: a text alone, or what was around the mark as well."""
_MARK_ALONE: dict[str, tuple[str, list[object]]] = {
    **{
        expression: (expression, _ONLY)
        for expression in (
            r"(?<!-)---(?!-)",
            r"(?<!-)--(?!-)",
            r"(?<!\.)\.{3}(?!\.)",
            stock.singleQuoteStartRe,
            stock.doubleQuoteStartRe,
            stock.doubleQuoteSetsRe,
            stock.singleQuoteSetsRe,
            stock.doubleQuoteSetsRe2,
            stock.singleQuoteSetsRe2,
            stock.decadeAbbrRe,
            stock.closingSingleQuotesRegex,
            stock.remainingSingleQuotesRegex,
            stock.closingDoubleQuotesRegex,
            stock.closingDoubleQuotesRegex2,
            stock.remainingDoubleQuotesRegex,
        )
    },
    stock.openingSingleQuotesRegex: (rf"{_OPENING}'(?=\w)", _BEHIND_GROUP),
    stock.openingDoubleQuotesRegex: (rf'{_OPENING}"(?=\w)', _BEHIND_GROUP),
    stock.closingSingleQuotesRegex2: (r"'(?=\s|s\b)", _BEFORE_GROUP),
}
"""For each expression one that matches the same marks and nothing around them."""
_METHODS: dict[str, object] = {"handleMatch": stock.SubstituteTextPattern.handleMatch}
_ENTITIES = re.compile(r"(?:&[0-9A-Za-z]+;)+")
"""What serialisers leave as it is, wherever in a text it stands."""


class MarkReplacer:
    """Does the work of a row of patterns of `smarty`."""

    def __init__(self, patterns: Sequence[Any]) -> None:
        self._patterns = patterns
        self._replaced = [each.replace for each in patterns]
        alone = (_MARK_ALONE[each.pattern][0] for each in patterns)
        self._combined = re.compile("|".join(f"({each})" for each in alone))
        texts = [next(part for part in each if isinstance(part, str)) for each in self._replaced]
        self._entities = texts if all(map(_ENTITIES.fullmatch, texts)) else None
        """What each replaces a mark by, if nobody has to see it put away."""

    def is_current(self) -> bool:
        """Return whether each pattern replaces marks by the same still."""
        return [each.replace for each in self._patterns] == self._replaced

    def replaced(self, text: str, *, is_watched: bool) -> str | None:
        """Return a text with its marks replaced, or None where any two are too close.

        What replaces them comes by way of the stash of HTML only where somebody may look there.
        """
        found: list[tuple[int, int, int]] = []
        free = 0
        match_at = self._combined.match
        for mark in _MARKS.finditer(text):
            begin, end = mark.span()
            if begin < free:
                return None
            free = end + _REACH
            match = match_at(text, begin)
            if match and match.lastindex:
                found.append((match.lastindex - 1, begin, match.end()))
        if not found:
            return text
        entities = None if is_watched else self._entities
        if entities:
            placed = [(begin, end, entities[index]) for index, begin, end in found]
        else:
            # Into the stash one pattern after another, as they would come by themselves.
            placed = sorted(
                (begin, end, self._stored(index)) for index, begin, end in sorted(found)
            )
        written: list[str] = []
        position = 0
        for begin, end, substitute in placed:
            written += (text[position:begin], substitute)
            position = end
        written.append(text[position:])
        return "".join(written)

    def _stored(self, index: int) -> str:
        pattern = self._patterns[index]
        [substitute] = (part for part in pattern.replace if isinstance(part, str))
        placeholder: str = pattern.md.htmlStash.store(substitute)
        return placeholder


def has_marks(text: str) -> bool:
    """Return whether there is a mark in a text that `smarty` may replace."""
    return "'" in text or '"' in text or "--" in text or "..." in text


def marked(elements: Iterable[Element]) -> list[Element]:
    """Return the elements that have a mark in their text or tail."""
    return [
        each
        for each in elements
        if ((text := each.text) and has_marks(text))
        or ((tail := each.tail) and tail != "\n" and has_marks(tail))
    ]


def mark_replacer(patterns: Sequence[Any]) -> MarkReplacer | None:
    """Return what does the work of these patterns, or None unless all are `smarty`'s own."""
    known = patterns and is_known("smarty") and all(map(_is_stock, patterns))
    return MarkReplacer(patterns) if known else None


def _is_stock(pattern: Any) -> bool:
    if type(pattern) is not stock.SubstituteTextPattern or not is_untouched(pattern, _METHODS):
        return False
    expression = pattern.compiled_re.pattern
    if expression != pattern.pattern or expression not in _MARK_ALONE:
        return False
    _, replaced_by = _MARK_ALONE[expression]
    return [1 if part == 1 else type(part) for part in pattern.replace] == replaced_by
