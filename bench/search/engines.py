"""The engines: sitegen and Pagefind in the browser, lunr and plain BM25 in Python."""

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from bench.install import install_packages
from bench.search.browser import Visit
from bench.search.collection import Site
from bench.search.pages import Document

ENGINES = ("sitegen", "pagefind", "lunr", "bm25")
SHOWN = 10
"""Results that a search page shows, and a client fetches, at first."""
DEEPER = 20
"""Results asked for where some may be no documents of the collection."""
_PEERS = Path(__file__).parent / "peers"
_SITEGEN = """async (base) => {
  const { open } = await import(new URL("assets/CLIENT", location.origin + base));
  const index = await open(location.origin + base);
  return async (query, limit) => {
    const { results } = await index.search(query, { limit });
    return results.map((each) => each.url);
  };
}"""
# Pagefind keeps an index for each language and opens the page's own; its search page is told to
# merge the others. It refuses one at its own address, so that is written another way.
_PAGEFIND = """async (base) => {
  const pagefind = await import(`${base}pagefind/pagefind.js`);
  await pagefind.init();
  for (const language of LANGUAGES) {
    await pagefind.mergeIndex(`${base}pagefind/../pagefind/`, { language });
  }
  return async (query, limit) => {
    const { results } = await pagefind.search(query);
    const shown = await Promise.all(results.slice(0, limit).map((each) => each.data()));
    return shown.map((each) => each.url);
  };
}"""


class NoEngine(Exception):
    """An engine is not there to be measured; says why."""


class Size(Struct, frozen=True):
    """What an index takes on disk."""

    bytes: int
    files: int


class Found(Struct, frozen=True, kw_only=True):
    """What an engine found for each query, and what that took as far as a browser saw it."""

    rankings: tuple[tuple[str, ...], ...]
    visits: tuple[Visit, ...] = ()
    size: Size | None = None


class Tools(Struct, frozen=True):
    """Where the engines are installed, and how sitegen is called."""

    folder: Path
    program: tuple[str, ...]

    def python(self, name: str) -> Path:
        """Return the interpreter that has an engine, installed if it is not yet."""
        home = (self.folder / name).resolve()
        packages = {"pagefind": ("pagefind[extended]",), "lunr": ("lunr",)}
        install_packages(home, packages.get(name, ("snowballstemmer",)))
        return home / "bin/python"

    def version(self, name: str) -> str:
        """Return an engine's version."""
        if name == "sitegen":
            told = _output(*self.program, "--version")
            return " ".join(re.findall(r"\d[\w.+]*", told)[:1])
        package = {"bm25": "snowballstemmer"}.get(name, name)
        ask = f"from importlib.metadata import version; print(version({package!r}))"
        told = _output(str(self.python(name)), "-c", ask).strip()
        return f"snowballstemmer {told}" if name == "bm25" else told

    def pagefind(self, site: Path, bundle: Path) -> tuple[str, ...]:
        """Return Pagefind's command line: every option but the folders as it comes."""
        where = ("--site", str(site), "--output-path", str(bundle))
        return (str(self.python("pagefind")), "-m", "pagefind", *where, "--quiet")


def open_site(site: Site, engine: str, pagefind_index: Path) -> tuple[list[Path], str]:
    """Return the folders to serve, and the driver, of an engine that runs in the browser.

    `pagefind_index` is the folder that holds its bundle, `pagefind/`. Raises NoEngine.
    """
    if engine == "pagefind":
        others = json.dumps([each for each in site.languages if each != "en"])
        return [site.plain, pagefind_index], _PAGEFIND.replace("LANGUAGES", others)
    clients = sorted((site.indexed / "assets").glob("search-client.*.js"))
    if not clients:
        raise NoEngine("sitegen built no assets/search-client.*.js; name another with --sitegen")
    return [site.indexed], _SITEGEN.replace("CLIENT", clients[0].name)


def in_python(
    tools: Tools, engine: str, documents: Sequence[Document], queries: Sequence[str]
) -> Found:
    """Return what an engine that runs in Python found."""
    script = _PEERS / {"lunr": "lunr_search.py", "bm25": "bm25.py"}[engine]
    asked = {"documents": documents, "queries": queries, "limit": DEEPER}
    command = (tools.python(engine), script)
    done = subprocess.run(
        command, input=msgspec.json.encode(asked), stdout=subprocess.PIPE, check=True
    )
    read = msgspec.json.decode(done.stdout, type=_Rankings)
    size = Size(read.index_bytes, 1) if read.index_bytes else None
    return Found(rankings=read.rankings, size=size)


def size_of(paths: Sequence[Path]) -> Size:
    """Return what files take."""
    return Size(sum(path.stat().st_size for path in paths), len(paths))


def index_files(site: Site) -> list[Path]:
    """Return what a build with sitegen's index has and one without has not, pages apart."""
    plain = {path.relative_to(site.plain) for path in site.plain.rglob("*")}
    return [
        path
        for path in sorted(site.indexed.rglob("*"))
        if path.is_file() and path.suffix != ".html" and path.relative_to(site.indexed) not in plain
    ]


class _Rankings(Struct, frozen=True):
    rankings: tuple[tuple[str, ...], ...]
    index_bytes: int = 0


def _output(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
