"""Cuts text into the words that search knows; `search-words.js` does the same in the browser.

Text is folded first: compatibility forms (UAX #15), case, and the accents of Latin and Greek. Runs
of Chinese, Japanese and Korean characters become overlapping pairs, since no spaces part their
words. What a hyphen, an apostrophe or a change from letters to digits joins is found in one piece
and in parts: `F-35` is `f`, `35` and `f35`.
"""

import re
import unicodedata
from functools import lru_cache

CJK = (
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U000323af"
)
"""What is cut into pairs: kana, ideographs and Hangul syllables."""
LONGEST = 64
"""So many characters of a word count."""
_MOST_JOINED = 4
"""A compound of more parts is not also a word of its own."""
_JOINERS = "-\u2010'\u2019+"
_SEPARATORS = _JOINERS + ".,"
_DROPPED = re.compile(
    "(?<=[a-z\u0370-\u03ff])[\u0300-\u036f]+|[\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4"
    "\u05c5\u05c7\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f"
    "\ufe20-\ufe2f\u00ad\u200b-\u200f\u2060\U000e0100-\U000e01ef]"
)
"""Accents of Latin and Greek, vowel points of Hebrew and Arabic, and what is invisible."""
_SAME = {
    "\u00df": "ss",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u00f8": "o",
    "\u0142": "l",
    "\u0111": "d",
    "\u0131": "i",
    "\u03c2": "\u03c3",
    "\u0451": "\u0435",
    "\u2011": "\u2010",
}
_FOLDED = re.compile("[" + "".join(_SAME) + "]")
_UNIT = re.compile(
    rf"(?P<initials>[^0-9{_SEPARATORS}](?:\.[^0-9{_SEPARATORS}])+(?![^{_SEPARATORS}]))"
    r"|(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+\.[0-9]+)"
    rf"|[^{_SEPARATORS}]+"
)
_PART = re.compile(r"[0-9]+(?:\.[0-9]+)?|[^0-9]+")
_FIRST, _LAST = 0x80, 0x323AF
"""All letters, digits and marks beyond ASCII stand between; those behind are variation marks."""

Spelled = tuple[tuple[tuple[str, int], ...], int]
"""Words with their places from the first, and how many places they take."""


def fold(text: str) -> str:
    """Return text as it is compared: without case, accents and compatibility forms."""
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKD", text).lower()
    composed = unicodedata.normalize("NFC", _DROPPED.sub("", lowered))
    return _FOLDED.sub(lambda match: _SAME[match[0]], composed)


@lru_cache(maxsize=1)
def pattern() -> re.Pattern[str]:
    """Return what finds words in folded text: runs of CJK, and other letters as they are joined."""
    letters = f"0-9a-z{_letters()}"
    return re.compile(f"[{CJK}]+|[{letters}]+(?:[{_SEPARATORS}][{letters}]+)*")


def runs(folded: str) -> list[str]:
    """Return the matches of `pattern` in folded text."""
    if _BEYOND.search(folded):
        return pattern().findall(folded)
    return _PLAIN.findall(folded)


_BEYOND = re.compile("[^\x00-\x7f\u2010\u2012-\u201f\u2022\u2026\u2032\u00a7\u00b0\u00b7\u20ac]")
"""What may be a letter beyond ASCII: without any, a pattern does that is many times faster."""
_PLAIN = re.compile(f"[0-9a-z]+(?:[{_SEPARATORS}][0-9a-z]+)*")


def spell(raw: str) -> Spelled:
    """Return the words of one match of `pattern` that is no CJK."""
    words: list[tuple[str, int]] = []
    place = 0
    compound: list[str] = []
    plus = False
    end = 0

    def close() -> None:
        nonlocal place
        parts = [part[:LONGEST] for part in compound]
        words.extend((part, place + number) for number, part in enumerate(parts))
        if 1 < len(parts) <= _MOST_JOINED:
            words.append((("+" if plus else "").join(parts)[:LONGEST], place))
        place += len(parts)
        compound.clear()

    for match in _UNIT.finditer(raw):
        joiner = raw[end : match.start()]
        end = match.end()
        if joiner in (".", ","):
            close()
            plus = False
        if joiner in ("'", "\u2019") and match[0] == "s" and end == len(raw):
            break  # the possessive
        plus = plus or joiner == "+"
        if match["initials"]:
            compound.append(match[0].replace(".", ""))
        elif match["number"]:
            compound.append(match[0].replace(",", ""))
        else:
            compound += _PART.findall(match[0])
    close()
    return tuple(words), place


def pairs(run: str) -> list[str]:
    """Return a run of CJK as overlapping pairs, each at its own place, and its last character."""
    return [run[place : place + 2] for place in range(len(run))]


def is_cjk(raw: str) -> bool:
    """Return whether a match of `pattern` is a run of CJK."""
    return bool(_CJK.match(raw))


_CJK = re.compile(f"[{CJK}]")


def words_of(text: str) -> list[tuple[str, int]]:
    """Return the words of a text with their places, as a document's are counted."""
    found: list[tuple[str, int]] = []
    place = 0
    for raw in runs(fold(text)):
        if is_cjk(raw):
            found += ((pair, place + number) for number, pair in enumerate(pairs(raw)))
            place += len(raw)
        else:
            words, length = spell(raw)
            found += ((word, place + at) for word, at in words)
            place += length
    return found


def _letters() -> str:
    """Return the letters, numbers and marks beyond ASCII, CJK left out, as a class's ranges."""
    category = unicodedata.category
    ends = [(ord(end[0]), ord(end[-1])) for end in re.findall("(?:.-.|.)", CJK)]
    ranges: list[str] = []
    start = _FIRST
    for first, last in [*sorted(ends), (_LAST + 1, _LAST + 1)]:
        begun = None
        for code in range(start, first):
            if category(chr(code))[0] in "LNM":
                begun = code if begun is None else begun
            elif begun is not None:
                ranges.append(f"{chr(begun)}-{chr(code - 1)}")
                begun = None
        if begun is not None:
            ranges.append(f"{chr(begun)}-{chr(first - 1)}")
        start = last + 1
    return "".join(ranges)
