"""Finds where a piece of Markdown stands in its file; Python-Markdown keeps no positions.

A wrong place is worse than none: where the text does not tell for sure, there is no span.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from sitegen.diagnostics import Span
from sitegen.load.source_text import without_code

_BOUNDED = re.compile(r"[\w#/.-]")


class Finder:
    """Finds texts in one file."""

    def __init__(self, text: str, body_line: int) -> None:
        """Take the whole text of the file and the line on which its body begins."""
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.body_start = self.starts[body_line - 1] if body_line <= len(self.starts) else len(text)
        self.text = without_code(text)

    def span(self, offset: int, length: int) -> Span:
        """Return the place of the character at `offset`; `length` ends with its line."""
        row = bisect_right(self.starts, offset) - 1
        end = self.starts[row + 1] - 1 if row + 1 < len(self.starts) else len(self.text)
        return Span(row + 1, offset - self.starts[row] + 1, max(1, min(length, end - offset)))

    def in_body(self, raws: Sequence[str]) -> list[Span | None]:
        """Return the place of each text of the body; equal texts are met in this order."""
        wanted: dict[str, list[int]] = defaultdict(list)
        for index, raw in enumerate(raws):
            wanted[raw].append(index)
        spans: list[Span | None] = [None] * len(raws)
        taken: list[range] = []
        for raw, indexes in sorted(wanted.items(), key=lambda item: -len(item[0])):
            if not raw:
                continue
            # A citation also stands inside the claim that ends in it: longer texts come first.
            found = self._occurrences(raw)
            offsets = [start for start in found if not any(start in each for each in taken)]
            taken += [range(start, start + len(raw)) for start in found]
            if len(offsets) == 1:
                offsets *= len(indexes)
            if len(offsets) == len(indexes):
                for index, offset in zip(indexes, offsets, strict=True):
                    spans[index] = self.span(offset, len(raw))
        return spans

    def unread(self, opening: str, raws: Sequence[str]) -> tuple[int, list[Span]]:
        """Return how often `opening` is escaped in the body, and where it was left unread.

        `raws` are the texts that were read; whatever begins inside one of them is not left.
        """
        masked = self.text[self.body_start :]
        read = [
            range(start, start + len(raw))
            for raw in set(raws)
            if raw
            for start in _starts(masked, raw)
        ]
        left = [
            self.span(self.body_start + start, len(opening))
            for start in _starts(masked, opening)
            if masked[start - 1 : start] != "\\" and not any(start in each for each in read)
        ]
        return len(_starts(masked, f"\\{opening}")), left

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

    def _occurrences(self, raw: str) -> list[int]:
        bounded = re.compile(
            (r"(?<![\w#/.-])" if _BOUNDED.match(raw) else "")
            + re.escape(raw)
            + (r"(?![\w#/.-])" if _BOUNDED.match(raw[-1]) else "")
        )
        return [match.start() for match in bounded.finditer(self.text, self.body_start)]


def _starts(text: str, part: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(part), text)]
