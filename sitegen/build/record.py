"""What a build leaves for the next: documents, the site, and how each output was made.

A record is only ever a short cut: it counts if it was made by the same code and options and can be
read; else the build goes the whole way.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from sitegen.build.evidence import EvidenceRecord
from sitegen.build.output_table import OutputTable
from sitegen.build.stored import Entry
from sitegen.diagnostics import Diagnostic
from sitegen.engine.cache import Cache
from sitegen.engine.checked import read_checked, write_checked
from sitegen.engine.digest import digest
from sitegen.model.pages import Author, Explainer, Source, StandingPage, Term, Topic
from sitegen.model.relations import Card, Correction, Event
from sitegen.model.settings import Settings
from sitegen.model.site import Bodies, CopiedFile, ExpiredPage, NavLink, Redirect, Site
from sitegen.publish.manifest import Written
from sitegen.render.dependencies import PAGES
from sitegen.resolve.reworded import Sources, publishers_of
from sitegen.urls import Permalink

T = TypeVar("T")

_TOGETHER = 500
"""So many pages are stored at once: rendering, which stores too, need not wait long."""
_PAGE = b"p"
"""The end of the key of a stored page; it begins with the page's digest."""


class CopyRecord(Struct, frozen=True, kw_only=True, array_like=True):
    """A file that is published as it is."""

    stamp: tuple[int, ...]
    written: Written


class StoredSite(Struct, frozen=True, kw_only=True, array_like=True):
    """A site whose pages are kept apart under their digests, and read when they are asked for."""

    as_of: str
    explainers: dict[str, bytes]
    sources: dict[str, bytes]
    topics: dict[str, bytes]
    terms: dict[str, bytes]
    authors: dict[str, bytes]
    pages: dict[str, bytes]
    timeline: tuple[Event, ...]
    corrections: tuple[Correction, ...]
    redirects: tuple[Redirect, ...]
    expired: tuple[ExpiredPage, ...]
    files: tuple[CopiedFile, ...]
    nav: tuple[NavLink, ...]
    images: dict[str, Permalink]
    listed: tuple[str, ...]
    latest: tuple[str, ...]
    standing: tuple[Card, ...]
    publishers: dict[str, tuple[str, ...]]
    """The names of each publisher's sources, by title."""
    successors: tuple[str, ...]
    """The names of the sources that take another's place."""

    def page_digests(self) -> Iterator[bytes]:
        """Yield the digest of every page."""
        for field in PAGES:
            yield from getattr(self, field).values()


class Record(Struct, frozen=True, kw_only=True, array_like=True):
    """The last build."""

    made_by: bytes
    """The digest of the code and of the options that outputs depend on."""
    load_key: bytes
    """The digest of the code and of the settings that documents depend on."""
    entries: dict[str, Entry]
    """By path."""
    site_key: bytes
    """The digest of all that the site was resolved from."""
    files_key: bytes
    """The digest of what the files added to it."""
    site: StoredSite
    counts: dict[str, int]
    findings: tuple[Diagnostic, ...]
    """What resolve found."""
    shared: bytes
    """The digest of what every output depends on: settings, interface words, names of assets."""
    dependencies: dict[str, bytes]
    """The digest of each thing that some view read, in the order of `reads`."""
    templates: bytes
    """The digest of all templates."""
    closures: dict[str, bytes]
    """The digest of each template with all it includes."""
    outputs: OutputTable
    manifest: bytes
    """The digest of the manifest that was left in the output."""
    copies: dict[str, CopyRecord]
    """By output path."""
    assets: dict[str, Written]
    """By output path."""
    evidence: EvidenceRecord
    """How the quotations of each file stood."""


_PAGE_TYPES: Mapping[str, type] = {
    "explainers": Explainer,
    "sources": Source,
    "topics": Topic,
    "terms": Term,
    "authors": Author,
    "pages": StandingPage,
}


class ReadOnDemand(Mapping[str, T], Generic[T]):
    """Pages by name, each read from the cache when it is first asked for; may raise Lost."""

    def __init__(self, cache: Cache, digests: Mapping[str, bytes], kind: type[T]) -> None:
        self._cache = cache
        self._digests = digests
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self._read: dict[str, T] = {}

    def __reduce__(self) -> tuple[type[dict[str, T]], tuple[dict[str, T]]]:
        return dict, (dict(self.items()),)

    def __getitem__(self, name: str) -> T:
        page = self._read.get(name)
        if page is None:
            stored = self._cache.read(self._digests[name] + _PAGE)
            page = self._read[name] = self._decode(stored)
        return page

    def __contains__(self, name: object) -> bool:
        return name in self._digests

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


def store_site(site: Site, cache: Cache, known: StoredSite | None) -> StoredSite:
    """Return a site as a record keeps it, its pages stored; those of `known` are there already."""
    encode_into = msgspec.msgpack.Encoder().encode_into
    content = bytearray()
    there = frozenset(known.page_digests()) if known else frozenset()
    fields = _own_fields(site)
    pairs: list[tuple[bytes, bytes]] = []
    for field in PAGES:
        digests: dict[str, bytes] = {}
        for name, page in getattr(site, field).items():
            encode_into(page, content)
            key = digests[name] = digest(content)
            if key not in there:
                pairs.append((key, bytes(content)))
            if len(pairs) == _TOGETHER:
                cache.put_digested(pairs, _PAGE)
                pairs.clear()
        fields[field] = digests
    if pairs:
        cache.put_digested(pairs, _PAGE)
    successors = {each.successor.name for each in site.sources.values() if each.successor}
    return StoredSite(
        **fields, publishers=publishers_of(site.sources), successors=tuple(sorted(successors))
    )


def store_sources(
    stored: StoredSite, sources: Sources, renewed: Iterable[str], cache: Cache
) -> StoredSite:
    """Return a stored site with other `sources`, of which the pages `renewed` are stored."""
    pairs = []
    digests = dict(stored.sources)
    for name in sorted(renewed):
        content = msgspec.msgpack.encode(sources.pages[name])
        digests[name] = digest(content)
        pairs.append((digests[name], content))
    cache.put_digested(pairs, _PAGE)
    return msgspec.structs.replace(
        stored,
        sources={name: digests[name] for name in sources.order},
        publishers=dict(sources.publishers),
    )


def restore_site(stored: StoredSite, settings: Settings, bodies: Bodies, cache: Cache) -> Site:
    """Return the site that was stored."""
    fields = _own_fields(stored)
    for field, kind in _PAGE_TYPES.items():
        fields[field] = ReadOnDemand(cache, getattr(stored, field), kind)
    return Site(settings=settings, bodies=bodies, **fields)


def page_keys(site: StoredSite) -> Iterator[bytes]:
    """Yield the key of every page that is stored for a site."""
    return (key + _PAGE for key in site.page_digests())


def _own_fields(site: Site | StoredSite) -> dict[str, Any]:
    """Return what is stored with a site itself."""
    both = [name for name in StoredSite.__struct_fields__ if name in Site.__struct_fields__]
    names = (name for name in both if name not in PAGES)
    return {name: getattr(site, name) for name in names}


_at_hand: dict[Path, tuple[tuple[int, ...], Record]] = {}
"""The records that this process wrote, for the preview server, which builds again and again."""


def read_record(path: Path, made_by: bytes) -> Record | None:
    """Return the record in a file, or None where there is none that is whole and fits."""
    marks, known = _at_hand.get(path, ((), None))
    if known is not None and known.made_by == made_by and marks == _marks(path):
        return known
    content = read_checked(path)
    if content is None:
        return None
    try:
        record = msgspec.msgpack.decode(content, type=Record)
    except msgspec.DecodeError:
        return None
    return record if record.made_by == made_by else None


def write_record(path: Path, record: Record) -> None:
    """Write a record for the next build; one that can't be written only makes that slower."""
    write_checked(path, msgspec.msgpack.encode(record))
    _at_hand.clear()
    _at_hand[path] = (_marks(path), record)


def _marks(path: Path) -> tuple[int, ...]:
    """Return what tells whether a file is still the one that this process wrote."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return (status.st_ino, status.st_size, status.st_mtime_ns)


def changed(record: Record, current: Mapping[str, bytes]) -> frozenset[int]:
    """Return the places of the dependencies whose digests are no longer the same."""
    return frozenset(
        number
        for number, (name, old) in enumerate(record.dependencies.items())
        if current.get(name, b"") != old
    )
