"""Minifies style sheets and scripts by tdewolff-minify."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

_PACKAGE = "tdewolff-minify"


def minifier_version() -> str:
    """Return which minifier there is; nothing where none can be had.

    The package has no wheel for Apple's processors: there, assets are published as they stand.
    """
    try:
        return version(_PACKAGE)
    except PackageNotFoundError:
        return ""


def minify(assets: Sequence[tuple[str, bytes]]) -> list[bytes | str]:
    """Return each asset, given with its media type, without what a browser does not need.

    Instead of one that can't be read stands the minifier's message, which names the place. What is
    no UTF-8 text is returned as it is. The library is in Go, which brings threads: call this in a
    process of its own.
    """
    try:
        import minify as library
    except ImportError:
        return [content for _, content in assets]
    found: list[bytes | str] = []
    for media_type, content in assets:
        try:
            found.append(str(library.string(media_type, content.decode())).encode())
        except UnicodeDecodeError:
            found.append(content)
        except ValueError as error:
            found.append(str(error))
    return found
