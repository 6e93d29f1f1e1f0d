"""Tells whether files have changed without reading them."""

import os
import time
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

_TICK_NS = 50_000_000
"""A file changed this shortly before it was looked at may change again at the same time."""
_COARSE_TICK_NS = 2_100_000_000
"""The same for file systems that keep whole seconds, or every other one."""
_SECOND_NS = 1_000_000_000


class Look(Struct, frozen=True, kw_only=True):
    """What a look at many files has shown."""

    now: int
    """The time in nanoseconds before any of them was looked at."""
    folders: Mapping[str, Sequence["os.DirEntry[str]"]] = {}
    """What is in each folder, by its whole path; each entry keeps the status it was seen with."""
    stamps: Mapping[str, tuple[int, ...]] = {}
    """The stamp of each file, and nothing of each folder, by whole path."""


def look_now() -> Look:
    """Return a look that has not yet shown any file."""
    return Look(now=time.time_ns())


def look_at(folders: Iterable[str]) -> Look:
    """Return a look at everything below some folders, links not followed."""
    now = time.time_ns()
    listed: dict[str, Sequence[os.DirEntry[str]]] = {}
    stamps: dict[str, tuple[int, ...]] = {}
    waiting = list(folders)
    for folder in waiting:
        try:
            entries = listed[folder] = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            path = entry.path
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            if entry.is_dir(follow_symlinks=False):
                stamps[path] = ()  # what is in it is looked at anyway
                waiting.append(path)
            else:
                stamps[path] = stamp(status, now)
    return Look(now=now, folders=listed, stamps=stamps)


def stamp(status: os.stat_result, now: int) -> tuple[int, ...]:
    """Return what changes whenever a file does.

    Its ctime changes even if its mtime is set back, but not on Windows, where it is the time at
    which the file was made.

    `now` is the time in nanoseconds before the file was looked at. A file that has only just
    changed gets a stamp that no other look will give it.
    """
    coarse = not (status.st_ctime_ns % _SECOND_NS or status.st_mtime_ns % _SECOND_NS)
    if status.st_ctime_ns > now - (_COARSE_TICK_NS if coarse else _TICK_NS):
        return (now,)
    return (
        status.st_ino,
        status.st_mode,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )
