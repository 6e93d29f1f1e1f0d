"""Reads a built site from a folder or from the web, a file at a time and never too much of it."""

import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Protocol

from sitegen.errors import SitegenError

_SECONDS = 20.0
_MOST_BYTES = 256 * 1024 * 1024
_MOST_REDIRECTS = 5


class NotThere(Exception):
    """The site has no such file."""


class SiteFiles(Protocol):
    """The files of a built site."""

    def read(self, path: str) -> bytes:
        """Return a file by its path below the site's root, or raise NotThere."""


def site_files(place: str) -> SiteFiles:
    """Return the files of the site in a folder, or at an http(s) address."""
    if place.startswith(("http://", "https://")):
        return _WebFiles(place)
    return _FolderFiles(Path(place))


class _FolderFiles:
    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def read(self, path: str) -> bytes:
        """Return a file of the folder; what lies outside it is not there."""
        file = (self._folder / path).resolve()
        if not file.is_relative_to(self._folder) or not file.is_file():
            raise NotThere(path)
        with file.open("rb") as opened:
            return _whole(opened, path)


class _WebFiles:
    def __init__(self, address: str) -> None:
        self._root = address.partition("?")[0].partition("#")[0].rstrip("/") + "/"
        parts = urllib.parse.urlsplit(self._root)
        self._opener = urllib.request.build_opener(_SameHost(parts.scheme, parts.netloc))

    def read(self, path: str) -> bytes:
        """Return a file of the site; SitegenError is raised if the site does not answer."""
        quoted = urllib.parse.quote(path.removesuffix("index.html"), safe="/-._~!$&'()*+,;=@:")
        address = self._root + quoted
        request = urllib.request.Request(address, headers={"User-Agent": "sitegen-verify"})  # noqa: S310 - http(s) only
        try:
            with self._opener.open(request, timeout=_SECONDS) as answer:
                return _whole(answer, address)
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in (404, 410):
                raise NotThere(path) from None
            raise SitegenError(f"{address}: the site answers {error.code}") from None
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise SitegenError(f"{address}: {reason}") from None


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects only on the host that was asked for."""

    max_redirections = _MOST_REDIRECTS

    def __init__(self, scheme: str, host: str) -> None:
        self._scheme = scheme
        self._host = host

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        parts = urllib.parse.urlsplit(newurl)
        if parts.netloc != self._host or parts.scheme not in (self._scheme, "https"):
            fp.close()
            raise urllib.error.URLError(f"it leads to another site, {parts.netloc}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _whole(opened: IO[bytes], name: str) -> bytes:
    data = opened.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise SitegenError(f"{name}: this is larger than {_MOST_BYTES // 1024 // 1024} MiB")
    return data
