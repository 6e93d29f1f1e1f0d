"""Finds the quotation that a citation directly follows, in plain text."""

import re

_PAIRS = {
    "\u201d": "\u201c\u201e",
    "\u201c": "\u201e",
    "\u2019": "\u2018",
    "\u300d": "\u300c",
    "\u300f": "\u300e",
    "\u00bb": "\u00ab",
    "\u00ab": "\u00bb",
}
"""Each closing quotation mark with those that open it; in German two close that open elsewhere."""
_CLOSING = frozenset([*_PAIRS, '"'])
_CLOSED = re.compile(
    r'([\u201d\u201c\u2019\u300d\u300f\u00bb\u00ab"])'
    r"[.,;:!?\u3002\u3001\uff01\uff1f]?[)\uff09]?\s*"
)
_TAIL = 4
"""So far behind a closing mark a citation stands at most."""
_LONGEST = 4000
_ATTRIBUTION = re.compile(r"\s*(?:[\u2014\u2013\u2015]|--)")


def quotation_before(text: str, place: int) -> str:
    """Return the words in quotation marks that end right before `place`, or an empty string."""
    start = max(0, place - _TAIL)
    if _CLOSING.isdisjoint(text[start:place]):  # as most are
        return ""
    for match in _CLOSED.finditer(text, start, place):
        if match.end() == place:
            end = match.start()
            return text[_opening(text, end, match[1]) : end].strip()
    return ""


def quoted_block(texts: list[str]) -> str:
    """Return the words of a block quote, given the text of each of its blocks.

    A last block that begins with a dash says who is quoted.
    """
    kept = texts[:-1] if len(texts) > 1 and _ATTRIBUTION.match(texts[-1]) else texts
    words = " ".join(" ".join(kept).split())
    if words[-1:] in _PAIRS and words[:1] in _PAIRS[words[-1]]:
        return words[1:-1].strip()
    return words


def _opening(text: str, end: int, closing: str) -> int:
    """Return the place behind the mark that opens the quotation closed at `end`, or `end`."""
    lowest = max(0, end - _LONGEST)
    if closing == '"':
        return text.rfind('"', lowest, end) + 1 or end
    depth = 1
    for place in range(end - 1, lowest - 1, -1):
        if text[place] == closing:
            depth += not _is_apostrophe(text, place)
        elif text[place] in _PAIRS[closing]:
            depth -= 1
            if not depth:
                return place + 1
    return end


def _is_apostrophe(text: str, place: int) -> bool:
    """Return whether a closing single quotation mark stands within a word: `don’t`."""
    inside = text[place - 1 : place].isalnum() and text[place + 1 : place + 2].isalnum()
    return text[place] == "\u2019" and inside
