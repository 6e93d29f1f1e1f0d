"""What was measured of search, as it stands in `.bench/search-*.json`: one file a session."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from bench.search.browser import Visit
from bench.search.engines import Size
from bench.search.measures import Quality


class QualityRow(Struct, frozen=True, kw_only=True):
    """One engine on one collection."""

    collection: str
    engine: str
    version: str
    documents: int
    quality: Quality
    visits: tuple[Visit, ...] = ()
    """Empty: it does not run in the browser."""
    size: Size | None = None
    ranks: dict[str, int] = {}
    """By a query's number the place of the first relevant page, 0 for none."""


class Taken(Struct, frozen=True, kw_only=True):
    """What one engine took in one of the runs that took turns."""

    run: int
    seconds: float
    """Wall: for sitegen, a build with the index less one without; for Pagefind, its command."""
    cpu: float
    """The same of user and system seconds, which other work on the machine disturbs less."""
    stage: float | None = None
    """For sitegen, what it reports for the stage that makes the index."""
    whole: float | None = None
    """For sitegen, the build with the index."""


class CostRow(Struct, frozen=True, kw_only=True):
    """One engine on a generated publication."""

    explainers: int
    engine: str
    version: str
    first: tuple[Taken, ...] = ()
    """The index made from nothing."""
    edited: tuple[Taken, ...] = ()
    """The index made again after one body was edited."""
    peak_mib: float | None = None
    """Of the process tree while the index is first made; for sitegen, of the whole build."""
    plain_mib: float | None = None
    """For sitegen, of a build without the index."""
    size: Size | None = None
    visits: tuple[Visit, ...] = ()


class SearchSession(Struct, frozen=True, kw_only=True):
    """Measurements taken on one machine one after the other."""

    began: str
    """Day and time, UTC."""
    machine: str
    quality: tuple[QualityRow, ...] = ()
    cost: tuple[CostRow, ...] = ()


def now() -> str:
    """Return day and time, UTC."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")


def write_session(session: SearchSession, folder: Path) -> Path:
    """Write it to the folder, in place of what it was; return the file."""
    stamp = session.began.replace(":", "").replace(" ", "-")
    path = folder / f"search-{stamp}.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(session)) + b"\n")
    return path


def read_sessions(folder: Path) -> list[SearchSession]:
    """Return every session in the folder, newest first."""
    found = [
        msgspec.json.decode(path.read_bytes(), type=SearchSession)
        for path in folder.glob("search-*.json")
    ]
    return sorted(found, key=lambda session: session.began, reverse=True)


def newest_quality(
    sessions: Sequence[SearchSession],
) -> dict[tuple[str, str], tuple[QualityRow, SearchSession]]:
    """Return the newest figures by collection and engine; sessions newest first."""
    newest: dict[tuple[str, str], tuple[QualityRow, SearchSession]] = {}
    for session in sessions:
        for row in session.quality:
            newest.setdefault((row.collection, row.engine), (row, session))
    return newest


def newest_cost(
    sessions: Sequence[SearchSession],
) -> dict[tuple[int, str], tuple[CostRow, SearchSession]]:
    """Return the newest figures by size and engine; sessions newest first."""
    newest: dict[tuple[int, str], tuple[CostRow, SearchSession]] = {}
    for session in sessions:
        for row in session.cost:
            newest.setdefault((row.explainers, row.engine), (row, session))
    return newest
