"""Postings of one word: which documents hold it, in which fields, how often and where."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from sitegen.search.varints import split_places


class Block(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """The postings of one word in one segment."""

    segment: int
    steps: bytes
    """From each document's number in the segment to the next, the first from 0."""
    heads: bytes
    """For each document: `DocumentWords.heads`."""
    spots: bytes
    """For each document: `DocumentWords.spots`, one behind the other."""


Posting = tuple[int, bytes]
"""A head and its spots."""


def edit_block(segment: int, block: Block | None, changes: Mapping[int, Posting | None]) -> Block:
    """Return a block with documents put in, changed or, where they hold nothing, taken out.

    `changes` go by number in the segment. The block may come out empty.
    """
    postings: dict[int, Posting] = {}
    if block is not None:
        number = 0
        spots = split_places(block.spots, len(block.heads))
        for step, head, spot in zip(block.steps, block.heads, spots, strict=True):
            number += step
            postings[number] = (head, spot)
    for number, posting in changes.items():
        if posting is None:
            postings.pop(number, None)
        else:
            postings[number] = posting
    return _block(segment, sorted(postings.items()))


def _block(segment: int, postings: Sequence[tuple[int, Posting]]) -> Block:
    numbers = [number for number, _ in postings]
    return Block(
        segment=segment,
        steps=bytes(now - before for now, before in zip(numbers, [0, *numbers], strict=False)),
        heads=bytes(head for _, (head, _) in postings),
        spots=b"".join(spot for _, (_, spot) in postings),
    )
