"""Folds what typography may change in a quotation and words may not.

Unicode's compatibility forms (NFKC, Unicode Standard Annex 15), white space, quotation marks,
dashes, ellipses and brackets are written in one way; letters, digits and case stay.
"""

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

ELLIPSIS = "\u2026"
LETTER = r"[^\W\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3005-\u3007]"
"""A character of a word that white space parts from the next: neither kana nor Han."""

_QUOTES = (
    "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2035\u00ab\u00bb\u2039\u203a"
    "\u300c\u300d\u300e\u300f\u301d\u301e\u301f\u02bc\u02b9"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\u2043"
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff"
_DROPPED: dict[int, str | None] = dict.fromkeys(
    [
        *map(ord, _INVISIBLE),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    ]
)
_AT_FIRST = {**_DROPPED, 0xB4: "'"}
"""The acute accent too: NFKC would take it for a space with an accent over it."""
_RAISED = re.compile(
    r"(?<=[0-9\uff10-\uff19])(?=[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070\u2074-\u2079\u2080-\u2089"
    r"\u2150-\u215f\u2189\u2460-\u249b\u24ea])"
)
"""Where a number ends though NFKC would write on: 10\u00b2 is not 102, nor is 1\u00bd 11/2."""
_SAME = {
    **dict.fromkeys(map(ord, _QUOTES), "'"),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, "\u22ef\u2025"), ELLIPSIS),
    **dict.fromkeys(map(ord, "\u3014\u3010\u27e6\u2045"), "["),
    **dict.fromkeys(map(ord, "\u3015\u3011\u27e7\u2046"), "]"),
    ord("\u301c"): "~",
}
_RUNS = (
    (re.compile(r"\s+"), " "),
    # White space parts words; beside anything else it is a matter of taste.
    # It parts numbers too: in "of 2. 5 flats" there is no 2.5.
    (re.compile(rf"(?<!{LETTER}) +(?!(?<=[0-9][.,] )[0-9])| +(?!{LETTER})"), ""),
    (re.compile(rf"(?:\.{{3,}}|{ELLIPSIS})+"), ELLIPSIS),
    (re.compile(r"-{2,}"), "-"),
    (re.compile(r"'{2,}"), "'"),
)
_COMPOSES_BACK = re.compile("[\u1160-\u11ff\uff9e\uff9f\uffa0-\uffdc\u3099\u309a]")


class Folded(Struct, frozen=True, kw_only=True):
    """A folded text and where each of its characters came from."""

    text: str
    starts: tuple[int, ...]
    """For each character of `text` a place in the original; and its length at the end."""


def fold(text: str) -> str:
    """Return `text` folded; folding it again changes nothing."""
    return _fold_known(text) if len(text) < _SHORT else _fold(text)


def _fold(text: str) -> str:
    whole = _RAISED.sub("^", text.translate(_AT_FIRST))
    folded = unicodedata.normalize("NFKC", whole).translate(_SAME)
    for pattern, new in _RUNS:
        folded = pattern.sub(new, folded)
    return unicodedata.normalize("NFC", folded)  # what white space had kept apart


_SHORT = 1000
_fold_known = lru_cache(maxsize=512)(_fold)
"""A quotation is folded several times on its way."""


def fold_with_map(text: str) -> Folded:
    """Return `text` folded, with the way back to it.

    Where Unicode composes characters that no rule here foresees, all lead back to the beginning.
    """
    pieces: list[str] = []
    starts: list[int] = []
    for start, cluster in _clusters(text):
        before = pieces[-1][-1:] if pieces else ""
        whole = _RAISED.sub("^", before + cluster.translate(_AT_FIRST))[len(before) :]
        piece = unicodedata.normalize("NFKC", whole).translate(_SAME)
        pieces.append(piece)
        starts += [start] * len(piece)
    folded = "".join(pieces)
    for pattern, new in _RUNS:
        kept: list[int] = []
        position = 0
        for match in pattern.finditer(folded):
            kept += starts[position : match.start()]
            kept += starts[match.start() : match.start() + len(new)]
            position = match.end()
        starts = kept + starts[position:]
        folded = pattern.sub(new, folded)
    expected = fold(text)
    if folded != expected:
        return Folded(text=expected, starts=(*([0] * len(expected)), len(text)))
    return Folded(text=folded, starts=(*starts, len(text)))


def _clusters(text: str) -> list[tuple[int, str]]:
    """Return the runs of `text` that compose among themselves, with their places."""
    found: list[tuple[int, str]] = []
    begin = 0
    for place, character in enumerate(text):
        if place and (
            not unicodedata.combining(character)
            and not _COMPOSES_BACK.match(character)
            and ord(character) not in _DROPPED
        ):
            found.append((begin, text[begin:place]))
            begin = place
    if text:
        found.append((begin, text[begin:]))
    return found
