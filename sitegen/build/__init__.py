"""The journey from top to bottom: content/ -> documents -> site -> artifacts -> output/."""

from sitegen.build.commands import advance_ledger, build, check, quotes, site_of
from sitegen.build.options import BuildOptions, BuildReport, Early, Progress

__all__ = [
    "BuildOptions",
    "BuildReport",
    "Early",
    "Progress",
    "advance_ledger",
    "build",
    "check",
    "quotes",
    "site_of",
]
