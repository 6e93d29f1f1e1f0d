"""Keeps values by their digests in one SQLite file: what was worked out once is not again.

A value is checked on reading against a digest of its key and itself, since a damaged file may give
the value of another key; nothing stored is ever executed. Whatever is wrong with the file, it is
put away and begun anew: a cache may be slower, never wrong.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from sitegen.engine.digest import SIZE, digest

_SCHEMA = "CREATE TABLE entries (key BLOB PRIMARY KEY, value BLOB NOT NULL)"
_SECONDS = 60.0
"""How long another process's write is waited for; each takes milliseconds."""
_AT_ONCE = 500
"""SQLite takes some 32,000 values in one question, older ones 999."""
_PRIMARY = 0xFF
"""The bits of an extended result code of SQLite that hold the primary one."""
_MACHINE_FAILED = frozenset(
    (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM)
)
"""What no other file would mend: another process writes for long, the disk is full or fails."""
_SPARE_BYTES = 64 * 1024 * 1024
_JOURNAL_BYTES = 4 * 1024 * 1024
_GROWTH = 2
_WORTH_PACKING = 0.25
"""So much of the file must be free before it is written anew, which takes as long as a build."""


class Lost(Exception):
    """Something that was stored can't be read any more: begin anew with an empty cache."""


class Cache:
    """Values by key; safe to share between processes, each of which opens the file itself."""

    def __init__(self, path: Path) -> None:
        """Take the file's path; it and its folder are made when they are needed."""
        self._path = path
        self._process = 0
        self._connection: sqlite3.Connection | None = None

    def __reduce__(self) -> tuple[type["Cache"], tuple[Path]]:
        return Cache, (self._path,)

    def get(self, key: bytes) -> bytes | None:
        """Return the value stored under `key`, or None if there is none that is whole."""
        if self._connection is None and not self._path.exists():
            return None
        try:
            row = self._open().execute("SELECT value FROM entries WHERE key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError:
            return None
        return _checked(key, row[0]) if row else None

    def read(self, key: bytes) -> bytes:
        """Return the value that was stored under `key`. Raises Lost if it is not there whole."""
        value = self.get(key)
        if value is None:
            raise Lost
        return value

    def read_all(self, keys: Sequence[bytes]) -> Iterator[bytes]:
        """Yield the values that were stored under `keys`, in their order.

        Many are read with one question. Raises Lost if one is not there whole.
        """
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            try:
                found = self._rows(some)
            except sqlite3.DatabaseError:
                raise Lost from None
            for key in some:
                value = _checked(key, found.get(key))
                if value is None:
                    raise Lost
                yield value

    def find_all(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the values that are stored whole under some of `keys`, by key."""
        if not keys or (self._connection is None and not self._path.exists()):
            return {}
        try:
            rows = self._rows(keys)
        except sqlite3.DatabaseError:
            return {}
        values = ((key, _checked(key, rows.get(key))) for key in keys)
        return {key: value for key, value in values if value is not None}

    def _rows(self, keys: Sequence[bytes]) -> dict[bytes, object]:
        """Return what stands under some keys, of which there are not too many for one question."""
        wanted = ",".join("?" * len(keys))
        question = f"SELECT key, value FROM entries WHERE key IN ({wanted})"  # noqa: S608
        return dict(self._open().execute(question, keys))

    def put(self, values: Iterable[tuple[bytes, bytes]]) -> None:
        """Store values under their keys, all or none.

        Raises OSError if the disk refuses.
        """
        self._put([(key, _mark(key, digest(value)) + value) for key, value in values])

    def put_digested(self, values: Iterable[tuple[bytes, bytes]], end: bytes) -> None:
        """Store values, each given behind its digest, under their digests and this `end`.

        All or none are stored. Raises OSError if the disk refuses.
        """
        keyed = ((known + end, known, value) for known, value in values)
        self._put([(key, _mark(key, known) + value) for key, known, value in keyed])

    def _put(self, rows: list[tuple[bytes, bytes]]) -> None:
        try:
            self._write(rows)
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
            if code & _PRIMARY in _MACHINE_FAILED:
                raise OSError(0, str(error), str(self._path)) from error
            if code == sqlite3.SQLITE_READONLY_DBMOVED:
                self.close()  # another process has put it away, and may have begun another
            else:
                self.discard()
            try:
                self._write(rows)
            except sqlite3.Error as again:
                raise OSError(0, str(again), str(self._path)) from again

    def prune(self, live: Iterable[bytes] | None) -> None:
        """Drop what is not `live` once the file is over twice what was live the last time.

        So the file is never larger than twice what it holds of use, and 64 MiB. `live` is asked
        for its keys only then; None stands for all that is there.
        """
        try:
            size = self._path.stat().st_size
            connection = self._open()
            (last,) = connection.execute("PRAGMA user_version").fetchone()
            if size < _GROWTH * last * 1024 + _SPARE_BYTES:
                return
            if live is not None:
                _delete_others(connection, live)
            (free,) = connection.execute("PRAGMA freelist_count").fetchone()
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            if free > pages * _WORTH_PACKING:
                connection.execute("VACUUM")
            (page_size,) = connection.execute("PRAGMA page_size").fetchone()
            kibibytes = (pages - free) * page_size // 1024
            connection.execute(f"PRAGMA user_version = {kibibytes:d}")
        except (OSError, sqlite3.Error):
            return  # another process reads or writes: the next build will do it

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        if self._connection is not None and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def _open(self) -> sqlite3.Connection:
        # A connection must not be carried into a forked process.
        if self._connection is None or self._process != os.getpid():
            self._process = os.getpid()
            try:
                self._connection = self._connect()
            except sqlite3.DatabaseError:
                self.discard()
                self._connection = self._connect()
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if self._path.is_symlink():
            self._path.unlink()
        connection = sqlite3.connect(self._path, timeout=_SECONDS, isolation_level=None)
        try:
            # A crash of the machine may damage the file: then it is begun anew.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA trusted_schema = OFF")
            # Neither made anew for each of a thousand transactions, nor kept as large as VACUUM
            # leaves it. Both hold for this connection alone.
            connection.execute("PRAGMA journal_mode = PERSIST")
            connection.execute(f"PRAGMA journal_size_limit = {_JOURNAL_BYTES:d}")
            found = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_schema") if sql]
            if not found:
                connection.execute("PRAGMA page_size = 8192")
                connection.execute(_SCHEMA.replace("TABLE", "TABLE IF NOT EXISTS"))
            elif found != [_SCHEMA]:
                raise sqlite3.DatabaseError("this is not a cache of ours")
        except BaseException:
            connection.close()
            raise
        return connection

    def _write(self, rows: list[tuple[bytes, bytes]]) -> None:
        connection = self._open()
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?)", rows)
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise

    def discard(self) -> None:
        """Put the file away, damaged or foreign as it may be."""
        self.close()
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{self._path}{suffix}").unlink()


def _delete_others(connection: sqlite3.Connection, live: Iterable[bytes]) -> None:
    """Delete the values whose keys are not `live`."""
    connection.execute("CREATE TEMP TABLE live (key BLOB PRIMARY KEY) WITHOUT ROWID")
    connection.executemany("INSERT INTO live VALUES (?)", ((key,) for key in sorted(set(live))))
    # Through the index of keys: values, which are long, are not read for it.
    connection.execute(
        "DELETE FROM entries WHERE rowid IN "
        "(SELECT rowid FROM entries WHERE key NOT IN (SELECT key FROM live))"
    )
    connection.execute("DROP TABLE live")


def _mark(key: bytes, known: bytes) -> bytes:
    """Return what stands before a value, which has the digest `known`."""
    return digest(key + known)


def _checked(key: bytes, stored: object) -> bytes | None:
    """Return a value if it is the one that was stored under `key`."""
    if not isinstance(stored, bytes) or len(stored) < SIZE:
        return None
    value = stored[SIZE:]
    return value if _mark(key, digest(value)) == stored[:SIZE] else None
