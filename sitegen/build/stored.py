"""What the cache holds of each content file: its document, body, citations and terms."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from msgspec import Raw, Struct

from sitegen.diagnostics import Diagnostic
from sitegen.engine.cache import Cache
from sitegen.engine.digest import digest
from sitegen.model.document import Body, Citation, ClaimRecord, Document, Loaded, ShownBody
from sitegen.model.relations import TermUse

if TYPE_CHECKING:
    from sitegen.evidence.quotations import Quotation
    from sitegen.evidence.texts import Parts

_DOCUMENT, _BODY, _CITATIONS, _TERMS = b"d", b"b", b"c", b"t"
_QUOTATIONS, _CLAIMS, _TEXTS, _WORDS = b"q", b"e", b"x", b"w"
"""Ends of the keys of what is stored for each file."""
_BODIES_AT_HAND = 128
_CITATIONS_AT_HAND = 16 * 1024
"""Files whose citations are kept as they are stored, some 2 KiB for each: every page of a source
asks for those of all files that cite it, and a file cites several."""

Pairs = list[tuple[bytes, bytes]]
"""Keys and values on their way into the cache."""


class Entry(Struct, frozen=True, kw_only=True, array_like=True):
    """A content file as the load stage leaves it; what it holds is in the cache."""

    path: str
    stamp: tuple[int, ...]
    """The file's when it was read; empty where it must be read again."""
    key: bytes
    """Of the file's bytes and all that shapes the result; empty where nothing was stored."""
    document: bytes
    """The digest of its `Document`; empty where the file can't be one."""
    diagnostics: tuple[Diagnostic, ...] = ()
    terms: tuple[str, ...] = ()
    """The glossary terms in its text, by name."""
    terms_key: bytes = b""
    quoted: tuple[str, ...] = ()
    """The sources of its quotations, by name."""
    name: str = ""
    """What other files call its document."""


class StoredDocument(Struct, frozen=True, kw_only=True, array_like=True):
    """A document as the cache holds it, with what is wrong with its file."""

    document: Raw
    """A `Document`, or nil where the file can't be one."""
    diagnostics: tuple[Diagnostic, ...]
    quoted: tuple[str, ...]
    """The sources of its quotations."""
    name: str
    """The document's; empty where there is none."""

    @property
    def digest(self) -> bytes:
        """Return the document's digest, or nothing where there is none."""
        content = bytes(self.document)
        return b"" if content == _NIL else digest(content)


class _DocumentOnly(Struct, frozen=True, kw_only=True, array_like=True):
    """A `StoredDocument` of which nothing but the document is read."""

    document: Document


_encode = msgspec.msgpack.Encoder().encode
_NIL = _encode(None)
_decode_stored = msgspec.msgpack.Decoder(StoredDocument).decode
_decode_document = msgspec.msgpack.Decoder(_DocumentOnly).decode
_decode_body = msgspec.msgpack.Decoder(Body).decode
_decode_shown = msgspec.msgpack.Decoder(ShownBody).decode
_decode_terms = msgspec.msgpack.Decoder(tuple[TermUse, ...]).decode
_decode_sources = msgspec.msgpack.Decoder(dict[str, Raw]).decode
_decode_claims = msgspec.msgpack.Decoder(tuple[ClaimRecord, ...]).decode
_decode_texts = msgspec.msgpack.Decoder(dict[str, tuple[str, ...]]).decode
_decode_citations = msgspec.msgpack.Decoder(tuple[Citation, ...]).decode


def stored_keys(entry: Entry) -> tuple[bytes, ...]:
    """Return the keys of all that is stored for an entry."""
    parts = (_DOCUMENT, _BODY, _CITATIONS, _QUOTATIONS, _CLAIMS, _TEXTS)
    return (*(entry.key + part for part in parts), entry.terms_key)


def words_key(key: bytes) -> bytes:
    """Return the key of a document's words; `key` is of all that they come from."""
    return key + _WORDS


def terms_key(key: bytes, glossary: bytes) -> bytes:
    """Return the key of the terms that a glossary finds in the file stored under `key`."""
    return key + glossary + _TERMS if key else b""


def stored_as(key: bytes, loaded: Loaded, *, texts: bool) -> tuple[StoredDocument, Pairs]:
    """Return a loaded file's document as it is stored, and all that is to be stored of the file.

    Its claims and the digests of its `texts` are for whoever verifies the site: they are worked
    out when they are asked for, if they are not wanted now.
    """
    # A build that converts nothing needs none of it.
    from sitegen.evidence.quotations import quotations_of

    quotations = quotations_of(loaded.body.citations) if loaded.body is not None else ()
    quoted = tuple(sorted({each.source for each in quotations}))
    name = loaded.document.name if loaded.document is not None else ""
    stored = StoredDocument(
        document=Raw(_encode(loaded.document)),
        diagnostics=loaded.diagnostics,
        quoted=quoted,
        name=name,
    )
    pairs = [(key + _DOCUMENT, _encode(stored))]
    if texts and loaded.body is not None and loaded.document is not None:
        from sitegen.evidence.audit import claim_records
        from sitegen.evidence.texts import parts_of

        claims = claim_records(loaded.document.references, loaded.body.citations)
        pairs.append((key + _CLAIMS, _encode(claims)))
        pairs.append((key + _TEXTS, _encode(parts_of(loaded.document, loaded.body))))
    if quotations:
        pairs.append((key + _QUOTATIONS, _encode(quotations)))
    if loaded.body is not None:
        by_source: dict[str, list[Citation]] = {}
        for citation in loaded.body.citations:
            by_source.setdefault(citation.source, []).append(citation)
        pairs.append((key + _BODY, _encode(loaded.body)))
        pairs.append((key + _CITATIONS, _encode(by_source)))
    return stored, pairs


def stored_documents(cache: Cache, keys: Iterable[bytes]) -> dict[bytes, StoredDocument]:
    """Return what is stored of the documents of some files, by the keys of the files."""
    found = cache.find_all([key + _DOCUMENT for key in keys])
    return {key.removesuffix(_DOCUMENT): _decode_stored(stored) for key, stored in found.items()}


def read_document(cache: Cache, entry: Entry) -> Document:
    """Return the document of an entry that has one. Raises Lost if it is stored no more."""
    return _decode_document(cache.read(entry.key + _DOCUMENT)).document


def read_documents(cache: Cache, entries: Iterable[Entry]) -> Iterator[Document]:
    """Yield the document of each entry that has one. Raises Lost if one is stored no more."""
    keys = [entry.key + _DOCUMENT for entry in entries if entry.document]
    for stored in cache.read_all(keys):
        yield _decode_document(stored).document


def read_body(cache: Cache, entry: Entry) -> Body:
    """Return the body of an entry that has one. Raises Lost if it is stored no more."""
    body: Body = _decode_body(cache.read(entry.key + _BODY))
    return body


def read_quotations(cache: Cache, entry: Entry) -> "tuple[Quotation, ...]":
    """Return the quotations in a file that has some. Raises Lost if they are stored no more."""
    return _quotations_decoder().decode(cache.read(entry.key + _QUOTATIONS))


@lru_cache(maxsize=1)
def _quotations_decoder() -> "msgspec.msgpack.Decoder[tuple[Quotation, ...]]":
    from sitegen.evidence.quotations import Quotation

    return msgspec.msgpack.Decoder(tuple[Quotation, ...])


def stored_terms(cache: Cache, key: bytes) -> tuple[TermUse, ...] | None:
    """Return the uses of terms that are stored under a key of `terms_key`, or None."""
    stored = cache.get(key)
    return None if stored is None else _decode_terms(stored)


class StoredBodies:
    """The bodies of all files, read from the cache one at a time."""

    def __init__(self, cache: Cache, entries: Mapping[str, Entry]) -> None:
        """Take each file's entry by its path."""
        self._cache = cache
        self._entries = entries
        self._at_hand: OrderedDict[str, ShownBody] = OrderedDict()
        self._last = "", b""
        """The path of the body that was read last, and how it is stored."""
        self._citations: dict[str, dict[str, Raw]] = {}

    def __getitem__(self, path: str) -> Body:
        """Return the body of a file. Raises Lost if it is stored no more."""
        body: Body = _decode_body(self._stored(path))
        return body

    def shown(self, path: str) -> ShownBody:
        """Return what pages show of a file's body. Raises Lost if it is stored no more."""
        body = self._at_hand.get(path)
        if body is None:
            body = self._at_hand[path] = _decode_shown(self._stored(path))
            if len(self._at_hand) > _BODIES_AT_HAND:
                self._at_hand.popitem(last=False)
        return body

    def _stored(self, path: str) -> bytes:
        if self._last[0] != path:
            self._last = path, self._cache.read(self._entries[path].key + _BODY)
        return self._last[1]

    def citations(self, paths: Sequence[str], source: str) -> Iterator[tuple[Citation, ...]]:
        """Yield the citations of one source in each file; may raise Lost."""
        if len(self._citations) > _CITATIONS_AT_HAND:
            self._citations = {}
        known = self._citations
        wanted = [path for path in paths if path not in known]
        keys = [self._entries[path].key + _CITATIONS for path in wanted]
        known.update(zip(wanted, map(_decode_sources, self._cache.read_all(keys)), strict=True))
        for path in paths:
            by_source = known[path]
            yield _decode_citations(by_source[source]) if source in by_source else ()

    def term_uses(self, path: str) -> tuple[TermUse, ...]:
        """Return the first use of each term in a file. Raises Lost if it is stored no more."""
        entry = self._entries[path]
        return _decode_terms(self._cache.read(entry.terms_key)) if entry.terms else ()

    def claims(self, path: str) -> tuple[ClaimRecord, ...]:
        """Return what the evidence says of a file's claims. Raises Lost if it is stored no more."""
        entry = self._entries[path]
        stored = self._cache.get(entry.key + _CLAIMS)
        if stored is not None:
            return _decode_claims(stored)
        from sitegen.evidence.audit import claim_records

        return claim_records(read_document(self._cache, entry).references, self[path].citations)

    def texts(self, path: str) -> "Parts":
        """Return the digests of what a file says. Raises Lost if they are stored no more."""
        entry = self._entries[path]
        stored = self._cache.get(entry.key + _TEXTS)
        if stored is not None:
            return _decode_texts(stored)
        from sitegen.evidence.texts import parts_of

        return parts_of(read_document(self._cache, entry), self[path])
