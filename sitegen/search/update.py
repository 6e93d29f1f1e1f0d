"""Works out the next index from the last one's own files and the documents that changed."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from sitegen.search.chunks import (
    Postings,
    bucket_of,
    decode_chunk,
    in_order,
    name_of,
    unpack,
    weight,
)
from sitegen.search.columns import spelling
from sitegen.search.document import DocumentText, DocumentWords, WordReader
from sitegen.search.fragments import group_of
from sitegen.search.numbering import Numbered
from sitegen.search.postings import Block, Posting, edit_block
from sitegen.search.record import (
    BucketRecord,
    ChunkRecord,
    IndexRecord,
    Mark,
    Store,
    fragment_path,
    places_path,
    spelling_path,
    words_path,
)
from sitegen.search.work import plan, words_and_texts, write_chunk, write_groups

_MOST_CHANGED = 400
"""More documents than these are indexed sooner from the beginning."""

Place = tuple[int, int]
"""A segment, and a number in it."""
Changes = dict[str, dict[int, dict[int, Posting | None]]]
"""What becomes of a key in a document: by key, segment and number in it."""


class Shape(Struct, frozen=True, kw_only=True):
    """An index but for what is known of all documents at once."""

    lengths: tuple[int, ...]
    buckets: dict[str, BucketRecord]
    fragments: dict[str, Mark]


def shape_after(documents: Sequence[Numbered], store: Store, last: IndexRecord) -> Shape | None:
    """Return the index of `documents`, of which `last` held most; None where it is no help."""
    before = {_place(each): each for each in last.documents}
    after = {_place(each): each for each in documents}
    changed = {place for place, each in after.items() if before.get(place) != each}
    gone = before.keys() - after.keys()
    if len(changed) + len(gone) > _MOST_CHANGED:
        return None
    old_words = _kept(store, [before[place] for place in {*changed, *gone} if place in before])
    if old_words is None:
        return None
    # A group of pages is shown from one file: what shares one with a change is written again.
    touched = {group_of(after.get(place) or before[place]) for place in {*changed, *gone}}
    shown = [each for each in documents if group_of(each) in touched]
    made = dict(zip(map(_place, shown), words_and_texts(store, WordReader(), shown), strict=True))
    new_words = {place: made[place][0] for place in changed}
    changes = _changes(old_words, new_words)
    buckets = dict(last.buckets)
    by_bucket: defaultdict[str, Changes] = defaultdict(dict)
    for key, change in changes.items():
        by_bucket[bucket_of(key)][key] = change
    for bucket, its in by_bucket.items():
        record = _bucket(store, bucket, buckets.get(bucket), its)
        if record is None:
            return None
        if record.weights:
            buckets[bucket] = record
        else:
            del buckets[bucket]
    lengths = dict(zip(map(_place, last.documents), last.lengths, strict=True))
    lengths |= {place: words.length for place, words in new_words.items()}
    return Shape(
        lengths=tuple(lengths[_place(each)] for each in documents),
        buckets=buckets,
        fragments=_fragments(store, last, documents, shown, [text for _, text in made.values()]),
    )


def _place(document: Numbered) -> Place:
    return document.segment, document.low


def _kept(store: Store, documents: Sequence[Numbered]) -> dict[Place, DocumentWords] | None:
    """Return documents' words as the last index held them, or None if they are kept no more."""
    found: dict[Place, DocumentWords] = {}
    for document in documents:
        words = store.words(document.key)
        if words is None:
            return None
        found[_place(document)] = words
    return found


def _changes(old: Mapping[Place, DocumentWords], new: Mapping[Place, DocumentWords]) -> Changes:
    """Return which postings are others now."""
    changes: Changes = {}
    for place in {*old, *new}:
        before, after = _postings(old.get(place)), _postings(new.get(place))
        segment, low = place
        for key in before.keys() | after.keys():
            if before.get(key) != after.get(key):
                its = changes.setdefault(key, {}).setdefault(segment, {})
                its[low] = after.get(key)
    return changes


def _postings(words: DocumentWords | None) -> dict[str, Posting]:
    if words is None:
        return {}
    return dict(zip(words.keys, zip(words.heads, words.spots, strict=True), strict=True))


def _bucket(
    store: Store, bucket: str, last: BucketRecord | None, changes: Changes
) -> BucketRecord | None:
    """Return a bucket after its changes, or None if a file of it can't be read."""
    weights = dict(last.weights) if last else {}
    old_chunks = plan(weights)[0] if last else []
    records = {chunk.first: chunk for chunk in last.chunks} if last else {}
    if list(records) != [keys[0] for keys in old_chunks]:
        return None
    read = _Reader(store, records)
    postings: dict[str, list[Block]] = {}
    for key, by_segment in changes.items():
        blocks = read.blocks(key)
        if blocks is None:
            return None
        by_number = {block.segment: block for block in blocks}
        for segment, its in by_segment.items():
            by_number[segment] = edit_block(segment, by_number.get(segment), its)
        left = [by_number[each] for each in sorted(by_number) if by_number[each].heads]
        if left:
            postings[key] = left
            weights[key] = weight(left)
        else:
            weights.pop(key, None)
    if weights.keys() != (last.weights.keys() if last else set()):
        weights = {key: weights[key] for key in in_order(weights)}
    chunks, aliases = plan(weights)
    kept = {tuple(keys) for keys in old_chunks}
    made: list[ChunkRecord] = []
    for keys in chunks:
        if tuple(keys) in kept and changes.keys().isdisjoint(keys):
            made.append(records[keys[0]])
            continue
        for key in keys:
            if key in weights and key not in postings:
                blocks = read.blocks(key)
                if not blocks:
                    return None
                postings[key] = blocks
        made.append(write_chunk(store, keys, postings, aliases, read.standing))
    same = last is not None and weights == last.weights
    return BucketRecord(
        weights=weights,
        chunks=tuple(made),
        spelling=last.spelling
        if last is not None and same
        else store.write(spelling_path(bucket), spelling(weights))
        if weights
        else Mark(digest=b"", size=0),
    )


class _Reader:
    """Reads postings from the last index's files, each once."""

    def __init__(self, store: Store, records: Mapping[str, ChunkRecord]) -> None:
        self._store = store
        self._records = list(records.values())
        self._firsts = [_order(first) for first in records]
        self._read: dict[int, Postings | None] = {}
        self.standing: dict[str, tuple[bytes, Mark]] = {}
        """What was read, unpacked, by path."""

    def blocks(self, key: str) -> list[Block] | None:
        """Return the postings of a key, or None if its chunk is not as it was written."""
        number = bisect_right(self._firsts, _order(key)) - 1
        if number < 0:
            return []
        if number not in self._read:
            self._read[number] = self._chunk(self._records[number])
        postings = self._read[number]
        return None if postings is None else postings.get(key, [])

    def _chunk(self, record: ChunkRecord) -> Postings | None:
        name = name_of(record.first)
        marks = {words_path(name): record.words}
        marks |= {places_path(name, part): mark for part, mark in enumerate(record.places)}
        contents: list[bytes] = []
        for path, mark in marks.items():
            packed = self._store.read(path, mark)
            if packed is None:
                return None
            contents.append(unpack(packed))
            self.standing[path] = (contents[-1], mark)
        return decode_chunk(contents[0], contents[1:])


def _order(key: str) -> bytes:
    return key.encode("utf-16-be")


def _fragments(
    store: Store,
    last: IndexRecord,
    documents: Sequence[Numbered],
    shown: Sequence[Numbered],
    texts: Sequence[DocumentText],
) -> dict[str, Mark]:
    """Return the files that pages are shown from, those with a change written again."""
    found = {**last.fragments, **write_groups(store, shown, texts)}
    wanted = dict.fromkeys(fragment_path(*group_of(each)) for each in documents)
    return {path: found[path] for path in wanted}
