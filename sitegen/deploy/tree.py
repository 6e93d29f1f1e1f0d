"""Looks at a built site before it leaves: whole, ours alone, and within GitHub Pages' limits.

Source of the limits: GitHub Docs, "GitHub Pages limits"; of links and modes: the README of
actions/upload-pages-artifact.
"""

import os
import stat
from pathlib import Path

from msgspec import Struct

from sitegen.errors import SitegenError
from sitegen.publish.manifest import NAME
from sitegen.publish.writer import fallen, has_open_journal, read_manifest

MOST_BYTES = 900 * 1000 * 1000
"""A tenth below the 1 GB at which GitHub Pages refuses a site."""
_REQUIRED = ".nojekyll"


class Tree(Struct, frozen=True, kw_only=True):
    """A site that may be pushed."""

    files: int
    size: int
    domain: str
    """What its CNAME says; empty where it has none."""


def look_at(output: Path, most_bytes: int = MOST_BYTES) -> Tree:
    """Return what is in `output`. Raises SitegenError with what keeps it from being pushed."""
    if has_open_journal(output):
        raise SitegenError(
            f"{output}: a build was cut short while it wrote; run 'sitegen build' to finish it"
        )
    if not (output / NAME).is_file():
        raise SitegenError(f"{output}: nothing is built here; run 'sitegen build'")
    manifest = read_manifest(output)
    if fallen(output, manifest, read=True):
        raise SitegenError(f"{output}: files have changed since the build; run 'sitegen build'")
    if _REQUIRED not in manifest.files:
        raise SitegenError(f"{output}: there is no {_REQUIRED}; run 'sitegen build'")
    size = 0
    for path in _files(output):
        name = path.relative_to(output).as_posix()
        if name not in manifest.files and name != NAME:
            raise SitegenError(f"{path}: sitegen did not write this file; move it away")
        if "\n" in name or name.startswith('"'):
            raise SitegenError(f"{name!r}: git can't be given this name; rename the file")
        size += path.stat().st_size
    if size > most_bytes:
        raise SitegenError(
            f"{output}: {size / 1e6:.0f} MB; GitHub Pages takes 1 GB, and {most_bytes / 1e6:.0f} "
            "MB is as near as sitegen goes"
        )
    domain = (output / "CNAME").read_text("utf-8").strip() if "CNAME" in manifest.files else ""
    return Tree(files=len(manifest.files), size=size, domain=domain)


def _files(folder: Path) -> list[Path]:
    """Return the files below a folder. Raises SitegenError at a link or what few may read."""
    found: list[Path] = []
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        status = entry.stat(follow_symlinks=False)
        path = Path(entry.path)
        if stat.S_ISDIR(status.st_mode):
            if status.st_mode & 0o005 != 0o005:
                raise SitegenError(f"{path}: not everybody may open this folder; chmod 755 it")
            found += _files(path)
        elif not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
            raise SitegenError(f"{path}: GitHub Pages takes no links; put the file itself here")
        elif not status.st_mode & 0o004:
            raise SitegenError(f"{path}: not everybody may read this file; chmod 644 it")
        else:
            found.append(path)
    return found
