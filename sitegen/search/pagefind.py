"""Indexes rendered pages with Pagefind: the one module that knows it.

Pagefind has no incremental index and its bundle differs from run to run, so a bundle is kept for as
long as the indexed pages stay the same.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import msgspec
from msgspec import Struct

from sitegen.engine.checked import read_checked, write_checked
from sitegen.engine.digest import digest
from sitegen.errors import SitegenError

_UNUSED = ("pagefind-ui", "pagefind-modular", "pagefind-component", "pagefind-highlight")
_SECONDS = 600


class IndexedPage(Struct, frozen=True, kw_only=True):
    """A page that the index holds, by its output path and the digest of its content."""

    path: str
    digest: bytes


def search_files(
    pages: Sequence[IndexedPage], read: Callable[[str], bytes], workspace: Path
) -> dict[str, bytes]:
    """Return the files of the search bundle over `pages` by output path, below pagefind/.

    `read` gives a page's content; `workspace` is a folder of its own, which may be deleted at any
    time. Raises SitegenError if Pagefind is missing or fails.
    """
    key = _key(pages)
    bundle, sealed = workspace / "bundle", workspace / "sealed"
    try:
        if workspace.is_symlink():
            workspace.unlink()
        files = _files(bundle)
        seal = msgspec.json.encode((key, {name: digest(data) for name, data in files.items()}))
        if bytes(read_checked(sealed) or b"") != seal:
            shutil.rmtree(workspace, ignore_errors=True)
            _index([each.path for each in pages], read, workspace / "pages", bundle)
            files = _files(bundle)
            seal = msgspec.json.encode((key, {name: digest(data) for name, data in files.items()}))
            write_checked(sealed, seal)
    except OSError as error:
        raise SitegenError(f"{error.filename or workspace}: {error.strerror or error}") from error
    return {f"pagefind/{name}": data for name, data in files.items()}


def _files(bundle: Path) -> dict[str, bytes]:
    """Return the files of a bundle that pages use, by their paths in it."""
    return {
        path.relative_to(bundle).as_posix(): path.read_bytes()
        for path in sorted(bundle.rglob("*"))
        if path.is_file() and not path.is_symlink() and not path.name.startswith(_UNUSED)
    }


def _key(pages: Sequence[IndexedPage]) -> str:
    hasher = blake2b(version("pagefind").encode(), digest_size=16)
    for page in sorted(pages, key=lambda each: each.path):
        for part in (page.path.encode(), page.digest):
            hasher.update(len(part).to_bytes(8, "big") + part)
    return hasher.hexdigest()


def _index(pages: Sequence[str], read: Callable[[str], bytes], folder: Path, bundle: Path) -> None:
    for page in pages:
        target = folder / page
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(read(page))
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pagefind", "--site", str(folder)]
    command += ["--output-path", str(bundle)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own arguments
            command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise SitegenError(f"pagefind: no index after {_SECONDS} s; try --no-search") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if done.returncode or not (bundle / "pagefind.js").is_file():
        if pages:
            said = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
            reason = said[-1] if said else f"exit status {done.returncode}"
            raise SitegenError(f"pagefind: {reason} (build with --no-search to go on without)")
        bundle.mkdir(parents=True, exist_ok=True)
