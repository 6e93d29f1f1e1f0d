"""What is known of every page at once: columns for ranking, for facets, and for spelling."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from math import log2

import msgspec

from sitegen.search.chunks import pack
from sitegen.search.numbering import KINDS, Found, Numbered
from sitegen.search.stems import parts_of
from sitegen.search.words import is_cjk

_EPOCH = dt.date(1970, 1, 1).toordinal()
_NO_DATE = -1_000_000
"""Stands before every day."""
_SHORTEST_SPELLED = 3
_LEVELS = 2
"""Lengths are told apart so many times between one and its double."""


def length_level(length: int) -> int:
    """Return a length in words as the browser is told it: within a fifth."""
    return round(_LEVELS * log2(length + 1))


def day_number(date: str) -> int:
    """Return the first day of a date of any precision as days since 1970, or `_NO_DATE`."""
    parts = [int(part) for part in date[:10].split("-")] if date[:4].isdigit() else []
    if not parts:
        return _NO_DATE
    year, month, day = (*parts, 1, 1)[:3]
    return dt.date(year, month, day).toordinal() - _EPOCH


def document_columns(documents: Sequence[Numbered], lengths: Sequence[int]) -> bytes:
    """Return dates, lengths and languages of all pages, kind by kind, compressed JSON.

    Dates are steps from each page's day to the next.
    """
    found = [each.found for each in documents]
    languages = _numbered(sorted({each.lang for each in found}))
    days: list[int] = []
    before, kind = 0, ""
    for each in found:
        day = day_number(each.date)
        days.append(day - before if each.kind == kind else day)
        before, kind = day, each.kind
    columns = {
        "counts": [sum(each.kind == kind for each in found) for kind in KINDS],
        "days": days,
        "lengths": [length_level(length) for length in lengths],
        "languages": list(languages),
        "language": [languages[each.lang] for each in found],
    }
    return pack(msgspec.json.encode(columns))


def topic_columns(documents: Sequence[Numbered]) -> bytes:
    """Return the topics of all pages: titles, and for each page steps between places among them."""
    found = [each.found for each in documents]
    titles = {each.name: each.title for each in found if each.kind == "topic"}
    topics = _numbered(sorted(set(titles.values())))
    columns = {
        "topics": list(topics),
        "topic": [
            _steps({topics[titles[name]] for name in each.topics if name in titles})
            for each in found
        ],
    }
    return pack(msgspec.json.encode(columns))


def source_columns(documents: Sequence[Numbered]) -> bytes:
    """Return the sources and publishers of all pages: titles, names, and places in these lists."""
    found = [each.found for each in documents]
    sources = {each.name: each for each in found if each.kind == "source"}
    titles = _numbered(sorted({each.title for each in sources.values()}))
    publishers = _numbered(sorted({each.publisher for each in sources.values()}))
    by_name = {
        name: (titles[each.title], publishers[each.publisher]) for name, each in sources.items()
    }

    def used(each: Found) -> list[tuple[int, int]]:
        own = (each.name,) if each.kind == "source" else ()
        return [by_name[name] for name in (*own, *each.sources) if name in by_name]

    columns = {
        "sources": list(titles),
        "source": [_steps({title for title, _ in used(each)}) for each in found],
        "publishers": list(publishers),
        "publisher": [_steps({publisher for _, publisher in used(each)}) for each in found],
    }
    return pack(msgspec.json.encode(columns))


def spelling(weights: Mapping[str, int]) -> bytes:
    """Return the words of a bucket for "did you mean", and how common each is, compressed JSON."""
    common: dict[str, int] = {}
    for key, weight in weights.items():
        word = parts_of(key)[1]
        if len(word) >= _SHORTEST_SPELLED and word.isalpha() and not is_cjk(word):
            common[word] = max(common.get(word, 0), weight.bit_length())
    words = sorted(common)
    return pack(msgspec.json.encode([" ".join(words), _digits(common[word] for word in words)]))


def _steps(numbers: Iterable[int]) -> list[int]:
    """Return numbers in order, each as the step from the one before: these pack better."""
    ordered = sorted(numbers)
    return [now - before for now, before in zip(ordered, [0, *ordered], strict=False)]


def _digits(numbers: Iterable[int]) -> str:
    return "".join("0123456789abcdefghijklmnopqrstuvwxyz"[min(number, 35)] for number in numbers)


def _numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}
