"""Breaks words into lines, in Latin and in Japanese script.

A line breaks at a space, and between Japanese characters except before closing marks and after
opening ones (JIS X 4051, "kinsoku").
"""

import re
from collections.abc import Callable

_OPENING = "「『（〔【〈《“‘(["
_CLOSING = "、。，．・：；？！」』）〕】〉》”’)]ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_WIDE = "\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uff00-\uffef"
# Compiled when first needed, like every expression with many characters that few builds need.
_UNIT = rf"[{re.escape(_OPENING)}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[{re.escape(_CLOSING)}]*\s*"
ELLIPSIS = "\u2026"


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return `text` in lines no wider than `width`, as `measure` tells; a long word stands alone.

    A word that is wider than a line is left whole: the line is then too wide.
    """
    lines: list[str] = []
    line = ""
    for unit in re.findall(_UNIT, text):
        if line and measure((line + unit).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += unit
    return [*lines, line.rstrip()] if line else lines


def cut_lines(
    lines: list[str], most: int, width: float, measure: Callable[[str], float]
) -> list[str]:
    """Return the first lines, the last of them ending in an ellipsis where some are left out."""
    kept = [_fitted(line, width, measure) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = _fitted(kept[-1].removesuffix(ELLIPSIS) + ELLIPSIS, width, measure)
    return kept


def _fitted(line: str, width: float, measure: Callable[[str], float]) -> str:
    if measure(line) <= width:
        return line
    body = line.removesuffix(ELLIPSIS)
    while body and measure(body + ELLIPSIS) > width:
        space = body.rfind(" ")
        body = body[: space if space > len(body) // 2 else -1].rstrip(" ,;:\u2013")
    return body + ELLIPSIS
