"""What GitHub Pages takes of a built site.

Sources: GitHub Docs, "GitHub Pages limits" (a published site is at most 1 GB); the README of
actions/upload-pages-artifact, "File permissions" and "Artifact validation" (one gzipped tar, no
symbolic or hard links, readable by everyone).
"""

import stat
from collections.abc import Iterable

from msgspec import Struct

LARGEST_SITE = 1_000_000_000
"""Bytes; the smaller of the two readings of 1 GB."""


class FoundFile(Struct, frozen=True):
    """A file or folder of the output, as the system tells of it without following links."""

    path: str
    """Below the output, with `/` between its parts; `.` for the output itself."""
    mode: int
    size: int
    links: int

    @property
    def is_folder(self) -> bool:
        """Return whether it is a folder."""
        return stat.S_ISDIR(self.mode)


def problems(found: Iterable[FoundFile], largest: int = LARGEST_SITE) -> list[str]:
    """Return one line for each thing that GitHub Pages would refuse; none: the site may go.

    `largest` is how many bytes it takes.
    """
    lines = []
    total = 0
    has_home = False
    for file in found:
        has_home = has_home or file.path == "index.html"
        if stat.S_ISLNK(file.mode):
            lines.append(f"{file.path}: a symbolic link; Pages takes none")
        elif file.is_folder:
            if file.mode & 0o005 != 0o005:
                lines.append(f"{file.path}: not everyone may open this folder; chmod o+rx")
        elif not stat.S_ISREG(file.mode):
            lines.append(f"{file.path}: neither a file nor a folder")
        else:
            total += file.size
            if file.links > 1:
                lines.append(f"{file.path}: a hard link; Pages takes none, so copy the file")
            if not file.mode & 0o004:
                lines.append(f"{file.path}: not everyone may read this file; chmod o+r")
    if not has_home:
        lines.append("index.html: not there; build the site first")
    if total > largest:
        size = f"{total / 1e9:.2f} GB in all"
        lines.append(f"{size}; GitHub Pages publishes at most {LARGEST_SITE / 1e9:.0f} GB")
    return lines
