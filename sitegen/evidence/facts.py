"""Takes from a sentence what may not change unsaid: its numbers, dates and quotations.

Each is written in one way, so that `6 February 2025`, `Feb. 6, 2025` and `2025年2月6日` are the
same date, and `4 per cent`, `four percent` and `4%` the same number.
"""

import re
import unicodedata

from sitegen.evidence.matching import essence

_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|"
        "sep sept september|oct october|nov november|dec december".split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d\d)(?:-(?P<d>\d\d))?\b"),
    re.compile(r"(?P<y>\d{4})年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<b>{_MONTH})\b\.?(?:,? (?P<y>\d{{4}})\b)?", re.I
    ),
    re.compile(
        rf"\b(?P<b>{_MONTH})\b\.? (?P<d>\d{{1,2}})\b(?:st|nd|rd|th)?(?:,? (?P<y>\d{{4}})\b)?", re.I
    ),
    re.compile(rf"\b(?P<b>{_MONTH})\b\.? (?P<y>\d{{4}})\b", re.I),
    re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
)
_WORDS = {
    word: str(number)
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split(),
        start=2,
    )
} | {
    word: str(10 * number)
    for number, word in enumerate(
        "thirty forty fifty sixty seventy eighty ninety hundred".split(), start=3
    )
}
_UNIT = r"%|per ?cent\b|パーセント|million\b|billion\b|trillion\b|thousand\b|万|億|兆"
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.,])(?P<n>[+-]?\d+(?:,\d{3})*(?:\.\d+)?|(?:" + "|".join(_WORDS) + r")\b)"
    rf"(?:[\s-]?(?:{_UNIT}))*",
    re.IGNORECASE,
)
_MINUS = re.compile(r"\u2212(?=\d)|(?<![^\s(])\u2013(?=\d)")
"""A sign before a number as typography sets it; an en dash between two is a range."""
_UNITS = re.compile(_UNIT, re.IGNORECASE)
_QUOTED = re.compile(
    "|".join(
        f"{opening}([^{closing}]*)[{closing}]"
        for opening, closing in (
            ("\u201c", "\u201d"),
            ("\u201e", "\u201c\u201d"),
            ("\u00ab", "\u00bb"),
            ("\u300c", "\u300d"),
            ("\u300e", "\u300f"),
            ('"', '"'),
        )
    )
)


def facts_of(text: str, passages: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the facts of a plain text and of the passages it rests on, in a fixed order."""
    found = []
    for quoted in _QUOTED.finditer(text):
        words = essence(next(filter(None, quoted.groups()), ""))
        if words:
            found.append(f"\u201c{words}\u201d")
    found += [f"\u201c{essence(passage)}\u201d" for passage in passages if passage]
    left = _MINUS.sub("-", unicodedata.normalize("NFKC", text))
    for pattern in _DATES:
        for match in pattern.finditer(left):
            found.append(_date(match.groupdict()))
        left = pattern.sub(" ", left)
    found += [_number(match) for match in _NUMBER.finditer(left)]
    return tuple(sorted(set(found)))


def _date(parts: dict[str, str | None]) -> str:
    month = parts.get("m") or _MONTHS.get((parts.get("b") or "").lower(), 0)
    shown = [parts.get("y") or "-"]
    if month:
        shown.append(f"{int(month):02}")
    if parts.get("d"):
        shown.append(f"{int(parts['d'] or 0):02}")
    return "-".join(shown)


def _number(match: re.Match[str]) -> str:
    written = match["n"].lower()
    digits = _WORDS.get(written, written).replace(",", "").lstrip("+")
    units = [unit.lower() for unit in _UNITS.findall(match[0][len(match["n"]) :])]
    said = ["%" if unit.startswith("per") or unit == "パーセント" else unit for unit in units]
    return " ".join([digits, *said])
