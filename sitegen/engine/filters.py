"""Filters for templates that installed packages offer, of which site.yaml chooses by name.

As with Markdown's extensions, only what a package registers is taken (packaging.python.org, "Entry
points"): a dotted module path would let site.yaml run any module there is.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "sitegen.filters"
"""The group of entry points under which packages register."""


def filter_problem(name: str) -> str:
    """Return why a filter of site.yaml can't be used, or an empty string."""
    from jinja2.filters import FILTERS

    registered = _registered()
    if name in FILTERS:
        return f"'{name}' is a filter of Jinja, which is always there"
    if name not in registered:
        return f"no installed package offers '{name}'"
    try:
        found = registered[name].load()
    except Exception as error:  # noqa: BLE001 - a package may raise anything at all
        return f"'{name}' can't be loaded: {str(error).splitlines()[0] if str(error) else error!r}"
    return "" if callable(found) else f"'{name}' is no function"


def filter_names() -> tuple[str, ...]:
    """Return the names that installed packages offer."""
    return tuple(_registered())


def filters_of(names: Iterable[str]) -> Mapping[str, Callable[..., Any]]:
    """Return the filters of these names, each of which `filter_problem` has found good."""
    wanted = tuple(names)
    registered = _registered() if wanted else {}
    return {name: registered[name].load() for name in wanted}


def _registered() -> "dict[str, EntryPoint]":
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group=GROUP)}
