"""Reads documents out of a built site: what a reader sees of each, as plain text."""

import re
from html.parser import HTMLParser
from pathlib import Path

from msgspec import Struct

_KINDS = "explainers|topics|sources|glossary|authors"
_DOCUMENT = re.compile(rf"(?:[a-z]{{2}}/)?(?:{_KINDS})/[^/]+/index\.html")
_SKIPPED = {"script", "style", "nav", "aside", "sup", "template"}
_INLINE = {"a", "b", "cite", "code", "em", "i", "q", "span", "strong"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"}


class Document(Struct, frozen=True):
    """A page that can be found."""

    permalink: str
    title: str
    text: str


def read_documents(site: Path, pages: frozenset[str] = frozenset()) -> tuple[Document, ...]:
    """Return the documents of a built site, and of the pages named; lists are none of them."""
    found = []
    for path in sorted(site.rglob("index.html")):
        name = path.relative_to(site).as_posix()
        if _DOCUMENT.fullmatch(name) or path.parent.name in pages:
            permalink = f"/{name.removesuffix('index.html')}"
            found.append(read_page(permalink, path.read_text(encoding="utf-8")))
    return tuple(found)


def read_page(permalink: str, page: str) -> Document:
    """Return a page's first heading, and the words of its main part without notes and menus."""
    reader = _Reader()
    reader.feed(page)
    title, text = ("".join(each) for each in (reader.title, reader.text))
    return Document(permalink, " ".join(title.split()), " ".join(text.split()))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.title: list[str] = []
        self.text: list[str] = []
        self._open: list[tuple[str, bool]] = []
        """Elements, each with whether it is skipped."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._part(tag)
        if tag in _VOID:
            return
        skipped = tag in _SKIPPED or any(name == "hidden" for name, _ in attrs)
        self._open.append((tag, skipped))

    def handle_endtag(self, tag: str) -> None:
        tags = [each for each, _ in self._open]
        if tag in tags:  # what was left open ends with what it stands in
            del self._open[len(tags) - 1 - tags[::-1].index(tag) :]
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if any(skipped for _, skipped in self._open):
            return
        tags = {tag for tag, _ in self._open}
        if "main" in tags:
            (self.title if "h1" in tags else self.text).append(data)

    def _part(self, tag: str) -> None:
        """Keep the words apart that a block stands between."""
        if tag not in _INLINE:
            self.handle_data(" ")
