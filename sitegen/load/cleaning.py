"""Cleans a body's HTML and reports what is taken out; asks nh3 only where it has something to do.

The HTML is handed on in pieces, so that it is taken apart only once.

Most HTML is written from an element tree and is clean as it stands. It surely is if

- each of its tags is in the one form in which nh3 writes tags, and nh3 leaves it as it is,
- its elements are nested as HTML's parsing rules leave them (`_WITHIN`), each with its end tag,
- its text is escaped as nh3 escapes it.

Whatever is not recognised as such goes to nh3.
"""

import re
from functools import lru_cache
from itertools import accumulate, compress
from operator import attrgetter, getitem

from sitegen.diagnostics import Diagnostic
from sitegen.load.sanitize import TAGS, clean, is_harmless, unsafe

_LINK = "a"
_INLINE = frozenset(
    """a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time
    u var""".split()
)
_VOID = frozenset(["br", "hr", "img", "wbr"])
_PHRASING = _INLINE | _VOID - {"hr"}
_FLOW = _PHRASING | frozenset("blockquote div dl h1 h2 h3 h4 h5 h6 hr ol p pre table ul".split())
_WITHIN = {
    **dict.fromkeys([*_INLINE, "dt", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre"], _PHRASING),
    **dict.fromkeys(["blockquote", "dd", "div", "li", "td", "th"], _FLOW),
    "dl": frozenset(["dd", "dt"]),
    "ol": frozenset(["li"]),
    "table": frozenset(["tbody", "thead"]),
    "tbody": frozenset(["tr"]),
    "thead": frozenset(["tr"]),
    "tr": frozenset(["td", "th"]),
    "ul": frozenset(["li"]),
}
"""What may stand in each element: less than HTML allows, and nothing that its parser would move.

No element of a kind that ends a paragraph stands in one, and none that HTML would complete.
"""
_WITHOUT_TEXT = frozenset(["table", "tbody", "thead", "tr"])
"""Elements out of which text is moved; between their tags stands one newline, or it is not ours."""
_AROUND = {
    "dd": "dl",
    "dt": "dl",
    "li": "ul",
    "tbody": "table",
    "td": "tr",
    "th": "tr",
    "thead": "table",
    "tr": "tbody",
}
"""An element in which each of those that can't stand anywhere may stand."""
_START_TAG = re.compile(r'<([a-z][a-z0-9]*)((?: [a-z]+="[^"<>]*")*)')
"""A start tag up to its `>`."""
_REFERENCES = {
    "#160": "&nbsp;",
    "amp": "&amp;",
    "gt": "&gt;",
    "hellip": "\u2026",
    "ldquo": "\u201c",
    "lsquo": "\u2018",
    "lt": "&lt;",
    "mdash": "\u2014",
    "nbsp": "&nbsp;",
    "ndash": "\u2013",
    "rdquo": "\u201d",
    "rsquo": "\u2019",
}
"""Character references as nh3 writes them, in text and in attributes alike."""
_MOST_PLACES = 500
_MOST_TAGS = 300


def pieces_of(html: str) -> list[str]:
    """Return clean HTML taken apart: text, a tag up to its `>`, text, and so on.

    It begins and ends with text; each text may be empty.
    """
    # Every `<` of clean HTML begins a tag, every `>` ends one.
    return html.replace("<", "><").split(">")


def cleaned(path: str, rendered: str) -> tuple[list[str], list[tuple[str, Diagnostic]]]:
    """Return the pieces of clean HTML, and what was taken out with the text to look for."""
    kept = kept_pieces(rendered)
    if kept is not None:
        return kept, []
    return pieces_of(clean(rendered)), unsafe(path, rendered)


def kept_pieces(rendered: str) -> list[str] | None:
    """Return the pieces of what nh3 makes of HTML in which it has nothing to clean.

    Returns None if it may have something to clean.
    """
    # HTML drops or replaces NUL, carriage returns, the byte order mark at its start, and a newline
    # at the start of `pre`.
    for each in ("\0", "\r", "\ufeff", "<pre>\n"):
        if each in rendered:
            return None
    written = _with_written_references(rendered.replace("\xa0", "&nbsp;"))
    if written is None:
        return None
    pieces = pieces_of(written)
    texts, tags = pieces[::2], pieces[1::2]
    # As many `>` as `<`, and as many tags. Each tag that has a place behind it begins with its only
    # `<`; so none is left for the texts.
    if len(pieces) != 2 * written.count("<") + 1:
        return None
    try:
        places = list(accumulate(tags, getitem, initial=_OUTSIDE))
    except KeyError:
        return None
    if places[-1] is not _OUTSIDE:
        return None
    if "<table" in written:
        between = compress(texts, map(_IS_WITHOUT_TEXT, places))
        if not {"\n"}.issuperset(between):
            return None
    return pieces


def _with_written_references(rendered: str) -> str | None:
    """Return HTML with its character references as nh3 writes them, or None if one is unusual."""
    if "&" not in rendered:
        return rendered
    before, *pieces = rendered.split("&")
    out = [before]
    for piece in pieces:
        name, semicolon, text = piece.partition(";")
        written = _REFERENCES.get(name)
        if not semicolon or written is None:
            return None
        out.append(written)
        out.append(text)
    return "".join(out)


class _Place(dict[str, "_Place"]):
    """Where one may be in HTML, as the elements open there; by each tag, the place behind it.

    A tag that nh3 could change there has no place behind it.
    """

    made = 0

    def __init__(self, element: str, outer: "_Place | None") -> None:
        super().__init__()
        _Place.made += 1
        self.element = element
        self.is_without_text = element in _WITHOUT_TEXT
        self.outer = outer
        self.inner: dict[str, _Place] = {}
        self.is_in_link: bool = outer is not None and (element == _LINK or outer.is_in_link)

    def __missing__(self, tag: str) -> "_Place":
        """Return the place behind a tag, and remember it."""
        place = self._behind(tag)
        if place is None:
            raise KeyError(tag)
        if len(self) >= _MOST_TAGS:
            self.clear()
        self[tag] = place
        return place

    def _behind(self, tag: str) -> "_Place | None":
        if tag.startswith("</"):
            return self.outer if tag == f"</{self.element}" else None
        name = _kept_element(tag)
        if name not in _WITHIN[self.element] or (name == _LINK and self.is_in_link):
            return None
        return self if name in _VOID else self._in(name)

    def _in(self, name: str) -> "_Place | None":
        if name not in self.inner and _Place.made < _MOST_PLACES:
            self.inner[name] = _Place(name, self)
        return self.inner.get(name)


_OUTSIDE = _Place("div", None)
"""Outside of all elements, where nh3 reads HTML as in a `div`."""
_IS_WITHOUT_TEXT = attrgetter("is_without_text")


@lru_cache(maxsize=4096)
def _kept_element(tag: str) -> str:
    """Return the element's name if nh3 leaves a start tag as it is, unreported; else nothing."""
    match = _START_TAG.fullmatch(tag)
    if not match:
        return ""
    name, attributes = match.groups()
    if name not in TAGS or (name == "pre" and attributes):
        return ""
    if not attributes:
        return name
    if is_harmless(name, attributes):
        return name
    start = f"{tag}>"
    html = start if name in _VOID else f"{start}</{name}>"
    around = _AROUND.get(name)
    while around:
        html = f"<{around}>{html}</{around}>"
        around = _AROUND.get(around)
    # A no-break space may stand before what looks like an attribute.
    as_written = start.replace("&nbsp;", "\xa0")
    return name if clean(html) == html and not unsafe("", as_written) else ""
