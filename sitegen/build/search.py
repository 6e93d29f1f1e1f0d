"""The search stage: tells the index what the site holds, and keeps it between builds."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct

from sitegen.build.stored import Entry, StoredBodies, read_body, read_document, words_key
from sitegen.engine.cache import Cache
from sitegen.engine.checked import read_checked, write_checked
from sitegen.engine.digest import digest
from sitegen.model.front_matter import Kind
from sitegen.model.pages import Page, Source
from sitegen.model.site import Site
from sitegen.publish.manifest import Written
from sitegen.publish.writer import Staging
from sitegen.search import INDEX_FOLDER
from sitegen.search.document import DocumentText, DocumentWords, text_of
from sitegen.search.index import files_of, make_index, number
from sitegen.search.numbering import Found, Numbered
from sitegen.search.record import IndexRecord, Mark

_encode = msgspec.msgpack.Encoder().encode
_decode_words = msgspec.msgpack.Decoder(DocumentWords).decode


class SearchRecord(Struct, frozen=True, kw_only=True, array_like=True):
    """The index of the last build, and what it was made of."""

    made_by: bytes
    site_key: bytes
    index: IndexRecord


class SearchFiles(Struct, frozen=True, kw_only=True):
    """The search index as it will stand."""

    files: dict[str, Written]
    """By output path."""
    staged: tuple[str, ...]
    kept: tuple[bytes, ...]
    """The keys of what is kept in the cache for the next index."""


class SearchStage(Struct, frozen=True, kw_only=True):
    """What the search stage works on."""

    site: Site
    site_key: bytes
    """The digest of all that the site was resolved from."""
    taken_over: bytes
    """That of the last build's site, if this one is the same but for the `renewed` sources."""
    renewed: frozenset[str]
    entries: Mapping[str, Entry]
    cache: Cache
    made_by: bytes
    staging: Staging
    standing: Mapping[str, Written]
    record_path: Path | None
    """None where nothing is to be kept for the next build."""


def search_index(stage: SearchStage, *, processes: int) -> SearchFiles:
    """Stage the search index, as far as it comes out other than it stands.

    Raises Lost if the cache has lost a document, and SitegenError if the machine fails us.
    """
    last = _last(stage)
    if last is not None and last.site_key == stage.site_key:
        found = [each.found for each in last.index.documents]
    elif last is not None and stage.taken_over and last.site_key == stage.taken_over:
        found = [_renewed(each.found, stage) for each in last.index.documents]
    else:
        found = list(_found(stage.site))
    documents = number((each, _key(each, stage.entries)) for each in found)
    store = _Store(stage.cache, stage.entries, stage.staging, stage.standing)
    index = make_index(documents, store, last.index if last else None, processes=processes)
    if stage.record_path is not None:
        record = SearchRecord(made_by=stage.made_by, site_key=stage.site_key, index=index)
        if last != record:
            write_checked(stage.record_path, _encode(record))
    files = {
        f"{INDEX_FOLDER}/{path}": Written(digest=mark.digest, size=mark.size)
        for path, mark in files_of(index)
    }
    return SearchFiles(
        files=files,
        staged=tuple(path for path, mark in files.items() if stage.standing.get(path) != mark),
        kept=tuple(words_key(document.key) for document in index.documents),
    )


def _last(stage: SearchStage) -> SearchRecord | None:
    content = read_checked(stage.record_path) if stage.record_path is not None else None
    if content is None:
        return None
    try:
        record = msgspec.msgpack.decode(content, type=SearchRecord)
    except msgspec.DecodeError:
        return None
    return record if record.made_by == stage.made_by else None


def _found(site: Site) -> Iterator[Found]:
    """Yield what search finds: the pages whose writers do not keep them out of it."""
    yield from (
        _page(each, "explainer", date=each.day, topics=each.topics)
        for each in site.explainers.values()
        if each.meta.search
    )
    yield from map(_source, site.sources.values())
    yield from (_page(each, "topic", topics=(each.card.name,)) for each in site.topics.values())
    yield from (_page(each, "term", topics=each.meta.topics) for each in site.terms.values())
    yield from (_page(each, "page") for each in site.pages.values() if each.meta.search)


def _renewed(found: Found, stage: SearchStage) -> Found:
    """Return what search finds, as it is now."""
    again = found.kind == "source" and found.name in stage.renewed
    return _source(stage.site.sources[found.name]) if again else found


def _key(found: Found, entries: Mapping[str, Entry]) -> bytes:
    """Return the key of all that a page's words come from."""
    key = entries[found.path].key
    return digest(_encode((key, found.cited_by))) if found.cited_by else key


def _source(source: Source) -> Found:
    published = source.meta.published
    return msgspec.structs.replace(
        _page(
            source,
            "source",
            date="" if published == "unknown" else published,
            topics=source.topics,
        ),
        publisher=source.meta.publisher,
        cited_by=tuple((each.path, each.digest) for each in source.cited_by if each.claims),
    )


def _page(page: Page, kind: Kind, *, date: str = "", topics: Iterable[str] = ()) -> Found:
    return Found(
        kind=kind,
        name=page.card.name,
        path=page.document.path,
        title=page.card.title,
        publisher="",
        url=page.card.permalink.lstrip("/"),
        lang=page.card.lang,
        date=date,
        topics=tuple(topics),
        sources=tuple(use.source for use in page.uses),
    )


class _Store:
    """The cache and the output as the index sees them; any process may use it."""

    def __init__(
        self,
        cache: Cache,
        entries: Mapping[str, Entry],
        staging: Staging,
        standing: Mapping[str, Written],
    ) -> None:
        self._cache = cache
        self._entries = entries
        self._bodies = StoredBodies(cache, entries)
        self._staging = staging
        self._standing = {
            path: written for path, written in standing.items() if path.startswith(INDEX_FOLDER)
        }

    def text(self, document: Numbered) -> DocumentText:
        entry = self._entries[document.found.path]
        found = document.found
        citations = self._bodies.citations([path for path, _ in found.cited_by], found.name)
        return text_of(
            read_document(self._cache, entry),
            read_body(self._cache, entry),
            chain.from_iterable(citations),
        )

    def words(self, key: bytes) -> DocumentWords | None:
        stored = self._cache.get(words_key(key))
        return None if stored is None else _decode_words(stored)

    def keep(self, words: list[tuple[bytes, DocumentWords]]) -> None:
        self._cache.put((words_key(key), _encode(each)) for key, each in words)

    def write(self, path: str, content: bytes) -> Mark:
        path = f"{INDEX_FOLDER}/{path}"
        written = Written(digest=digest(content), size=len(content))
        if self._standing.get(path) != written:
            self._staging.write(path, content)
        return Mark(digest=written.digest, size=written.size)

    def read(self, path: str, mark: Mark) -> bytes | None:
        try:
            content = (self._staging.output / INDEX_FOLDER / path).read_bytes()
        except OSError:
            return None
        return content if digest(content) == mark.digest else None

    def stands(self, path: str, mark: Mark) -> bool:
        there = self._standing.get(f"{INDEX_FOLDER}/{path}")
        return there is not None and (there.digest, there.size) == (mark.digest, mark.size)
