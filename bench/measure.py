"""Runs a command and takes its wall and CPU seconds, or the peak memory of its process tree."""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

POLL_SECONDS = 0.02


class Times(Struct, frozen=True):
    """What commands run one after the other took."""

    wall: float
    cpu: float
    """User and system seconds, of the processes they started too."""


class CommandFailed(Exception):
    """A command ended with another status than 0; carries what it printed."""


def time_of(commands: Sequence[Sequence[str]], folder: Path) -> Times:
    """Return the time that the commands take, run in a folder after disks have come to rest.

    Raises CommandFailed.
    """
    os.sync()
    wall = cpu = 0.0
    for command in commands:
        began = time.perf_counter()
        process = _start(command, folder)
        _, status, usage = os.wait4(process.pid, 0)
        wall += time.perf_counter() - began
        cpu += usage.ru_utime + usage.ru_stime
        _expect_success(process, status, command, folder)
    return Times(wall=wall, cpu=cpu)


def peak_mib_of(commands: Sequence[Sequence[str]], folder: Path) -> float:
    """Return the most memory (PSS) that a command and its descendants held together.

    PSS counts a page that processes share once, so that forks are not counted double. Reading it
    stops the process for moments, so times are taken in other runs. Raises CommandFailed.
    """
    peak = 0
    for command in commands:
        process = _start(command, folder)
        status = None
        while status is None:
            peak = max(peak, sum(_pss_kib(pid) for pid in process_tree(process.pid)))
            time.sleep(POLL_SECONDS)
            ended, code = os.waitpid(process.pid, os.WNOHANG)
            status = code if ended else None
        _expect_success(process, status, command, folder)
    return peak / 1024


def process_tree(pid: int) -> Iterator[int]:
    """Return a process and its descendants."""
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from process_tree(int(child))
    except OSError:  # it has ended meanwhile
        return


def log_file(folder: Path) -> Path:
    """Return where commands run in a folder write what they have to say."""
    return folder.parent / f"{folder.name}.log"


def environment() -> dict[str, str]:
    """Return the environment that tools run in: one in which Python keeps its bytecode, as ever."""
    return {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _start(command: Sequence[str], folder: Path) -> "subprocess.Popen[bytes]":
    with log_file(folder).open("wb") as log:
        return subprocess.Popen(command, cwd=folder, env=environment(), stdout=log, stderr=log)


def _expect_success(
    process: "subprocess.Popen[bytes]", status: int, command: Sequence[str], folder: Path
) -> None:
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = log_file(folder).read_text(errors="replace")[-2000:]
        raise CommandFailed(f"{' '.join(command)}: status {process.returncode}\n{said}")


def _pss_kib(pid: int) -> int:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(
        (int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0
    )
