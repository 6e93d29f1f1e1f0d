"""A static site generator for policy explainers: every claim with its source."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sitegen.build.api import build as build
    from sitegen.build.api import check as check

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Return `build` or `check`, imported when they are first asked for (PEP 562)."""
    if name in ("build", "check"):
        import importlib

        return getattr(importlib.import_module("sitegen.build.api"), name)
    raise AttributeError(f"module 'sitegen' has no attribute '{name}'")
