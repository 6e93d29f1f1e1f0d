"""Minifies style sheets and scripts by tdewolff-minify."""

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


def minify(media_type: str, content: bytes) -> bytes:
    """Return a style sheet or a script without what a browser does not need.

    What is no UTF-8 text is returned as it is. Raises ValueError if it can't be read; its message
    names the place.
    """
    try:
        # A library in Go, which brings threads: loaded only where something is minified.
        import minify as library
    except ImportError:
        return content
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return content
    return str(library.string(media_type, text)).encode()
