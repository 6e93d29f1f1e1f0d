"""Reads and writes source records and snapshots on disk."""

import os
from pathlib import Path

from sitegen.errors import SitegenError


def read(root: Path, path: str) -> str | None:
    """Return the text of a file below `root`, or None where there is none.

    Raises SitegenError if it is not UTF-8.
    """
    try:
        data = _inside(root, path).read_bytes()
    except FileNotFoundError:
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise SitegenError(f"{path}: this file is not UTF-8; save it as UTF-8") from None


def write(root: Path, path: str, text: str) -> None:
    """Write a file below `root` whole or not at all. Raises OSError if the disk refuses."""
    target = _inside(root, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(unfinished, target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _inside(root: Path, path: str) -> Path:
    """Return the file's place. Raises SitegenError where a link would lead out of `root`."""
    target = root / path
    folder = target.parent.resolve()
    if root.resolve() not in folder.parents or target.is_symlink():
        raise SitegenError(f"{path}: a link leads out of the publication; remove it")
    return target
