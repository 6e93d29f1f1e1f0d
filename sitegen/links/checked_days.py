"""Remembers on which day each outside address was last asked, so that none is asked every hour.

Kept in the publication's workspace and not in links.lock, whose lines would else change every day;
losing it costs requests and nothing else.
"""

from pathlib import Path

import msgspec

_NAME = "links-checked.json"


def read_days(workspace: Path) -> dict[str, str]:
    """Return the day on which each address was last asked."""
    try:
        return msgspec.json.decode((workspace / _NAME).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def write_days(workspace: Path, days: dict[str, str]) -> None:
    """Write them for the next check; where there is no workspace nothing is kept."""
    if workspace.is_dir() and not workspace.is_symlink():
        (workspace / _NAME).write_bytes(msgspec.json.encode(dict(sorted(days.items()))))
