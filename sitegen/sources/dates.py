"""Reads the date line of an article: English, ISO 8601 and Japanese forms."""

import datetime as dt
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        """jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|
        sep sept september|oct october|nov november|dec december""".split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYS = (
    re.compile(rf"\b(?P<month>{_MONTH})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b"),
    re.compile(rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)? (?P<month>{_MONTH})\.?,? (?P<year>\d{{4}})\b"),
    re.compile(r"\b(?P<year>\d{4})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?!\d)"),
    re.compile(r"(?P<year>\d{4})年\s?(?P<month>\d\d?)月\s?(?P<day>\d\d?)日"),
)
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d\d?):(?P<minute>\d\d)(?::\d\d)?\s?(?P<half>[ap]\.?m\b\.?)?"
    r"\s?(?P<zone>z\b|[+-]\d\d:?\d\d\b|[a-z]{3,4}\b)?"
)
_ZONES = {
    "z": "Z",
    "utc": "Z",
    "gmt": "Z",
    "jst": "+09:00",
    "kst": "+09:00",
    "cet": "+01:00",
    "cest": "+02:00",
    "est": "-05:00",
    "edt": "-04:00",
    "pst": "-08:00",
    "pdt": "-07:00",
}
"""Only names that mean one offset; CST, IST and BST mean several."""
_LONGEST_LINE = 90


def date_line(line: str) -> str:
    """Return the day or time that a line states, or nothing where it is no date line.

    A sentence that mentions a date is none: the line must be short and hold little besides.
    """
    text = line.strip()
    if len(text) > _LONGEST_LINE:
        return ""
    folded = text.casefold()
    for pattern in _DAYS:
        match = pattern.search(folded)
        if match:
            break
    else:
        return ""
    month = match["month"]
    try:
        day = dt.date(int(match["year"]), _MONTHS.get(month) or int(month), int(match["day"]))
    except ValueError:
        return ""
    around = folded[: match.start()] + " " + folded[match.end() :]
    time = _TIME.search(around)
    if time:
        around = around[: time.start()] + " " + around[time.end() :]
    if len(re.findall(r"[^\W\d_]+", around)) > _MOST_WORDS_BESIDE:
        return ""
    return day.isoformat() + (_time(time) if time else "")


_MOST_WORDS_BESIDE = 4
"""Such as `Updated on Thursday`."""


def _time(match: re.Match[str]) -> str:
    """Return the time with its offset, or nothing where the offset is not known for sure."""
    hour, minute = int(match["hour"]), int(match["minute"])
    zone = match["zone"] or ""
    offset = _ZONES.get(zone, "")
    if zone[:1] in ("+", "-"):
        offset = f"{zone[:3]}:{zone[-2:]}"
    half = (match["half"] or "")[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if not offset or hour > 23 or minute > 59 or offset[1:3] > "14" or offset[4:6] > "59":
        return ""
    return f"T{hour:02}:{minute:02}{offset}"
