"""Commits outputs to output/ in one swap; nothing else writes there.

Changed files are staged beside output/ on the same file system, a journal is sealed, and only then
is each file renamed into place. A build killed before the seal leaves the old site; after it,
`recover` rolls the journal forward before any command does anything else.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_ISDIR

import msgspec
from msgspec import Struct

from sitegen.engine.digest import digest
from sitegen.errors import SitegenError
from sitegen.publish.foreign import refuse_foreign
from sitegen.publish.manifest import NAME, Change, Manifest, Written, encode, is_output_path

_WHOLE = "staged"
"""The folder of the files of a first build: it becomes the output as it is."""
_CHANGED = "changed"
"""The folder of the files that take the place of others, without folders in it."""
_FEW = 64
"""Up to so many files are flushed one by one, more with one call for all."""


class _Journal(Struct, frozen=True, kw_only=True):
    """What is left to do once the staged files are whole."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


class Staging:
    """The folder beside output/ in which changed files wait; any process may write to it."""

    def __init__(self, output: Path) -> None:
        """Take the output folder; `begin` makes the staging folder."""
        self.output = output
        self._whole = not output.exists()
        self._folder = str(_workspace(output) / (_WHOLE if self._whole else _CHANGED))
        self._made: set[str] = set()
        self._open_to_all = False
        """What is made here can be read by everybody as it is: no umask is in the way."""

    def begin(self) -> None:
        """Make the folder, empty.

        Raises SitegenError if the machine refuses.
        """
        recover(self.output)
        try:
            _workspace(self.output).mkdir(mode=0o755, parents=True)
            os.mkdir(self._folder, 0o755)  # noqa: PTH102
            # The folders above may see to other modes too: this one shows what comes of it all.
            self._open_to_all = S_IMODE(os.stat(self._folder).st_mode) == 0o755  # noqa: PTH116
            os.chmod(self._folder, 0o755)  # noqa: PTH101, S103
        except OSError as error:
            raise _machine_failed(error, self.output) from error

    def write(self, path: str, content: bytes) -> None:
        """Stage a file, closed here: an unclosed file swallows the error of a full disk.

        Raises SitegenError if the machine refuses.
        """
        if not is_output_path(path):
            raise SitegenError(f"{path}: this is no place below {self.output}")
        target = self.place(path)
        try:
            folder = os.path.dirname(target)  # noqa: PTH120 - thousands of paths cost time
            if folder not in self._made:
                _make_folder(folder, open_to_all=self._open_to_all)
                self._made.add(folder)
            _write(target, content, flush=False, open_to_all=self._open_to_all)
        except OSError as error:
            raise _machine_failed(error, self.output) from error

    def flush_ahead(self) -> None:
        """Have the system write what is staged so far, lest `commit` wait for all of it."""
        os.sync()

    def read(self, path: str) -> bytes:
        """Return an output as it will be: the staged file, else the one that stands."""
        try:
            return Path(self.place(path)).read_bytes()
        except FileNotFoundError:
            return (self.output / path).read_bytes()

    def place(self, path: str) -> str:
        """Return where an output waits."""
        return f"{self._folder}/{path if self._whole else _changed_name(path)}"

    def abandon(self) -> None:
        """Remove what was staged, unless it is being committed."""
        if not _journal_path(self.output).exists():
            shutil.rmtree(_workspace(self.output), ignore_errors=True)


def commit(
    staging: Staging,
    staged: Iterable[str],
    files: dict[str, Written],
    old: Manifest,
    *,
    preview: bool = False,
) -> Change:
    """Make output/ hold exactly `files` and those that are not ours; return the change.

    `files` are all outputs by their paths; each must be staged or stand as it is said. `old` is
    what the last build left there; `preview` marks a site that is not to be published. Raises
    SitegenError if the machine refuses; output/ is then as before, or `recover` finishes what was
    begun.
    """
    output = staging.output
    try:
        new = Manifest(files=files, preview=preview)
        written = tuple(sorted(staged))
        removed = tuple(sorted(set(old.files) - set(new.files)))
        change = Change(written=written, removed=removed, unchanged=len(files) - len(written))
        if not written and not removed and old == new and (output / NAME).exists():
            staging.abandon()
            return change
        refuse_foreign(output, old, written, frozenset(removed), staged=staging.read)
        _write(staging.place(NAME), encode(new), flush=False)
        if len(written) > _FEW:
            os.sync()
        else:
            for path in (*written, NAME):
                _flush(staging.place(path))
        _seal(output, _Journal(written=(*written, NAME), removed=removed))
        recover(output)
    except OSError as error:
        staging.abandon()
        raise _machine_failed(error, output) from error
    return change


def recover(output: Path) -> None:
    """Finish a commit that was cut short, or clear away one that never began.

    Raises SitegenError if the machine refuses.
    """
    workspace = _workspace(output)
    if workspace.is_symlink() or not workspace.is_dir():
        return  # `check_output` says what is wrong with a link
    try:
        journal_path = _journal_path(output)
        if journal_path.is_file():
            journal = msgspec.json.decode(journal_path.read_bytes(), type=_Journal)
            if not all(map(is_output_path, (*journal.written, *journal.removed))):
                raise SitegenError(f"{journal_path}: this is not a journal of ours; remove it")
            _commit(output, workspace, journal)
            _flush_folder(output)
        shutil.rmtree(workspace)
    except (OSError, msgspec.DecodeError) as error:
        raise _machine_failed(error, output) from error


def has_open_journal(output: Path) -> bool:
    """Return whether a commit was cut short after its seal: `output` may be half old, half new."""
    return _journal_path(output).is_file()


def check_output(output: Path, content: Path) -> None:
    """Raise SitegenError if writing to `output` could harm what is not ours."""
    resolved, inside = output.resolve(), content.resolve()
    if resolved == inside or resolved in inside.parents or inside in resolved.parents:
        raise SitegenError(f"{output}: the output can't be in or above {content}")
    for folder in (output, _workspace(output)):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise SitegenError(f"{folder}: this is not a folder")
    if output.is_dir() and not (output / NAME).is_file():
        foreign = sorted(path.name for path in output.iterdir() if path.name[:1] != ".")
        if foreign:
            raise SitegenError(
                f"{output}: this folder holds files that sitegen did not write, such as "
                f"'{foreign[0]}'; name an empty folder, or move them away"
            )


def _workspace(output: Path) -> Path:
    """Return the folder of unfinished work: on the output's file system, for atomic renames."""
    resolved = output.resolve()
    if resolved.is_mount():
        return resolved / ".unfinished.sitegen"
    return resolved.parent / f".{output.name}.sitegen"


def _changed_name(path: str) -> str:
    """Return the name under which an output waits among those that have changed."""
    return digest(path.encode()).hex()


def _journal_path(output: Path) -> Path:
    return _workspace(output) / "journal.json"


def _make_folder(folder: str, *, open_to_all: bool = False) -> None:
    """Make a folder that everybody may read, whatever the umask: GitHub Pages refuses others.

    `open_to_all` says that no umask is in the way.
    """
    try:
        os.mkdir(folder, 0o755)  # noqa: PTH102
    except FileExistsError:
        return
    except FileNotFoundError:
        _make_folder(os.path.dirname(folder), open_to_all=open_to_all)  # noqa: PTH120
        with suppress(FileExistsError):
            os.mkdir(folder, 0o755)  # noqa: PTH102
    if not open_to_all:
        os.chmod(folder, 0o755)  # noqa: PTH101, S103


def _write(path: str, data: bytes, *, flush: bool, open_to_all: bool = False) -> None:
    """Write a file that everybody may read, whatever the umask.

    `open_to_all` says that no umask is in the way.
    """
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o644)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
        if flush:
            os.fsync(file)
    finally:
        os.close(file)
    if not open_to_all:
        os.chmod(path, 0o644)  # noqa: PTH101


def _flush(path: str) -> None:
    _flush_open(os.open(path, os.O_RDWR))


def _flush_open(file: int) -> None:
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _flush_folder(folder: Path) -> None:
    """Have the names in a folder outlive a loss of power, where the system can."""
    with suppress(OSError):
        _flush_open(os.open(folder, os.O_RDONLY))


def _seal(output: Path, journal: _Journal) -> None:
    path = _journal_path(output)
    unsealed = path.with_suffix(".new")
    _write(str(unsealed), msgspec.json.encode(journal), flush=True)
    os.replace(unsealed, path)
    _flush_folder(path.parent)


def _commit(output: Path, workspace: Path, journal: _Journal) -> None:
    """Do what a sealed journal says; doing it again after a crash does no harm."""
    whole, changed = workspace / _WHOLE, workspace / _CHANGED
    if not output.exists() and whole.is_dir():
        os.rename(whole, output)
        return
    for name in journal.removed:
        _remove(output, name)
    made: set[str] = set()
    for name in journal.written:
        source, target = f"{changed}/{_changed_name(name)}", f"{output}/{name}"
        folder = os.path.dirname(target)  # noqa: PTH120 - thousands of paths cost time
        if folder not in made:
            _make_folder(folder)
            made.add(folder)
        for waiting in (source, f"{whole}/{name}"):
            with suppress(FileNotFoundError):
                os.replace(waiting, target)
                break


def _remove(output: Path, name: str) -> None:
    """Remove a file and the folders that it leaves empty."""
    path = output / name
    with suppress(FileNotFoundError, NotADirectoryError):
        if not S_ISDIR(path.lstat().st_mode):  # a folder is not ours: it may stay
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
        # Of a rename, where the file was to go.
        place = error.filename2 or error.filename or output
        return SitegenError(f"{place}: {error.strerror or error}")
    return SitegenError(f"{_journal_path(output)}: this journal can't be read; remove it")
