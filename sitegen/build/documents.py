"""The load stage: every content file becomes a document, from the cache where it can."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Raw, Struct

from sitegen.build.stored import (
    Entry,
    Pairs,
    StoredDocument,
    read_body,
    read_document,
    read_documents,
    stored_as,
    stored_documents,
    stored_terms,
    terms_key,
    words_key,
)
from sitegen.diagnostics import Diagnostic
from sitegen.engine.cache import Cache
from sitegen.engine.deadline import Deadline
from sitegen.engine.digest import digest, digest_of
from sitegen.engine.pool import run_chunks
from sitegen.load.scan import ContentFile, FoundFile, read_file
from sitegen.model.document import Body, Document, Loaded
from sitegen.model.front_matter import FOLDERS, TermMeta
from sitegen.model.settings import LoadSettings, SiteYaml
from sitegen.resolve.glossary import GlossaryIndex, GlossaryTerm

LOAD_SECONDS = 10.0
"""No file of ours comes near it; Python-Markdown takes minutes over some that are made for it."""
CHUNK = 32
_GLOSSARY = f"content/{FOLDERS['term']}/"
_FEW = 64
"""So few files are loaded sooner than a process is started."""


class LoadContext(Struct, frozen=True, kw_only=True):
    """What the load of every file has in common."""

    root: Path
    settings: LoadSettings
    code: bytes
    """Stands for our code and the libraries we use."""
    cache: Cache
    search: bool = False
    """Words are collected for the search index too."""
    texts: bool = False
    """So are the digests by which others verify what pages say."""
    glossary: tuple[GlossaryTerm, ...] | None = None
    """None while the terms themselves are loaded."""

    @property
    def key(self) -> bytes:
        """Return the digest of all that shapes a document besides its own file."""
        return digest_of((self.code, _encode(self.settings)))

    @property
    def glossary_digest(self) -> bytes:
        """Return what the terms found in a text depend on besides the text."""
        return digest(_encode((self.code, self.glossary)))


class LoadedFiles(Struct, frozen=True, kw_only=True):
    """What the load stage made, and which files were converted for it."""

    entries: tuple[Entry, ...]
    """In the order of the files."""
    converted: tuple[str, ...]
    documents: Mapping[str, Document] = {}
    """By path: those that came with their entries, and need not be read from the cache."""


class _ReadFile(Struct, frozen=True, kw_only=True):
    """A file with its bytes, and the digest of all that shapes its document."""

    found: FoundFile
    file: ContentFile
    key: bytes


class _Job(Struct, frozen=True, kw_only=True, array_like=True):
    found: FoundFile
    known: Entry | None
    """From the last build, if the file has not changed since."""


_Made = tuple[Entry, bool, Raw]
"""The entry of a file, whether its Markdown was converted for it, and its document or nil."""

_encode = msgspec.msgpack.Encoder().encode


def load_files(
    files: Sequence[FoundFile],
    context: LoadContext,
    known: Mapping[str, Entry],
    *,
    processes: int,
    progress: Callable[[int], None],
) -> LoadedFiles:
    """Return an entry for each of `files`; `known` are the last build's, by path."""
    terms = [file for file in files if file.kind == "term"]
    first = _load(terms, context, known, processes, lambda done: None)
    context = _with_glossary(context, first.entries)
    known = {**known, **{entry.path: entry for entry in first.entries}}
    found = _load(files, context, known, processes, progress)
    return LoadedFiles(
        entries=found.entries,
        converted=tuple(sorted({*first.converted, *found.converted})),
        documents={**first.documents, **found.documents},
    )


def reload_files(
    files: Sequence[FoundFile], context: LoadContext, known: Mapping[str, Entry]
) -> LoadedFiles:
    """Return an entry for each of a few files anew; the glossary is that of `known`, by path.

    Raises Lost if a term of it is stored no more.
    """
    terms = (each for path, each in known.items() if path.startswith(_GLOSSARY))
    loader = _Loader(_with_glossary(context, terms))
    made = loader.load([_Job(found=each, known=None) for each in files])
    return LoadedFiles(
        entries=tuple(entry for entry, _, _ in made),
        converted=tuple(entry.path for entry, fresh, _ in made if fresh),
    )


def load_context(
    root: Path, yaml: SiteYaml | None, code: bytes, cache: Cache, *, search: bool = False
) -> LoadContext:
    """Return what the load of every file has in common; `yaml` is None where it can't be read."""
    settings = LoadSettings(
        language=yaml.language if yaml else "en",
        extensions=yaml.markdown_extensions if yaml else (),
        markdown_copies=yaml is None or yaml.markdown_copies,
    )
    return LoadContext(
        root=root,
        settings=settings,
        code=code,
        cache=cache,
        search=search,
        texts=yaml is not None and yaml.api,
    )


def _with_glossary(context: LoadContext, terms: Iterable[Entry]) -> LoadContext:
    """Return the context for texts in which these terms are to be found."""
    documents = sorted(read_documents(context.cache, terms), key=lambda each: each.path)
    glossary = tuple(
        GlossaryTerm(name=document.name, forms=(document.meta.term, *document.meta.also))
        for document in documents
        if isinstance(document.meta, TermMeta)
    )
    return msgspec.structs.replace(context, glossary=glossary)


def _load(
    files: Sequence[FoundFile],
    context: LoadContext,
    known: Mapping[str, Entry],
    processes: int,
    progress: Callable[[int], None],
) -> LoadedFiles:
    entries: dict[str, Entry] = {}
    jobs: list[_Job] = []
    glossary = context.glossary_digest
    for file in files:
        entry = known.get(file.path)
        same = entry is not None and entry.stamp == file.stamp
        if entry is not None and same and _has_terms(entry, context, glossary):
            entries[file.path] = entry
        else:
            jobs.append(_Job(found=file, known=entry if same else None))
    converted: list[str] = []
    documents: dict[str, Document] = {}
    few = len(jobs) <= _FEW
    for batch in run_chunks(
        _prepare, context, jobs, processes=1 if few else processes, chunk=CHUNK
    ):
        for entry, fresh, document in _decode(batch):
            entries[entry.path] = entry
            if fresh:
                converted.append(entry.path)
            if document is not None:
                documents[entry.path] = document
        progress(len(entries))
    return LoadedFiles(
        entries=tuple(entries[file.path] for file in files),
        converted=tuple(converted),
        documents=documents,
    )


def _has_terms(entry: Entry, context: LoadContext, glossary: bytes) -> bool:
    """Return whether the terms in an entry's text are those of this glossary."""
    if context.glossary is None or not entry.document:
        return True
    return entry.terms_key == terms_key(entry.key, glossary)


_NO_DOCUMENT = Raw(_encode(None))
_decode = msgspec.msgpack.Decoder(list[tuple[Entry, bool, Document | None]]).decode
"""Reads what workers send: one value each time is handed over much faster than thousands."""


def _prepare(context: LoadContext) -> Callable[[Sequence[_Job]], bytes]:
    """Return what a worker does with a chunk of files."""
    load = _Loader(context).load
    return lambda chunk: _encode(load(chunk))


class _Loader:
    """Loads files one after another, and stores what they are."""

    def __init__(self, context: LoadContext) -> None:
        self.context = context
        self.context_key = context.key
        self.glossary_digest = context.glossary_digest
        self.index = GlossaryIndex(context.glossary) if context.glossary else None
        self.words = _words() if context.search else None
        self.waiting: Pairs = []

    def load(self, jobs: Sequence[_Job]) -> list[_Made]:
        """Return what has become of each file.

        Documents go with their entries: so they are read while other files are still converted.
        """
        cache = self.context.cache
        read = [self._read(job) for job in jobs]
        keys = [each.key for each in read if isinstance(each, _ReadFile)]
        stored = stored_documents(cache, keys)
        with Deadline(LOAD_SECONDS) as deadline:
            made = [
                self._made(each, stored.get(each.key), deadline)
                if isinstance(each, _ReadFile)
                else (each, False, _NO_DOCUMENT)
                for each in read
            ]
        if self.waiting:
            cache.put(self.waiting)
            self.waiting.clear()
        return made

    def _read(self, job: _Job) -> _ReadFile | Entry:
        """Return a file with its bytes, or its entry where they are not needed or not there."""
        found = job.found
        if job.known is not None and job.known.key:
            return self._with_terms(job.known, None)
        file, diagnostics = read_file(self.context.root, found)
        if file is None:
            return _failed(found, diagnostics)
        key = digest_of((self.context_key, file.kind.encode(), file.path.encode(), file.data))
        return _ReadFile(found=found, file=file, key=key)

    def _made(self, read: _ReadFile, stored: StoredDocument | None, deadline: Deadline) -> _Made:
        """Return what has become of a file, which is converted where it was not `stored`."""
        found, key = read.found, read.key
        loaded: Loaded | None = None
        if stored is None:
            # Whoever finds all files in the cache does without Python-Markdown.
            from sitegen.load.document import load_document

            loaded = deadline.run(partial(load_document, read.file, self.context.settings))
            if loaded is None:
                return _failed(found, (_too_slow(found.path),)), True, _NO_DOCUMENT
            stored, pairs = stored_as(key, loaded, texts=self.context.texts)
            self.waiting += pairs
            if self.words is not None and loaded.document is not None and loaded.body is not None:
                self.waiting += self.words(key, loaded.document, loaded.body)
        entry = Entry(
            path=found.path,
            stamp=found.stamp,
            key=key,
            document=stored.digest,
            diagnostics=stored.diagnostics,
            quoted=stored.quoted,
            name=stored.name,
        )
        return self._with_terms(entry, loaded), loaded is not None, stored.document

    def _with_terms(self, entry: Entry, loaded: Loaded | None) -> Entry:
        """Return the entry with the glossary terms that its text holds."""
        if self.context.glossary is None or not entry.document:
            return entry
        key = terms_key(entry.key, self.glossary_digest)
        terms: tuple[str, ...] = ()
        if self.index is not None:
            # What was not stored a moment ago has no terms stored either.
            uses = stored_terms(self.context.cache, key) if loaded is None else None
            if uses is None:
                uses = self.index.uses(*self._texts(entry, loaded))
                self.waiting.append((key, _encode(uses)))
            terms = tuple(use.term for use in uses)
        return msgspec.structs.replace(entry, terms=terms, terms_key=key)

    def _texts(self, entry: Entry, loaded: Loaded | None) -> tuple[Document, Body]:
        if loaded is not None and loaded.document is not None and loaded.body is not None:
            return loaded.document, loaded.body
        cache = self.context.cache
        return read_document(cache, entry), read_body(cache, entry)


def _words() -> Callable[[bytes, Document, Body], Pairs]:
    """Return what stores the words of a document for the search index.

    A source is found by what others cite it for too: its words are collected when all is joined.
    """
    from sitegen.search.document import WordReader, text_of

    read = WordReader().read

    def words(key: bytes, document: Document, body: Body) -> Pairs:
        if document.kind == "source":
            return []
        return [(words_key(key), _encode(read(text_of(document, body), document.lang)))]

    return words


def _failed(found: FoundFile, diagnostics: tuple[Diagnostic, ...]) -> Entry:
    """Return the entry of a file that could not be read in time or at all: it is tried again."""
    return Entry(path=found.path, stamp=(), key=b"", document=b"", diagnostics=diagnostics)


def _too_slow(path: str) -> Diagnostic:
    return Diagnostic(
        path=path,
        code="too-slow",
        message=f"this file could not be read in {LOAD_SECONDS:.0f} s",
        help="look for long runs of brackets, asterisks or quotation marks",
    )
