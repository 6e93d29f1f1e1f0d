"""An index in memory: documents as plain values, files as a dictionary."""

from msgspec import Struct
from msgspec.structs import replace

from sitegen.engine.digest import digest
from sitegen.model.front_matter import Kind
from sitegen.search.document import DocumentText, DocumentWords, Section
from sitegen.search.index import files_of, make_index, number
from sitegen.search.numbering import Found, Numbered
from sitegen.search.record import IndexRecord, Mark


class Entry(Struct, frozen=True, kw_only=True):
    """A document for a test."""

    name: str
    title: str
    body: str = ""
    kind: Kind = "explainer"
    lang: str = "en"
    date: str = ""
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    publisher: str = ""
    names: tuple[str, ...] = ()
    summary: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    """Headings and texts; a heading's anchor is its place."""

    @property
    def url(self) -> str:
        return f"{self.kind}/{self.name}/"

    @property
    def key(self) -> bytes:
        return digest(repr(self).encode())

    @property
    def found(self) -> Found:
        return Found(
            kind=self.kind,
            name=self.name,
            path=self.url,
            title=self.title,
            publisher=self.publisher,
            url=self.url,
            lang=self.lang,
            date=self.date,
            topics=self.topics,
            sources=self.sources,
        )

    @property
    def text(self) -> DocumentText:
        own = (Section(anchor="", heading="", text=self.body),) if self.body else ()
        return DocumentText(
            title=self.title,
            names=self.names,
            summary=self.summary,
            points=(),
            sections=(
                *own,
                *(
                    Section(anchor=f"s{place}", heading=heading, text=text)
                    for place, (heading, text) in enumerate(self.sections)
                ),
            ),
        )


class MemoryStore:
    """What the index needs from the world, in memory."""

    def __init__(self) -> None:
        self.entries: dict[bytes, Entry] = {}
        self.known: dict[bytes, DocumentWords] = {}
        self.files: dict[str, bytes] = {}
        self.written: list[str] = []

    def text(self, document: Numbered) -> DocumentText:
        return self.entries[document.key].text

    def words(self, key: bytes) -> DocumentWords | None:
        return self.known.get(key)

    def keep(self, words: list[tuple[bytes, DocumentWords]]) -> None:
        self.known.update(words)

    def write(self, path: str, content: bytes) -> Mark:
        mark = Mark(digest=digest(content), size=len(content))
        if self.files.get(path) != content:
            self.written.append(path)
            self.files[path] = content
        return mark

    def read(self, path: str, mark: Mark) -> bytes | None:
        content = self.files.get(path)
        return content if content is not None and digest(content) == mark.digest else None

    def stands(self, path: str, mark: Mark) -> bool:
        return self.read(path, mark) is not None

    def index(self, entries: list[Entry], last: IndexRecord | None = None) -> IndexRecord:
        """Index entries, from the last index if there is one, and drop the files that it left."""
        self.written.clear()
        self.entries = {entry.key: entry for entry in entries}
        documents = number((entry.found, entry.key) for entry in entries)
        before = dict(self.files)
        record = make_index(documents, self, last, processes=1)
        self.files = {path: self.files[path] for path, _ in files_of(record)}
        self.written = [path for path in self.files if before.get(path) != self.files[path]]
        return record


def renamed(entry: Entry, name: str) -> Entry:
    return replace(entry, name=name)
