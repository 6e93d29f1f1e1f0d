"""Builds the shipped publication, serves it as GitHub Pages does, and has Lighthouse look at it.

Usage: python -m tools.audit [--runs N]
"""

import argparse
import datetime as dt
import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from sitegen.build import BuildOptions, build

ROOT = Path(__file__).parent.parent.parent
REPORT = ROOT / "docs/audit.md"
LIGHTHOUSE = Path(__file__).parent / "node_modules/lighthouse"
PREFIX = "/alliance-explained/"
PAGES = (
    ("Home", ""),
    ("Explainer", "explainers/joint-statement-2025/"),
    ("Explainer in Japanese", "ja/explainers/joint-statement-2025/"),
    ("Topic", "topics/cyber/"),
    ("Source", "sources/whitehouse-2025-02-07-joint-leaders-statement/"),
    ("Glossary", "glossary/"),
    ("Timeline", "timeline/"),
    ("Author", "authors/desk/"),
    ("Corrections", "corrections/"),
    ("About", "about/"),
    ("Search with results", "search/?q=space"),
    ("Not found", "404.html"),
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WANTED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
METRICS = ("largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time")
_PACKED = (".html", ".css", ".js", ".svg", ".json", ".xml")


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """What Lighthouse found of a page."""

    name: str
    scores: dict[str, int]
    speeds: tuple[int, ...]
    """The performance of every run."""
    metrics: dict[str, str]
    failed: tuple[str, ...]
    benchmark: int
    """Lighthouse's index of the machine's speed at the time."""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the output below its base path, compressed, as GitHub Pages does."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        packed = path.suffix in _PACKED
        body = gzip.compress(path.read_bytes()) if packed else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def translate_path(self, path: str) -> str:
        path = path.partition("?")[0]
        if not path.startswith(PREFIX):
            return str(Path(self.directory) / "nothing")
        return super().translate_path("/" + path.removeprefix(PREFIX))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
    finally:
        server.shutdown()
        server.server_close()


def run(address: str, *, unlisted: bool) -> dict[str, Any]:
    """Return Lighthouse's report of one page load, as a telephone on a slow line.

    Of a page that asks search engines to leave it out, is not asked whether they may list it.
    """
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), "")
    node = Path(sys.executable).with_name("node")
    command = [
        str(node),
        str(LIGHTHOUSE / "cli/index.js"),
        address,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        *(["--skip-audits=is-crawlable"] if unlisted else []),
    ]
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"CHROME_PATH": browser},
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def asks_to_be_left_out(page: Path) -> bool:
    return '<meta name="robots" content="noindex' in page.read_text("utf-8")


def measured(name: str, reports: list[dict[str, Any]]) -> Measured:
    """Return the fastest of several runs: what else a machine does can only slow a page down."""

    def speed(report: dict[str, Any]) -> float:
        return float(report["categories"]["performance"]["score"] or 0)

    best = max(reports, key=speed)
    failed = [
        each["id"]
        for category in CATEGORIES[1:]
        for each in best["categories"][category]["auditRefs"]
        if each["weight"] and best["audits"][each["id"]]["score"] == 0
    ]
    return Measured(
        name=name,
        scores={
            category: round(100 * (best["categories"][category]["score"] or 0))
            for category in CATEGORIES
        },
        speeds=tuple(sorted(round(100 * speed(each)) for each in reports)),
        metrics={
            each: str(best["audits"][each]["displayValue"]).replace("\xa0", " ") for each in METRICS
        },
        failed=tuple(failed),
        benchmark=round(best["environment"]["benchmarkIndex"]),
    )


INTRODUCTION = """\
# Audit

`make audit` writes this page. Lighthouse {version} looked at the shipped publication on {day}, as a
telephone on a slow line (its own defaults), {runs} times a page. The table holds each page's
fastest run, as whatever else a machine does can only slow a page down; the last column holds the
performance of every run. The server compresses as GitHub Pages does. The machine has {cores} cores,
which other work shared; Lighthouse's index of its speed was {benchmark} to {fastest}. It has
Japanese fonts that the style sheet names, as readers of Japanese do: without one a browser looks
through all fonts for each character.

Wanted: 100 for accessibility, best practices and SEO, at least 98 for performance. Search and the
page that is not found ask search engines to leave them out; of these two, Lighthouse is not asked
whether search engines may list them (its audit `is-crawlable`).

| Page | Performance | Accessibility | Practices | SEO | Largest paint | Shift | Blocked | Runs |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def written(found: list[Measured], version: str, runs: int) -> str:
    """Return docs/audit.md."""
    speeds = [each.benchmark for each in found]
    lines = [
        INTRODUCTION.format(
            version=version,
            day=dt.datetime.now(dt.UTC).date().isoformat(),
            runs=runs,
            cores=os.cpu_count(),
            benchmark=min(speeds),
            fastest=max(speeds),
        ).rstrip("\n")
    ]
    for each in found:
        cells = [each.name, *(str(each.scores[name]) for name in CATEGORIES)]
        cells += [*each.metrics.values(), ", ".join(map(str, each.speeds))]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "## What falls short", ""]
    short = [
        f"- {each.name}: {name} {each.scores[name]}, {wanted} wanted"
        + (f" ({', '.join(each.failed)})" if name != "performance" else "")
        for each in found
        for name, wanted in WANTED.items()
        if each.scores[name] < wanted
    ]
    return "\n".join([*lines, *(short or ["Nothing."])]) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs: int = parser.parse_args().runs
    version = json.loads((LIGHTHOUSE / "package.json").read_text("utf-8"))["version"]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "content", root / "content")
        with served(root / "output") as address:
            report = build(BuildOptions(root=root, base_url=address))
            assert report.published, report.diagnostics
            for name, path in PAGES:
                file = root / "output" / path.partition("?")[0]
                page = file / "index.html" if file.is_dir() else file
                unlisted = asks_to_be_left_out(page)
                reports = [run(address + path, unlisted=unlisted) for _ in range(runs)]
                each = measured(name, reports)
                print(name, each.scores, each.speeds, each.metrics, *each.failed, flush=True)
                found.append(each)
    REPORT.write_text(written(found, version, runs), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
