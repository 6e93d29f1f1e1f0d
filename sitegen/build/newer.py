"""Tells whether content has changed since a site was built, by the times of files alone.

A build sets the manifest's time to when it began to look, as `make` would compare it: this holds
in another checkout, for a build without a cache, and whatever options it had.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sitegen.publish.manifest import NAME


def mark_built(output: Path, began: int) -> None:
    """Note that `output` is made of what there was at `began`, in nanoseconds since 1970."""
    with suppress(OSError):  # a folder that can't be written to is looked at all the same
        os.utime(output / NAME, ns=(began, began))


def newer_content(root: Path, output: Path) -> str | None:
    """Return a file or folder below `root` that has changed since `output` was built, or None.

    A folder changes when a file in it comes or goes. The ledger is left out: no page shows it.
    Raises OSError where nothing is built.
    """
    from sitegen.evidence.ledger import PATH

    built = (output / NAME).stat().st_mtime_ns
    for folder in ("content", "templates"):
        for path, changed in _changes(str(root / folder)):
            shown = os.path.relpath(path, root).replace(os.sep, "/")
            if changed > built and shown != PATH:
                return shown
    return None


def _changes(folder: str) -> Iterator[tuple[str, int]]:
    """Yield what is below a folder with the time of its last change; links are not followed.

    Hidden files are left out, as they are in a build.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda each: each.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        with suppress(OSError):
            yield entry.path, entry.stat(follow_symlinks=False).st_mtime_ns
            if entry.is_dir(follow_symlinks=False):
                yield from _changes(entry.path)
