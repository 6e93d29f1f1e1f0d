"""Ties watch, builds and server together; the entry of this package."""

import asyncio
import contextlib
import errno
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Mapping

from sitegen.build import BuildOptions, build
from sitegen.build.options import WORKSPACE
from sitegen.build.site import as_of_day
from sitegen.diagnostics import Diagnostic, render_text
from sitegen.errors import SitegenError
from sitegen.load.settings import PATH, load_settings
from sitegen.model.settings import SiteYaml
from sitegen.serve.access import LOOPBACK_HOSTS, bracketed
from sitegen.serve.live import PreviewServer, ReloadWatcher, quiet_loggers
from sitegen.serve.outcome import Build, Outcome, attempt
from sitegen.serve.preview import Preview
from sitegen.serve.rebuild import Rebuilder
from sitegen.serve.watch import WATCHED_FOLDERS, FolderWatch
from sitegen.urls import parse_base_url

DEFAULT_PORT = 8000
PREVIEW = f"{WORKSPACE}/preview"
"""Where the command builds, below the publication: what is to be published never holds drafts."""
_PORTS_TO_TRY = 11
_HIGHEST_PORT = 65_535
_CLOSING_SECONDS = 1.0
_DAY_SECONDS = 30.0
"""How often it is looked whether a new day has begun, as after a night's sleep of the machine."""


def serve(
    options: BuildOptions,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    build: Build = build,
    say: Callable[[str], None],
    open_browser: bool = False,
    verbose: bool = False,
) -> None:
    """Build, serve, and build again on every save, until Ctrl-C or SIGTERM.

    `port` is a port to use, 0 for any that is free, or None for the default or one of the ten
    after it. `say` is given each message for the terminal: one line a build, or diagnostics.
    Raises SitegenError if the server can't listen; a failing build ends nothing.
    """
    Session(
        options,
        listening=listen(host, port),
        build=build,
        say=say,
        open_browser=open_browser,
        verbose=verbose,
    ).run()


def listen(host: str, port: int | None) -> socket.socket:
    """Return a socket that listens on `host`, which must be a name of this machine alone.

    Raises SitegenError naming the port.
    """
    if host not in LOOPBACK_HOSTS:
        known = ", ".join(LOOPBACK_HOSTS)
        raise SitegenError(f"the preview is for this machine alone: {host} is none of {known}")
    if port is not None and not 0 <= port <= _HIGHEST_PORT:
        raise SitegenError(f"{port} is not a port: they go from 1 to {_HIGHEST_PORT}")
    first = DEFAULT_PORT if port is None else port
    last = DEFAULT_PORT + _PORTS_TO_TRY - 1 if port is None else port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(first, last + 1):
        try:
            listening = socket.create_server((host, candidate), family=family)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                reason = error.strerror or str(error)
                raise SitegenError(f"can't listen on {host} port {candidate}: {reason}") from error
        else:
            listening.settimeout(0)  # as an event loop wants it
            return listening
    ports = f"port {first} is" if first == last else f"ports {first} to {last} are"
    raise SitegenError(f"{ports} in use; choose another with --port")


class Session:
    """One run of the preview server."""

    def __init__(
        self,
        options: BuildOptions,
        *,
        listening: socket.socket,
        build: Build,
        say: Callable[[str], None],
        open_browser: bool = False,
        verbose: bool = False,
    ) -> None:
        """Take the arguments of `serve`, with a socket that listens."""
        self._say = say
        self._open_browser = open_browser
        self._verbose = verbose
        self._root = options.root
        self._options = options
        self._announced = ""
        self._built_for = ""
        self._loop = asyncio.new_event_loop()
        self._warned: tuple[Diagnostic, ...] = ()
        self._host, self._port = listening.getsockname()[:2]
        output = options.output_folder
        self.preview = Preview(output, self._port)
        self._rebuilder = Rebuilder(
            lambda saved: attempt(build, options, self._publishing, self._early, saved),
            lambda outcome: self._on_loop(self._finished, outcome),
        )
        self._watch = FolderWatch(
            options.root,
            output,
            self._rebuilder.request,
            lambda line: self._on_loop(say, line),
        )
        self._watcher = ReloadWatcher(self._begin)
        self._server = PreviewServer(self.preview, listening, self._watcher)
        self._ending: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """The address of the home page."""
        return self._at(self.preview.base_path or "")

    def _at(self, base_path: str) -> str:
        return f"http://{bracketed(self._host)}:{self._port}{base_path}/"

    def run(self) -> None:
        """Serve until `stop`, Ctrl-C or SIGTERM; then let a running build end."""
        quiet_loggers(self._verbose)
        for name in WATCHED_FOLDERS:
            self._server.watch(str(self._root / name))
        asyncio.set_event_loop(self._loop)
        self._handle_signals()
        try:
            self._server.serve(port=self._port, host=self._host)
        finally:
            asyncio.set_event_loop(None)
            if not self._loop.is_closed():
                self._loop.close()
            self._watch.stop()
            if self._rebuilder.busy:
                self._say("stopping when the build is done; Ctrl-C again stops now")
            with contextlib.suppress(KeyboardInterrupt):
                self._rebuilder.stop()

    def stop(self) -> None:
        """Make `run` return; may be called in any thread."""
        self._on_loop(self._end)

    def _begin(self) -> None:
        yaml = self._settings()
        base = parse_base_url(self._options.base_url or (yaml.base_url if yaml else ""))
        self._announced = self._at(base.path if base else "")
        self._say(f"{self._announced} (the first build is running)")
        # The first build is asked for by the watch, once it sees whatever is saved from then on.
        self._rebuilder.start()
        self._watch.start()
        self._loop.call_later(_DAY_SECONDS, self._look_at_day)

    def _settings(self) -> SiteYaml | None:
        """Return the publication's settings, if they can be read; the build says why not."""
        try:
            data = (self._root / PATH).read_bytes()
        except OSError:
            return None
        return load_settings(data)[0]

    def _look_at_day(self) -> None:
        """Build again when the publication's day is another: scheduled pages appear, others age."""
        yaml = self._settings() if self._built_for else None
        if yaml is not None and as_of_day(self._options.as_of, yaml) != self._built_for:
            self._built_for = ""  # until that build has told its own
            self._rebuilder.request()
        self._loop.call_later(_DAY_SECONDS, self._look_at_day)

    def _publishing(self) -> None:
        """Close the gate to requests, in the thread of the builds; return once it is closed."""
        closed = threading.Event()

        def close() -> None:
            self.preview.publishing()
            closed.set()

        self._on_loop(close)
        closed.wait(_CLOSING_SECONDS)

    def _early(self, pages: Mapping[str, bytes]) -> None:
        """Show pages that are done before the rest, in the thread of the builds."""

        def show() -> None:
            self.preview.early(pages)
            self._watcher.reload()

        self._on_loop(show)

    def _finished(self, outcome: Outcome) -> None:
        first = self.preview.builds == 0
        self._built_for = outcome.as_of
        stale = self.preview.build_finished(outcome)
        new_warnings = [warning for warning in outcome.warnings if warning not in self._warned]
        if outcome.failure is None:
            self._warned = outcome.warnings
        if new_warnings:
            self._say(render_text(new_warnings).rstrip("\n"))
        self._say(outcome.message)
        if outcome.trace and self._verbose:
            self._say(outcome.trace.rstrip("\n"))
        if self.preview.base_path is not None and self.address != self._announced:
            self._announced = self.address
            self._say(self.address)
        if first and self._open_browser:
            # Some browsers keep their caller waiting.
            threading.Thread(target=webbrowser.open, args=[self.address], daemon=True).start()
        if stale:
            self._watcher.reload()

    def _on_loop(self, function: Callable[..., None], *arguments: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: the session has ended
            self._loop.call_soon_threadsafe(function, *arguments)

    def _handle_signals(self) -> None:
        """End on Ctrl-C and SIGTERM, where an event loop is told of them.

        On Windows it is not: there Ctrl-C raises KeyboardInterrupt, on which livereload ends too.
        """
        if threading.current_thread() is threading.main_thread():
            with contextlib.suppress(NotImplementedError):
                self._loop.add_signal_handler(signal.SIGINT, self._end)
                self._loop.add_signal_handler(signal.SIGTERM, self._end)

    def _end(self) -> None:
        if self._ending is None:
            self._ending = self._loop.create_task(self._close())

    async def _close(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._server.close(), _CLOSING_SECONDS)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        self._loop.stop()
