"""Finds files in output/ that are not ours, before a commit would lose them."""

import os
import stat
from collections.abc import Callable, Iterable, Set
from pathlib import Path

from sitegen.errors import SitegenError
from sitegen.publish.manifest import Manifest


def refuse_foreign(
    output: Path,
    old: Manifest,
    written: Iterable[str],
    removed: Set[str],
    *,
    staged: Callable[[str], bytes],
) -> None:
    """Raise SitegenError before a file that we did not write would be lost.

    `written` and `removed` are what a commit is to write and remove, by path below `output`;
    `staged` gives the bytes that one will have. Whatever else stands in the commit's way is found
    here too: one that is sealed must not stop.
    """
    root = str(output)
    if _mode(root) is None:
        return
    written = tuple(written)
    known = {root}
    for path in written:  # thousands of paths cost time: no Path for each
        there = f"{root}/{path}"
        folder = os.path.dirname(there)  # noqa: PTH120
        while folder not in known:
            known.add(folder)
            mode = _mode(folder)
            if mode is not None and not stat.S_ISDIR(mode):
                goes = stat.S_ISREG(mode) and folder.removeprefix(f"{root}/") in removed
                if not goes:
                    raise SitegenError(f"{folder}: sitegen did not make this; move it away")
            folder = os.path.dirname(folder)  # noqa: PTH120
        mode = _mode(there)
        if mode is None:
            continue
        if stat.S_ISLNK(mode) or (stat.S_ISDIR(mode) and not _goes(output / path, output, removed)):
            raise SitegenError(f"{there}: sitegen did not write this file; move it away")
        if path in old.files or not stat.S_ISREG(mode):
            continue
        if Path(there).read_bytes() != staged(path):
            raise SitegenError(f"{there}: sitegen did not write this file; move it away")
    _refuse_links(root, removed)
    _refuse_unwritable(root, (*written, *removed))


def _refuse_links(root: str, removed: Set[str]) -> None:
    """Raise SitegenError before a file would be removed that is in `root` through a link only."""
    known = {root}
    for path in sorted(removed):
        folder = os.path.dirname(f"{root}/{path}")  # noqa: PTH120
        while folder not in known:
            known.add(folder)
            if stat.S_ISLNK(_mode(folder) or 0):
                raise SitegenError(f"{folder}: sitegen did not make this; move it away")
            folder = os.path.dirname(folder)  # noqa: PTH120


def _refuse_unwritable(root: str, paths: Iterable[str]) -> None:
    """Raise SitegenError if this user may not make or remove one of some files."""
    folders = {root, *(os.path.dirname(f"{root}/{path}") for path in paths)}  # noqa: PTH120
    for folder in sorted(folders):
        there = folder
        while not os.access(there, os.W_OK | os.X_OK):
            if os.path.isdir(there):  # noqa: PTH112
                raise SitegenError(f"{there}: you have no permission to write to this folder")
            there = os.path.dirname(there)  # noqa: PTH120


def _mode(path: str) -> int | None:
    """Return what stands at a path, links not followed; None if nothing does."""
    try:
        return os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _goes(folder: Path, output: Path, removed: Set[str]) -> bool:
    """Return whether nothing is left of a folder once these files are removed.

    What has no file of ours in it stays: a folder goes with the last of its files.
    """
    goes = {output / path for path in removed}
    goes.update([parent for path in goes for parent in path.parents])
    return goes.issuperset([folder, *folder.rglob("*")])
