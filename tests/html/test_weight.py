"""Pages stay light: the budget is counted in thousands of bytes as a server sends them, gzipped.

What is compressed already (fonts) does not shrink and is counted as it is.
"""

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

BUDGET = {"html": 14.0, "css": 8.0, "js": 2.5, "icons": 1.0, "fonts": 80.0, "all": 110.0}
REQUESTS = 7
BASE_PATH = "/alliance-explained/"
"""Where 404.html, which is shown at any depth, looks for its files."""
_KINDS = {".css": "css", ".js": "js", ".svg": "icons", ".woff2": "fonts"}


class _Loads(HTMLParser):
    """What a browser loads with a page before anybody does anything."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.preloaded = 0
        self.for_others = False
        """Within what only browsers without scripts load."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        rel = found.get("rel") or ""
        if tag == "noscript" or self.for_others:
            self.for_others = True
        elif tag == "link" and rel in ("stylesheet", "preload"):
            self.preloaded += rel == "preload"
            self.addresses.append(found.get("href") or "")
        elif tag == "script" and found.get("src"):
            self.addresses.append(found["src"] or "")
        elif tag == "use":
            self.addresses.append((found.get("href") or "").partition("#")[0])

    def handle_endtag(self, tag: str) -> None:
        if tag == "noscript":
            self.for_others = False


def weight(path: Path) -> float:
    content = path.read_bytes()
    return len(content if path.suffix == ".woff2" else gzip.compress(content, 9, mtime=0)) / 1000


def weighed(output: Path, page: Path) -> Iterator[tuple[str, float]]:
    """Yield what each file of a first visit weighs, by its kind."""
    yield "html", weight(page)
    loads = _Loads()
    loads.feed(page.read_text("utf-8"))
    here = f"http://x/{page.relative_to(output).as_posix()}"
    for address in sorted({urljoin(here, each) for each in loads.addresses}):
        path = output / urlsplit(address).path.removeprefix(BASE_PATH).lstrip("/")
        if path.name.startswith("search"):
            continue  # a search has a budget of its own
        yield _KINDS[path.suffix], weight(path)


def test_a_first_visit_of_every_page_is_within_the_budget(shipped: Path) -> None:
    output = shipped / "output"
    over = []
    for page in sorted(output.rglob("*.html")):
        found = list(weighed(output, page))
        sums = {kind: sum(size for each, size in found if each == kind) for kind in BUDGET}
        sums["all"] = sum(size for _, size in found)
        name = page.relative_to(output).as_posix()
        over += [
            f"{name}: {kind} {size:.2f} KB, {BUDGET[kind]} allowed"
            for kind, size in sums.items()
            if size > BUDGET[kind]
        ]
        assert len(found) <= REQUESTS, f"{name} makes {len(found)} requests"
    assert not over, "\n".join(over)


@pytest.mark.parametrize("suffix", [".css", ".js"])
def test_published_files_hold_no_comments(shipped: Path, suffix: str) -> None:
    for path in (shipped / "output/assets").rglob(f"*{suffix}"):
        assert not re.search(r"/\*", path.read_text("utf-8")), path.name
