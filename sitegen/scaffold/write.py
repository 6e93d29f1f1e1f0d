"""Writes new files without ever overwriting one; the only writer below content/."""

import os
from collections.abc import Mapping
from pathlib import Path


def write_new(root: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    """Write `files`, by path below `root`, or none at all.

    Returns the paths that stand in the way; where there are any, nothing was written. Raises
    OSError if the disk refuses.
    """
    taken = tuple(path for path in files if os.path.lexists(root / path))
    if taken:
        return taken
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # Mode x: a file that has come into being since the look above is not overwritten either.
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return ()
