"""Derives from a regular expression by which text its matches can be found."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import NamedTuple, TypeAlias

from sitegen.fast_markdown.required import Part, flat

Search: TypeAlias = Callable[[str, int], re.Match[str] | None]
"""Finds the first match from a position on."""

_FARTHEST_ANCHOR = 8


def searcher(expression: re.Pattern[str]) -> Search:
    """Return what finds the first match as the expression itself does, by its anchor if any."""
    found = anchor(expression)
    if found is None:
        return expression.search
    text, least, most = found
    match_at = expression.match

    def search(data: str, start: int) -> re.Match[str] | None:
        index = data.find(text, start + least)
        while index >= 0:
            for position in range(max(start, index - most), index - least + 1):
                match = match_at(data, position)
                if match:
                    return match
            start = index - least + 1
            index = data.find(text, index + 1)
        return None

    return search


@lru_cache(maxsize=1024)
def is_never_empty(pattern: re.Pattern[str]) -> bool:
    """Return whether every match has at least a character: the next is looked for behind it."""
    try:
        return bool(parser.parse(pattern.pattern, pattern.flags).getwidth()[0])
    except Exception:  # noqa: BLE001 - the parse tree is not public; without it `re` searches
        return False


class Anchor(NamedTuple):
    """A text that every match of an expression holds at about the same place."""

    text: str
    least: int
    """How many characters at least stand before it in the match."""
    most: int


@lru_cache(maxsize=1024)
def anchor(pattern: re.Pattern[str]) -> Anchor | None:
    """Return by which text to look for matches, where `re` itself has nothing to look for.

    An expression that begins with plain text is found by that, far sooner than we could. One that
    begins with a look-behind or a choice is tried by `re` at every single character.
    """
    try:
        parts = list(flat(parser.parse(pattern.pattern, pattern.flags)))
        if pattern.flags & re.IGNORECASE or not parts or parts[0][0] is op.LITERAL:
            return None
        return _anchor(parts)
    except Exception:  # noqa: BLE001 - the parse tree is not public; without it `re` searches
        return None


def _anchor(parts: Sequence[Part]) -> Anchor | None:
    least = most = 0
    text = ""
    for code, value in parts:
        if code is op.LITERAL:
            text += chr(value)
            continue
        if text:
            break
        if code in (op.ASSERT, op.ASSERT_NOT, op.AT):
            continue
        part = parser.SubPattern(parser.State(), [(code, value)])
        shortest, longest = part.getwidth()
        least, most = least + shortest, most + longest
        if most > _FARTHEST_ANCHOR:
            return None
    return Anchor(text, least, most) if text else None
