"""Writes dates as readers of a language write them, by the Unicode CLDR that Babel holds.

A date is written at its own precision, so the pattern is asked for by what it shows, a CLDR
skeleton (Unicode Technical Standard 35, part 4, "availableFormats").
"""

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_SKELETONS = ("y", "yMMM", "yMMMd")
"""By the number of parts in an ISO 8601 date: a year, a month, a day."""


def date_words(day: str, lang: str) -> str:
    """Return a date, a month or a year in words: `6 Feb 2025`, `Feb 2025`, `2025`; `2025年2月6日`.

    A language that CLDR does not know has English dates.
    """
    from babel.dates import format_skeleton

    parts = [int(part) for part in day.split("-")]
    date = dt.date(*parts, *[1] * (3 - len(parts)))
    words: str = format_skeleton(_SKELETONS[len(parts) - 1], date, locale=_locale(lang))
    return words


def whole_date_words(day: str, lang: str) -> str:
    """Return a day in words with nothing shortened: `6 February 2025`, `6. Februar 2025`."""
    from babel.dates import format_date

    words: str = format_date(dt.date.fromisoformat(day), format="long", locale=_locale(lang))
    return words


@lru_cache(maxsize=64)
def _locale(lang: str) -> "Locale":
    """Return the locale of a BCP 47 tag; English without a region puts the day first."""
    from babel import Locale, UnknownLocaleError

    tag = "en-GB" if lang.lower() == "en" else lang
    for known in (tag, tag.split("-")[0]):
        try:
            return Locale.parse(known, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_GB")
