"""Runs builds one at a time in one thread, however many saves ask for one."""

import threading
from collections.abc import Callable
from pathlib import Path

from sitegen.serve.outcome import Outcome


class Rebuilder:
    """A thread that builds when asked; what is asked during a build makes one more build."""

    def __init__(
        self,
        run: Callable[[frozenset[Path]], Outcome],
        finished: Callable[[Outcome], None],
    ) -> None:
        """Take the build, which raises nothing, and what to tell its outcome in the same thread.

        The build is told which files were saved; none where anything may have changed.
        """
        self._run = run
        self._lock = threading.Lock()
        self._saved: list[frozenset[Path]] = []
        """What each request since the last build began told."""
        self._finished = finished
        self._wanted = threading.Event()
        self._stopped = threading.Event()
        self._busy = False
        # A daemon: a build that hangs must not keep the program from ending.
        self._thread = threading.Thread(target=self._work, name="build", daemon=True)

    def start(self) -> None:
        """Begin to wait for requests."""
        self._thread.start()

    def request(self, saved: frozenset[Path] = frozenset()) -> None:
        """Ask for a build that sees everything saved until now; returns at once.

        `saved` are the files that changed; none where anything may have.
        """
        with self._lock:
            self._saved.append(saved)
        self._wanted.set()

    @property
    def busy(self) -> bool:
        """Whether a build is running."""
        return self._busy

    def stop(self) -> None:
        """Start no further build, and return when the running one is done."""
        self._stopped.set()
        self._wanted.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _work(self) -> None:
        while True:
            self._wanted.wait()
            if self._stopped.is_set():
                return
            self._busy = True
            # Before the build reads anything: what is saved from here on wants another build.
            self._wanted.clear()
            with self._lock:
                requests, self._saved = self._saved, []
            saved = frozenset().union(*requests) if all(requests) else frozenset()
            outcome = self._run(saved)
            self._busy = False
            if not self._stopped.is_set():
                self._finished(outcome)
