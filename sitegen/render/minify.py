"""Minifies style sheets by rcssmin, and scripts by tdewolff-minify."""

from collections.abc import Sequence

from sitegen.engine.environment import installed_version

_PACKAGES = ("rcssmin", "tdewolff-minify")


def minifier_version() -> str:
    """Return which minifiers there are.

    tdewolff-minify has no wheel for Apple's processors: there, scripts are published as they stand.
    """
    versions = ((package, installed_version(package)) for package in _PACKAGES)
    return ", ".join(f"{package} {version}" for package, version in versions if version)


def minify(assets: Sequence[tuple[str, bytes]]) -> list[bytes | str]:
    """Return each asset, given with its media type, without what a browser does not need.

    Instead of one that can't be read stands the minifier's message, which names the place. What is
    no UTF-8 text is returned as it is. One library is in Go, which brings threads: call this in a
    process of its own.
    """
    return [_minified(*asset) for asset in assets]


def _minified(media_type: str, content: bytes) -> bytes | str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return content
    if media_type == "text/css":
        import rcssmin

        return str(rcssmin.cssmin(text, keep_bang_comments=True)).encode()
    try:
        import minify
    except ImportError:
        return content
    try:
        return str(minify.string(media_type, text)).encode()
    except ValueError as error:
        return str(error)
