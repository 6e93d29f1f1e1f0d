"""Tells when a file of content/ or templates/ changes, by the system's file events."""

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from watchfiles import Change, watch

from sitegen.load.scan import is_editor_file

QUIET_MS = 25
"""A burst of saves is over, and reported once, when nothing changed for so long."""
LONGEST_BURST_MS = 1_000
_RETRY_SECONDS = 0.2

WATCHED_FOLDERS = ("content", "templates")


class _Standing:
    """The stop event of a watch, which also tells that the watch stands.

    watchfiles asks for the event only once the system watches the folders; whatever changed
    before that went unseen.
    """

    def __init__(self, stop: threading.Event, stands: Callable[[], None]) -> None:
        self._stop = stop
        self._stands: Callable[[], None] | None = stands

    def is_set(self) -> bool:
        """Return whether to stop watching; the first call tells that the watch stands."""
        stands, self._stands = self._stands, None
        if stands:
            stands()
        return self._stop.is_set()

    def give_up(self) -> None:
        """Go on as if the watch stood, and return when the event is set."""
        self.is_set()
        self._stop.wait()


class FolderWatch:
    """Two threads: one watches the folders in depth, one watches for their coming and going."""

    def __init__(
        self,
        root: Path,
        output: Path,
        changed: Callable[[frozenset[Path]], None],
        trouble: Callable[[str], None],
    ) -> None:
        """Take the publication's root, the folder never to watch, and what to call.

        `changed` is called once the watch stands, with nothing since anything may have changed
        before, and after each burst of changes with the files that a build would read; `trouble`
        is told in one line why changes can't be seen. Both are called in a thread of the watch.
        """
        self._root = root.resolve()
        self._output = output.resolve()
        self._changed = changed
        self._trouble = trouble
        self._stopped = threading.Event()
        self._moved = threading.Event()
        self._root_stands = threading.Event()
        self._threads = [
            threading.Thread(target=self._watch_root, name="watch-root", daemon=True),
            threading.Thread(target=self._watch_folders, name="watch-folders", daemon=True),
        ]

    def start(self) -> None:
        """Begin to watch."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop watching, and return when both threads have ended."""
        self._stopped.set()
        self._moved.set()
        self._root_stands.set()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    def _watch_root(self) -> None:
        while not self._stopped.is_set():
            stop = _Standing(self._stopped, self._watches_root)
            for changes in self._events([self._root], stop, recursive=False):
                for change, path in changes:
                    if change is not Change.modified and Path(path).name in WATCHED_FOLDERS:
                        self._moved.set()
            self._root_stands.set()  # or can't, and nobody is to wait for it
            self._stopped.wait(_RETRY_SECONDS)

    def _watch_folders(self) -> None:
        while True:
            self._moved.clear()
            if self._stopped.is_set():
                return
            folders = [self._root / name for name in WATCHED_FOLDERS]
            present = [folder.resolve() for folder in folders if folder.is_dir()]
            if present:
                stop = _Standing(self._moved, self._watches_folders)
                for changes in self._events(present, stop, recursive=True):
                    found = (self._read_by_builds(*each, present) for each in changes)
                    if saved := frozenset(path for path in found if path is not None):
                        self._changed(saved)
                self._moved.wait(_RETRY_SECONDS)
            else:
                self._watches_folders()
                self._moved.wait()

    def _watches_root(self) -> None:
        if self._root_stands.is_set():
            self._moved.set()  # the root itself came back, and what was in it is new
        self._root_stands.set()

    def _watches_folders(self) -> None:
        self._root_stands.wait()
        self._changed(frozenset())

    def _events(
        self, folders: Iterable[Path], stop: _Standing, *, recursive: bool
    ) -> Iterator[set[tuple[Change, str]]]:
        """Yield bursts of changes until `stop` is set or a folder is gone."""
        try:
            yield from watch(
                *folders,
                watch_filter=None,
                debounce=LONGEST_BURST_MS,
                step=QUIET_MS,
                stop_event=stop,
                raise_interrupt=False,
                recursive=recursive,
                # The build says which folder can't be read; the others are watched.
                ignore_permission_denied=True,
            )
        except FileNotFoundError:
            return  # it went between our look and the system's: the caller looks again
        except (OSError, RuntimeError) as error:
            self._trouble(f"changes to files can't be seen: {error}")
            stop.give_up()

    def _read_by_builds(self, change: Change, name: str, folders: list[Path]) -> Path | None:
        """Return where a file really is if a build would read it, or would have before it went."""
        # watchfiles follows links, which builds do not, and may name a file by a way through one.
        path = Path(name)
        real = path.parent.resolve() / path.name
        if real.is_relative_to(self._output):
            return None
        if sys.platform == "win32" and change is Change.modified and path.is_dir():
            return None  # Windows reports a folder for each file that comes or goes in it
        below = [real.relative_to(folder) for folder in folders if real.is_relative_to(folder)]
        matters = any(not any(map(is_editor_file, relative.parts)) for relative in below)
        return real if matters else None
