"""Serves a built site as GitHub Pages does, gzip included, and counts the bytes it sends."""

import functools
import gzip
import mimetypes
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import unquote, urlsplit

ENCODED = ("text/", "application/javascript", "application/json", "application/xml", "image/svg")
"""Types that GitHub Pages' servers compress; WebAssembly and unknown bytes are not among them."""
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json"}


class Served:
    """A site that is being served."""

    def __init__(self, folders: Sequence[Path], base_path: str, pages: dict[str, bytes]) -> None:
        self._folders = folders
        self._pages = pages
        self._lock = threading.Lock()
        self.base_path = base_path
        self.origin = ""
        self.sent = 0
        """Bytes of bodies and heads so far."""

    @property
    def base_url(self) -> str:
        """Return the whole address below which the site stands."""
        return self.origin + self.base_path

    def count(self, size: int) -> None:
        """Add to what was sent."""
        with self._lock:
            self.sent += size

    def file(self, address: str) -> tuple[str, bytes, bool] | None:
        """Return type, bytes and whether they are gzip's; None if there is no such file."""
        path = unquote(urlsplit(address).path)
        if not path.startswith(self.base_path):
            return None
        name = path.removeprefix(self.base_path)
        if name in self._pages:
            return "text/html", self._pages[name], False
        for folder in self._folders:
            found = (folder / name / "index.html") if path.endswith("/") else folder / name
            if found.is_file() and folder in found.resolve().parents:
                return _read(found)
        return None


@contextmanager
def served(folders: Sequence[Path], base_path: str, pages: dict[str, bytes]) -> Iterator[Served]:
    """Serve the folders, the first that has a file, and the pages, below a path on this machine."""
    site = Served([each.resolve() for each in folders], base_path, pages)
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    site.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: ClassVar[Served]

    def do_GET(self) -> None:
        found = self.site.file(self.path)
        kind, body, encoded = found or ("text/plain", b"not found", False)
        lines = {"Content-Type": kind, "Content-Length": str(len(body)), "Vary": "Accept-Encoding"}
        lines |= {"Cache-Control": "max-age=600"} | (
            {"Content-Encoding": "gzip"} if encoded else {}
        )
        status = HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        answer = head.encode() + b"\r\n" + body
        self.site.count(len(answer))
        self.wfile.write(answer)


@functools.lru_cache(maxsize=4096)
def _read(path: Path) -> tuple[str, bytes, bool]:
    """Return a file as it is sent. It is kept, so that packing is no part of a query's time."""
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    kind = kind or "application/octet-stream"
    body = path.read_bytes()
    encoded = kind.startswith(ENCODED)
    return kind, gzip.compress(body, 6, mtime=0) if encoded else body, encoded
