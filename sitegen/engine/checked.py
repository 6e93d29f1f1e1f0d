"""Files that are only believed if they are whole."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from sitegen.engine.digest import SIZE, digest

_MOST_BYTES = 1024 * 1024 * 1024


def read_checked(path: Path) -> memoryview | None:
    """Return what `write_checked` wrote to a file, or None if it is not there whole."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        file = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MOST_BYTES:
            return None
        with os.fdopen(file, "rb", closefd=False) as opened:
            data = opened.read()
    except OSError:
        return None
    finally:
        os.close(file)
    content = memoryview(data)[SIZE:]
    return content if data[:SIZE] == digest(content) else None


def write_checked(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, with the digest that its reader expects before it."""
    unfinished = path.with_suffix(f".{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            file.write(digest(content))
            file.write(content)
        os.replace(unfinished, path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
