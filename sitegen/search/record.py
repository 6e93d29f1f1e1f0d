"""What an index leaves for the next build, and what it needs from the world."""

from typing import Protocol

from msgspec import Struct

from sitegen.search.document import DocumentText, DocumentWords
from sitegen.search.numbering import Numbered


class Mark(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A file of the index as it was written."""

    digest: bytes
    size: int


class ChunkRecord(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A chunk of a bucket and its files."""

    first: str
    """Its first key."""
    words: Mark
    places: tuple[Mark, ...]


class BucketRecord(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """The words that begin alike."""

    weights: dict[str, int]
    """Of each key that a document holds, in the order of the browser."""
    chunks: tuple[ChunkRecord, ...]
    spelling: Mark


class IndexRecord(Struct, frozen=True, kw_only=True, array_like=True):
    """An index as it was made: enough to make the next one from its files and what changed."""

    documents: tuple[Numbered, ...]
    lengths: tuple[int, ...]
    """Of each document's body."""
    buckets: dict[str, BucketRecord]
    fragments: dict[str, Mark]
    """By path below the index's folder."""
    columns: tuple[Mark, Mark, Mark]
    """Of documents, of topics and of sources."""
    start: Mark


class Store(Protocol):
    """The cache that documents come from, and the output that files go to."""

    def text(self, document: Numbered) -> DocumentText:
        """Return what search reads of a document."""

    def words(self, key: bytes) -> DocumentWords | None:
        """Return the words that are kept of the file whose content has this key."""

    def keep(self, words: list[tuple[bytes, DocumentWords]]) -> None:
        """Keep documents' words by the keys of their files."""

    def write(self, path: str, content: bytes) -> Mark:
        """Write a file below the index's folder, unless it stands there as it is."""

    def read(self, path: str, mark: Mark) -> bytes | None:
        """Return a file of the last index, or None if it is not as it was written."""

    def stands(self, path: str, mark: Mark) -> bool:
        """Return whether a file of the last index is there."""


def words_path(name: str) -> str:
    """Return where a chunk's words stand below the index's folder."""
    return f"words/{name}.bin"


def places_path(name: str, part: int) -> str:
    """Return where a part of a chunk's places stands."""
    return f"places/{name}-{part}.bin"


def spelling_path(bucket: str) -> str:
    """Return where the spellings of a bucket stand."""
    return f"spelling/{bucket}.bin"


def fragment_path(kind: str, group: int) -> str:
    """Return where a group of pages is shown from."""
    return f"pages/{kind}-{group}.bin"


START = "start.bin"
DOCUMENTS, TOPICS, SOURCES = "documents.bin", "topics.bin", "sources.bin"
