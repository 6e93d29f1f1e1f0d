"""Digests: the names under which values are known to the cache."""

from collections.abc import Iterable
from hashlib import blake2b

SIZE = 16
"""Bytes of a digest: two values never share one by chance."""


def digest(content: bytes | bytearray | memoryview) -> bytes:
    """Return the digest of `content`."""
    return blake2b(content, digest_size=SIZE).digest()


def digest_of(parts: Iterable[bytes]) -> bytes:
    """Return the digest of several parts in their order, none of which runs into the next."""
    hasher = blake2b(digest_size=SIZE)
    for part in parts:
        hasher.update(len(part).to_bytes(8, "big"))
        hasher.update(part)
    return hasher.digest()
