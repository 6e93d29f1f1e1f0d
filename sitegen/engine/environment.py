"""Names what runs the build, so that nothing is taken from a cache that other code made."""

import os
import sys
from functools import lru_cache
from pathlib import Path

from sitegen.engine.digest import digest_of

_PACKAGE = Path(__file__).parent.parent
_SUFFIX = ".dist-info"


@lru_cache(maxsize=1)
def code_digest() -> bytes:
    """Return the digest of our own code, of Python, and of every package that is installed.

    A package is known by the name and version of its folder, as installers write it
    (packaging.python.org, "Recording installed projects"); an editable one's own changes are not
    seen.
    """
    parts = [sys.version.encode(), sys.platform.encode()]
    for folder, _, names in sorted(os.walk(_PACKAGE)):
        for name in sorted(names):
            if name.endswith(".py"):
                path = os.path.join(folder, name)  # noqa: PTH118 - before anything else is done
                with open(path, "rb") as file:  # noqa: PTH123
                    parts += (os.path.relpath(path, _PACKAGE).encode(), file.read())
    parts += [name.encode() for name in _installed()]
    return digest_of(parts)


def installed_version(package: str) -> str:
    """Return the version of a package, or nothing where it is not installed.

    This is what importlib.metadata.version tells, which takes forty milliseconds to import.
    """
    begin = f"{package.replace('-', '_')}-"
    found = (name for name in _installed() if name.lower().startswith(begin))
    return next((name[len(begin) :].removesuffix(_SUFFIX) for name in found), "")


@lru_cache(maxsize=1)
def _installed() -> tuple[str, ...]:
    """Return the name of each installed package's folder, in the order in which they are found."""
    found: list[str] = []
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208
        except OSError:
            continue
        found += [name for name in sorted(names) if name.endswith(_SUFFIX)]
    return tuple(found)
