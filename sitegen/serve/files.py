"""Which file of the output answers an address."""

import mimetypes
from pathlib import Path
from urllib.parse import quote, unquote

from msgspec import Struct


class Found(Struct, frozen=True):
    """The file that answers."""

    path: Path


class Moved(Struct, frozen=True):
    """The address is a folder's and lacks its last slash."""

    location: str
    """The right address, percent-encoded, from the root of the host."""


def find(output: Path, base_path: str, target: str) -> Found | Moved | None:
    """Return what answers `target`, the percent-encoded path of a request; None for nothing.

    `base_path` is empty or as in `/briefings`, percent-encoded. Hidden files, addresses that
    climb and links that lead out of `output` are answered by nothing, as if they weren't there.
    """
    try:
        path, base = unquote(target, errors="strict"), unquote(base_path)
    except UnicodeDecodeError:
        return None
    if path == base or (path == "/" and base):
        return Moved(f"{base_path}/")
    if not path.startswith(f"{base}/"):
        return None
    *folders, name = path.removeprefix(f"{base}/").split("/")
    names = [*folders, name] if name else folders
    if any(not part or part.startswith(".") or "\0" in part or "\\" in part for part in names):
        return None
    place = _inside(output, output.joinpath(*names))
    if place is None:
        return None
    if place.is_dir():
        index = _inside(output, place / "index.html")
        if index is None or not index.is_file():
            return None
        return Found(index) if not name else Moved(quote(f"{path}/"))
    return Found(place) if name and place.is_file() else None


def content_type(path: Path) -> str:
    """Return the media type of a file by its name, with UTF-8 as the charset of texts."""
    media_type = _MEDIA_TYPES.guess_type(path.name)[0] or "application/octet-stream"
    is_text = media_type.startswith("text/") or media_type.endswith(("json", "xml"))
    return f"{media_type}; charset=utf-8" if is_text else media_type


def _inside(output: Path, path: Path) -> Path | None:
    """Return the real path, or None if it is not there, is hidden or is outside `output`."""
    try:
        root, real = output.resolve(strict=True), path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
        return None
    if not real.is_relative_to(root):
        return None
    return None if any(part.startswith(".") for part in real.relative_to(root).parts) else real


def _media_types() -> mimetypes.MimeTypes:
    # Python's own table without the system's, which differs from machine to machine.
    table = mimetypes.MimeTypes()
    for suffix, media_type in (
        (".avif", "image/avif"),
        (".bib", "application/x-bibtex"),
        (".js", "text/javascript"),
        (".md", "text/markdown"),
        (".mjs", "text/javascript"),
        (".ris", "application/x-research-info-systems"),
        (".webmanifest", "application/manifest+json"),
        (".webp", "image/webp"),
        (".woff2", "font/woff2"),
        (".xml", "application/xml"),
    ):
        table.add_type(media_type, suffix)
    return table


_MEDIA_TYPES = _media_types()
