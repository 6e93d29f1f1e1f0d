"""Takes the time from a save until a tool's server shows it."""

import http.client
import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from bench.idioms.idiom import Bin, Idiom
from bench.measure import environment, log_file
from bench.project import edit_body
from bench.publication import Publication

POLL_SECONDS = 0.005
START_SECONDS = 1800.0
NOTICE_SECONDS = 60.0
ATTEMPTS = 5
SETTLE_SECONDS = 3.0
SAVE_SECONDS = 300.0
BUDGET_SECONDS = 900.0
"""After so long no further edit is made: slow servers have fewer."""


class NotServed(Exception):
    """The server ended, or did not show an edit in time."""


def served_seconds(
    idiom: Idiom, bin_folder: Bin, publication: Publication, root: Path, edits: int
) -> tuple[float, ...]:
    """Return the seconds from each save of an explainer until its page is served with it.

    Raises NotServed.
    """
    if not idiom.serve:
        raise NotServed(f"{idiom.name} has no server")
    chance = random.Random(edits)
    number = len(publication.explainers) // 2
    path = f"/explainers/{publication.explainers[number].slug}/"
    taken: list[float] = []
    with _serving(partial(idiom.serve, bin_folder, root), root) as server:
        server.wait_for(path, b"", START_SECONDS)
        began = time.monotonic()

        def save(marker: str) -> bytes:
            edit_body(idiom, publication, root, number, marker)
            return marker.encode()

        # A server may hand out an old build before it watches: the first save, which is not
        # counted, is made again until it is noticed.
        rest = SETTLE_SECONDS
        for attempt in range(ATTEMPTS):
            saved = time.perf_counter()
            with suppress(NotServed):
                server.wait_for(path, save(f"Attempt {attempt} of {began:.0f}."), NOTICE_SECONDS)
                rest += time.perf_counter() - saved
                break
        for edit in range(edits):
            # By chance, so that no watcher's beat is met always at one point; and long enough to
            # finish a build, as Pelican does not see what is saved during one.
            time.sleep(chance.uniform(0.5, 1.5) + rest)
            marker = save(f"Marker {edit} of {began:.0f}.")
            saved = time.perf_counter()
            server.wait_for(path, marker, SAVE_SECONDS)
            rest = time.perf_counter() - saved
            taken.append(rest)
            if time.monotonic() - began > BUDGET_SECONDS:
                break
    return tuple(taken)


class _Server:
    """A server that is up or coming up, asked over one connection that is kept open."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
        self._process = process
        self._port = port
        self._log = log
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def wait_for(self, path: str, marker: bytes, patience: float) -> None:
        """Ask for a page until it holds the marker."""
        end = time.monotonic() + patience
        while (page := self._page(path)) is None or marker not in page:
            if self._process.poll() is not None or time.monotonic() > end:
                said = self._log.read_text(errors="replace")[-1000:]
                raise NotServed(f"no {marker.decode() or 'page'} at {path}\n{said}")
            time.sleep(POLL_SECONDS)

    def _page(self, path: str) -> bytes | None:
        try:
            self._connection.request("GET", path)
            response = self._connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return None
        return text if response.status == 200 else None


@contextmanager
def _serving(command: Callable[[int], tuple[str, ...]], root: Path) -> Iterator[_Server]:
    port = _free_port()
    with log_file(root).open("wb") as log:
        process = subprocess.Popen(
            command(port),
            cwd=root,
            env=environment(),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield _Server(process, port, log_file(root))
    finally:
        # Its session is its own: this ends the server and what it started, nothing else.
        with suppress(ProcessLookupError):  # a server that has ended by itself is a failure noted
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
