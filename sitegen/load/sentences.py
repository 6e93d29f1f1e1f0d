"""Finds the sentences around places in plain text, in English and in Japanese."""

import re
from bisect import bisect_left
from collections.abc import Sequence

_END = re.compile(
    r"[.!?\u2026\u3002\uff01\uff1f](?:"
    r"(?<=[.!?\u2026])[\"'\u2019\u201d)\]]*(?=\s)|(?<=[\u3002\uff01\uff1f])[\u300d\u300f\uff09]*)"
)
_ASCII_END = re.compile(r"[.!?][\"')\]]*(?=\s)")
"""The same, for text without any other characters."""
_ABBREVIATIONS = frozenset(
    """approx apr art aug cf col dec dr etc e.g feb gen gov i.e jan jul jun lt mar mr mrs ms no nos
    nov oct para paras prof rep sen sep sept st vs""".split()
)
_ABBREVIATION = re.compile(
    rf"(?:\b[A-Za-z]|\b(?:{'|'.join(map(re.escape, sorted(_ABBREVIATIONS)))}))\.$", re.IGNORECASE
)
_LONGEST_ABBREVIATION = max(map(len, _ABBREVIATIONS))
_CLOSING = "\"'\u2019\u201d)]"
_LONGEST = 600


def sentences_at(text: str, places: Sequence[int]) -> list[str]:
    """Return, for each place, the sentence of `text` that holds the character before it.

    A sentence is at most 600 characters long.
    """
    ends = _ends(text)
    sentences: dict[int, str] = {}
    found = []
    for place in places:
        number = bisect_left(ends, place)
        if number not in sentences:
            start = ends[number - 1] if number else 0
            end = ends[number] if number < len(ends) else len(text)
            sentences[number] = _cut(" ".join(text[start:end].split()))
        found.append(sentences[number])
    return found


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else sentence[: _LONGEST - 1].rstrip() + "\u2026"


def _ends(text: str) -> list[int]:
    """Return where each sentence ends, but for what follows the last end."""
    ends = []
    for match in (_ASCII_END if text.isascii() else _END).finditer(text):
        end = match.end()
        if text[end : end + 2].strip().islower():
            continue
        while text[end - 1] in _CLOSING:
            end -= 1
        if not _is_abbreviation(text, end):
            ends.append(match.end())
    return ends


def _is_abbreviation(text: str, end: int) -> bool:
    """Return whether the full stop before `end` ends an abbreviation or an initial."""
    start = max(0, end - 1 - _LONGEST_ABBREVIATION - 1)
    word = text[start : end - 1].rpartition(" ")[2]
    if len(word) > 1 and word.isascii() and word.isalpha():  # as nearly all are
        return text[end - 1] == "." and word.lower() in _ABBREVIATIONS
    return bool(_ABBREVIATION.search(text, start, end))
