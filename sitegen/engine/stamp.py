"""Tells whether a file has changed without reading it."""

import os

_TICKS_NS = 50_000_000
"""A file changed this shortly before it was looked at may change again at the same time."""


def stamp(status: os.stat_result, now: int) -> tuple[int, ...]:
    """Return what changes whenever a file does; its ctime changes even if its mtime is set back.

    `now` is the time in nanoseconds before the file was looked at. A file that has only just
    changed gets a stamp that no other look will give it.
    """
    if status.st_ctime_ns > now - _TICKS_NS:
        return (now,)
    return (
        status.st_ino,
        status.st_mode,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )
