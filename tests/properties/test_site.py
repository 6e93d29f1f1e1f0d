"""Laws that hold for every publication made of valid parts."""

import os
import re
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from click.testing import CliRunner
from hypothesis import given

from sitegen.build import BuildOptions, build
from sitegen.cli.main import sitegen_command
from tests.properties.strategies import publications

Files = dict[str, str]


def built(files: Files, folder: str, **options: object) -> dict[str, bytes]:
    root = Path(folder)
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    chosen = {"root": root, "search": False, "as_of": "2025-06-01"} | options
    report = build(BuildOptions(**chosen))  # type: ignore[arg-type]
    assert report.published, report.diagnostics
    output = root / "output"
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and path.name != ".sitegen.json"
    }


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                assert value not in self.ids, f"the id {value} stands twice"
                self.ids.add(value)
            elif name in ("href", "src", "action") and value:
                self.hrefs.append(value)


def broken(tree: dict[str, bytes], prefix: str) -> Iterator[str]:
    """Yield every internal link that leads to no file or to no anchor."""
    pages = {}
    for path, data in tree.items():
        if path.endswith(".html"):
            pages[path] = _Links()
            pages[path].feed(data.decode())
    for path, page in pages.items():
        here = f"http://site{prefix}{path.removesuffix('index.html')}"
        for href in page.hrefs:
            if re.match(r"(?:https?|mailto):", href) or path.startswith("search-index/"):
                continue
            address, anchor = urldefrag(urljoin(here, href))
            inside = unquote(address.removeprefix(f"http://site{prefix}")).partition("?")[0]
            if address.startswith(f"http://site{prefix}") and inside.rstrip("/") == "search":
                continue
            target = inside + "index.html" if inside.endswith("/") or not inside else inside
            if not address.startswith(f"http://site{prefix}") or target not in tree:
                yield f"{path}: {href} leads nowhere"
            elif anchor and target in pages and unquote(anchor) not in pages[target].ids:
                yield f"{path}: {href} leads to no anchor"


@given(publications())
def test_every_built_page_is_as_its_evidence_has_it(files: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        built(files, folder)
        done = CliRunner().invoke(sitegen_command, ["verify", f"{folder}/output"])
        assert (done.exit_code, done.stderr) == (0, "")


@given(publications())
def test_valid_parts_make_a_site_without_broken_links(files: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tree = built(files, folder)
        assert list(broken(tree, "/a/b/")) == []


@given(publications())
def test_the_base_path_changes_nothing_but_whole_addresses(files: Files) -> None:
    """Canonical, feed, sitemap and social addresses hold the base; nothing else does."""
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        at_root = built(files, first, base_url="https://example.org/")
        below = built(files, second, base_url="https://example.org/repo/pr-7/")
    assert list(broken(at_root, "/")) == []
    assert list(broken(below, "/repo/pr-7/")) == []
    at_root.pop("CNAME", None)
    assert at_root.keys() == below.keys()
    for path, data in below.items():
        if path != "404.html":
            same = data.replace(b"https://example.org/repo/pr-7/", b"https://example.org/")
            assert same == at_root[path], path


@given(publications())
def test_same_input_same_bytes(files: Files) -> None:
    """The order of files on disk, the folder, the time zone and the locale change nothing."""
    zone = os.environ.get("TZ")
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        once = built(files, first)
        try:
            os.environ["TZ"] = "America/St_Johns"
            again = built(dict(reversed(files.items())), second)
        finally:
            os.environ.pop("TZ")
            if zone is not None:
                os.environ["TZ"] = zone
    assert once == again


@given(publications())
def test_building_again_writes_nothing(files: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        built(files, folder)
        root = Path(folder)
        report = build(BuildOptions(root=root, search=False, as_of="2025-06-01"))
        assert (report.written, report.removed) == ((), ())
