"""Answers the browser's requests for pages and files; the live-reload part is in `live`."""

from importlib.resources import files
from typing import Any
from urllib.parse import unquote

from tornado.web import HTTPError, RequestHandler

from sitegen.serve.access import is_local_host, is_local_origin
from sitegen.serve.files import Found, Moved, content_type, find
from sitegen.serve.inject import OVERLAY_CSS, notice, with_bar, with_overlay, with_reload
from sitegen.serve.preview import Preview

LONGEST_WAIT_SECONDS = 10.0
"""How long a request waits for the first build, or for one that is publishing."""


class LocalHandler(RequestHandler):
    """Refuses whoever is not a page of this server, before anything else is done."""

    preview: Preview

    def initialize(self, preview: Preview) -> None:
        """Take the state to answer from; tornado calls this for each request."""
        self.preview = preview

    def set_default_headers(self) -> None:
        """Let nothing be kept by the browser or read by pages of other sites."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")

    def prepare(self) -> None:
        """Raise a 403 for a foreign `Host` or `Origin`."""
        headers, port = self.request.headers, self.preview.port
        if not is_local_host(headers.get("Host", ""), port):
            raise HTTPError(403)
        if "Origin" in headers and not is_local_origin(headers["Origin"], port):
            raise HTTPError(403)

    def compute_etag(self) -> None:
        """Send no ETag: nothing is kept, so nothing is asked for again."""

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say the status in plain words, and nothing of the request."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")


class StyleHandler(LocalHandler):
    """Serves the style of the overlay."""

    def get(self) -> None:
        """Answer with the style sheet."""
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(OVERLAY_CSS)


class BarHandler(LocalHandler):
    """Serves the script and the style of the bar."""

    def get(self, suffix: str) -> None:
        """Answer with the file: `js` or `css`."""
        media_type = "text/javascript" if suffix == "js" else "text/css"
        self.set_header("Content-Type", f"{media_type}; charset=utf-8")
        self.finish((files("sitegen.serve") / f"bar.{suffix}").read_bytes())


def find_early(preview: Preview, target: str) -> bytes | None:
    """Return the early page that answers `target`, the percent-encoded path of a request."""
    path, base = unquote(target), unquote(preview.base_path or "")
    if not path.startswith(f"{base}/") or not path.endswith("/"):
        return None
    return preview.early_page(f"{path.removeprefix(f'{base}/')}index.html")


class SiteHandler(LocalHandler):
    """Serves the output under the base path, with what the preview adds to its pages."""

    async def get(self) -> None:
        """Answer with the file, a redirect to the folder's address, or the 404 page."""
        preview = self.preview
        early = find_early(preview, self.request.path)
        if early is not None:
            self._send_page(200, with_bar(early), preview.early_version)
            return
        await preview.settled(LONGEST_WAIT_SECONDS)
        if preview.builds == 0:
            self._send_page(503, notice("The first build is running"))
            return
        if preview.failure and not preview.has_output:
            self._send_page(503, notice(preview.failure.heading, preview.failure.text))
            return
        answer = find(preview.output, preview.base_path or "", self.request.path)
        if isinstance(answer, Moved):
            query = f"?{self.request.query}" if self.request.query else ""
            # Temporary, as browsers keep permanent ones beyond the life of the server.
            self.redirect(answer.location + query, status=302)
        elif answer is None or not self._send_file(200, answer):
            missing = find(preview.output, "", "/404.html")
            if not isinstance(missing, Found) or not self._send_file(404, missing):
                self._send_page(404, notice("There is no page at this address"))

    head = get

    def _send_file(self, status: int, found: Found) -> bool:
        """Answer with a file, read in one go; return False if it can't be read."""
        try:
            data = found.path.read_bytes()
        except OSError:
            return False
        if found.path.suffix.lower() not in (".html", ".htm"):
            self.set_status(status)
            self.set_header("Content-Type", content_type(found.path))
            self.finish(data)
            return True
        failure, page = self.preview.failure, with_bar(data)
        self._send_page(status, with_overlay(page, failure) if failure else page)
        return True

    def _send_page(self, status: int, page: bytes, version: str = "") -> None:
        port = self.preview.port
        host = self.request.headers["Host"].removesuffix(f":{port}")
        self.set_status(status)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(with_reload(page, host, port, version or self.preview.version))
