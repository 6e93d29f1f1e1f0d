"""Collections to search: Cranfield and the shipped publication, built with sitegen."""

import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from bench.idioms.idiom import front_matter
from bench.measure import time_of
from bench.search.judged import (
    HALVES,
    Query,
    explainer_permalink,
    read_cranfield_queries,
    read_judged,
)
from bench.search.pages import Document, read_documents

CRANFIELD = Path("../shared/search")
CONTENT = Path("content")
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!])")


class Missing(Exception):
    """What a collection is made of is not on this machine; says what and where."""


class Site(Struct, frozen=True, kw_only=True):
    """A publication built twice: with sitegen's index and without."""

    root: Path
    base_path: str
    """Starts and ends in a slash."""
    languages: tuple[str, ...] = ("en",)

    @property
    def indexed(self) -> Path:
        """Return the output with the index."""
        return self.root / "indexed"

    @property
    def plain(self) -> Path:
        """Return the output without."""
        return self.root / "plain"


class Collection(Struct, frozen=True, kw_only=True):
    """A site with its documents, and queries with the pages that answer them."""

    name: str
    site: Site
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]

    def ranking(self, permalinks: tuple[str, ...]) -> tuple[str, ...]:
        """Return the documents among the pages found, each once: lists and the like are none."""
        known = {each.permalink for each in self.documents}
        return tuple(each for each in dict.fromkeys(permalinks) if each in known)


def collections(
    name: str, folder: Path, cranfield: Path, program: tuple[str, ...]
) -> tuple[Collection, ...]:
    """Return the collections of a name, built in `folder`. Raises Missing."""
    if name == "cranfield":
        return (_cranfield(folder / name, cranfield, program),)
    return _shipped(folder / name, program)


def build(program: tuple[str, ...], site: Site) -> None:
    """Build a publication from nothing with and without an index. Raises CommandFailed."""
    for name in (".sitegen", "indexed", "plain"):
        shutil.rmtree(site.root / name, ignore_errors=True)
    for output, options in ((site.plain, ("--no-search",)), (site.indexed, ())):
        command = (*program, "build", "--quiet", "--root", str(site.root), "--output", str(output))
        time_of([(*command, *options)], site.root)


def _cranfield(root: Path, folder: Path, program: tuple[str, ...]) -> Collection:
    documents = folder / "cranfield-documents.jsonl"
    queries = folder / "cranfield-queries.jsonl"
    for path in (documents, queries):
        if not path.is_file():
            raise Missing(f"no {path}: name the folder that has it with --cranfield")
    found = tuple(_cranfield_documents(documents))
    shutil.rmtree(root, ignore_errors=True)
    for name, text in _cranfield_files(found):
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    site = Site(root=root, base_path="/cranfield/")
    build(program, site)
    judged = read_cranfield_queries(queries)
    return Collection(name="cranfield", site=site, documents=found, queries=judged)


def _cranfield_documents(path: Path) -> Iterator[Document]:
    for line in path.read_text(encoding="utf-8").splitlines():
        read = msgspec.json.decode(line, type=dict[str, str])
        title = " ".join(read["title"].split()) or f"Abstract {read['id']}"
        yield Document(explainer_permalink(read["id"]), title, " ".join(read["text"].split()))


def _cranfield_files(documents: tuple[Document, ...]) -> Iterator[tuple[str, str]]:
    settings = {
        "title": "Cranfield",
        "base_url": "https://example.org/cranfield/",
        "language": "en",
        "time_zone": "UTC",
    }
    lines = (f"{key}: {json.dumps(value)}\n" for key, value in settings.items())
    yield "site.yaml", "".join(lines)
    yield "topics/all.md", front_matter({"title": "Topic", "summary": "Topic."})
    source = {"title": "Source", "publisher": "Publisher", "published": "unknown"}
    yield "sources/source.md", front_matter(source)
    for each in documents:
        # The model asks for a summary, a topic and a source: alike in all, they tell none apart.
        fields = {
            "title": each.title,
            "summary": "Abstract.",
            "date": "2000-01-01",
            "topics": ["all"],
            "sources": ["source"],
        }
        text = _MARKUP.sub(r"\\\1", html.escape(each.text, quote=False))
        slug = each.permalink.split("/")[-2]
        yield f"explainers/{slug}.md", f"{front_matter(fields)}{text}\n"


def _shipped(root: Path, program: tuple[str, ...]) -> tuple[Collection, ...]:
    # A copy, so that a site built from a working tree keeps its own cache and output, and without
    # the tree's templates: those that come with `program` belong to it.
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(CONTENT, root / "content")
    site = Site(root=root, base_path="/alliance-explained/", languages=("en", "ja"))
    build(program, site)
    pages = frozenset(path.stem for path in (CONTENT / "pages").glob("*.md"))
    documents = read_documents(site.plain, pages)
    return tuple(
        Collection(
            name=f"shipped-{half}",
            site=site,
            documents=documents,
            queries=read_judged(half),
        )
        for half in HALVES
    )
