"""Makes the search index: whole, or from the last one and what has changed since."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from sitegen.engine.digest import digest_of
from sitegen.engine.pool import run_chunks
from sitegen.model.front_matter import Kind
from sitegen.search.chunks import in_order, name_of, pack
from sitegen.search.columns import document_columns, source_columns, topic_columns
from sitegen.search.numbering import KINDS, Found, Numbered
from sitegen.search.record import (
    DOCUMENTS,
    SOURCES,
    START,
    TOPICS,
    BucketRecord,
    IndexRecord,
    Mark,
    Store,
    places_path,
    spelling_path,
    words_path,
)
from sitegen.search.update import Shape, shape_after
from sitegen.search.words import pattern
from sitegen.search.work import BucketJob, bucket_worker, segment_worker

_FEW = 256
"""So few documents are indexed sooner than a process is started."""
_VERSION = 1


def number(found: Iterable[tuple[Found, bytes]]) -> tuple[Numbered, ...]:
    """Return pages numbered within their kinds, each with the key of its file's content."""
    counts: defaultdict[Kind, int] = defaultdict(int)
    numbered: list[Numbered] = []
    for each, key in sorted(
        found, key=lambda pair: (KINDS.index(pair[0].kind), pair[0].date, pair[0].name)
    ):
        numbered.append(Numbered(found=each, index=counts[each.kind], key=key))
        counts[each.kind] += 1
    return tuple(numbered)


def make_index(
    documents: tuple[Numbered, ...], store: Store, last: IndexRecord | None, *, processes: int
) -> IndexRecord:
    """Write the index of `documents`; `last` is the one that stands.

    What is written depends on the documents alone. Raises what the store raises.
    """
    shape = None
    if last is not None and _all_stand(last, store):
        if last.documents == documents:
            return last
        shape = shape_after(documents, store, last)
    if shape is None:
        shape = _whole(documents, store, 1 if len(documents) <= _FEW else processes)
        last = None
    return _finish(documents, store, shape, last)


def files_of(record: IndexRecord) -> Iterator[tuple[str, Mark]]:
    """Yield the files of an index by their paths below its folder."""
    yield START, record.start
    yield from zip((DOCUMENTS, TOPICS, SOURCES), record.columns, strict=True)
    yield from record.fragments.items()
    for bucket, each in record.buckets.items():
        yield spelling_path(bucket), each.spelling
        for chunk in each.chunks:
            name = name_of(chunk.first)
            yield words_path(name), chunk.words
            yield from ((places_path(name, part), mark) for part, mark in enumerate(chunk.places))


def _all_stand(record: IndexRecord, store: Store) -> bool:
    return all(store.stands(path, mark) for path, mark in files_of(record))


def _whole(documents: Sequence[Numbered], store: Store, processes: int) -> Shape:
    """Return the index of documents, made anew."""
    pattern()  # found once, before there are workers
    segments = [tuple(group) for _, group in groupby(documents, key=lambda each: each.segment)]
    lengths: list[int] = []
    fragments: dict[str, Mark] = {}
    collected: defaultdict[str, list[bytes]] = defaultdict(list)
    by_number: list[tuple[int, dict[str, bytes]]] = []
    made_of = run_chunks(segment_worker, store, segments, processes=processes, chunk=1)
    for documents_of, (made,) in zip(segments, made_of, strict=True):
        lengths += made.lengths
        fragments.update(made.fragments)
        by_number.append((documents_of[0].segment, made.buckets))
    for _, buckets in sorted(by_number, key=lambda pair: pair[0]):
        for bucket, content in buckets.items():
            collected[bucket].append(content)
    by_number.clear()
    jobs = [
        BucketJob(bucket=bucket, segments=tuple(collected.pop(bucket)))
        for bucket in sorted(collected)
    ]
    names = [job.bucket for job in jobs]
    records = run_chunks(bucket_worker, store, jobs, processes=processes, chunk=1)
    return Shape(
        lengths=tuple(lengths),
        buckets={name: record for name, (record,) in zip(names, records, strict=True)},
        fragments=fragments,
    )


def _finish(
    documents: tuple[Numbered, ...], store: Store, shape: Shape, last: IndexRecord | None
) -> IndexRecord:
    """Write what is known of all documents at once, and where everything begins."""
    known = [each.found for each in last.documents] if last else None
    same = known == [each.found for each in documents]
    columns = (
        last.columns[0]
        if last and same and last.lengths == shape.lengths
        else store.write(DOCUMENTS, document_columns(documents, shape.lengths)),
        last.columns[1] if last and same else store.write(TOPICS, topic_columns(documents)),
        last.columns[2] if last and same else store.write(SOURCES, source_columns(documents)),
    )
    record = IndexRecord(
        documents=documents,
        lengths=shape.lengths,
        buckets=shape.buckets,
        fragments=shape.fragments,
        columns=columns,
        start=Mark(digest=b"", size=0),
    )
    return msgspec.structs.replace(record, start=store.write(START, _start(record)))


def _start(record: IndexRecord) -> bytes:
    """Return the file that the browser reads first: where the words of each bucket are cut."""
    marks = (mark.digest for path, mark in sorted(files_of(record)) if path != START)
    firsts = {bucket: _firsts(each) for bucket, each in record.buckets.items()}
    start = {
        "version": _VERSION,
        "id": digest_of(marks).hex()[:12],
        "kinds": KINDS,
        "chunks": {bucket: firsts[bucket] for bucket in in_order(firsts)},
    }
    return pack(msgspec.json.encode(start))


def _firsts(bucket: BucketRecord) -> list[str]:
    return [chunk.first for chunk in bucket.chunks]
