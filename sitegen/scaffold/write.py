"""Writes new files without ever overwriting a writer's; the only writer below content/."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from sitegen.errors import SitegenError


def write_new(root: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    """Write `files`, by path below `root`, or none at all.

    Returns the paths that stand in the way; where there are any, nothing was written. Raises
    SitegenError where a link leads out of `root`, OSError if the disk refuses.
    """
    taken = tuple(path for path in files if os.path.lexists(root / path))
    if taken:
        return taken
    for path, text in files.items():
        target = _inside(root, path)
        # Mode x: a file that has come into being since the look above is not overwritten either.
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return ()


def copy_new(root: Path, path: str, source: Path) -> bool:
    """Copy a file to `path` below `root`, and return whether that was free.

    Raises SitegenError where a link leads out of `root`, OSError if the disk refuses.
    """
    if os.path.lexists(root / path):
        return False
    with source.open("rb") as given, _inside(root, path).open("xb") as file:
        shutil.copyfileobj(given, file)
    return True


def is_made(path: Path, mark: str) -> bool:
    """Return whether a file may be made anew: it begins with `mark`, or is not there.

    Raises OSError if it can't be read.
    """
    if not os.path.lexists(path):
        return True
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(mark.encode())) == mark.encode()


def write_made(root: Path, files: Mapping[str, str]) -> None:
    """Write files that are made anew each time, each whole or not at all.

    Raises SitegenError where a link leads out of `root`, OSError if the disk refuses.
    """
    for path, text in files.items():
        target = _inside(root, path)
        beside = target.with_name(f"{target.name}.new")
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(beside, target)


def _inside(root: Path, path: str) -> Path:
    """Return where a file goes, its folder made."""
    target = root / path
    near = next(folder for folder in target.parents if folder.exists())
    if not near.resolve().is_relative_to(root.resolve()) and root.exists():
        raise SitegenError(f"{target}: a link leads out of {root}; nothing is written there")
    target.parent.mkdir(parents=True, exist_ok=True)
    return target
