"""The work on an index that runs in every process: segments of documents, and buckets of words."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from sitegen.search.chunks import (
    Postings,
    aliases_of,
    cut,
    encode_chunk,
    in_order,
    name_of,
    pack,
    weight,
)
from sitegen.search.columns import spelling
from sitegen.search.document import DocumentText, DocumentWords, WordReader
from sitegen.search.fragments import Fragment, encode_group, fragment_of, group_of
from sitegen.search.numbering import Numbered
from sitegen.search.postings import Block
from sitegen.search.record import (
    BucketRecord,
    ChunkRecord,
    Mark,
    Store,
    fragment_path,
    places_path,
    spelling_path,
    words_path,
)
from sitegen.search.segments import invert, join


class SegmentMade(Struct, frozen=True, kw_only=True, array_like=True):
    """What has become of a segment."""

    lengths: tuple[int, ...]
    buckets: dict[str, bytes]
    fragments: dict[str, Mark]


class BucketJob(Struct, frozen=True, kw_only=True, array_like=True):
    """A bucket with its postings in each segment."""

    bucket: str
    segments: tuple[bytes, ...]


def segment_worker(store: Store) -> Callable[[Sequence[tuple[Numbered, ...]]], list[SegmentMade]]:
    """Return what a worker does with segments."""
    reader = WordReader()

    def work(segments: Sequence[tuple[Numbered, ...]]) -> list[SegmentMade]:
        return [_segment(store, reader, documents) for documents in segments]

    return work


def bucket_worker(store: Store) -> Callable[[Sequence[BucketJob]], list[BucketRecord]]:
    """Return what a worker does with buckets."""

    def work(jobs: Sequence[BucketJob]) -> list[BucketRecord]:
        return [_bucket(store, job) for job in jobs]

    return work


def words_and_texts(
    store: Store, reader: WordReader, documents: Sequence[Numbered]
) -> list[tuple[DocumentWords, DocumentText]]:
    """Return the words of documents, kept or found now, with their texts."""
    made: list[tuple[DocumentWords, DocumentText]] = []
    fresh: list[tuple[bytes, DocumentWords]] = []
    for document in documents:
        text = store.text(document)
        words = store.words(document.key)
        if words is None:
            words = reader.read(text, document.found.lang)
            fresh.append((document.key, words))
        made.append((words, text))
    if fresh:
        store.keep(fresh)
    return made


def write_groups(
    store: Store, documents: Sequence[Numbered], texts: Sequence[DocumentText]
) -> dict[str, Mark]:
    """Write what is shown of documents, all of each group's; return the files."""
    groups: dict[str, list[Fragment]] = {}
    for document, text in zip(documents, texts, strict=True):
        path = fragment_path(*group_of(document))
        groups.setdefault(path, []).append(fragment_of(document, text))
    return {path: store.write(path, encode_group(group)) for path, group in groups.items()}


def plan(weights: Mapping[str, int]) -> tuple[list[list[str]], dict[str, str]]:
    """Return the chunks of a bucket as lists of keys, and its aliases."""
    aliases = aliases_of(weights)
    keys = in_order({*weights, *aliases}) if aliases else list(weights)
    none = weight(())
    return cut({key: weights.get(key, none) for key in keys}), aliases


def write_chunk(
    store: Store,
    keys: Sequence[str],
    postings: Mapping[str, Sequence[Block]],
    aliases: Mapping[str, str],
    standing: Mapping[str, tuple[bytes, Mark]] | None = None,
) -> ChunkRecord:
    """Write a chunk; what is `standing`, unpacked and by path, need not be packed again."""
    chunk = encode_chunk(keys, postings, aliases)
    name = name_of(keys[0])

    def write(path: str, content: bytes) -> Mark:
        there = standing.get(path) if standing else None
        if there is not None and there[0] == content:
            return there[1]
        return store.write(path, pack(content))

    return ChunkRecord(
        first=keys[0],
        words=write(words_path(name), chunk.words),
        places=tuple(
            write(places_path(name, part), content) for part, content in enumerate(chunk.places)
        ),
    )


def _segment(store: Store, reader: WordReader, documents: Sequence[Numbered]) -> SegmentMade:
    made = words_and_texts(store, reader, documents)
    numbers = [document.low for document in documents]
    return SegmentMade(
        lengths=tuple(words.length for words, _ in made),
        buckets=invert(
            documents[0].segment, zip(numbers, (words for words, _ in made), strict=True)
        ),
        fragments=write_groups(store, documents, [text for _, text in made]),
    )


def _bucket(store: Store, job: BucketJob) -> BucketRecord:
    postings: Postings = join(job.segments)
    weights = {key: weight(postings[key]) for key in in_order(postings)}
    chunks, aliases = plan(weights)
    return BucketRecord(
        weights=weights,
        chunks=tuple(write_chunk(store, keys, postings, aliases) for keys in chunks),
        spelling=store.write(spelling_path(job.bucket), spelling(weights)),
    )
