"""What the last build wrote into output/, by digest; also the mark that output/ is ours."""

from collections.abc import Mapping
from hashlib import blake2b

import msgspec
from msgspec import Struct

NAME = ".sitegen.json"
"""Stands in output/ itself, so that it lives and dies with what it describes."""


class Manifest(Struct, frozen=True, kw_only=True):
    """The files of output/ and their digests."""

    version: int = 1
    files: Mapping[str, str] = {}


def digest(content: bytes) -> str:
    """Return the digest under which a file is known."""
    return blake2b(content, digest_size=16).hexdigest()


def encode(manifest: Manifest) -> bytes:
    """Return a manifest as a file, the same bytes for the same files."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=0) + b"\n"


def decode(data: bytes) -> Manifest | None:
    """Return the manifest in a file, or None where there is none of ours."""
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except msgspec.DecodeError:
        return None
    return manifest if manifest.version == Manifest().version else None


class Change(Struct, frozen=True, kw_only=True):
    """What has to happen in output/ to get from one manifest to another."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def compare(old: Manifest, new: Manifest) -> Change:
    """Return the difference, each list in order."""
    written = [path for path, known in new.files.items() if old.files.get(path) != known]
    return Change(
        written=tuple(sorted(written)),
        removed=tuple(sorted(set(old.files) - set(new.files))),
        unchanged=len(new.files) - len(written),
    )
