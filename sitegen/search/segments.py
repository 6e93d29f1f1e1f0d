"""Turns documents' words around: the postings of a segment by word, and of all by bucket."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from sitegen.search.chunks import Postings, bucket_of
from sitegen.search.document import DocumentWords
from sitegen.search.postings import Block

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[tuple[str, Block]]).decode


class _Growing:
    """A block that documents are being added to."""

    __slots__ = ("heads", "last", "spots", "steps")

    def __init__(self, low: int, head: int, spot: bytes) -> None:
        self.last = low
        self.steps = [low]
        self.heads = [head]
        self.spots = [spot]


def invert(segment: int, documents: Iterable[tuple[int, DocumentWords]]) -> dict[str, bytes]:
    """Return the postings of a segment by bucket, encoded; `documents` by number in it, rising."""
    growing: dict[str, _Growing] = {}
    for low, words in documents:
        for key, head, spot in zip(words.keys, words.heads, words.spots, strict=True):
            block = growing.get(key)
            if block is None:
                growing[key] = _Growing(low, head, spot)
            else:
                block.steps.append(low - block.last)
                block.last = low
                block.heads.append(head)
                block.spots.append(spot)
    buckets: defaultdict[str, list[tuple[str, Block]]] = defaultdict(list)
    for key, block in growing.items():
        made = Block(
            segment=segment,
            steps=bytes(block.steps),
            heads=bytes(block.heads),
            spots=b"".join(block.spots),
        )
        buckets[bucket_of(key)].append((key, made))
    return {bucket: _encode(found) for bucket, found in buckets.items()}


def join(segments: Sequence[bytes]) -> Postings:
    """Return the postings of a bucket from what `invert` made of each segment, in their order."""
    found: Postings = {}
    for segment in segments:
        for key, block in _decode(segment):
            blocks = found.get(key)
            if blocks is None:
                found[key] = [block]
            else:
                blocks.append(block)
    return found
