"""Finds where a piece of Markdown stands in its file; Python-Markdown keeps no positions.

A wrong place is worse than none: where the text does not tell for sure, there is no span.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from sitegen.diagnostics import Span
from sitegen.load.source_text import without_code

_FIRST_WORDS = re.compile(r"[^\W_]+")
_FEW = 64
"""So many texts are found sooner one by one."""


class Finder:
    """Finds texts in one file."""

    def __init__(self, text: str, body_start: int) -> None:
        """Take the whole text of the file and where its body begins."""
        self.text = without_code(text)
        self.body_start = body_start

    @cached_property
    def starts(self) -> list[int]:
        """Return where each line begins, and where one behind the last would."""
        return [0, *accumulate([len(line) + 1 for line in self.text.split("\n")])]

    def span(self, offset: int, length: int) -> Span:
        """Return the place of the character at `offset`; `length` ends with its line."""
        starts = self.starts
        line = bisect_right(starts, offset)
        left = starts[line] - 1 - offset
        if not 0 < length <= left:
            length = max(1, min(length, left))
        return Span(line, offset - starts[line - 1] + 1, length)

    def in_body(self, raws: Sequence[str]) -> list[Span | None]:
        """Return the place of each text of the body; equal texts are met in this order."""
        spans: list[Span | None] = [None] * len(raws)
        if not raws:
            return spans
        wanted: dict[str, list[int]] = defaultdict(list)
        for index, raw in enumerate(raws):
            wanted[raw].append(index)
        taken = bytearray(len(self.text))
        # A citation also stands inside the claim that ends in it: longer texts come first.
        for raw, found in sorted(self._places(wanted).items(), key=lambda item: -len(item[0])):
            indexes = wanted[raw]
            offsets = [start for start in found if not taken[start]]
            _take(taken, raw, found)
            if len(offsets) == 1:
                offsets *= len(indexes)
            if len(offsets) == len(indexes):
                for index, offset in zip(indexes, offsets, strict=True):
                    spans[index] = self.span(offset, len(raw))
        return spans

    def last_in_body(self, counts: Mapping[str, int]) -> dict[str, Span]:
        """Return the place of the last of each text that the body holds once or so often."""
        return {
            raw: self.span(found[-1], len(raw))
            for raw, found in self._places(counts).items()
            if len(found) in (1, counts[raw])
        }

    def unread(self, opening: str, raws: Sequence[str]) -> tuple[int, list[Span]]:
        """Return how often `opening` is escaped in the body, and where it was left unread.

        `raws` are the texts that were read; whatever begins inside one of them is not left.
        """
        read = bytearray(len(self.text))
        for raw, found in self._places(raws, bounded=False).items():
            _take(read, raw, found)
        left = [
            self.span(start, len(opening))
            for start in _starts(self.text, opening, self.body_start, len(opening))
            if not read[start] and not self.text.endswith("\\", self.body_start, start)
        ]
        return self.text.count(f"\\{opening}", self.body_start), left

    def body(self) -> str:
        """Return the body with its code blanked."""
        return self.text[self.body_start :]

    def nth(self, word: str, before: int, value: Span) -> Span:
        """Return the place of a word in the front matter value at `value`.

        The value holds it `before` times before that; where it can't be found, its own place.
        """
        place = self._offset(value) - 1
        for _ in range(before + 1):
            place = self.text.find(word, place + 1, self.body_start)
            if place < 0:
                return value
        return self.span(place, len(word))

    def passage(self, words: str, citation: Span, raw: str) -> Span:
        """Return the place of a passage inside the citation `raw`, which stands at `citation`."""
        start = self._offset(citation)
        return self._begin(words, start, start + len(raw)) or citation

    def quotation(self, words: str, citation: Span, raw: str) -> Span:
        """Return the place of the words that the citation `raw` at `citation` directly follows."""
        end = self._offset(citation) + max(0, raw.rfind("[@"))
        lowest = max(0, end - 2 * len(words) - 200)
        return self._begin(words, lowest, end) or citation

    def _begin(self, words: str, start: int, end: int) -> Span | None:
        """Return the last place in a stretch where the first of `words` stand, however marked."""
        plain = self.text.rfind(words, start, end)
        if plain >= 0:  # as most are
            return self.span(plain, len(words))
        first = _FIRST_WORDS.findall(words)[:5]
        pattern = r"[\W_]+".join(map(re.escape, first))
        places = [match.span() for match in re.finditer(pattern, self.text[start:end])]
        if not first or not places:
            return None
        begin, stop = places[-1]
        return self.span(start + begin, stop - begin)

    def _offset(self, span: Span) -> int:
        return self.starts[span.line - 1] + span.column - 1

    def near(self, raw: str, value: Span) -> Span:
        """Return the place of a text inside the front matter value at `value`, else `value`."""
        start = self.starts[value.line - 1] + value.column - 1
        offset = self.text.find(raw, start, self.body_start) if raw else -1
        return self.span(offset, len(raw)) if offset >= 0 else value

    def replaced(self, text: str, changes: Sequence[tuple[Span, str, str]]) -> str:
        """Return the body of `text` with the old words at each place replaced by the new.

        `text` is the whole file; a place that does not hold its old words is left alone.
        """
        edits = sorted(
            (self.starts[span.line - 1] + span.column - 1, old, new) for span, old, new in changes
        )
        kept, position = [], self.body_start
        for start, old, new in edits:
            if start >= position and text.startswith(old, start):
                kept += [text[position:start], new]
                position = start + len(old)
        return "".join(kept) + text[position:]

    def _places(self, raws: Iterable[str], *, bounded: bool = True) -> dict[str, list[int]]:
        """Return where each text stands in the body, not counting what overlaps itself.

        `bounded` leaves out what is a part of a longer word, number or path.
        """
        found: dict[str, list[int]] = {raw: [] for raw in raws if raw}
        together: dict[str, dict[str, set[int]]] = {}
        """What to look for at each place of a mark: lengths of texts by how they begin."""
        are_many = len(found) > _FEW
        for raw, starts in found.items():
            opening = raw[:2]
            # Citations all begin with the same rare mark.
            if len(opening) == 2 and (opening[0] == "[" or are_many):
                mark = "[" if opening[0] == "[" else opening
                together.setdefault(mark, {}).setdefault(opening, set()).add(len(raw))
                continue
            place = self.text.find(raw, self.body_start)
            while place >= 0:
                whole = not (bounded and self._is_part(place, raw))
                if whole:
                    starts.append(place)
                place = self.text.find(raw, place + (len(raw) if whole else 1))
        for mark, lengths_by_opening in together.items():
            self._find_together(found, mark, lengths_by_opening, bounded=bounded)
        return found

    def _find_together(
        self,
        found: Mapping[str, list[int]],
        mark: str,
        lengths_by_opening: Mapping[str, set[int]],
        *,
        bounded: bool,
    ) -> None:
        """Add the places of texts that begin with a mark, in one pass for all of them."""
        text = self.text
        for start in _starts(text, mark, self.body_start, 1):
            for length in lengths_by_opening.get(text[start : start + 2], ()):
                raw = text[start : start + length]
                starts = found.get(raw)
                if (
                    starts is not None
                    and not (starts and start < starts[-1] + len(raw))
                    and not (bounded and self._is_part(start, raw))
                ):
                    starts.append(start)

    def _is_part(self, start: int, raw: str) -> bool:
        """Return whether the text at `start` goes on before or behind it."""
        end = start + len(raw)
        return (_goes_on(raw[0]) and start > 0 and _goes_on(self.text[start - 1])) or (
            _goes_on(raw[-1]) and end < len(self.text) and _goes_on(self.text[end])
        )


def _goes_on(character: str) -> bool:
    """Return whether a character is of a word, a number or a path."""
    return character.isalnum() or character in "_#/.-"


def _starts(text: str, part: str, start: int, step: int) -> Iterator[int]:
    """Yield every place of `part` from `start` on, the next at least `step` behind the last."""
    place = text.find(part, start)
    while place >= 0:
        yield place
        place = text.find(part, place + step)


def _take(taken: bytearray, raw: str, found: Iterable[int]) -> None:
    """Mark the characters that `raw` takes at each of its places."""
    for start in found:
        taken[start : start + len(raw)] = b"\1" * len(raw)
