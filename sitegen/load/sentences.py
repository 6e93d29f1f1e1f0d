"""Finds the sentences around places in plain text, in English and in Japanese."""

import re
from collections.abc import Sequence

_ASCII_STOPS = ".!?"
_STOPS = f"{_ASCII_STOPS}\u2026\u3002\uff01\uff1f"
_END = re.compile(
    rf"[{_STOPS}](?:"
    r"(?<=[.!?\u2026])[\"'\u2019\u201d)\]]*(?=\s)|(?<=[\u3002\uff01\uff1f])[\u300d\u300f\uff09]*)"
)
_ASCII_END = re.compile(rf"[{_ASCII_STOPS}][\"')\]]*(?=\s(?![a-z]))")
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

    The text's only white space is spaces. A sentence is at most 600 characters long.
    """
    found = []
    start = end = -1
    sentence = ""
    for place in places:
        if not start < place <= end:
            start = _end_before(text, place)
            end = _end_from(text, start, place)
            sentence = _cut(text[start:end].strip(" "))
        found.append(sentence)
    return found


def _cut(sentence: str) -> str:
    if "  " in sentence:
        sentence = fold(sentence)
    return sentence if len(sentence) <= _LONGEST else sentence[: _LONGEST - 1].rstrip() + "\u2026"


def _end_before(text: str, place: int) -> int:
    """Return where the last sentence ends that does so before `place`, or 0."""
    stops, ending = (_ASCII_STOPS, _ASCII_END) if text.isascii() else (_STOPS, _END)
    before = place
    while True:
        stop = -1
        for each in stops:
            found = text.rfind(each, stop + 1, before)
            if found >= 0:
                stop = found
        if stop < 0:
            return 0
        # A full stop before a letter or a digit ends nothing: `3.5`.
        if text[stop] not in _ASCII_STOPS or not text[stop + 1 : stop + 2].isalnum():
            match = ending.match(text, stop)
            if match and match.end() < place and _ends_sentence(text, match):
                return match.end()
        before = stop


def _end_from(text: str, start: int, place: int) -> int:
    """Return where the first sentence from `start` on ends that does not end before `place`."""
    # No end of a sentence holds a letter or a digit.
    first = place if text[place - 1 : place].isalnum() else start
    ending = _ASCII_END if text.isascii() else _END
    match = ending.search(text, first)
    while match:
        end = match.end()
        if end >= place and _ends_sentence(text, match):
            return end
        match = ending.search(text, end)
    return len(text)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    """Return whether what may end a sentence does."""
    start, end = match.span()
    if not text.isascii() and text[end : end + 2].strip().islower():
        return False
    return text[start] != "." or not _is_abbreviation(text, start)


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
    # A space is the only white space that can be printed.
    is_kept = stripped.isprintable() and "  " not in stripped
    return stripped if is_kept else " ".join(text.split())


def is_folded(text: str) -> bool:
    """Return whether text surely is what `fold` makes of it."""
    # A space is the only white space that can be printed.
    return text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "
