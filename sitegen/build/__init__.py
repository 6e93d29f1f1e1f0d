"""The journey from top to bottom: content/ -> documents -> site -> artifacts -> output/."""

import sys
from types import ModuleType
from typing import Any

from sitegen.build.commands import advance_ledger, build, check, quotes, site_of, with_site
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
    "with_site",
]


class _Callable(ModuleType):
    """A module that can be called: `sitegen.build` names this package and what users call."""

    def __call__(self, *arguments: Any, **options: Any) -> BuildReport:
        from sitegen.build import api

        return api.build(*arguments, **options)


sys.modules[__name__].__class__ = _Callable
