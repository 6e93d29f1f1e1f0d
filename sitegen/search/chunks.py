"""Chunks: the postings of words that follow one another, in files of a few kilobytes.

The words of a bucket (those that begin alike) are cut into chunks by rules that look at nothing
but the words and roughly how much each takes, so an edit moves few boundaries. A chunk is two
kinds of file: `words` says which documents hold its words, `places` where, in parts of their own
that are only read for phrases and nearness. `docs/search.md` tells the format byte by byte.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from sitegen.search.postings import Block
from sitegen.search.stems import english, key_of, parts_of
from sitegen.search.varints import read_varint, varint

Postings = dict[str, list[Block]]
"""Blocks by key, in the order of their segments."""

CHUNK_BYTES = 10_000
"""A chunk ends with the stem that brings its words over so many bytes, more or less."""
PLACES_BYTES = 24_000
"""A part of the places ends before the block that would bring it over so many bytes."""
_ANCHOR = 24
"""One stem in so many may end a chunk early: there, cuts that were moved fall together again."""
_LEVEL = 6


class Chunk(Struct, frozen=True, kw_only=True):
    """A chunk as files, not yet packed."""

    words: bytes
    places: tuple[bytes, ...]


def bucket_of(key: str) -> str:
    """Return the bucket of a key: its word's first letter, or the range of 4,096 it stands in."""
    first = key[key.find("\t") + 1]
    return first if first.isascii() else f"u{ord(first) >> 12:x}"


def name_of(key: str) -> str:
    """Return the name of the chunk whose first key this is.

    FNV-1a (draft-eastlake-fnv) over UTF-16 code units, from two starts: 64 bits.
    """
    units = key.encode("utf-16-le")
    hashes = [0x811C9DC5, 0x01000193]
    for at in range(0, len(units), 2):
        unit = units[at] | units[at + 1] << 8
        hashes = [(each ^ unit) * 0x01000193 & 0xFFFFFFFF for each in hashes]
    return f"{bucket_of(key)}-{hashes[0]:08x}{hashes[1]:08x}"


def in_order(keys: Iterable[str]) -> list[str]:
    """Return keys in the order of their UTF-16 code units, as the browser compares them."""
    listed = list(keys)
    if all(map(str.isascii, listed)):
        return sorted(listed)
    return sorted(listed, key=lambda key: key.encode("utf-16-be"))


def weight(blocks: Sequence[Block]) -> int:
    """Return roughly how much a key takes in `words`: a power of two, so that it rarely changes."""
    return 1 << (8 + sum(3 + 2 * len(block.heads) for block in blocks)).bit_length()


def cut(weights: Mapping[str, int]) -> list[list[str]]:
    """Return the keys of a bucket, sorted, cut into chunks; `weights` are in order by key."""
    chunks: list[list[str]] = []
    total = 0
    stem_before = ""
    for key, each in weights.items():
        stem = key.partition("\t")[0]
        if stem != stem_before:
            anchor = total > CHUNK_BYTES // 4 and zlib.crc32(stem.encode()) % _ANCHOR == 0
            if not chunks or total >= CHUNK_BYTES or anchor:
                chunks.append([])
                total = 0
        stem_before = stem
        chunks[-1].append(key)
        total += each
    return chunks


def encode_chunk(
    keys: Sequence[str], postings: Mapping[str, Sequence[Block]], aliases: Mapping[str, str]
) -> Chunk:
    """Return a chunk as files; `aliases` give the stems that other languages give its words."""
    words = bytearray()
    parts = [bytearray()]
    before = b""
    for key in keys:
        coded = key.encode()
        same = next(
            (at for at, (a, b) in enumerate(zip(before, coded, strict=False)) if a != b),
            min(len(before), len(coded)),
        )
        words += varint(same) + varint(len(coded) - same) + coded[same:]
        before = coded
        blocks = postings.get(key, [])
        alias = aliases.get(key, "").encode()
        words += varint(len(blocks) << 1 | bool(alias))
        if alias:
            words += varint(len(alias)) + alias
        segment = 0
        for block in blocks:
            words += varint(block.segment - segment)
            segment = block.segment
            words.append(len(block.heads) - 1)
            words += varint(len(block.spots))
            if parts[-1] and len(parts[-1]) + len(block.spots) > PLACES_BYTES:
                parts.append(bytearray())
            parts[-1] += block.spots
        for block in blocks:
            words += block.steps
        for block in blocks:
            words += block.heads
    return Chunk(words=bytes(words), places=tuple(map(bytes, parts)))


def decode_chunk(words: bytes, places: Sequence[bytes]) -> Postings:
    """Return the postings in a chunk's unpacked files, without its aliases."""
    data, parts = words, places
    found: Postings = {}
    key = b""
    at = part = taken = 0
    while at < len(data):
        same, at = read_varint(data, at)
        length, at = read_varint(data, at)
        key = key[:same] + data[at : at + length]
        at += length
        count, at = read_varint(data, at)
        if count & 1:
            length, at = read_varint(data, at)
            at += length
        count >>= 1
        table: list[tuple[int, int, bytes]] = []
        segment = 0
        for _ in range(count):
            step, at = read_varint(data, at)
            segment += step
            size = data[at] + 1
            length, at = read_varint(data, at + 1)
            if taken and taken + length > PLACES_BYTES:
                part, taken = part + 1, 0
            table.append((segment, size, parts[part][taken : taken + length]))
            taken += length
        total = sum(size for _, size, _ in table)
        blocks: list[Block] = []
        for segment, size, spots in table:
            steps, heads = data[at : at + size], data[at + total : at + total + size]
            blocks.append(Block(segment=segment, steps=steps, heads=heads, spots=spots))
            at += size
        at += total
        if blocks:
            found[key.decode()] = blocks
    return found


def aliases_of(keys: Iterable[str]) -> dict[str, str]:
    """Return, by key, the stems under which a word is to be looked for besides, one a line.

    A reader's word is stemmed by the English rules. Where a page's language has others, the key
    that the reader's word comes to leads to those that hold it.
    """
    found: dict[str, list[str]] = {}
    for key in keys:
        stem, word = parts_of(key)
        wanted = english(word)
        if wanted != stem:
            found.setdefault(key_of(word, wanted), []).append(stem)
    return {key: "\n".join(sorted(stems)) for key, stems in found.items()}


def pack(data: bytes | bytearray) -> bytes:
    """Return data compressed (RFC 1951), as the browser's DecompressionStream reads it."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def unpack(data: bytes) -> bytes:
    """Return what `pack` compressed."""
    return zlib.decompress(data, -15)
