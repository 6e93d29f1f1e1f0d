"""Names what runs the build, so that nothing is taken from a cache that other code made."""

import os
import sys
from functools import lru_cache
from pathlib import Path

from sitegen.engine.digest import digest_of

_PACKAGE = Path(__file__).parent.parent


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
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208
        except OSError:
            continue
        parts += [name.encode() for name in sorted(names) if name.endswith(".dist-info")]
    return digest_of(parts)
