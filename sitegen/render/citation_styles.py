"""Cites an explainer in words, in the style that a publication chose.

The styles are named as in the repository of the Citation Style Language (citationstyles.org) and
follow its entries for a `webpage`: APA, 7th edition; The Chicago Manual of Style, 18th; Cite Them
Right, 12th; the MLA Handbook, 9th. Titles keep the capitals that their authors gave them. Days are
written as the style does in English, and as its readers do in any other language.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from sitegen.model.settings import CitationStyle
from sitegen.render.cite import PageCitation
from sitegen.render.date_words import whole_date_words
from sitegen.render.names import Name
from sitegen.render.views.pages import CitedPart

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_SHORT_MONTHS = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split()
"""As the MLA Handbook shortens them."""


def cited(page: PageCitation, style: CitationStyle) -> tuple[CitedPart, ...]:
    """Return the entry of `page` in `style`, which is not sitegen's own."""
    return _STYLES[style](page)


def _apa(page: PageCitation) -> tuple[CitedPart, ...]:
    names = [_inverted(name, initials=True) for name in page.authors]
    if len(names) > 20:
        names = [*names[:19], f"\u2026 {names[-1]}"]
        authors = ", ".join(names)
    else:
        authors = _listed(names, ", & ", ", & ")
    return (
        CitedPart(text=f"{_stopped(authors)} ({_apa_date(page)}). "),
        CitedPart(text=page.title, italic=True),
        CitedPart(
            text=f"{_stop(page.title)} {_publisher(page, '{}. ')}{page.container}. {page.address}"
        ),
    )


def _apa_date(page: PageCitation) -> str:
    day = _day(page)
    return f"{day.year}, {_MONTHS[day.month - 1]} {day.day}" if _english(page) else _long(page)


def _chicago_notes(page: PageCitation) -> tuple[CitedPart, ...]:
    return (
        CitedPart(
            text=f"{_stopped(_chicago_authors(page))} {_quoted(page)}"
            f" {page.container}, {_publisher(page, '{}, ')}{_month_first(page)}. {page.address}."
        ),
    )


def _chicago_dates(page: PageCitation) -> tuple[CitedPart, ...]:
    day = _day(page)
    rest = f"{_MONTHS[day.month - 1]} {day.day}" if _english(page) else _long(page)
    return (
        CitedPart(
            text=f"{_stopped(_chicago_authors(page))} {day.year}. {_quoted(page)}"
            f" {page.container}, {_publisher(page, '{}, ')}{rest}. {page.address}."
        ),
    )


def _chicago_authors(page: PageCitation) -> str:
    first, *others = page.authors
    names = [_inverted(first), *[name.text for name in others]]
    if len(names) > 6:
        return f"{', '.join(names[:3])}, et al."
    return _listed(names, ", and ", ", and ")


def _harvard(page: PageCitation) -> tuple[CitedPart, ...]:
    names = [_inverted(name, initials=True, gap="") for name in page.authors]
    year = f" ({_day(page).year}) "
    if len(names) > 3:
        start = [CitedPart(text=f"{names[0]} "), CitedPart(text="et al.", italic=True)]
    else:
        start = [CitedPart(text=_listed(names, " and ", " and "))]
    return (
        *start,
        CitedPart(text=year),
        CitedPart(text=page.title, italic=True),
        CitedPart(text=", "),
        CitedPart(text=page.container, italic=True),
        CitedPart(text=f". {_publisher(page, '{}. ')}Available at: {page.address}."),
    )


def _mla(page: PageCitation) -> tuple[CitedPart, ...]:
    first, *others = page.authors
    names = _inverted(first)
    if len(others) == 1:
        names += f", and {others[0].text}"
    elif others:
        names += ", et al."
    day = _day(page)
    shown = (
        f"{day.day} {_SHORT_MONTHS[day.month - 1]} {day.year}" if _english(page) else _long(page)
    )
    return (
        CitedPart(text=f"{_stopped(names)} {_quoted(page)} "),
        CitedPart(text=page.container, italic=True),
        CitedPart(text=f", {_publisher(page, '{}, ')}{shown}, {page.address}."),
    )


_STYLES: Mapping[str, Callable[[PageCitation], tuple[CitedPart, ...]]] = {
    "apa": _apa,
    "chicago-author-date": _chicago_dates,
    "chicago-notes-bibliography": _chicago_notes,
    "harvard-cite-them-right": _harvard,
    "modern-language-association": _mla,
}


def _inverted(name: Name, *, initials: bool = False, gap: str = " ") -> str:
    """Return a name with the family first; one that is not split stays as it is."""
    if not name.family:
        return name.text
    return f"{name.family}, {_initials(name.given, gap) if initials else name.given}"


def _initials(given: str, gap: str) -> str:
    """Return `J.-L. B.` for `Jean-Luc Bo`."""
    return gap.join(
        "-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split()
    )


def _listed(names: Sequence[str], two: str, last: str) -> str:
    if len(names) < 3:
        return two.join(names)
    return f"{', '.join(names[:-1])}{last}{names[-1]}"


def _stop(text: str) -> str:
    """Return the full stop that `text` needs, if it does not end in a mark of its own."""
    return "" if re.search(r"[.?!\u3002\uff1f\uff01][\u2019\u201d\u300d]?$", text) else "."


def _stopped(text: str) -> str:
    return text + _stop(text)


def _quoted(page: PageCitation) -> str:
    """Return the title in quotation marks, with its stop inside and its own quotes single."""
    inner = page.title.translate({0x201C: "\u2018", 0x201D: "\u2019", 0x22: "'"})
    return f"\u201c{_stopped(inner)}\u201d"


def _publisher(page: PageCitation, form: str) -> str:
    """Return the publisher, unless the site or its author is called so already."""
    known = (page.container, *(name.text for name in page.authors))
    return "" if page.publisher in known else form.format(page.publisher)


def _day(page: PageCitation) -> dt.date:
    return dt.date.fromisoformat(max(page.published, page.updated))


def _english(page: PageCitation) -> bool:
    return page.lang.split("-")[0] == "en"


def _month_first(page: PageCitation) -> str:
    day = _day(page)
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}" if _english(page) else _long(page)


def _long(page: PageCitation) -> str:
    return whole_date_words(_day(page).isoformat(), page.lang)
