"""Looks for a quotation in the text of its source, and for the nearest passage if it is not there.

An ellipsis parts a quotation into pieces that must follow one another; words in square brackets
are ours and stand for anything short. The nearest passage is rapidfuzz's best partial alignment,
its difference in the notation of GNU wdiff: `[-ours-] {+the source's+}`.
"""

import difflib
import re
from bisect import bisect_right
from functools import lru_cache

from msgspec import Struct

from sitegen.evidence.folding import LETTER, fold, fold_with_map

FEWEST_WORDS = 3
FEWEST_CHARACTERS = 12
_INSERTED_MOST = 80
"""So many characters of the source may stand where a quotation has words in brackets."""

_GAP = re.compile(
    r"\[\s*(?:\u2026|\u22ef|\.\s*\.\s*\.)[\s.]*\]|[\u2026\u22ef\u2025]+|\.(?:\s*\.){2,}"
)
_INSERTED = re.compile(r"\[[^\[\]]*\]")
_EDGE = " .,;:'\u3001\u3002"
"""What house style may put inside the closing quotation mark, or leave out."""
# Compiled when first needed: an edit without quotations needs none of them.
_WORDS = LETTER + "+"
_UNITS = rf"{LETTER}+(?:['\u2019.,\u2010-\u2013-]{LETTER}+)*|\S"
"""Words with what typography may set inside them, so that its taste is no difference."""
_LEAST_LIKENESS = 45.0
_WINDOW = 2000
_MOST_WINDOWS = 3


class Place(Struct, frozen=True, kw_only=True):
    """Where a quotation stands in a folded text."""

    start: int
    end: int


class Nearest(Struct, frozen=True, kw_only=True):
    """The passage that is most like a quotation that is not there."""

    passage: str
    """As the source writes it."""
    difference: str


class _Piece(Struct, frozen=True):
    """A part of a quotation between ellipses: the source's words, and insertions between them."""

    literal: str
    """The whole piece, where nothing is inserted in it; else empty."""
    parts: tuple[tuple[str, str], ...]
    """Else the words around the insertions, each with the expression that finds it."""


def essence(quotation: str) -> str:
    """Return what must not change in a quotation: folded, without punctuation at its ends."""
    return fold(_with_square_brackets(quotation)).strip(_EDGE)


def is_checkable(quotation: str) -> bool:
    """Return whether a quotation is long enough that finding it says something."""
    ours = _INSERTED.sub(" ", _GAP.sub(" ", _with_square_brackets(quotation)))
    folded = fold(ours)
    if len(folded.replace(" ", "")) >= FEWEST_CHARACTERS:
        return True
    return len(re.findall(_WORDS, folded)) >= FEWEST_WORDS


def find(quotation: str, folded: str) -> Place | None:
    """Return where `quotation` stands in the folded text of its source, or None."""
    begin, end = -1, 0
    pieces = _pieces(quotation)
    for piece in pieces:
        place = _find_literal(piece.literal, folded, end)
        if not piece.literal:
            place = _find_parts(piece.parts, folded, end)
        if place is None:
            return None
        begin = place[0] if begin < 0 else begin
        end = place[1]
    return Place(start=begin, end=end) if pieces else None


def nearest(quotation: str, source: str) -> Nearest | None:
    """Return the passage of a source's text that is most like `quotation`, if any is like it."""
    from rapidfuzz import fuzz

    ours = essence(quotation)
    best: tuple[float, str] = (0.0, "")
    for start in _windows(ours, source):
        part = source[start : start + _window_size(ours)]
        theirs = fold_with_map(part)
        found = fuzz.partial_ratio_alignment(ours, theirs.text, score_cutoff=_LEAST_LIKENESS)
        if found is not None and found.score > best[0]:
            begin, end = _whole_words(theirs.text, found.dest_start, found.dest_end)
            passage = part[theirs.starts[begin] : theirs.starts[end]]
            best = (found.score, " ".join(passage.split()))
    if not best[0]:
        return None
    return Nearest(passage=best[1], difference=_difference(quotation, best[1]))


def _with_square_brackets(text: str) -> str:
    return text.replace("\uff3b", "[").replace("\uff3d", "]")


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _pieces(quotation: str) -> list[_Piece]:
    found = []
    raw = _GAP.split(_with_square_brackets(quotation))
    for number, part in enumerate(raw):
        literals = _INSERTED.split(part)
        folded = [fold(literal) for literal in literals]
        folded[0] = folded[0].lstrip(_EDGE if number == 0 or len(raw) > 1 else " ")
        folded[-1] = folded[-1].rstrip(_EDGE)
        if not any(folded):
            continue
        if len(folded) == 1:
            found.append(_Piece(folded[0], ()))
            continue
        parts = tuple(
            (
                literal,
                _bounded(
                    literal,
                    left=place == 0 or literals[place][:1].isspace(),
                    right=place == len(folded) - 1 or literals[place][-1:].isspace(),
                ),
            )
            for place, literal in enumerate(folded)
        )
        found.append(_Piece("", parts))
    return found


def _bounded(literal: str, *, left: bool, right: bool) -> str:
    """Return the expression for words that must begin and end where the source's do."""
    if not literal:
        return ""
    before = after = ""
    if left and re.match(LETTER, literal[0]):
        before = rf"(?<!{LETTER})(?<![0-9][.,])" if literal[0].isdigit() else rf"(?<!{LETTER})"
    if right and re.match(LETTER, literal[-1]):
        after = rf"(?!{LETTER})(?![.,][0-9])" if literal[-1].isdigit() else rf"(?!{LETTER})"
    return f"(?={before}{re.escape(literal)}{after})"


def _find_parts(
    parts: tuple[tuple[str, str], ...], folded: str, start: int
) -> tuple[int, int] | None:
    """Return where the parts follow one another with only an insertion's room between them.

    The places that each part can end at are kept together, so that no choice is ever taken back:
    the time grows with the parts and with how often each occurs.
    """
    reached: dict[int, int] | None = None
    room = 0
    for literal, pattern in parts:
        if literal:
            places = [match.start() for match in _compiled(pattern).finditer(folded, start)]
            if reached is None:
                reached = {place + len(literal): place for place in places}
            else:
                ends = sorted(reached)
                new: dict[int, int] = {}
                for place in places:
                    before = bisect_right(ends, place) - 1
                    if before >= 0 and place - ends[before] <= room:
                        new[place + len(literal)] = reached[ends[before]]
                reached = new
            if not reached:
                return None
            room = 0
        room += _INSERTED_MOST
    end = min(reached) if reached else 0
    return (reached[end], end) if reached else None


def _find_literal(literal: str, folded: str, start: int) -> tuple[int, int] | None:
    if not literal:
        return None
    place = folded.find(literal, start)
    while place >= 0:
        end = place + len(literal)
        if not _cuts_word(folded, place) and not _cuts_word(folded, end):
            return place, end
        place = folded.find(literal, place + 1)
    return None


def _cuts_word(text: str, place: int) -> bool:
    """Return whether `place` lies inside a word or a number."""
    if place <= 0 or place >= len(text):
        return False
    before, after = text[place - 1], text[place]
    if before in ".," and place >= 2 and after.isdigit():
        return text[place - 2].isdigit()
    if after in ".," and place + 1 < len(text) and before.isdigit():
        return text[place + 1].isdigit()
    return bool(re.match(LETTER, before) and re.match(LETTER, after))


def _window_size(ours: str) -> int:
    return max(_WINDOW, 4 * len(ours))


def _windows(ours: str, text: str) -> list[int]:
    """Return where to look: the stretches of a long text that share most words with `ours`."""
    size = _window_size(ours)
    places = range(0, max(1, len(text)), size // 2)
    if len(places) <= _MOST_WINDOWS:
        return list(places)
    words = set(re.findall(_WORDS, ours)) or {ours[at : at + 2] for at in range(len(ours) - 1)}
    shared = {place: sum(w in text[place : place + size] for w in words) for place in places}
    return sorted(places, key=lambda place: (-shared[place], place))[:_MOST_WINDOWS]


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and _cuts_word(text, start):
        start -= 1
    while end < len(text) and _cuts_word(text, end):
        end += 1
    return start, end


def _difference(ours: str, theirs: str) -> str:
    """Return both texts in one, word by word."""
    old, new = _units(ours), _units(theirs)
    folded_old, folded_new = [fold(unit) for unit in old], [fold(unit) for unit in new]
    shown: list[str] = []
    matcher = difflib.SequenceMatcher(None, folded_old, folded_new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            shown.append("".join(new[c:d]))
            continue
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        space = " " if (come or gone).endswith(" ") else ""
        marked = [f"[-{gone.strip()}-]"] if gone.strip() else []
        marked += [f"{{+{come.strip()}+}}"] if come.strip() else []
        shown.append(" ".join(marked) + space)
    return "".join(shown).strip()


def _units(text: str) -> list[str]:
    """Return the words and signs of a text, each with the white space behind it."""
    starts = [match.start() for match in re.finditer(_UNITS, text)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
