"""What was measured, as it stands in `.bench/results-*.json`: one file a session."""

import statistics
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

HUGO = "hugo"


class Sample(Struct, frozen=True):
    """One run of one tool."""

    tool: str
    case: str
    run: int
    """Runs of one number took turns, so they are pairs."""
    wall: float
    cpu: float


class Peak(Struct, frozen=True):
    """The most memory that a tool's processes held."""

    tool: str
    case: str
    mib: float


class Served(Struct, frozen=True):
    """The seconds from each save until a tool's server showed it."""

    tool: str
    seconds: tuple[float, ...]


class Session(Struct, frozen=True, kw_only=True):
    """Measurements taken on one machine one after the other."""

    began: str
    """Day and time, UTC."""
    machine: str
    size: int
    """Explainers."""
    versions: dict[str, str]
    samples: tuple[Sample, ...] = ()
    peaks: tuple[Peak, ...] = ()
    served: tuple[Served, ...] = ()
    failures: tuple[str, ...] = ()

    def wall(self, tool: str, case: str) -> float | None:
        """Return the median wall seconds."""
        return _median(each.wall for each in self._of(tool, case))

    def cpu(self, tool: str, case: str) -> float | None:
        """Return the median user and system seconds."""
        return _median(each.cpu for each in self._of(tool, case))

    def ratio(self, tool: str, case: str, base_case: str = "") -> float | None:
        """Return the median of the tool's wall time over Hugo's, run by run."""
        base = {each.run: each.wall for each in self._of(HUGO, base_case or case)}
        return _median(
            each.wall / base[each.run] for each in self._of(tool, case) if each.run in base
        )

    def peak(self, tool: str, case: str) -> float | None:
        """Return the peak memory in MiB."""
        found = [each.mib for each in self.peaks if (each.tool, each.case) == (tool, case)]
        return found[0] if found else None

    def latency(self, tool: str, percentile: int) -> float | None:
        """Return a percentile of the seconds from save to served."""
        taken = sorted(
            seconds for each in self.served if each.tool == tool for seconds in each.seconds
        )
        if not taken:
            return None
        return taken[min(len(taken) - 1, round(percentile / 100 * (len(taken) - 1)))]

    def _of(self, tool: str, case: str) -> list[Sample]:
        return [each for each in self.samples if (each.tool, each.case) == (tool, case)]


class MarkdownSpeed(Struct, frozen=True):
    """CPU time of a page's Markdown over that of stock Python-Markdown, on one core."""

    generated: float
    """On explainers of the made-up publication."""
    real: float
    """On documents that people wrote, with every extension."""


def write_session(session: Session, folder: Path) -> None:
    """Write it to the folder, in place of what it was."""
    stamp = session.began.replace(":", "").replace(" ", "-")
    encoded = msgspec.json.format(msgspec.json.encode(session))
    (folder / f"results-{session.size}-{stamp}.json").write_bytes(encoded + b"\n")


def read_sessions(folder: Path) -> list[Session]:
    """Return every session in the folder, newest first."""
    found = [
        msgspec.json.decode(path.read_bytes(), type=Session)
        for path in folder.glob("results-*.json")
    ]
    return sorted(found, key=lambda session: session.began, reverse=True)


def read_markdown_speed(folder: Path) -> MarkdownSpeed | None:
    """Return what `.bench/markdown.json` says, or None if it was not measured."""
    path = folder / "markdown.json"
    return msgspec.json.decode(path.read_bytes(), type=MarkdownSpeed) if path.exists() else None


def _median(values: Iterable[float]) -> float | None:
    taken = list(values)
    return statistics.median(taken) if taken else None
