"""Looks at a built site before it leaves: whole, ours alone, and within GitHub Pages' limits."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from sitegen.deploy.limits import LARGEST_SITE, FoundFile, problems
from sitegen.errors import SitegenError
from sitegen.publish.manifest import NAME
from sitegen.publish.standing import fallen, read_manifest
from sitegen.publish.writer import has_open_journal

_REQUIRED = ".nojekyll"


class Tree(Struct, frozen=True, kw_only=True):
    """A site that may be pushed."""

    files: int
    size: int
    domain: str
    """What its CNAME says; empty where it has none."""


def look_at(output: Path, most_bytes: int = LARGEST_SITE) -> Tree:
    """Return what is in `output`. Raises SitegenError with what keeps it from being pushed."""
    if has_open_journal(output):
        raise SitegenError(
            f"{output}: a build was cut short while it wrote; run 'sitegen build' to finish it"
        )
    if not (output / NAME).is_file():
        raise SitegenError(f"{output}: nothing is built here; run 'sitegen build'")
    manifest = read_manifest(output)
    if manifest.preview:
        raise SitegenError(
            f"{output}: this was built with drafts or scheduled explainers; run 'sitegen build'"
        )
    if fallen(output, manifest, read=True):
        raise SitegenError(f"{output}: files have changed since the build; run 'sitegen build'")
    if _REQUIRED not in manifest.files:
        raise SitegenError(f"{output}: there is no {_REQUIRED}; run 'sitegen build'")
    found = list(found_files(output))
    for line in problems(found, most_bytes):
        raise SitegenError(f"{output}: {line}")
    files = [each for each in found if not each.is_folder]
    for each in files:
        if each.path not in manifest.files and each.path != NAME:
            raise SitegenError(
                f"{output / each.path}: sitegen did not write this file; move it away"
            )
        if "\n" in each.path or each.path.startswith('"'):
            raise SitegenError(f"{each.path!r}: git can't be given this name; rename the file")
    size = sum(each.size for each in files)
    domain = (output / "CNAME").read_text("utf-8").strip() if "CNAME" in manifest.files else ""
    return Tree(files=len(manifest.files), size=size, domain=domain)


def found_files(output: Path) -> Iterator[FoundFile]:
    """Yield the folder and everything in it, sorted in each folder; links are not followed."""

    def told(path: str, about: os.stat_result) -> FoundFile:
        size = 0 if stat.S_ISDIR(about.st_mode) else about.st_size
        name = Path(path).relative_to(output).as_posix()
        return FoundFile(name, about.st_mode, size, about.st_nlink)

    yield told(str(output), output.stat())
    waiting = [str(output)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda each: each.name):
                yield told(entry.path, entry.stat(follow_symlinks=False))
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
