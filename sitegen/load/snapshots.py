"""Reads what evidence is checked with: snapshots, and the files that are committed in their place.

A snapshot, content/snapshots/<source>.txt, is the text of a source as its editor read it. It is
somebody else's: nothing of it is ever published.
"""

import os
import stat
import time
from pathlib import Path

from msgspec import Struct

from sitegen.diagnostics import Diagnostic, Span
from sitegen.engine.stamp import stamp
from sitegen.load.scan import is_editor_file

FOLDER = "content/snapshots"
MAX_BYTES = 8 * 1024 * 1024
"""More than a long treaty; a book is quoted by its chapters."""


class FoundSnapshot(Struct, frozen=True, kw_only=True, array_like=True):
    """A snapshot, not yet read."""

    path: str
    """Relative to the project's root."""
    stamp: tuple[int, ...]


def find_snapshots(root: Path) -> tuple[dict[str, FoundSnapshot], list[Diagnostic]]:
    """Return the snapshots by the name of their source, and which files can be none."""
    now = time.time_ns()
    found: dict[str, FoundSnapshot] = {}
    wrong: list[Diagnostic] = []
    try:
        entries = sorted(os.scandir(root / FOLDER), key=lambda entry: entry.name)
    except OSError:
        return found, wrong
    for entry in entries:
        if is_editor_file(entry.name) or not entry.name.endswith(".txt"):
            continue
        path = f"{FOLDER}/{entry.name}".encode("utf-8", "replace").decode()
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            wrong.append(_unreadable(path, error))
            continue
        if not stat.S_ISREG(status.st_mode):
            message, mend = "this is not a file of its own", "put the file itself here"
            wrong.append(Diagnostic(path=path, code="not-a-file", message=message, help=mend))
            continue
        name = entry.name.removesuffix(".txt")
        found[name] = FoundSnapshot(path=path, stamp=stamp(status, now))
    return found, wrong


def read_snapshot(root: Path, found: FoundSnapshot) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the text of a snapshot, or nothing and why it can't be read."""
    try:
        with (root / found.path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return "", (_unreadable(found.path, error),)
    if len(data) > MAX_BYTES:
        message = f"this snapshot is larger than {MAX_BYTES // 1024 // 1024} MiB"
        mend = "keep the part that is quoted"
        return "", (Diagnostic(path=found.path, code="file-too-large", message=message, help=mend),)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8 text"
        wrong = Diagnostic(
            path=found.path,
            code="not-utf8",
            message=message,
            span=Span(line, 0),
            help="save it as UTF-8",
        )
        return "", (wrong,)


def read_committed(root: Path, path: str) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Return a file that stands in content/ beside site.yaml; an absent one is empty."""
    try:
        with (root / path).open("rb") as file:
            return file.read(), ()
    except FileNotFoundError:
        return b"", ()
    except OSError as error:
        return b"", (_unreadable(path, error),)


def _unreadable(path: str, error: OSError) -> Diagnostic:
    reason = (error.strerror or str(error)).lower()
    mend = "give yourself permission to read it, or remove it"
    message = f"this can't be read: {reason}"
    return Diagnostic(path=path, code="unreadable-file", message=message, help=mend)
