"""Finds the sentences around places in plain text, in English and in Japanese."""

import re
from bisect import bisect_left
from collections.abc import Sequence

_END = re.compile(
    r"[.!?\u2026\u3002\uff01\uff1f](?:"
    r"(?<=[.!?\u2026])[\"'\u2019\u201d)\]]*(?=\s)|(?<=[\u3002\uff01\uff1f])[\u300d\u300f\uff09]*)"
)
_ASCII_END = re.compile(r"[.!?][\"')\]]*(?=\s(?![a-z]))")
"""The same, for text without any other characters; no sentence begins with a small letter."""
_ABBREVIATIONS = frozenset(
    """approx apr art aug cf col dec dr etc e.g feb gen gov i.e jan jul jun lt mar mr mrs ms no nos
    nov oct para paras prof rep sen sep sept st vs""".split()
)
_ABBREVIATION = re.compile(
    rf"(?:\b[A-Za-z]|\b(?:{'|'.join(map(re.escape, sorted(_ABBREVIATIONS)))}))\.$", re.IGNORECASE
)
_LONGEST_ABBREVIATION = max(map(len, _ABBREVIATIONS))
_LONGEST = 600


def sentences_at(text: str, places: Sequence[int]) -> list[str]:
    """Return, for each place, the sentence of `text` that holds the character before it.

    A sentence is at most 600 characters long.
    """
    ends = _ends(text, max(places, default=0))
    sentences: dict[int, str] = {}
    found = []
    for place in places:
        number = bisect_left(ends, place)
        if number not in sentences:
            start = ends[number - 1] if number else 0
            end = ends[number] if number < len(ends) else len(text)
            sentences[number] = _cut(fold(text[start:end]))
        found.append(sentences[number])
    return found


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else sentence[: _LONGEST - 1].rstrip() + "\u2026"


def _ends(text: str, last: int) -> list[int]:
    """Return where each sentence ends, up to the one that holds the character before `last`."""
    ends = []
    is_ascii = text.isascii()
    for match in (_ASCII_END if is_ascii else _END).finditer(text):
        start, end = match.span()
        if not is_ascii and text[end : end + 2].strip().islower():
            continue
        if text[start] == "." and _is_abbreviation(text, start):
            continue
        ends.append(end)
        if end >= last:
            break
    return ends


def _is_abbreviation(text: str, stop: int) -> bool:
    """Return whether the full stop at `stop` ends an abbreviation or an initial."""
    start = max(0, stop - _LONGEST_ABBREVIATION - 1)
    word = text[start:stop].rpartition(" ")[2]
    if len(word) > 1 and word.isascii() and word.isalpha():  # as nearly all are
        return word.lower() in _ABBREVIATIONS
    return bool(_ABBREVIATION.search(text, start, stop + 1))


def fold(text: str) -> str:
    """Return text with each run of white space as one space, and none around it."""
    stripped = text.strip(" ")
    return stripped if is_folded(stripped) else " ".join(text.split())


def is_folded(text: str) -> bool:
    """Return whether text surely is what `fold` makes of it."""
    # A space is the only white space that can be printed.
    return text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "
