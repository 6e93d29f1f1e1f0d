"""Commits artifacts to output/ in one swap; nothing else writes there.

Changed files are staged beside output/ on the same file system, a journal is sealed, and only then
is each file renamed into place. A build killed before the seal leaves the old site; after it,
`recover` rolls the journal forward before any command does anything else.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from sitegen.errors import SitegenError
from sitegen.model.artifact import Artifact, CopyArtifact
from sitegen.publish.manifest import NAME, Change, Manifest, compare, decode, digest, encode

_FEW = 64
"""Up to so many files are flushed one by one, more with one call for all."""


class _Journal(Struct, frozen=True, kw_only=True):
    """What is left to do once the staged files are whole."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


def publish(artifacts: Iterable[Artifact | CopyArtifact], output: Path, content: Path) -> Change:
    """Make `output` hold exactly these artifacts and files that are not ours; return the change.

    Raises SitegenError if `output` can't be ours or the machine refuses; it is then as before.
    """
    check_output(output, content)
    recover(output)
    try:
        old = _read_manifest(output)
        contents = {str(artifact.output_path): _content(artifact) for artifact in artifacts}
        new = Manifest(files={path: digest(data) for path, data in sorted(contents.items())})
        change = compare(_present(output, old, contents), new)
        _refuse_foreign(output, old, contents, change)
        if not change.written and not change.removed and old == new:
            return change
        _stage(output, {path: contents[path] for path in change.written}, encode(new))
        _seal(output, _Journal(written=(*change.written, NAME), removed=change.removed))
        recover(output)
    except OSError as error:
        if not _journal_path(output).exists():
            shutil.rmtree(_workspace(output), ignore_errors=True)
        raise _machine_failed(error, output) from error
    return change


def recover(output: Path) -> None:
    """Finish a commit that was cut short, or clear away one that never began.

    Raises SitegenError if the machine refuses.
    """
    workspace = _workspace(output)
    if not workspace.is_dir():
        return
    try:
        journal_path = _journal_path(output)
        if journal_path.is_file():
            journal = msgspec.json.decode(journal_path.read_bytes(), type=_Journal)
            _commit(output, workspace / "staged", journal)
        shutil.rmtree(workspace)
    except (OSError, msgspec.DecodeError) as error:
        raise _machine_failed(error, output) from error


def has_open_journal(output: Path) -> bool:
    """Return whether a commit to `output` was cut short."""
    return _journal_path(output).exists()


def check_output(output: Path, content: Path) -> None:
    """Raise SitegenError if writing to `output` could harm what is not ours."""
    resolved, inside = output.resolve(), content.resolve()
    if resolved == inside or resolved in inside.parents or inside in resolved.parents:
        raise SitegenError(f"{output}: the output can't be in or above {content}")
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        raise SitegenError(f"{output}: this is not a folder")
    if output.is_dir() and _read_manifest(output) is None:
        foreign = sorted(path.name for path in output.iterdir() if path.name[:1] != ".")
        if foreign:
            raise SitegenError(
                f"{output}: this folder holds files that sitegen did not write, such as "
                f"'{foreign[0]}'; name an empty folder, or move them away"
            )


def _workspace(output: Path) -> Path:
    """Return the folder of unfinished work: beside the output, so that renames stay atomic."""
    return output.resolve().parent / f".{output.name}.sitegen"


def _journal_path(output: Path) -> Path:
    return _workspace(output) / "journal.json"


def _read_manifest(output: Path) -> Manifest | None:
    try:
        return decode((output / NAME).read_bytes())
    except FileNotFoundError:
        return None


def _content(artifact: Artifact | CopyArtifact) -> bytes:
    return artifact.content if isinstance(artifact, Artifact) else artifact.source.read_bytes()


def _present(output: Path, old: Manifest | None, contents: dict[str, bytes]) -> Manifest:
    """Return the old manifest without files that have gone missing or changed their size."""
    files = {}
    for path, known in (old.files if old else {}).items():
        data = contents.get(path)
        try:
            size = (output / path).stat().st_size
        except (FileNotFoundError, NotADirectoryError):
            continue
        if data is None or size == len(data) or digest(data) != known:
            files[path] = known
    return Manifest(files=files)


def _refuse_foreign(
    output: Path, old: Manifest | None, contents: dict[str, bytes], change: Change
) -> None:
    """Raise SitegenError before a file that we did not write would be lost."""
    ours = old.files if old else {}
    for path in change.written:
        there = output / path
        if path in ours or not there.exists():
            continue
        if there.is_dir() or there.read_bytes() != contents[path]:
            raise SitegenError(f"{there}: sitegen did not write this file; move it away")


def _stage(output: Path, contents: dict[str, bytes], manifest: bytes) -> None:
    workspace = _workspace(output)
    workspace.mkdir(mode=0o755, parents=True)
    staged = workspace / "staged"
    one_by_one = len(contents) <= _FEW
    made: set[Path] = set()
    for path, data in [*contents.items(), (NAME, manifest)]:
        target = staged / path
        if target.parent not in made:
            _make_folder(target.parent)
            made.add(target.parent)
        _write(target, data, flush=one_by_one)
    if not one_by_one:
        os.sync()


def _make_folder(folder: Path) -> None:
    """Make a folder that everybody may read, whatever the umask: GitHub Pages refuses others."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir()
        folder.chmod(0o755)


def _write(path: Path, data: bytes, *, flush: bool) -> None:
    """Write a file and close it here: an unclosed file swallows the error of a full disk."""
    with path.open("wb") as file:
        file.write(data)
        if flush:
            file.flush()
            os.fsync(file.fileno())
    path.chmod(0o644)


def _seal(output: Path, journal: _Journal) -> None:
    path = _journal_path(output)
    unsealed = path.with_suffix(".new")
    _write(unsealed, msgspec.json.encode(journal), flush=True)
    os.replace(unsealed, path)


def _commit(output: Path, staged: Path, journal: _Journal) -> None:
    """Do what a sealed journal says; doing it again after a crash does no harm."""
    if not output.exists() and staged.is_dir():
        os.rename(staged, output)
        return
    for name in journal.removed:
        _remove(output, name)
    made: set[Path] = set()
    for name in journal.written:
        source, target = staged / name, output / name
        if not source.exists():
            continue
        if target.parent not in made:
            _make_folder(target.parent)
            made.add(target.parent)
        os.replace(source, target)


def _remove(output: Path, name: str) -> None:
    """Remove a file and the folders that it leaves empty."""
    path = output / name
    with suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()
    for folder in path.parents:
        if folder == output:
            return
        try:
            folder.rmdir()
        except OSError:
            return


def _machine_failed(error: Exception, output: Path) -> SitegenError:
    if isinstance(error, OSError):
        return SitegenError(f"{error.filename or output}: {error.strerror or error}")
    return SitegenError(f"{_journal_path(output)}: this journal can't be read; remove it")
