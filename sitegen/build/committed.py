"""Writes the files that commands keep in content/ for git: receipts and the ledger."""

import os
from pathlib import Path

from sitegen.errors import SitegenError


def write_committed(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; leave it alone where it is the same already.

    Raises SitegenError if it can't be written.
    """
    try:
        if path.is_symlink():
            raise SitegenError(f"{path}: this is a symbolic link; put the file itself here")
        if path.is_file() and path.read_bytes() == content:
            return
        unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
        unfinished.write_bytes(content)
        os.replace(unfinished, path)
    except OSError as error:
        raise SitegenError(f"{path}: {error.strerror or error}") from error
