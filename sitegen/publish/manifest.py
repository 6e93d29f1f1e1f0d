"""What the last build wrote into output/, by digest; also the mark that output/ is ours."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct

NAME = ".sitegen.json"
"""Stands in output/ itself, so that it lives and dies with what it describes."""
_VERSION = 2


class Written(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A file of output/."""

    digest: bytes
    size: int


class Manifest(Struct, frozen=True, kw_only=True):
    """The files of output/ by their paths."""

    version: int = _VERSION
    files: Mapping[str, Written] = {}
    preview: bool = False
    """Whether drafts and scheduled explainers were let in."""


class Change(Struct, frozen=True, kw_only=True):
    """What has happened in output/."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


def encode(manifest: Manifest) -> bytes:
    """Return a manifest as a file, the same bytes for the same files."""
    return msgspec.json.encode(manifest, order="sorted") + b"\n"


def decode(data: bytes) -> Manifest | None:
    """Return the manifest in a file, or None where there is none of ours."""
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except msgspec.DecodeError:
        return None
    # All at once: thousands of paths are right, and each looked at alone would take a while.
    joined = "/\n".join(manifest.files)
    ours = manifest.version == _VERSION and (
        is_output_path(joined.replace("\n", "\n/")) or all(map(is_output_path, manifest.files))
    )
    return manifest if ours else None


def is_output_path(path: str) -> bool:
    """Return whether a path names a file below output/ and can name nothing else.

    Whoever can write a manifest or a journal could else have us write and remove files anywhere.
    """
    around = f"/{path}/"
    climbs = "//" in around or "/../" in around or "/./" in around
    return not climbs and "\\" not in path and "\0" not in path
