"""The words of one document, field by field, with their places: a pure function of its file."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct

from sitegen.model.document import Body, Citation, Document
from sitegen.model.front_matter import (
    ExplainerMeta,
    PageMeta,
    SourceMeta,
    TermMeta,
    TopicMeta,
)
from sitegen.search.stems import Stem, key_of, stemmer
from sitegen.search.varints import encode_places
from sitegen.search.words import Spelled, fold, is_cjk, pairs, runs, spell

TITLE, NAMES, SUMMARY, POINTS, HEADING = 1, 2, 4, 8, 16
"""Bits of a head: the fields besides the body that hold a word."""
BODY_SHIFT = 5
"""The three high bits of a head: how often the body holds the word, as a level."""
_LEVEL = bytes([0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6])
"""The level of a number of uses; level 7 for more than these."""
FIELD_GAP = 8
"""Places left free between fields and sections, so that no phrase runs from one to the next."""
_MOST_KNOWN = 250_000
_POINTS = ("key_points", "known", "unknown")


class Section(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A stretch of a document's text below one heading."""

    anchor: str
    heading: str
    text: str


class DocumentText(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What of a document search reads and shows, without markup."""

    title: str
    names: tuple[str, ...]
    summary: str
    points: tuple[str, ...]
    sections: tuple[Section, ...]


class DocumentWords(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """The postings of one document; the three lists go together."""

    length: int
    """Places in the body."""
    keys: tuple[str, ...]
    heads: bytes
    """A byte for each key: the fields that hold it, and how often the body does."""
    spots: tuple[bytes, ...]
    """For each key: how many places, and the way from each to the next, as varints."""


def text_of(document: Document, body: Body, claims: Iterable[Citation] = ()) -> DocumentText:
    """Return what search reads of a document; `claims` are what others cite it for, if a source."""
    meta = document.meta
    title, summary, names = "", "", []
    if isinstance(meta, ExplainerMeta | TopicMeta | PageMeta):
        title, summary = meta.title, meta.summary
        names = [_spoken(alias) for alias in meta.aliases]
    elif isinstance(meta, SourceMeta):
        title = meta.title
        names = [meta.translated_title] if meta.translated_title else []
        told = (meta.publisher, meta.byline, *meta.authors, meta.attribution, meta.caveat)
        summary = " \u00b7 ".join(dict.fromkeys(filter(None, told)))
    elif isinstance(meta, TermMeta):
        title, names = meta.term, list(meta.also)
        summary = body.fragments["definition"].text if "definition" in body.fragments else ""
    return DocumentText(
        title=title,
        names=tuple(names),
        summary=summary,
        points=tuple(
            fragment.text
            for name, fragment in body.fragments.items()
            if name.partition(".")[0] in _POINTS
        ),
        sections=(*_sections(body), *_claims(claims)),
    )


def _claims(claims: Iterable[Citation]) -> Iterator[Section]:
    """Yield what a source's page says it is cited for, as one section."""
    told = (text for each in claims for text in (each.sentence, each.passage) if text)
    text = " \u00b7 ".join(dict.fromkeys(told))
    if text:
        yield Section(anchor="", heading="", text=text)


def _spoken(alias: str) -> str:
    """Return the words of an old address."""
    return re.sub(r"[/_.-]+", " ", alias).strip()


def _sections(body: Body) -> Iterator[Section]:
    """Yield the parts of the running text, each with the heading that it stands below."""
    fragment = body.fragments.get("body")
    if fragment is None:
        return
    text = fragment.text
    starts = [heading.start for heading in body.headings] + [len(text)]
    if starts[0]:
        yield Section(anchor="", heading="", text=text[: starts[0]].strip())
    for heading, end in zip(body.headings, starts[1:], strict=True):
        told = text[heading.start : end]
        if told.startswith(heading.text):
            told = told[len(heading.text) :]
        yield Section(anchor=heading.anchor, heading=heading.text, text=told.strip())


class WordReader:
    """Reads documents' words; remembers how it spelled and stemmed each."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str | Spelled]] = defaultdict(dict)
        self._stem: Stem
        self._spelled: dict[str, str | Spelled]
        self._places: defaultdict[str, list[int]]

    def read(self, text: DocumentText, lang: str) -> DocumentWords:
        """Return the words of a document in `lang`."""
        self._stem = stemmer(lang)
        self._spelled = self._known[lang]
        if len(self._spelled) > _MOST_KNOWN:
            self._spelled.clear()
        places: defaultdict[str, list[int]] = defaultdict(list)
        self._places = places
        masks: dict[str, int] = {}
        outside: defaultdict[str, int] = defaultdict(int)
        place = 0

        def field(words: str, bit: int) -> None:
            nonlocal place
            kept, self._places = self._places, defaultdict(list)
            place = self._add(words, place) + FIELD_GAP
            for key, found in self._places.items():
                kept[key] += found
                masks[key] = masks.get(key, 0) | bit
                outside[key] += len(found)
            self._places = kept

        field(text.title, TITLE)
        for name in text.names:
            field(name, NAMES)
        field(text.summary, SUMMARY)
        for point in text.points:
            field(point, POINTS)
        length = 0
        for section in text.sections:
            if section.heading:
                field(section.heading, HEADING)
            began = place
            place = self._add(section.text, place)
            length += place - began
            place += FIELD_GAP
        heads = bytearray()
        for key, found in places.items():
            times = len(found)
            if key in masks:
                times -= outside[key]
                heads.append(masks[key] | _level(times) << BODY_SHIFT)
            else:
                heads.append(_level(times) << BODY_SHIFT)
        return DocumentWords(
            length=length,
            keys=tuple(places),
            heads=bytes(heads),
            spots=tuple(map(encode_places, places.values())),
        )

    def _add(self, text: str, place: int) -> int:
        """Note the words of a text from a place on; return the place behind them."""
        places, known = self._places, self._spelled
        for raw in runs(fold(text)):
            spelled = known.get(raw) or self._spell(raw)
            if isinstance(spelled, str):
                places[spelled].append(place)
                place += 1
            else:
                words, length = spelled
                for key, at in words:
                    places[key].append(place + at)
                place += length
        return place

    def _spell(self, raw: str) -> str | Spelled:
        """Return a word's key, or several with their places from the first."""
        if is_cjk(raw):
            # Runs are long and rarely come again: they are not kept.
            return tuple((pair, at) for at, pair in enumerate(pairs(raw))), len(raw)
        words, length = spell(raw)
        keys = tuple((key_of(word, self._stem(word)), at) for word, at in words)
        made: str | Spelled = keys[0][0] if len(keys) == length == 1 else (keys, length)
        self._spelled[raw] = made
        return made


def _level(times: int) -> int:
    return _LEVEL[times] if times < len(_LEVEL) else 7
