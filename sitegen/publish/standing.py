"""What the last build left in output/, and what of it still stands."""

import os
from pathlib import Path

from sitegen.engine.digest import digest
from sitegen.errors import SitegenError
from sitegen.publish.manifest import NAME, Manifest, decode

_LARGE_MANIFEST = 256 * 1024
"""Bytes of the manifest of some 2,500 files, which are looked at in 10 ms."""


def read_manifest(output: Path) -> Manifest:
    """Return what the last build wrote into `output`: nothing where there was none.

    Raises SitegenError if another version of ours wrote it.
    """
    try:
        data = (output / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Manifest()
    manifest = decode(data)
    if manifest is None:
        raise SitegenError(
            f"{output}: another version of sitegen wrote this folder; remove it and build again"
        )
    return manifest


def has_large_manifest(output: Path) -> bool:
    """Return whether the last build left so many files that looking at them takes a while."""
    try:
        return (output / NAME).stat().st_size > _LARGE_MANIFEST
    except OSError:
        return False


def fallen(output: Path, old: Manifest, *, read: bool = False) -> list[str]:
    """Return those outputs of `old` that no longer stand in `output` with the size they had.

    Where `read` says so, their bytes must be the same too.
    """
    found: list[str] = []
    folder = f"{output}{os.sep}"
    stat = os.stat
    for path, written in old.files.items():
        try:
            if stat(folder + path).st_size == written.size and not (
                read and digest(Path(folder + path).read_bytes()) != written.digest
            ):
                continue
        except OSError:
            pass
        found.append(path)
    return found
