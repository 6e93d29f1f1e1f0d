"""livereload's server, protocol and script, with our watcher and our application in their place.

Of livereload (2.7) we use `Server.serve`, which runs the event loop; the WebSocket handler, which
speaks the LiveReload protocol 7 with livereload.js; and the watcher's interface. What is replaced
was measured to fail us: its watcher polls, drops a reload within three seconds of the last and
misses files that come with an old date; its application accepts any Host and Origin, lets anyone
force a reload, serves hidden files and adds no script to pages of more than one chunk.
"""

import json
import logging
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.web import Application

from sitegen.serve.access import is_local_origin
from sitegen.serve.handlers import BarHandler, LocalHandler, SiteHandler, StyleHandler, find_early
from sitegen.serve.inject import OVERLAY_STYLE, RELOAD_SCRIPT
from sitegen.serve.preview import Preview

_LONGEST_MESSAGE = 64 * 1024
_LOGGERS = ("tornado", "livereload")


class ReloadScript(LocalHandler, LiveReloadJSHandler):  # type: ignore[misc]
    """Serves livereload.js, for pages of this server only."""


class ReloadSocket(LocalHandler, LiveReloadHandler):  # type: ignore[misc]
    """The WebSocket of the LiveReload protocol, for pages of this server only."""

    version = ""
    page = ""
    """The path of the page that is connected, percent-encoded."""

    def check_origin(self, origin: str) -> bool:
        """Return whether the page that connects is ours."""
        return is_local_origin(origin, self.preview.port)

    def on_message(self, message: str | bytes) -> None:
        """Follow the protocol, and reload at once a page that a build overtook while it loaded."""
        try:
            content = json.loads(message)
        except ValueError:
            content = None
        if not isinstance(content, dict) or "command" not in content:
            self.close(1003)
            return
        super().on_message(message)
        if content["command"] == "hello":
            self.version = str(content.get("snipver", ""))
        elif content["command"] == "info":
            self.page = urlsplit(str(content.get("url", ""))).path
            self.reload_if_stale()

    def reload_if_stale(self) -> None:
        """Tell the page to reload unless it shows what would be shown."""
        early = find_early(self.preview, self.page) is not None
        if self.version != (self.preview.early_version if early else self.preview.version):
            self.send_message({"command": "reload", "path": "*", "liveCSS": False})


class ReloadWatcher(Watcher):  # type: ignore[misc]
    """What livereload asks of a watcher; it is told of builds instead of looking for files."""

    def __init__(self, begin: Callable[[], None]) -> None:
        """Take what to call when the server runs."""
        super().__init__()
        self._begin = begin

    def start(self, callback: Callable[[], None]) -> bool:
        """Begin; return True, by which livereload knows that it need not poll."""
        self._begin()
        return True

    def reload(self) -> None:
        """Tell every open page that shows something old to reload."""
        for waiter in LiveReloadHandler.waiters.copy():
            waiter.reload_if_stale()


class PreviewServer(Server):  # type: ignore[misc]
    """livereload's server with an application that serves the preview."""

    def __init__(self, preview: Preview, listening: socket.socket, watcher: ReloadWatcher) -> None:
        """Take what to serve, a socket that listens already, and the watcher."""
        super().__init__(watcher=watcher)
        self._preview = preview
        self._listening = listening
        self.http: HTTPServer | None = None

    def application(self, port: int, host: str, **_options: object) -> None:
        """Serve the preview; `Server.serve` calls this before it starts the event loop."""
        # livereload keeps these on the class: they are of the server that ran before.
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = False
        LiveReloadHandler.waiters.clear()
        LiveReloadHandler._last_reload_time = None
        arguments = {"preview": self._preview}
        application = Application(
            [
                (r"/livereload", ReloadSocket, arguments),
                (RELOAD_SCRIPT.replace(".", r"\."), ReloadScript, arguments),
                (OVERLAY_STYLE.replace(".", r"\."), StyleHandler, arguments),
                (r"/livereload-bar\.(js|css)", BarHandler, arguments),
                (r".*", SiteHandler, arguments),
            ],
            log_function=lambda handler: None,
            websocket_max_message_size=_LONGEST_MESSAGE,
        )
        self.http = HTTPServer(application)
        self.http.add_socket(self._listening)

    async def close(self) -> None:
        """Stop listening and close every connection."""
        for waiter in LiveReloadHandler.waiters.copy():
            waiter.close()
        if self.http:
            self.http.stop()
            await self.http.close_all_connections()

    def _setup_logging(self) -> None:
        """Keep tornado and livereload from writing to the terminal, which is ours."""


def quiet_loggers(verbose: bool) -> None:
    """Send what tornado and livereload log to standard error if `verbose`, else nowhere."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.propagate = False
        logger.handlers = [logging.StreamHandler() if verbose else logging.NullHandler()]
