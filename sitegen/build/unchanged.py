"""Tells that nothing has changed since the last build, by looking at files without reading them.

An unchanged build ends here: it imports neither Markdown nor Jinja.
"""

import datetime as dt
import os
import time
from collections.abc import Callable, Mapping, Set
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from sitegen.build.options import BuildOptions, BuildReport
from sitegen.engine.checked import read_checked
from sitegen.engine.digest import digest
from sitegen.publish.manifest import NAME

_NOTHING_DONE = {"loaded": 0, "rendered": 0, "written": 0, "removed": 0}


class LastBuild(Struct, frozen=True, kw_only=True, array_like=True):
    """What the last build saw and made."""

    made_by: bytes
    as_of: str
    time_zone: str
    inputs: dict[str, tuple[int, ...]]
    """The stamp of each file of content/ and templates/, and the name of each folder."""
    manifest: bytes
    """The digest of the manifest that it left in the output."""
    report: BuildReport


def read_last_build(path: Path, made_by: bytes) -> LastBuild | None:
    """Return what a file says of the last build, or None where it says nothing that fits."""
    content = read_checked(path)
    if content is None:
        return None
    try:
        last = msgspec.msgpack.decode(content, type=LastBuild)
    except msgspec.DecodeError:
        return None
    return last if last.made_by == made_by else None


def report_if_unchanged(
    last: LastBuild,
    options: BuildOptions,
    inputs: Mapping[str, tuple[int, ...]],
    fallen: Callable[[], Set[str]],
) -> BuildReport | None:
    """Return the report of a build that has nothing to do, or None if there may be something.

    `fallen` tells which outputs of the last build no longer stand.
    """
    began = time.perf_counter()
    if last.inputs != inputs or last.as_of != _day(options, last.time_zone):
        return None
    if manifest_digest(options.output_folder) != last.manifest or fallen():
        return None
    files = last.report.counts.get("artifacts", 0)
    return msgspec.structs.replace(
        last.report,
        counts={**last.report.counts, **_NOTHING_DONE, "unchanged": files},
        seconds={"look": time.perf_counter() - began},
        removed=(),
    )


def manifest_digest(output: Path) -> bytes:
    """Return the digest of the manifest in a folder, or nothing where there is none."""
    try:
        return digest((output / NAME).read_bytes())
    except OSError:
        return b""


def _day(options: BuildOptions, time_zone: str) -> str:
    """Return the as-of day, or an empty string where only a whole build can tell what is wrong."""
    if options.as_of:
        return options.as_of
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        zone = ZoneInfo(time_zone)
        if epoch:
            return dt.datetime.fromtimestamp(int(epoch), zone).date().isoformat()
        return dt.datetime.now(zone).date().isoformat()
    except (KeyError, ValueError, OverflowError, OSError):
        return ""
