"""Keeps two builds of one publication apart."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.errors import SitegenError


@contextmanager
def locked(path: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock file at `path`; wait for whoever holds it, after telling `waiting` who it is.

    The system gives the lock back when its holder ends, however it ends. Raises SitegenError if
    the file can't be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    except OSError as error:
        raise SitegenError(f"{path}: {error.strerror or error}") from error
    try:
        if not _try_to_lock(file):
            holder = os.pread(file, 20, 0).decode(errors="replace").strip() if _PREAD else ""
            waiting(f"process {holder or 'of another build'}")
            _lock(file)
        with suppress(OSError):
            os.ftruncate(file, 0)
            os.lseek(file, 0, os.SEEK_SET)
            os.write(file, str(os.getpid()).encode())
        yield
    finally:
        os.close(file)


_PREAD = hasattr(os, "pread")

if sys.platform == "win32":
    import msvcrt
    import time

    def _try_to_lock(file: int) -> bool:
        os.lseek(file, 1024, os.SEEK_SET)  # beyond what is written: the name stays readable
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _lock(file: int) -> None:
        while not _try_to_lock(file):
            time.sleep(0.1)

else:
    import fcntl

    def _try_to_lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)
