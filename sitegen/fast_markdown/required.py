"""Derives from a regular expression the texts of which every match must contain one."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

Required: TypeAlias = tuple[str, ...]
"""At least one of these is part of any text that matches; empty: nothing is known."""
Part: TypeAlias = tuple[Any, Any]
"""What one piece of an expression is, and what it is made of."""

_MOST_ALTERNATIVES = 6
_LONGEST_REPEAT = 8
_ATOMIC_GROUP = getattr(op, "ATOMIC_GROUP", None)
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, getattr(op, "POSSESSIVE_REPEAT", None))
_LINE_BREAK = (op.LITERAL, ord("\n"))
_BEGINNINGS = (op.AT_BEGINNING, op.AT_BEGINNING_STRING)
_COMMON = {" ": 90.0, "\n": 4.0, ".": 40.0, ",": 40.0, "-": 8.0, "'": 6.0, '"': 6.0, ":": 8.0}
_WORD_CHARACTER = 100.0
_OTHER = 1.0


@lru_cache(maxsize=1024)
def required(pattern: re.Pattern[str], *, at_line_starts: bool = False) -> Required:
    """Return the texts of which any text that `pattern` matches contains at least one.

    With `at_line_starts` the text has to be looked at behind a line break, which then stands for
    what `^` matches. An empty result says nothing: the pattern must be tried. So it is for any
    expression that can't be read the way expressions are known to be written down today.
    """
    try:
        tree = list(parser.parse(pattern.pattern, pattern.flags))
        found = _Reader(bool(pattern.flags & re.IGNORECASE), at_line_starts).candidates(tree)
    except Exception:  # noqa: BLE001 - the parse tree is not public; without it nothing is skipped
        return ()
    if at_line_starts:
        found.discard(("\n",))
        by_line = {texts for texts in found if all(text[0] == "\n" for text in texts)}
        found = by_line or found
    return min(found, key=_cost, default=())


def _cost(texts: Iterable[str]) -> tuple[float, Required]:
    """Return how often one of the texts is likely to be there for nothing."""
    return sum(_rarity(text) for text in texts), tuple(texts)


def _rarity(text: str) -> float:
    return min(
        _COMMON.get(char, _WORD_CHARACTER if char.isalnum() else _OTHER) for char in text
    ) / len(text)


class _Reader:
    """Reads the parse tree of one expression."""

    def __init__(self, ignores_case: bool, at_line_starts: bool) -> None:
        self.ignores_case = ignores_case
        self.at_line_starts = at_line_starts

    def candidates(self, tree: Sequence[Part]) -> set[Required]:
        """Return every requirement that a sequence makes; each alone can rule a text out."""
        found: set[Required] = set()
        run = ""
        parts = list(flat(tree))
        for index, (code, value) in enumerate(parts):
            if code is op.LITERAL and self._is_sure(value):
                run += chr(value)
                continue
            if self.at_line_starts and not run and _is_line_start(code, value):
                run = "\n"
                continue
            if code in (op.ASSERT_NOT, op.AT):
                continue
            if run:
                leads = self._leads(parts[index:])
                if leads:
                    found.add(tuple(run + lead for lead in leads))
            if code is op.ASSERT:
                # What stands before or behind the match is no part of the run, but of the text.
                found |= self.candidates(list(value[1]))
                continue
            if code in _REPEATS:
                least, most, inside = value
                char = self._only(inside)
                if char and 0 < least <= _LONGEST_REPEAT:
                    run += char * least
                    if most != least:
                        found.add((run,))
                        run = char * least
                    continue
            if run:
                found.add((run,))
                run = ""
            found |= self._within(code, value)
        if run:
            found.add((run,))
        return found

    def _within(self, code: Any, value: Any) -> set[Required]:
        """Return what one part that is no plain text requires."""
        if code in _REPEATS:
            return self.candidates(list(value[2])) if value[0] else set()
        if code is op.IN:
            texts = self._named(value)
            return {texts} if texts else set()
        if code is op.BRANCH:
            return self._of_branches(value[1])
        if code is op.SUBPATTERN:
            return _Reader(self._ignores_case_in(value), self.at_line_starts).candidates(
                list(value[3])
            )
        return set()

    def _of_branches(self, branches: Sequence[Iterable[Part]]) -> set[Required]:
        """Return what all branches require: something they share, or one of each one's own."""
        each = [self.candidates(list(branch)) for branch in branches]
        shared = set.intersection(*each)
        if shared or not all(each):
            return shared
        texts: dict[str, None] = {}
        for found in each:
            texts |= dict.fromkeys(min(found, key=_cost))
        return {tuple(texts)} if len(texts) <= _MOST_ALTERNATIVES else set()

    def _leads(self, parts: Sequence[Part]) -> Required:
        """Return the characters that a sequence may begin with, if they are few."""
        if not parts:
            return ()
        (code, value), rest = parts[0], parts[1:]
        if code is op.LITERAL:
            return (chr(value),) if self._is_sure(value) else ()
        if code is op.IN:
            return self._named(value)
        if code is op.ASSERT_NOT or (code is op.ASSERT and value[0] < 0):
            return self._leads(rest)
        if code is op.ASSERT:
            return self._leads(list(flat(value[1])))
        if code in _REPEATS:
            least, _, inside = value
            opened = list(flat(inside))
            return self._any((opened,) if least else (opened, rest))
        if code is op.BRANCH:
            return self._any([[*flat(branch), *rest] for branch in value[1]])
        return ()

    def _any(self, sequences: Iterable[Sequence[Part]]) -> Required:
        each = [self._leads(sequence) for sequence in sequences]
        texts = tuple(dict.fromkeys(text for leads in each for text in leads))
        return texts if all(each) and len(texts) <= _MOST_ALTERNATIVES else ()

    def _named(self, members: Sequence[Part]) -> Required:
        """Return the characters of a class that names few."""
        if len(members) > _MOST_ALTERNATIVES:
            return ()
        if any(code is not op.LITERAL or not self._is_sure(value) for code, value in members):
            return ()
        return tuple(chr(value) for _, value in members)

    def _only(self, tree: Iterable[Part]) -> str:
        """Return the one character that a repeated part stands for, or an empty string."""
        parts = list(flat(tree))
        if len(parts) == 1 and parts[0][0] is op.LITERAL and self._is_sure(parts[0][1]):
            return chr(parts[0][1])
        return ""

    def _is_sure(self, code: int) -> bool:
        """Return whether only this very character will do."""
        return not self.ignores_case or (code < 128 and not chr(code).isalpha())

    def _ignores_case_in(self, value: tuple[Any, int, int, Iterable[Part]]) -> bool:
        """Return whether case is ignored in a group with flags of its own."""
        _, added, removed, _ = value
        return bool(added & re.IGNORECASE) or (self.ignores_case and not removed & re.IGNORECASE)


def _is_line_start(code: Any, value: Any) -> bool:
    """Return whether a part is `^`, or a choice of it and a line break."""
    if code is op.AT:
        return value in _BEGINNINGS
    return code is op.BRANCH and all(
        len(branch) == 1 and (_is_line_start(*branch[0]) or tuple(branch[0]) == _LINE_BREAK)
        for branch in map(list, value[1])
    )


def flat(tree: Iterable[Part]) -> Iterable[Part]:
    """Yield a sequence's parts with the plain groups in it opened."""
    for code, value in tree:
        if code is op.SUBPATTERN and not value[1] and not value[2]:
            yield from flat(value[3])
        elif code is _ATOMIC_GROUP:
            yield from flat(value)
        else:
            yield code, value
