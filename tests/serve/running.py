"""A publication, a build that does as its content says, and a running preview server."""

import http.client
import threading
import time
from pathlib import Path

import pytest
from msgspec import Struct

from sitegen.build import BuildOptions, BuildReport, Early, Progress
from sitegen.diagnostics import Diagnostic, Span
from sitegen.errors import SitegenError
from sitegen.serve.server import Session, listen

PATIENCE = 10.0
"""Seconds a test waits for what must come; it comes in a fraction of one."""


SETTINGS = """\
title: T
base_url: https://example.org/briefings/
language: en
time_zone: UTC
"""


class Answer(Struct, frozen=True):
    """A response."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class FakeBuild:
    """Publishes the text of content/*.md; a word in capitals makes it fail in its own way."""

    def __init__(self) -> None:
        self.count = 0
        self.base_path = "/briefings"
        self.as_of = "2025-02-01"
        self.head = ""
        self.body = ""
        self.may_load = threading.Event()
        self.may_publish = threading.Event()
        self.loading = threading.Event()
        self.publishing = threading.Event()
        self.may_load.set()
        self.may_publish.set()

    def __call__(
        self,
        options: BuildOptions,
        progress: Progress | None = None,
        *,
        early: Early | None = None,
        saved: frozenset[Path] = frozenset(),
    ) -> BuildReport:
        self.count += 1
        self.loading.set()
        assert self.may_load.wait(PATIENCE)
        paths = sorted((options.root / "content").rglob("*.md"))
        text = " ".join(path.read_text() for path in paths)
        if "BOOM" in text:
            raise ValueError("the walls\ncame down")
        if "EXIT" in text:
            raise SystemExit(3)
        if "DISK" in text:
            raise SitegenError("no space left on the disk")
        if "ERROR" in text:
            return BuildReport(diagnostics=(problem(text),), published=False)
        if early and "EARLY" in text:
            early({"explainers/x/index.html": self.page(text).encode()})
        if progress:
            progress("publish", 0, 0)
        self.publishing.set()
        assert self.may_publish.wait(PATIENCE)
        written = publish(options.output_folder, self.page(text))
        self.publishing.clear()
        return BuildReport(
            diagnostics=(),
            published=True,
            as_of=self.as_of,
            base_path=self.base_path,
            counts={"explainer": len(paths)},
            seconds={"load": 0.25, "publish": 0.15},
            written=written,
        )

    def page(self, text: str) -> str:
        return (
            f"<!doctype html><html><head><title>t</title>{self.head}</head>"
            f'<body><p id="text">{text}</p>{self.body}</body></html>'
        )


def problem(text: str) -> Diagnostic:
    return Diagnostic(
        path="content/x.md",
        code="unknown-topic",
        message=f"no topic '{text}'",
        span=Span(6, 5, 4),
        source_line="  - <b>",
    )


def publish(output: Path, page: str) -> tuple[str, ...]:
    """Write a small site and return the paths of the files that changed."""
    files = {
        "index.html": page,
        "404.html": "<!doctype html><html><head></head><body>nowhere</body></html>",
        "explainers/x/index.html": page,
        "style.css": "p { color: black }",
        "bare.html": "<p>bare",
        "large.html": page.replace("<head>", "<head>" + "<!-- wide -->" * 100_000),
        ".env": "secret",
    }
    written = []
    for name, content in files.items():
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text() != content:
            path.write_text(content)
            written.append(name)
    return tuple(written)


class Terminal:
    """What was said, for any thread to wait for."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._changed = threading.Condition()

    def say(self, line: str) -> None:
        with self._changed:
            self.lines.append(line)
            self._changed.notify_all()

    def wait(self, text: str, times: int = 1) -> None:
        """Return once `text` has been said so many times."""

        def said() -> bool:
            return sum(text in line for line in self.lines) >= times

        with self._changed:
            assert self._changed.wait_for(said, PATIENCE), self.lines


class Running:
    """A preview server in a thread of its own."""

    def __init__(self, root: Path, **options: bool) -> None:
        self.root = root
        settings = root / "content" / "site.yaml"
        settings.parent.mkdir(exist_ok=True)
        settings.write_text(SETTINGS)
        self.build = FakeBuild()
        self.terminal = Terminal()
        self.session = Session(
            BuildOptions(root=root),
            listening=listen("127.0.0.1", 0),
            build=self.build,
            say=self.terminal.say,
            **options,
        )
        self.port = self.session.preview.port
        self.thread = threading.Thread(target=self.session.run)

    def start(self) -> "Running":
        self.thread.start()
        return self

    def ready(self) -> "Running":
        """Start, and return after the first build."""
        self.start()
        until = time.monotonic() + PATIENCE
        while self.session.preview.builds == 0:
            assert time.monotonic() < until, self.terminal.lines
            time.sleep(0.005)
        return self

    def stop(self) -> None:
        if self.thread.is_alive():
            self.build.may_load.set()
            self.build.may_publish.set()
            self.session.stop()
            self.thread.join(PATIENCE)
            assert not self.thread.is_alive()

    def write(self, text: str, name: str = "x.md") -> None:
        path = self.root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=names)
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def wait_for_page(self, text: str, path: str = "/briefings/") -> Answer:
        """Return the page once it holds `text`."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            answer = self.get(path)
            if text in answer.text:
                return answer
            time.sleep(0.02)
        pytest.fail(f"{path} never held {text!r}")
