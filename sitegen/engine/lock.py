"""Keeps two builds of one publication apart."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.errors import SitegenError


@contextmanager
def locked(path: Path, waiting: Callable[[str], None], *, passing: bool = False) -> Iterator[None]:
    """Hold the lock file at `path`; wait for whoever holds it, after telling `waiting` who it is.

    The system gives the lock back when its holder ends, however it ends; a `passing` lock's file
    goes with it. Raises SitegenError if the file can't be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = _opened(path, waiting)
    except OSError as error:
        raise SitegenError(f"{path}: {error.strerror or error}") from error
    _held.add(file)
    try:
        with suppress(OSError):
            os.ftruncate(file, 0)
            os.lseek(file, 0, os.SEEK_SET)
            os.write(file, str(os.getpid()).encode())
        yield
    finally:
        if passing:
            with suppress(OSError):
                path.unlink()
        _held.discard(file)
        os.close(file)


def _opened(path: Path, waiting: Callable[[str], None]) -> int:
    """Return the lock file, open and locked."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
    while True:
        file = os.open(path, flags, 0o644)
        try:
            if not _try_to_lock(file):
                holder = os.pread(file, 20, 0).decode(errors="replace").strip() if _PREAD else ""
                waiting(f"process {holder or 'of another build'}")
                _lock(file)
            # Its last holder may have removed it while we waited.
            if os.path.samestat(os.fstat(file), path.stat()):
                return file
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(file)
            raise
        os.close(file)


_PREAD = hasattr(os, "pread")
_held: set[int] = set()


def _let_go() -> None:
    """Close the locks that a forked process inherits: they are its parent's."""
    for file in _held:
        with suppress(OSError):
            os.close(file)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)

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
