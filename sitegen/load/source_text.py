"""Reads a body as its author wrote it: which parts are code, which are comments."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping

_MARK = re.compile(r"^~~~+|`+", re.MULTILINE)
_TICKS = re.compile(r"`+")
_CLOSING_FENCE = re.compile(r"^(```+|~~~+)[ \t]*$", re.MULTILINE)
_VISIBLE = re.compile(r"[^\n]")

_Fences = Mapping[tuple[str, int], list[tuple[int, int]]]
"""The ranges of the lines that may close a fence, by the fence's character and length."""


def without_code(text: str) -> str:
    """Return `text` with its code blanked, every character in its old place."""
    if "`" not in text and not _has_tildes(text):
        return text
    kept = []
    position = 0
    for start, end in _code(text):
        kept += [text[position:start], _VISIBLE.sub(" ", text[start:end])]
        position = end
    return "".join(kept) + text[position:]


def without_comments(text: str) -> str:
    """Return Markdown without the HTML comments that pages leave out; code keeps them."""
    if "<!--" not in text:
        return text
    masked = without_code(text)
    kept = []
    position = 0
    while (start := masked.find("<!--", position)) >= 0:
        end = masked.find("-->", start + 4)
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + 3
    return "".join(kept) + text[position:]


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of fenced blocks and of code in backticks."""
    fences: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    has_tildes = _has_tildes(text)
    if has_tildes or "```" in text:
        for line in _CLOSING_FENCE.finditer(text):
            fences[line[1][0], len(line[1])].append(line.span())
    next_mark = _MARK.search if has_tildes else _next_ticks
    position = 0
    while mark := next_mark(text, position):
        code = _fenced(text, mark, fences) or _in_ticks(text, mark)
        if code:
            yield code
        position = code[1] if code else mark.end()


def _has_tildes(text: str) -> bool:
    # One character is found much sooner than a longer text.
    return "~" in text and "~~~" in text


def _next_ticks(text: str, position: int) -> re.Match[str] | None:
    place = text.find("`", position)  # which takes a fraction of the time that a pattern does
    return _TICKS.match(text, place) if place >= 0 else None


def _fenced(text: str, mark: re.Match[str], fences: _Fences) -> tuple[int, int] | None:
    """Return the range of the block whose fence `mark` is: a line of as many marks closes it.

    Where there is none, the last marks are taken for the block's language.
    """
    start, end = mark.span()
    line_end = text.find("\n", end)
    if end - start < 3 or line_end < 0 or (start and text[start - 1] != "\n"):
        return None
    for length in range(end - start, 2, -1):
        lines = fences.get((text[start], length), [])
        after = bisect_left(lines, (line_end, 0))
        if after < len(lines):
            return start, lines[after][1]
    return None


def _in_ticks(text: str, mark: re.Match[str]) -> tuple[int, int] | None:
    """Return the range of the code that `mark` opens: no blank line, as many ticks on each side."""
    if mark[0][0] != "`":
        return None
    closing = _next_ticks(text, mark.end())
    if not closing or text.find("\n\n", mark.end(), closing.start()) >= 0:
        return None
    ticks = min(len(mark[0]), len(closing[0]))
    return mark.end() - ticks, closing.start() + ticks
