"""Finds the system's Chromium, and serves a built site to it below any path."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Return the browser's path; skip the test without one, or fail where one is required."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    if os.environ.get("SITEGEN_REQUIRE_BROWSER"):
        pytest.fail("no Chromium: run tests/e2e/install-chromium.sh")
    pytest.skip("no Chromium on this machine: run tests/e2e/install-chromium.sh")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder below a path as GitHub Pages does, 404.html included."""

    prefix = "/"

    def translate_path(self, path: str) -> str:
        path = path.partition("?")[0]
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "outside-the-prefix")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """A folder without a page is nothing, as on GitHub Pages."""
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's
        """Keep the test's output free of requests."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that leaves a page closes its connections."""


@contextmanager
def served(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Give the address at which `folder` is served below `prefix`, on a free port."""
    handler = type("Handler", (_Handler,), {"prefix": prefix})
    server = _Server(("127.0.0.1", 0), functools.partial(handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
