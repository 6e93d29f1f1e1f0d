"""Numbers as bytes: seven bits each, the lowest first, the high bit set where more follow.

The format is Protocol Buffers' ("Base 128 Varints", protobuf.dev/programming-guides/encoding).
"""

from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=65536)
def varint(number: int) -> bytes:
    """Return a number that is not negative as bytes."""
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)


@lru_cache(maxsize=65536)
def _one(place: int) -> bytes:
    return b"\x01" + varint(place)


def encode_places(places: Sequence[int]) -> bytes:
    """Return rising places: their number, the first, and the steps between them."""
    if len(places) == 1:
        return _one(places[0])
    found = bytearray(varint(len(places)))
    before = 0
    for place in places:
        step = place - before
        before = place
        if step < 128:
            found.append(step)
        else:
            found += varint(step)
    return bytes(found)


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number at a place of `data`, and the place behind it."""
    number = shift = 0
    while True:
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            return number, at
        shift += 7


def split_places(data: bytes, count: int) -> list[bytes]:
    """Return the parts of `data` that are what `encode_places` returned, `count` of them."""
    found: list[bytes] = []
    at = 0
    for _ in range(count):
        start = at
        left, at = read_varint(data, at)
        while left:
            left -= data[at] < 128
            at += 1
        found.append(data[start:at])
    return found
